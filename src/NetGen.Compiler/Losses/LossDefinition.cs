using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Losses;

/// <summary>What ends the network, or one of its outputs, that a loss is applied to.</summary>
/// <param name="Activation">The last activation, or null where something else stands last.</param>
/// <param name="Probability">The activation by which every output is between 0 and 1; null where they are not.</param>
/// <param name="LayerName">The last layer's name, or the output's.</param>
/// <param name="Output">The output's shape.</param>
internal sealed record NetworkEnd(Activation? Activation, string? Probability, string LayerName, Shape Output)
{
    /// <summary>It is one of the outputs that the spec names.</summary>
    public bool IsNamed { get; init; }

    /// <summary>For messages: <c>'dense_2', the last layer,</c>.</summary>
    public string Owner => IsNamed ? $"output '{LayerName}'" : $"'{LayerName}', the last layer,";

    /// <summary>Of an output: the last layer that changes anything. For "between 0 and 1", a flatten changes nothing either.</summary>
    public static NetworkEnd Of(IReadOnlyList<Layer> layers, string name, ValueSource source, bool isNamed)
    {
        Shape shape = layers[source.Layer].ShapeOf(source.Part);
        if (!source.IsLayer)
            return new NetworkEnd(null, null, name, shape) { IsNamed = isNamed };
        int last = Layer.EndOf(layers, source, static l => l.IsTransparent);
        int values = Layer.EndOf(layers, source, static l => l.KeepsValues || l is Clip { KeepsProbabilities: true } or Reduce { KeepsProbabilities: true });
        return new NetworkEnd(layers[last].LastActivation, layers[values].LastActivation is { GivesProbabilities: true } a ? a.Kind : null, name, shape) { IsNamed = isNamed };
    }

    public bool GivesProbabilities => Probability is not null;

    /// <summary>The loss that goes with it; null where any may be meant.</summary>
    public string? FittingLoss => IsSoftmax || IsLogSoftmax ? "cross_entropy" : GivesProbabilities ? "binary_cross_entropy" : null;

    /// <summary>Over how many values a softmax at the end runs.</summary>
    public int Features => FeaturesOf(Output);

    /// <summary>Over how many values a softmax of a shape runs.</summary>
    public static int FeaturesOf(Shape shape) => shape.Layout == Layout.Channels ? shape.Dimensions[0] : shape.Last;

    /// <summary>An error leaves the end unknown.</summary>
    public bool IsUnknown => LayerName.Length == 0;

    public bool IsSigmoid => Activation is { Kind: "sigmoid" };

    public bool IsSoftmax => Activation is SoftmaxActivation;

    public bool IsLogSoftmax => Activation is LogSoftmaxActivation;
}

/// <summary>One loss of the grammar.</summary>
/// <param name="keys">Its options, among them <c>reduction</c> and <c>weight</c>, which every loss has.</param>
/// <param name="misfit">Null where the loss fits the network's end, else what is wrong and which loss fits.</param>
/// <param name="create">The loss for that end.</param>
internal sealed class LossDefinition(
    string name, OptionKeys keys, Func<NetworkEnd, string?> misfit, Func<OptionReader, Reduction, NetworkEnd, Loss> create) : IDefinition
{
    public string Name => name;

    public OptionKeys Keys => keys;

    public string? Misfit(NetworkEnd end) => misfit(end);

    public Loss Create(OptionReader options, NetworkEnd end)
    {
        Loss loss = create(options, options.Word("reduction", "mean", "sum") == "sum" ? Reduction.Sum : Reduction.Mean, end);
        if (options.Find("weight") is ListValue list)
        {
            string? each = keys.Keys.Contains("class_weight") ? "class_weight" : keys.Keys.Contains("pos_weight") ? "pos_weight" : null;
            options.Report(Rules.WrongKind, list.Span,
                $"{options.Owner}: 'weight' is one number, by which the whole loss is multiplied, not a list; write weight: 0.5{(each is null ? "" : $", or for a number of its own for each {(each == "class_weight" ? "class" : "output")} {each}: […]")}");
            return loss;
        }

        return loss.Times(options.Number("weight", 1, static v => v > 0, "above 0: the whole loss is multiplied by it"));
    }
}
