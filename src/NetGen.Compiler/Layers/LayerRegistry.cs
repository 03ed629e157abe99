using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Options;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Layers;

/// <summary>Every layer, a line each, and every activation as a layer.</summary>
internal static class LayerRegistry
{
    public static readonly Registry<LayerDefinition> Layers = new("layer", Rules.UnknownLayer,
    [
        new DenseDefinition(),
        new ConvolutionDefinition("conv1d", 1, isTransposed: false),
        new ConvolutionDefinition("conv2d", 2, isTransposed: false),
        new ConvolutionDefinition("conv_transpose1d", 1, isTransposed: true),
        new ConvolutionDefinition("conv_transpose2d", 2, isTransposed: true),
        new FlattenDefinition(),
        new ReshapeDefinition(),
        new PermuteDefinition(),
        new PadDefinition("zero_pad", hasMode: false),
        new PadDefinition("pad", hasMode: true),
        new SliceDefinition(),
        new ReverseDefinition(),
        new RepeatVectorDefinition(),
        new UpsamplingDefinition("upsample1d", "linear", "length"),
        new UpsamplingDefinition("upsample2d", "bilinear", "height", "width"),
        new PixelShuffleDefinition(isBack: false),
        new PixelShuffleDefinition(isBack: true),
        new DropoutDefinition(),
        new BatchNormDefinition(),
        new GroupNormDefinition("group_norm", hasGroups: true),
        new GroupNormDefinition("instance_norm", hasGroups: false),
        new NormalizationDefinition(),
        new RescalingDefinition(),
        new ClipDefinition(),
        new PowerDefinition(),
        new PreluDefinition(),
        new MergeDefinition("add", "adds"),
        new MergeDefinition("subtract", "takes the difference of"),
        new MergeDefinition("multiply", "multiplies"),
        new MergeDefinition("divide", "takes the quotient of"),
        new MergeDefinition("maximum", "takes the larger of"),
        new MergeDefinition("minimum", "takes the smaller of"),
        new MergeDefinition("average", "takes the mean of"),
        new ConcatDefinition(),
        new PoolingDefinition("max_pool1d", isMax: true, "length"),
        new PoolingDefinition("max_pool2d", isMax: true, "height", "width"),
        new PoolingDefinition("average_pool1d", isMax: false, "length"),
        new PoolingDefinition("average_pool2d", isMax: false, "height", "width"),
        new GlobalPoolingDefinition("global_max_pool", isMax: true),
        new GlobalPoolingDefinition("global_average_pool", isMax: false),
        new ReduceDefinition("reduce_mean"),
        new ReduceDefinition("reduce_sum"),
        new ReduceDefinition("reduce_max"),
        new ReduceDefinition("reduce_min"),
        new LayerNormDefinition("layer_norm", centres: true),
        new LayerNormDefinition("rms_norm", centres: false),
        new EmbeddingDefinition(),
        new RecurrentDefinition(new SimpleRnnCell()),
        new RecurrentDefinition(new GruCell()),
        new RecurrentDefinition(new LstmCell()),
        new BidirectionalDefinition(new SimpleRnnCell(), new GruCell(), new LstmCell()),
        .. ActivationRegistry.Activations.All.Select(static a => new ActivationLayerDefinition(a)),
    ],
    LayerWords.All);
}
