using System;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Cells;
using NetGen.Models.Hdf;

namespace NetGen.Models.Fitting;

/// <summary>Keras's parameters as ours: its kernels have what goes in before what comes out, and channels last.</summary>
internal static class KerasForms
{
    private const string Reverse = "_reverse";

    public static void Fit(LayerFit.Builder builder, SourceModule module, TargetLayer layer, bool hasChannelsFirst)
    {
        switch (layer.Layer)
        {
            case Recurrent recurrent:
                Recurrent(builder, module, recurrent, "", "");
                break;
            case Bidirectional both:
                Recurrent(builder, module, both.Inner, "forward.", "");
                Recurrent(builder, module, both.Inner, "backward.", Reverse);
                break;
            default:
                foreach (SourceTensor tensor in module.Tensors)
                    Single(builder, tensor, layer, hasChannelsFirst);
                break;
        }
    }

    private static void Single(LayerFit.Builder builder, SourceTensor tensor, TargetLayer layer, bool hasChannelsFirst)
    {
        int[] shape = tensor.Tensor.View.Shape;
        if (ParameterOf(tensor.Role, layer.Layer) is not { } parameter || layer.ShapeOf(parameter) is not { } wanted)
            return;
        Turn turn = (layer.Layer, tensor.Role) switch
        {
            (Dense, "kernel") when shape.Length == 2 => new Turn([shape[1], shape[0]]) { Axes = [1, 0], Text = "transposed" },
            (Convolution convolution, "kernel" or "depthwise_kernel") => Kernel(convolution, tensor, wanted),
            // One value for each channel is Keras's [1, 1, C].
            (Prelu or Normalization, _) => new Turn([.. shape.SkipWhile(static s => s == 1).DefaultIfEmpty(1)]),
            _ => Turn.None(shape),
        };
        int axis = layer.Layer is Dense ? 1 : 0;
        if (!hasChannelsFirst && turn.Shape.SequenceEqual(wanted) && !(layer.Layer is Dense && parameter == "bias")
            && layer.FlattenedImage() is var (channels, places)
            && wanted[axis] == channels * places)
        {
            turn = turn with
            {
                Image = new FlattenedImage(axis, channels, places),
                Text = $"{(turn.Text.Length == 0 ? "" : turn.Text + ", ")}from channels last to channels first behind the flatten",
            };
        }

        builder.Take(tensor, parameter, turn);
    }

    /// <summary>What a role is called here; null where such a layer has none.</summary>
    private static string? ParameterOf(string role, Layer layer) => (role, layer) switch
    {
        ("kernel", Dense or Convolution) or ("depthwise_kernel", Convolution) or ("embeddings", Embedding) or ("alpha", Prelu) => "weight",
        ("gamma" or "scale", BatchNorm or LayerNorm or GroupNorm) => "weight",
        ("beta", BatchNorm or LayerNorm or GroupNorm) => "bias",
        (KerasRoles.GammaOrBeta, BatchNorm or LayerNorm or GroupNorm) => layer.Parameters.Any(static p => p.Name == "weight") ? "weight" : "bias",
        ("moving_mean", BatchNorm) => "running_mean",
        ("moving_variance", BatchNorm) => "running_var",
        ("mean" or "variance", Normalization) or ("bias", Dense or Convolution or BatchNorm or LayerNorm) => role,
        _ => null,
    };

    private static Turn Kernel(Convolution convolution, SourceTensor tensor, int[] wanted)
    {
        int[] shape = tensor.Tensor.View.Shape;
        int rank = shape.Length, windows = rank - 2;
        if (windows < 1)
            return Turn.None(shape);
        // [window…, in, out], or of a transposed one [window…, out, in]; with each channel by itself [window…, in, multiples].
        int first = shape[^2], last = shape[^1];
        int[] window = shape[..windows], places = [.. Enumerable.Range(0, windows)];
        bool isByChannel = tensor.Role == "depthwise_kernel" || (convolution.Groups > 1 && convolution.Groups == first && wanted[1] == 1);
        return isByChannel
            ? new Turn([first * last, 1, .. window]) { Axes = [windows, windows + 1, .. places], Text = "from channels last" }
            : new Turn([last, first, .. window]) { Axes = [windows + 1, windows, .. places], Text = "from channels last" };
    }

    /// <param name="roles">What stands before the roles of its direction.</param>
    /// <param name="ending">What the names of its parameters end with.</param>
    private static void Recurrent(LayerFit.Builder builder, SourceModule module, Recurrent layer, string roles, string ending)
    {
        int[]? blocks = layer.Cell.Kind == "gru" ? [1, 0, 2] : null;
        string gates = layer.Cell.Kind switch { "gru" => ", gates z r h to r z n", "lstm" => ", gates i f c o are i f g o", _ => "" };
        Kernel("kernel", "weight_ih_l0");
        Kernel("recurrent_kernel", "weight_hh_l0");
        if (module.Find(roles + "bias") is not { } bias || !layer.UseBias)
            return;
        string input = "bias_ih_l0" + ending, hidden = "bias_hh_l0" + ending;
        int[] shape = bias.Tensor.View.Shape;
        bool resetsState = layer.Cell is GruCell { ResetsState: true };
        if (layer.Cell.Kind == "gru" && resetsState == (shape.Length == 2))
        {
            builder.Problem = $"{bias.Tensor.Name} {(shape.Length == 2 ? "has two rows, as with reset_after true" : "has one row, as with reset_after false")}, but the gru '{layer.Name}' has reset_after: "
                + $"{(resetsState ? "false" : "true")}; change it in the spec";
        }

        if (shape.Length == 2)
        {
            Turn Row(int row) => new([shape[1]]) { Row = row, Blocks = blocks, Text = $"row {row}{gates}" };
            builder.Take(bias, input, Row(0));
            builder.Take(bias, hidden, Row(1));
            return;
        }

        builder.Take(bias, input, new Turn(shape) { Blocks = blocks, Text = gates.TrimStart(',', ' ') });
        builder.Zeros(hidden, "zeros, since Keras has one bias");

        void Kernel(string role, string parameter)
        {
            if (module.Find(roles + role) is { Tensor.View.Shape: [var rows, var columns] } kernel && layer.WeightsOf is null)
                builder.Take(kernel, parameter + ending, new Turn([columns, rows]) { Axes = [1, 0], Blocks = blocks, Text = $"transposed{gates}" });
        }
    }
}
