using System;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace NetGen.Reference;

/// <content>Convolutions and pools.</content>
internal sealed partial class ReferenceSpecReader
{
    private bool ReadConvolution(string kind, string name, YamlMappingNode options)
    {
        int axes = kind switch { "conv1d" or "conv_transpose1d" => 1, "conv2d" or "conv_transpose2d" => 2, _ => 0 };
        if (axes == 0)
            return false;
        bool isTransposed = kind.StartsWith("conv_transpose", StringComparison.Ordinal);
        string[] keys =
        [
            "name", "trainable", "filters", "kernel_size", "strides", "padding", "dilation_rate", "groups", "activation", "use_bias",
            "kernel_initializer", "bias_initializer",
        ];
        Allow(options, isTransposed ? [.. keys, "output_padding"] : keys);
        DecideForChannels(kind, axes);
        int filters = Integer(Find(options, "filters")!), channels = _shape.Sizes[0];
        int groups = Find(options, "groups") is YamlNode given ? Integer(given) : 1;
        if (channels % groups != 0 || filters % groups != 0)
            throw new NotSupportedException($"{groups} groups do not divide {channels} channels and {filters} filters");
        int[] kernel = PerAxis(options, "kernel_size", axes)!;
        int[] dilation = PerAxis(options, "dilation_rate", axes) ?? Each(axes, 1);
        ReferenceWindows windows = Pad(
            new ReferenceWindows(kernel, PerAxis(options, "strides", axes) ?? Each(axes, 1), dilation, Each(axes, 0), Each(axes, 0)), options);

        YamlNode? trainable = Find(options, "trainable");
        double[] weight = AddParameter(name, "weight", [.. isTransposed ? [channels, filters / groups] : new[] { filters, channels / groups }, .. kernel], trainable);
        bool useBias = Find(options, "use_bias") is not YamlNode use || Boolean(use);
        double[]? bias = useBias ? AddParameter(name, "bias", [filters], trainable) : null;
        _layers.Add(isTransposed
            ? ReferenceConvolution.Transpose(name, _shape, filters, windows, PerAxis(options, "output_padding", axes) ?? Each(axes, 0), groups, weight, bias)
            : ReferenceConvolution.Correlate(name, _shape, filters, windows, groups, weight, bias));
        ReadActivation(options);
        return true;
    }

    private bool ReadPool(string kind, YamlMappingNode options)
    {
        int axes = kind switch { "max_pool1d" or "average_pool1d" => 1, "max_pool2d" or "average_pool2d" => 2, _ => 0 };
        ReferenceWindows? windows = null;
        bool isSame = Find(options, "padding") is YamlScalarNode { Value: "same" };
        if (axes > 0)
        {
            string[] keys = ["name", "trainable", "pool_size", "strides", "padding", "ceil_mode"];
            Allow(options, kind.StartsWith("average", StringComparison.Ordinal) ? [.. keys, "count_include_pad"] : keys);
            DecideForChannels(kind, axes);
            int[] size = PerAxis(options, "pool_size", axes)!;
            windows = Pad(new ReferenceWindows(size, PerAxis(options, "strides", axes) ?? size, Each(axes, 1), Each(axes, 0), Each(axes, 0)), options);
            windows = windows with { RoundsUp = !isSame && Find(options, "ceil_mode") is YamlNode ceil && Boolean(ceil) };
        }
        else if (kind is "global_max_pool" or "global_average_pool")
        {
            Allow(options, ["name", "trainable"]);
            RequireLayout(kind);
            DecideForChannels(kind, _shape.Rank - 1);
        }
        else
        {
            return false;
        }

        bool countsPadding = windows is not null && !isSame && (Find(options, "count_include_pad") is not YamlNode counts || Boolean(counts));
        _layers.Add(kind.Contains("max", StringComparison.Ordinal)
            ? new ReferenceMaxPool(_shape, windows)
            : new ReferenceAveragePool(_shape, windows, countsPadding));
        return true;
    }

    /// <summary>The windows with the padding that the key says: valid, same, causal, a number or one for each axis.</summary>
    private ReferenceWindows Pad(ReferenceWindows windows, YamlMappingNode options)
    {
        YamlNode? padding = Find(options, "padding");
        switch ((padding as YamlScalarNode)?.Value)
        {
            case "valid":
                return windows;
            case "same":
                return windows.PadSame(_shape.Sizes[1..]);
            case "causal" when _shape.Rank == 2:
                return windows with { Before = [(windows.Kernel[0] - 1) * windows.Dilation[0]] };
        }

        return PerAxis(options, "padding", _shape.Rank - 1) is int[] sizes ? windows with { Before = sizes, After = sizes } : windows;
    }

    /// <summary>Convolutions and pools read channels; a shape of rank 2 of which nobody said anything is that to them.</summary>
    private void DecideForChannels(string kind, int axes)
    {
        if (_shape.IsUndecided)
            _shape = new ReferenceShape(_shape.Sizes, true);
        if (!_shape.ChannelsFirst || _shape.Rank != axes + 1)
            throw new NotSupportedException($"{kind} reads channels and {axes} more axes");
    }

    private static int[]? PerAxis(YamlMappingNode options, string key, int axes) => Find(options, key) switch
    {
        null => null,
        YamlSequenceNode list when list.Children.Count == axes => Integers(list),
        YamlScalarNode one => Each(axes, Integer(one)),
        _ => throw new NotSupportedException($"{key} takes a number or {axes}"),
    };

    private static int[] Each(int axes, int value) => [.. Enumerable.Repeat(value, axes)];
}
