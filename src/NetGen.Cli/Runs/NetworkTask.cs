using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;

namespace NetGen.Cli.Runs;

/// <summary>What a network is asked: which class, yes or no, or which numbers.</summary>
internal enum Answer
{
    /// <summary>One class of several for each label: a categorical cross-entropy.</summary>
    Class,

    /// <summary>A probability, or a logit, for each output: a binary cross-entropy.</summary>
    Binary,

    /// <summary>Numbers.</summary>
    Numbers,
}

/// <summary>What a checked network is for, as far as its data must know.</summary>
/// <param name="Answer">What its loss takes; without a loss, what its last layer gives.</param>
/// <param name="InputSize">Floats of one sample's input.</param>
/// <param name="OutputSize">Floats of one sample's output.</param>
/// <param name="ClassCount">The classes that it has outputs for; 2 of a binary one, 0 where there are none.</param>
/// <param name="HasClassesFirst">Of several labels, the outputs are [classes, labels]; otherwise [labels, classes].</param>
/// <param name="GivesLogits">Outputs are no probabilities: a softmax or a sigmoid makes them so.</param>
/// <param name="ScalesInput">Its first layers scale the input themselves, or take it as indices, so that nobody else is to.</param>
/// <param name="ScalesOutput">Outputs are not standardized: a last layer brings them to the targets' units, or bounds them.</param>
internal sealed record NetworkTask(Answer Answer, int InputSize, int OutputSize, int ClassCount, bool HasClassesFirst, bool GivesLogits,
    bool ScalesInput, bool ScalesOutput)
{
    /// <summary>Channels, height and width of the input, where it is an image; else empty.</summary>
    public required IReadOnlyList<int> Image { get; init; }

    /// <summary>Of a network.</summary>
    public static NetworkTask Of(Network network)
    {
        Layer last = network.Layers[Layer.EndOf(network.Layers, network.Outputs[0].Source, static layer => layer.IsTransparent)];
        string? ending = last.LastActivation?.Kind;
        Answer answer = network.Loss switch
        {
            _ when network.Outputs.Count > 1 => Answer.Numbers,
            { TakesLabels: true } => Answer.Class,
            { IsBinary: true } => Answer.Binary,
            null when ending is "softmax" or "log_softmax" => Answer.Class,
            _ => Answer.Numbers,
        };
        int classes = answer switch
        {
            Answer.Class => network.Output.Dimensions.Count == 1 || network.Output.Layout == Compiler.Shapes.Layout.Channels
                ? network.Output.Dimensions[0]
                : network.Output.Dimensions[network.Output.Dimensions.Count - 1],
            Answer.Binary => 2,
            _ => 0,
        };
        return new NetworkTask(
            answer, network.Input.Size, network.Output.Size, classes,
            network.Output is { Layout: Compiler.Shapes.Layout.Channels, Dimensions.Count: > 1 }, network.Loss?.TakesLogits == true,
            network.Layers.Any(static layer => layer is Normalization or Rescaling or Embedding or BatchNorm && ReadsInput(layer)) || HasNormalization(network),
            answer != Answer.Numbers || last is Rescaling or Normalization or Clip or Power || (ending is not null and not "linear")
                || network.Loss?.Kind == "hinge")
        {
            Image = network.Input.Dimensions.Count == 3 ? [.. network.Input.Dimensions] : [],
        };
    }

    private static bool ReadsInput(Layer layer) => layer.Sources.Any(static source => source.IsInput);

    // Behind a reshape or a rescaling, a normalization still learns from the data.
    private static bool HasNormalization(Network network) => Compiler.Emit.InputNormalization.Of(network).Any();
}
