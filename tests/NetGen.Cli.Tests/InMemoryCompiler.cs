using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NetGen.Compiler.Targets;
using NetGen.Generator;
using NetGen.Testing.Generated;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>Compiles what the tool writes, in memory, with warnings and undocumented members as errors.</summary>
internal static class InMemoryCompiler
{
    private static readonly Lazy<MetadataReference> s_attributes = new(CompileAttributes);

    /// <summary>One file and nothing else, for a target.</summary>
    public static Assembly Compile(string source, Target target)
    {
        var options = new CSharpParseOptions((LanguageVersion)target.LanguageVersion, DocumentationMode.Diagnose);
        return Load(CSharpCompilation.Create("Alone", [CSharpSyntaxTree.ParseText(source, options)], TargetReferences.Of(target), Options(OutputKind.DynamicallyLinkedLibrary)));
    }

    /// <summary>A program and its specs, as the packages NetGen and NetGen.Training would have it compiled.</summary>
    public static Assembly CompileProgram(IEnumerable<(string Path, string Text)> files)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose);
        (string Path, string Text)[] all = [.. files];
        Compilation compilation = CSharpCompilation.Create(
            "Program", all.Where(static f => f.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(f => CSharpSyntaxTree.ParseText(f.Text, parse, "/app/" + f.Path)),
            [.. TargetReferences.Of(Target.Net10), s_attributes.Value, MetadataReference.CreateFromFile(typeof(INetwork<>).Assembly.Location)], Options(OutputKind.ConsoleApplication));
        AdditionalText[] specs = [.. all.Where(static f => f.Path.EndsWith(".yaml", StringComparison.Ordinal)).Select(static f => new InMemoryFile("/app/" + f.Path, f.Text))];
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], specs, parse).RunGeneratorsAndUpdateCompilation(compilation, out compilation, out var diagnostics);
        Assert.Empty(diagnostics);
        return Load(compilation);
    }

    private static CSharpCompilationOptions Options(OutputKind kind) => new(
        kind, optimizationLevel: OptimizationLevel.Release, generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Disable);

    private static Assembly Load(Compilation compilation)
    {
        using var code = new MemoryStream();
        EmitResult result = compilation.Emit(code);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(10)));
        code.Position = 0;
        return new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true).LoadFromStream(code);
    }

    /// <summary>The library of attributes, from its sources: a test of netgen.dll cannot reference NetGen.dll, which is the same name.</summary>
    private static MetadataReference CompileAttributes()
    {
        string folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../src/NetGen");
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(static f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("\\obj\\", StringComparison.Ordinal)).Select(static f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), path: f));
        var compilation = CSharpCompilation.Create("NetGen", sources, TargetReferences.Of(Target.Net10), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var code = new MemoryStream();
        Assert.True(compilation.Emit(code).Success);
        return MetadataReference.CreateFromImage(code.ToArray());
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private sealed class InMemoryFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(System.Threading.CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
