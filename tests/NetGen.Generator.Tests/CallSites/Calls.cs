using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.CallSites;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.CallSites;

/// <summary>Statements that use a few networks, and what the build says of them.</summary>
internal static class Calls
{
    /// <summary>64 floats to 10 classes: 1,210 parameters, as many floats of state.</summary>
    public const string Digits = """
        input: 64
        layers: [ dense: { units: 16, activation: relu }, dense: 10, softmax ]
        loss: cross_entropy
        optimizer: { sgd: { momentum: 0.9 } }
        """;

    /// <summary>4 floats to 2, without state.</summary>
    public const string Line = """
        input: 4
        layers: [ dense: 2 ]
        loss: squared_error
        """;

    /// <summary>8 floats to 2, with scratch.</summary>
    public const string Deep = """
        input: 8
        layers: [ dense: 3000, dense: 2 ]
        loss: squared_error
        """;

    /// <summary>5 steps of 3 floats to a class each of 4.</summary>
    public const string Gru = """
        input: { shape: [5, 3], layout: sequence }
        layers: [ gru: { units: 6, return_sequences: true }, dense: 4, softmax ]
        loss: cross_entropy
        """;

    /// <summary>6 floats and 3 to 2 and 4, of which the first have targets.</summary>
    public const string Parts = """
        inputs: { image: 6, state: 3 }
        layers:
          - dense: { units: 2, from: image, name: policy }
          - dense: { units: 4, from: state, name: memory }
        outputs: [policy, memory]
        loss: { policy: squared_error }
        """;

    private const string Usings = "#pragma warning disable CS8019\nusing System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing NetGen;\n";

    public static TestProject Networks => new TestProject()
        .WithSource("Networks.cs", """
            using NetGen;
            [Network("digits.yaml")] public partial class Digits { }
            [Network("line.yaml")] public partial class Line { }
            [Network("deep.yaml")] public partial class Deep { }
            [Network("gru.yaml")] public partial class Gru { }
            [Network("parts.yaml")] public partial class Parts { }
            """)
        .WithSpec("digits.yaml", Digits).WithSpec("line.yaml", Line).WithSpec("deep.yaml", Deep).WithSpec("gru.yaml", Gru).WithSpec("parts.yaml", Parts);

    private static readonly Lazy<Compilation> s_networks = new(static () => GeneratorRun.Of(Networks).Output);

    /// <summary>A whole file beside the networks.</summary>
    public static string File(string source) => Usings + source;

    /// <summary>
    /// A method's statements, beside which there are <c>p</c>, <c>x</c>, <c>y</c> (spans of unknown length), an array <c>data</c>, a number <c>n</c>, a list <c>items</c> and an instance <c>net</c>.
    /// </summary>
    public static string Statements(string statements) => File($$"""
        public class Program
        {
            private readonly Digits _net = new();
            private readonly object _gate = new();
            public Digits Auto { get; } = new();
            public Digits Fresh => new();
            public object Gate => _gate;
            public Digits Net => _net;
            public async Task Async(float[] data, int[] labels, List<float[]> items, Digits net, int n)
            {
                {{(statements.Contains("await ") ? statements : "await Task.Yield();")}}
            }

            public void Run(float[] data, int[] labels, List<float[]> items, Digits net, Line line, int n)
            {
                Span<float> p = data, x = data, y = data;
                {{(statements.Contains("await ") ? "" : statements)}}
            }
        }
        """);

    /// <summary>What is said of a file beside the networks, in the order of its text: by C# and by the analyzer.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Of(string marked, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        Compilation networks = s_networks.Value;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(Markup.Parse("", marked).Text, Networks.ParseOptions, TestProject.Folder + "Program.cs");
        Compilation compilation = networks.WithOptions(networks.Options.WithOutputKind(output)).AddSyntaxTrees(tree);
        SemanticModel model = compilation.GetSemanticModel(tree);
        var thrown = new ConcurrentQueue<Exception>();
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new CallSiteAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, _, _) => thrown.Enqueue(exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        IEnumerable<Diagnostic> found = [.. model.GetDiagnostics(), .. await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, default)];
        Assert.Empty(thrown);
        return [.. found.Where(static d => d.Severity != DiagnosticSeverity.Hidden && !d.IsSuppressed).OrderBy(static d => d.Location.SourceSpan.Start)];
    }

    /// <summary>What is said is what the marks say, where they say it.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Marked(string marked, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        IReadOnlyList<Diagnostic> found = await Of(marked, output);
        (string text, IReadOnlyList<Mark> marks) = Markup.Parse("", marked);
        Assert.Equal(
            marks.Order().Select(m => $"{m.Id} at {m.Span} '{text.Substring(m.Span.Start, m.Span.Length)}'"),
            found.Select(d => $"{d.Id} at {d.Location.SourceSpan} '{text.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}'"));
        return found;
    }

    /// <summary>What is said of statements is what the marks say, the first thing in these words.</summary>
    public static async Task Gives(string statements, string message) => Assert.Equal(message, (await Marked(Statements(statements)))[0].GetMessage(null));

    public static async Task IsFine(string statements) => Assert.Empty(await Of(Statements(statements)));
}
