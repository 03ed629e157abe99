using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>Compiles a network in memory: the source of a build, C#'s compiler, and the class loaded.</summary>
internal static class NetworkCompilation
{
    private static readonly Target s_target = Target.Net10 with { HasTraining = true };

    private static readonly CSharpParseOptions s_parse = new((LanguageVersion)s_target.LanguageVersion, DocumentationMode.None);

    private static readonly Lazy<MetadataReference[]> s_references = new(References);

    /// <summary>A new instance of the network, with the weights that its seed gives.</summary>
    /// <param name="spec">A spec without errors.</param>
    /// <param name="cancelled">Ends it by an exception.</param>
    public static RunnableNetwork Compile(LoadedSpec spec, CancellationToken cancelled) => RunnableNetwork.Of(CompileClass(spec, canUnload: false, cancelled));

    /// <summary>The network's class, of which <see cref="RunnableNetwork.Of"/> makes instances.</summary>
    /// <param name="spec">A spec without errors.</param>
    /// <param name="canUnload">It is one of many, is not kept for other commands, and its code goes when it is no longer used.</param>
    /// <param name="cancelled">Ends it by an exception.</param>
    public static Type CompileClass(LoadedSpec spec, bool canUnload, CancellationToken cancelled)
    {
        string name = CSharpNames.ClassOf(spec.Name);
        // Weights that the spec has compiled in elsewhere are a file here: those that training begins with, or that are applied, are stated or its seed's.
        Network network = spec.Network with { Weights = null };
        string? key = canUnload ? null : CompiledCache.KeyOf(name, spec.Text);
        if ((key is null ? null : CompiledCache.Find(key)) is not { } code)
        {
            // The class is alone in its assembly: what it is called there clashes with nothing.
            var declaration = new ClassDeclaration(null, default, name, default) { Origin = new[] { $"Compiled by NetGen {Skeleton.Version} to be trained." }.ToEquatable() };
            code = Compile(name, NetworkCompiler.Emit(network, declaration, s_target), cancelled);
            if (key is not null)
                CompiledCache.Keep(key, code);
        }

        // What it refers to is found where the tool finds it.
        Assembly assembly = new AssemblyLoadContext(name, canUnload).LoadFromStream(new MemoryStream(code));
        return assembly.GetType(name, throwOnError: true)!;
    }

    /// <summary>
    /// Has the runtime compile C#'s compiler, which takes most of the time that the first network takes, while other things are done: the spec is checked,
    /// the data are read. Does nothing where the spec was compiled before.
    /// </summary>
    /// <param name="spec">The spec's file; null where there is none yet.</param>
    public static void WarmUp(string? spec) => ThreadPool.QueueUserWorkItem(_ =>
    {
        try
        {
            if (spec is null || !CompiledCache.Has(CompiledCache.KeyOf(CSharpNames.ClassOf(Path.GetFileNameWithoutExtension(spec)), SpecFile.Read(spec).Text)))
                Compile("Warm", WarmUpSource.Text, CancellationToken.None);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Whatever is wrong is said where it matters; the warmth is only for speed.
        }
    });

    private static byte[] Compile(string name, string source, CancellationToken cancelled)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, s_parse, $"{name}.g.cs", Encoding.UTF8, cancelled);
        CSharpCompilation compilation = CSharpCompilation.Create(
            $"NetGen.Compiled.{name}", [tree], s_references.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Disable));
        var code = new MemoryStream();
        EmitResult result = compilation.Emit(code, cancellationToken: cancelled);
        if (!result.Success)
            throw new InvalidOperationException("the generated C# does not compile: "
                + $"{result.Diagnostics.First(static d => d.Severity == DiagnosticSeverity.Error)}");
        return code.ToArray();
    }

    private static MetadataReference[] References()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> names = ["System.Private.CoreLib.dll", "System.Runtime.dll", "System.Collections.dll", "System.Linq.dll", "System.Memory.dll"];
        return
        [
            .. names.Select(name => MetadataReference.CreateFromFile(Path.Combine(framework, name))),
            MetadataReference.CreateFromFile(typeof(Trainer).Assembly.Location),
        ];
    }
}
