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
internal sealed record LintContext(Network Network, IReadOnlyList<LayerHeader> Headers, IReadOnlyList<NetworkInput> Inputs, MapValue Spec, DiagnosticBag Diagnostics)
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

    /// <summary>Where the loss of an output is named; null where it has none.</summary>
    public SourceSpan? LossKindOf(OutputPart output) => OutputBinder.LossOf(Spec, Network, output) is { } loss ? Node.Of(loss)?.Kind.Span : null;

    /// <summary>The layer that decides what an output gives; -1 where that is an input, or a recurrent layer's state.</summary>
    public int EndOf(OutputPart output, System.Func<Layer, bool> changesNothing) => output.Source.IsLayer ? Layer.EndOf(Network.Layers, output.Source, changesNothing) : -1;

    /// <summary>The layers that read one.</summary>
    public IEnumerable<int> ReadersOf(int place) => Enumerable.Range(0, Network.Layers.Count).Where(k => Network.Layers[k].Sources.Any(s => s.Layer == place));

    /// <summary>The layer that decides what another reads: before it, past what changes nothing; -1 where that is an input, or a recurrent layer's state.</summary>
    public int Before(int place, System.Func<Layer, bool> changesNothing) => SourceBefore(place, changesNothing) is { IsLayer: true } before ? before.Layer : -1;

    /// <summary>What decides what a layer reads.</summary>
    public ValueSource SourceBefore(int place, System.Func<Layer, bool> changesNothing)
    {
        ValueSource before = Network.Layers[place].Sources[0];
        while (before.IsLayer && changesNothing(Network.Layers[before.Layer]))
            before = Network.Layers[before.Layer].Sources[0];
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
        var context = new LintContext(bound.Network, bound.Headers, bound.Inputs, bound.Spec, diagnostics);
        foreach (System.Action<LintContext> lint in s_lints)
            lint(context);
    }
}
