using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Tests.Baking;
using NetGen.Compiler.Text;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>What the target <c>minimal</c> promises to runtimes that have little.</summary>
public sealed class MinimalTests
{
    private static readonly CSharpParseOptions s_language = new(LanguageVersion.CSharp7_3, DocumentationMode.Diagnose);

    /// <summary>Comments included: none speaks of what is not there.</summary>
    private static readonly string[] s_absent = ["Span", "span", "MathF", "Vector", "stackalloc", "Unsafe", "MethodImpl", "GeneratedCode", "EditorBrowsable"];

    private static readonly Lazy<Dictionary<string, string>> s_sources = new(() => TargetSpecs.ByClass.Select(s => (s.Key, GeneratedAssembly.Emit(s.Key, s.Value, Target.Minimal))).Append(("Baked", Baked("float32"))).Append(("BakedHalves", Baked("float16"))).ToDictionary());

    public static TheoryData<string> Specs => [.. TargetSpecs.ByClass.Keys, "Baked", "BakedHalves"];

    /// <summary>A network with its weights inside.</summary>
    private static string Baked(string storage)
    {
        Network network = NetworkCompiler.Check($"input: 5\nlayers: [ {{ dense: {{ units: 4, activation: tanh }} }}, {{ dense: 2 }} ]\nweights: {{ file: net.safetensors, storage: {storage} }}").Network!;
        var weights = BakedWeights.Of(network, WeightFileBytes.HandOver(WeightFileBytes.Of(network, static _ => "F32"), network, false, false, []));
        return NetworkCompiler.Emit(network, new ClassDeclaration("Generated", [], storage == "float32" ? "Baked" : "BakedHalves", []), Target.Minimal, weights);
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void The_file_uses_arrays_of_one_dimension_and_nothing_generic(string name)
    {
        string source = s_sources.Value[name];

        Assert.All(s_absent, word => Assert.DoesNotContain(word, source, StringComparison.Ordinal));
        SyntaxNode[] nodes = [.. CSharpSyntaxTree.ParseText(source, s_language).GetRoot().DescendantNodes()];
        Assert.Empty(nodes.OfType<GenericNameSyntax>());
        Assert.Empty(nodes.OfType<TypeParameterListSyntax>());
        Assert.Empty(nodes.OfType<UsingDirectiveSyntax>());
        Assert.Empty(nodes.OfType<LambdaExpressionSyntax>());
        Assert.Empty(nodes.OfType<RefTypeSyntax>());
        Assert.Empty(nodes.OfType<ForEachStatementSyntax>());
        Assert.All(nodes.OfType<ArrayTypeSyntax>(), type => Assert.Equal((1, 1), (type.RankSpecifiers.Count, type.RankSpecifiers[0].Rank)));
    }

    [Fact]
    public void The_files_compile_against_the_library_of_a_small_runtime()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Device",
            s_sources.Value.SelectMany(s => new[]
            {
                CSharpSyntaxTree.ParseText(s.Value, s_language, encoding: Encoding.UTF8),
                CSharpSyntaxTree.ParseText($"namespace Generated {{ internal partial class {s.Key} {{ }} }}", s_language, encoding: Encoding.UTF8),
            }),
            [SmallRuntime.Reference],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, generalDiagnosticOption: ReportDiagnostic.Error, warningLevel: 9999));
        using MemoryStream code = new();

        Assert.Empty(compilation.Emit(code).Diagnostics.Select(d => $"{d.GetMessage(null)} in {d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}"));
    }

    [Fact]
    public void What_a_failed_spec_leaves_compiles_there_too()
    {
        ClassDeclaration declaration = new("Generated", EquatableArray<ContainingType>.Empty, "Net", EquatableArray<string>.Empty);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Device",
            [CSharpSyntaxTree.ParseText(FailedEmitter.Run(declaration, Target.Minimal), s_language, encoding: Encoding.UTF8)],
            [SmallRuntime.Reference],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
    }
}
