using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers.Activations;

namespace NetGen.Compiler.Layers;

/// <summary>Every layer, a line each, and every activation as a layer.</summary>
internal static class LayerRegistry
{
    public static readonly Registry<LayerDefinition> Layers = new("layer", Rules.UnknownLayer,
    [
        new DenseDefinition(),
        new FlattenDefinition(),
        new ReshapeDefinition(),
        new PermuteDefinition(),
        new ZeroPadDefinition(),
        new DropoutDefinition(),
        new BatchNormDefinition(),
        new PreluDefinition(),
        new MergeDefinition("add", multiplies: false),
        new MergeDefinition("multiply", multiplies: true),
        new ConcatDefinition(),
        .. ActivationRegistry.Activations.All.Select(static a => new ActivationLayerDefinition(a)),
    ],
    [
        "conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d", "max_pool1d", "max_pool2d", "average_pool1d", "average_pool2d",
        "global_max_pool", "global_average_pool", "layer_norm", "rms_norm", "embedding",
        "simple_rnn", "gru", "lstm", .. ActivationRegistry.Activations.Later,
    ],
    new(ActivationRegistry.Synonyms)
    {
        ["fc"] = "dense", ["fully_connected"] = "dense", ["affine"] = "dense", ["conv"] = "conv2d", ["batchnorm"] = "batch_norm",
    });
}
