using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Targets;

namespace NetGen.Testing.Generated;

/// <summary>The assemblies that code for a target compiles against: no more than the target has.</summary>
internal static class TargetReferences
{
    private static readonly Lazy<MetadataReference[]> s_running = new(ReadRunningFramework);
    private static readonly ConcurrentDictionary<(string Framework, string File), MetadataReference> s_held = new();

    public static IReadOnlyList<MetadataReference> Of(Target target)
    {
        if (target.HasOldVectors)
            return [.. s_net8.Select(static file => Held("net8.0", file))];
        if (target == Target.Unity)
            return [Held("netstandard2.1", "netstandard.dll")];
        if (target.HasVectors || target.HasMathF)
            return s_running.Value;
        string[] files = ["netstandard.dll", .. target.HasSpan ? ["System.Memory.dll"] : Array.Empty<string>(), .. target.HasPortableVectors ? s_ofMemory : []];
        return [.. files.Select(static file => Held("netstandard2.0", file))];
    }

    /// <summary>What a project of .NET Framework 4.7.2 has that references the package System.Memory.</summary>
    public static IReadOnlyList<MetadataReference> NetFramework =>
    [
        .. new[] { "mscorlib.dll", "System.dll", "System.Core.dll", "System.Numerics.dll", "System.Runtime.dll", "netstandard.dll" }.Select(static file => Held("net472", file)),
        .. new[] { "System.Memory.dll", "System.Buffers.dll", "System.Numerics.Vectors.dll", "System.Runtime.CompilerServices.Unsafe.dll" }.Select(static file => Held("net461", file)),
    ];

    /// <summary>The framework that runs the tests.</summary>
    private static MetadataReference[] ReadRunningFramework()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return
        [
            .. trusted.Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == folder)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }

    /// <summary>What the package System.Memory brings along.</summary>
    private static readonly string[] s_ofMemory = ["System.Numerics.Vectors.dll", "System.Runtime.CompilerServices.Unsafe.dll"];

    /// <summary>What .NET 8 has, as far as it is used.</summary>
    private static readonly string[] s_net8 =
        ["System.Runtime.dll", "System.Runtime.Intrinsics.dll", "System.Memory.dll", "System.Runtime.InteropServices.dll", "System.Diagnostics.Tools.dll", "System.Collections.dll", "System.Console.dll"];

    /// <summary>The content of an assembly that the test library holds.</summary>
    public static Stream Open(string framework, string file) =>
        typeof(TargetReferences).Assembly.GetManifestResourceStream($"{framework}/{file}")
            ?? throw new FileNotFoundException("the test library does not hold this assembly", file);

    private static MetadataReference Held(string framework, string file) => s_held.GetOrAdd((framework, file), static key =>
    {
        using Stream stream = Open(key.Framework, key.File);
        return MetadataReference.CreateFromStream(stream);
    });
}
