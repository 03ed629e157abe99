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
internal sealed record LintContext(Network Network, IReadOnlyList<LayerHeader> Headers, NetworkInput Input, MapValue Spec, DiagnosticBag Diagnostics)
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

    /// <summary>Where a layer's activation is written: its option, or the layer that it is.</summary>
    public SourceSpan ActivationSpan(int place)
    {
        if (this[place] is ActivationLayer || Headers[place].Node.Find("activation") is not { } value)
            return SpanOf(place);
        return Node.Of(value)?.Kind.Span ?? value.Span;
    }

    /// <summary>The layer's activation left out.</summary>
    public Change LeaveActivation(int place) => this[place] is ActivationLayer
        ? Leave(place)
        : new Change.Replace("End in linear", SpanOf(place, "activation"), "linear");

    /// <summary>Where the loss is named; null where there is none.</summary>
    public SourceSpan? LossKind => Spec.Find("loss") is { } entry ? Node.Of(entry.Value)?.Kind.Span : null;

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

    public Change Leave(int place) => new Change.RemoveLayer($"Leave '{Network.Layers[place].Name}' out", Headers[place].Node.Whole);
}

/// <summary>What is legal in a network and most likely not meant: warnings that say why. They run on networks without errors.</summary>
internal static class Linter
{
    private static readonly System.Action<LintContext>[] s_lints =
    [
        OutputLints.SoftmaxTwice, OutputLints.RectifiedRegression, OutputLints.SquaredErrorOfProbabilities, OutputLints.DropoutAtTheEnd,
        OutputLints.BinaryLossOfClasses, OutputLints.HingeOfProbabilities,
        LayerLints.LinearStack, LayerLints.LinearConvolutions, LayerLints.BiasBeforeBatchNorm, LayerLints.DropoutBeforeBatchNorm, LayerLints.KerasMomentum, LayerLints.Unread,
        ActivationLints.SoftmaxOfOne, ActivationLints.RectifiedLogits, ActivationLints.Twice, InputLints.ChannelsLast,
        TrainingLints.LearningRate, TrainingLints.NothingTrained, TrainingLints.ConstantWeights,
    ];

    public static void Run(BoundSpec bound, DiagnosticBag diagnostics)
    {
        var context = new LintContext(bound.Network, bound.Headers, bound.Input, bound.Spec, diagnostics);
        foreach (System.Action<LintContext> lint in s_lints)
            lint(context);
    }
}
