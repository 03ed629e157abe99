using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The figures of a network, where they are asked for.</summary>
public sealed class FiguresTests
{
    private static readonly TestProject s_project = TestProject.Of("""
        [Network]
        [Input(4)]
        [Dense(3), Softmax]
        public partial class Iris;
        """);

    [Fact]
    public async Task They_are_the_head_of_the_generated_file()
    {
        Diagnostic said = Assert.Single(await Said(ReportDiagnostic.Info));
        Assert.Equal("Iris", said.Location.SourceTree!.GetText().ToString(said.Location.SourceSpan));
        Assert.StartsWith("the network 'Iris' is\nlayer ", said.GetMessage(null));
        Assert.Contains("total                               15             12", said.GetMessage(null));
        Assert.EndsWith("Parameters: 60 bytes. Forward: 16 bytes of scratch.", said.GetMessage(null));
    }

    [Fact]
    public async Task They_are_not_said_unasked() => Assert.Empty(await Said(ReportDiagnostic.Default));

    private static async Task<ImmutableArray<Diagnostic>> Said(ReportDiagnostic severity)
    {
        Compilation output = GeneratorRun.Of(s_project).Output;
        output = output.WithOptions(output.Options.WithSpecificDiagnosticOptions([new KeyValuePair<string, ReportDiagnostic>(Descriptors.Figures.Id, severity)]));
        return await output.WithAnalyzers([new FiguresAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }
}
