using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Lints;

/// <summary>A network that is right, and where its parts were written.</summary>
/// <param name="Headers">Of the layers, in their order.</param>
/// <param name="Spec">The whole.</param>
internal sealed record LintContext(Network Network, IReadOnlyList<LayerHeader> Headers, MapValue Spec, DiagnosticBag Diagnostics)
{
    public Layer this[int place] => Network.Layers[place];

    public SourceSpan SpanOf(int place) => Headers[place].Node.Kind.Span;

    /// <summary>Where an option of a layer is written, or the layer where it is not.</summary>
    public SourceSpan SpanOf(int place, string key)
    {
        Node node = Headers[place].Node;
        SpecValue? value = node.Find(key) ?? (Headers[place].Definition.Keys.Main == key ? node.Main : null);
        return value?.Span ?? node.Kind.Span;
    }

    /// <summary>From the layer's name to the end of its last option.</summary>
    public SourceSpan WholeOf(int place)
    {
        Node node = Headers[place].Node;
        SourceSpan last = node.Options.Select(static o => o.Value.Span).Append(node.Main?.Span ?? node.Kind.Span).OrderBy(static s => s.Start + s.Length).Last();
        SourceSpan kind = node.Kind.Span;
        return kind with { Length = last.Start + last.Length - kind.Start, EndLine = last.EndLine, EndColumn = last.EndColumn };
    }

    /// <summary>The layers that read one.</summary>
    public IEnumerable<int> ReadersOf(int place) => Enumerable.Range(0, Network.Layers.Count).Where(k => Network.Layers[k].Sources.Contains(place));

    /// <summary>The layer that decides what another reads: before it, past what changes nothing; -1 where that is the network's input.</summary>
    public int Before(int place, System.Func<Layer, bool> changesNothing)
    {
        int before = Network.Layers[place].Sources[0];
        while (before >= 0 && changesNothing(Network.Layers[before]))
            before = Network.Layers[before].Sources[0];
        return before;
    }

    public void Report(Rule rule, SourceSpan span, string message, params Change[] changes) => Diagnostics.Report(rule, span, message, changes);

    public Change Leave(int place) => new Change.RemoveLayer($"Leave '{Network.Layers[place].Name}' out", WholeOf(place));
}

/// <summary>What is legal in a network and most likely not meant: warnings that say why. They run on networks without errors.</summary>
internal static class Linter
{
    private static readonly System.Action<LintContext>[] s_lints =
    [
        OutputLints.SoftmaxTwice, OutputLints.RectifiedRegression, OutputLints.SquaredErrorOfProbabilities, OutputLints.DropoutAtTheEnd,
        LayerLints.LinearStack, LayerLints.BiasBeforeBatchNorm, LayerLints.KerasMomentum, LayerLints.Unread,
        TrainingLints.LearningRate, TrainingLints.NothingTrained,
    ];

    public static void Run(LintContext context)
    {
        foreach (System.Action<LintContext> lint in s_lints)
            lint(context);
    }
}
