using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Models.Onnx.Export.Layers;

namespace NetGen.Models.Onnx.Export;

/// <summary>How every layer is written, a line for each; the activations have lines of their own. What changes nothing is not asked for.</summary>
internal static class LayerExports
{
    public static readonly IReadOnlyList<LayerExport> All =
    [
        LayerExport.Of<Dense>("`Gemm`; of a sequence, `MatMul` by the transposed weight and `Add`", DenseExport.Write, "dense"),
        LayerExport.Of<Embedding>("`Cast` to int64 and `Gather`", DenseExport.Write, "embedding"),
        LayerExport.Of<Convolution>("`Conv` with explicit pads, whatever the padding", ConvolutionExport.Write, "conv1d", "conv2d"),
        LayerExport.Of<Convolution>("`ConvTranspose`", ConvolutionExport.Write, "conv_transpose1d", "conv_transpose2d"),
        LayerExport.Of<Pooling>("`MaxPool` with explicit pads, never with ceil_mode", PoolingExport.Write, "max_pool1d", "max_pool2d"),
        LayerExport.Of<Pooling>(
            "`AveragePool`, likewise; `Pad` before it where a last window counts padding", PoolingExport.Write, "average_pool1d", "average_pool2d"),
        LayerExport.Of<GlobalPooling>("`GlobalMaxPool` and `Flatten`", PoolingExport.WriteGlobal, "global_max_pool"),
        LayerExport.Of<GlobalPooling>("`GlobalAveragePool` and `Flatten`", PoolingExport.WriteGlobal, "global_average_pool"),
        LayerExport.Of<BatchNorm>("`BatchNormalization` by the running statistics; of a sequence, between two `Transpose`", NormExport.Write, "batch_norm"),
        LayerExport.Of<LayerNorm>("`LayerNormalization`; below opset 17 its formula", LayerNormExport.Write, "layer_norm"),
        LayerExport.Of<LayerNorm>("its formula: `Mul`, `ReduceMean`, `Add`, `Sqrt`, `Div`, `Mul`", LayerNormExport.Write, "rms_norm"),
        LayerExport.Of<GroupNorm>("`InstanceNormalization` between two `Reshape`, `Mul`, `Add`", NormExport.Write, "group_norm"),
        LayerExport.Of<GroupNorm>("`InstanceNormalization`; of a sequence, between two `Transpose`", NormExport.Write, "instance_norm"),
        LayerExport.Of<Normalization>("`Sub` and `Div` by the square root of the variance", ElementwiseExport.Write, "normalization"),
        LayerExport.Of<Rescaling>("`Mul`, `Add`", ElementwiseExport.Write, "rescaling"),
        LayerExport.Of<Clip>("`Clip`", ElementwiseExport.Write, "clip"),
        LayerExport.Of<Power>("`Pow`", ElementwiseExport.Write, "power"),
        LayerExport.Of<Prelu>("`PRelu`", ElementwiseExport.Write, "prelu"),
        LayerExport.Of<Recurrent>("`RNN` between two `Transpose`, since ONNX has time before the batch", RecurrentExport.Write, "simple_rnn"),
        LayerExport.Of<Recurrent>("`GRU`, likewise, with linear_before_reset 1 for `reset_after: true`", RecurrentExport.Write, "gru"),
        LayerExport.Of<Recurrent>("`LSTM`, likewise", RecurrentExport.Write, "lstm"),
        LayerExport.Of<Bidirectional>(
            "the same with direction bidirectional; `Reshape`, or a `Reduce…` that merges", RecurrentExport.WriteBidirectional, "bidirectional"),
        LayerExport.Of<Merge>("`Add`; of more than two, `Sum`", MergeExport.Write, "add"),
        LayerExport.Of<Merge>("`Sub`", MergeExport.Write, "subtract"),
        LayerExport.Of<Merge>("`Mul`", MergeExport.Write, "multiply"),
        LayerExport.Of<Merge>("`Div`", MergeExport.Write, "divide"),
        LayerExport.Of<Merge>("`Max`", MergeExport.Write, "maximum"),
        LayerExport.Of<Merge>("`Min`", MergeExport.Write, "minimum"),
        LayerExport.Of<Merge>("`Mean`", MergeExport.Write, "average"),
        LayerExport.Of<Concat>("`Concat`", MergeExport.Write, "concat"),
        LayerExport.Of<Reduce>("`ReduceMean`", ReduceExport.Write, "reduce_mean"),
        LayerExport.Of<Reduce>("`ReduceSum`", ReduceExport.Write, "reduce_sum"),
        LayerExport.Of<Reduce>("`ReduceMax`", ReduceExport.Write, "reduce_max"),
        LayerExport.Of<Reduce>("`ReduceMin`", ReduceExport.Write, "reduce_min"),
        LayerExport.Of<Flatten>("`Flatten`", MoveExport.Write, "flatten"),
        LayerExport.Of<Reshape>("`Reshape`", MoveExport.Write, "reshape"),
        LayerExport.Of<Permute>("`Transpose`", MoveExport.Write, "permute"),
        LayerExport.Of<Pad>(
            "`Pad`; before a pool with 1.4e-45 for 0, so that no runtime takes it for the padding of the pool", MoveExport.Write, "zero_pad", "pad"),
        LayerExport.Of<Slice>("`Slice`", MoveExport.Write, "slice", "reverse"),
        LayerExport.Of<RepeatVector>("`Unsqueeze`, `Expand`", MoveExport.Write, "repeat_vector"),
        LayerExport.Of<Upsampling>("`Resize`: nearest by asymmetric and floor, linear by half_pixel", UpsamplingExport.Write, "upsample1d", "upsample2d"),
        LayerExport.Of<PixelShuffle>("`DepthToSpace` in CRD mode", UpsamplingExport.Write, "pixel_shuffle"),
        LayerExport.Of<PixelShuffle>("`Reshape`, `Transpose`, `Reshape`", UpsamplingExport.Write, "pixel_unshuffle"),
        LayerExport.Of<Dropout>("nothing: inference drops nothing", static (_, w) => w.X, "dropout"),
        .. ActivationExports.All.Select(static a =>
            LayerExport.Of<ActivationLayer>(a.Becomes, static (layer, w) => ActivationExports.Write(layer.Activation, w.Nodes, w.X, layer.Input), a.Kind)),
    ];

    private static readonly Dictionary<string, LayerExport> s_byKind = All.SelectMany(static e => e.Kinds.Select(kind => (kind, e)))
        .ToDictionary(static pair => pair.kind, static pair => pair.e, StringComparer.Ordinal);

    public static LayerExport? Find(string kind) => s_byKind.GetValueOrDefault(kind);
}
