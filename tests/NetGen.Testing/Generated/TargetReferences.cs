using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Emit;

namespace NetGen.Testing.Generated;

/// <summary>The assemblies that code for a target compiles against: no more than the target has.</summary>
internal static class TargetReferences
{
    private static readonly Lazy<MetadataReference[]> s_running = new(ReadRunningFramework);
    private static readonly ConcurrentDictionary<string, MetadataReference> s_old = new();

    public static IReadOnlyList<MetadataReference> Of(Target target)
    {
        if (target.HasVectors || target.HasMathF)
            return s_running.Value;
        return target.HasSpan ? [Old("netstandard.dll"), Old("System.Memory.dll")] : [Old("netstandard.dll")];
    }

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

    private static MetadataReference Old(string file) => s_old.GetOrAdd(file, static file =>
    {
        using Stream stream = typeof(TargetReferences).Assembly.GetManifestResourceStream("netstandard2.0/" + file)
            ?? throw new FileNotFoundException("the test library does not hold this assembly", file);
        return MetadataReference.CreateFromStream(stream);
    });
}
