using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// A legal spec drawn by a seed: convolutions, pools, norms, layers that move elements, branches that meet again, of those layers
/// that there are. What shape each value has, the reference says. Every value is read.
/// </summary>
internal sealed class RandomLayerSpec
{
    private const int MostElements = 300;

    private static readonly string[] s_elementwise =
    [
        "relu", "leaky_relu: 0.2", "elu", "sigmoid", "tanh", "softplus", "linear", "relu6", "selu", "gelu", "silu", "mish", "hard_sigmoid", "hard_swish",
            "softsign", "abs", "sin", "cos",
    ];

    private readonly Random _random;
    private readonly Func<string, bool> _has;
    private readonly string _input;
    private readonly List<string> _layers = [];
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly List<(string Kind, string Name, int Rows, int Columns)> _weights = [];
    private string _last = "input";
    private ReferenceShape _shape;

    private RandomLayerSpec(int seed, Func<string, bool> has)
    {
        _random = new Random(seed);
        _has = has;
        _input = Pick(
            $"{Size(3, 24)}", $"[{Size(2, 6)}, {Size(2, 7)}]",
            $"{{ shape: [{Size(2, 6)}, {Size(2, 7)}], layout: sequence }}", $"{{ shape: [{Size(1, 5)}, {Size(3, 9)}], layout: channels }}",
            $"[{Size(1, 4)}, {Size(2, 7)}, {Size(2, 7)}]", $"[{Size(1, 4)}, {Size(2, 7)}, {Size(2, 7)}]");
        _shape = ReferenceNetwork.Parse($"{{ input: {_input}, layers: [linear] }}").OutputShape;
    }

    /// <param name="seed">The same seed gives the same spec, as long as the same layers are there.</param>
    /// <param name="has">Whether there is a layer of this name.</param>
    public static string Draw(int seed, Func<string, bool> has) => new RandomLayerSpec(seed, has).Draw();

    private string Draw()
    {
        for (int count = Size(1, 6); count > 0; count--)
        {
            if (_has("add") && !_shape.IsUndecided && _random.Next(4) == 0)
                AppendBranches();
            else
                AppendAny();
        }

        (string loss, string last) = PickOf(
            ("half_squared_error", "linear"), ("mean_squared_error", "tanh"), ("{ squared_error: { reduction: sum } }", "linear"),
            ("{ huber: { delta: 0.5 } }", "sigmoid"), ("cross_entropy", "softmax"), ("cross_entropy_with_logits", "linear"));
        AppendLast(last);
        return $$"""
            input: {{_input}}
            layers:
              - {{string.Join("\n  - ", _layers)}}
            loss: {{loss}}
            optimizer: {{Pick("sgd", "{ sgd: { learning_rate: 0.1, clip_norm: 0.5 } }", "{ sgd: { learning_rate: 0.05, momentum: 0.9 } }")}}
            l2: {{Pick("0", "0", "0.01")}}
            """;
    }

    /// <summary>A layer that maps to outputs, at each position where there still are any.</summary>
    private void AppendLast(string activation)
    {
        string convolution = $"conv{_shape.Rank - 1}d";
        if (_shape.ChannelsFirst && _has(convolution) && _shape.Rank <= 3 && _random.Next(2) == 0)
        {
            Append(convolution, $"filters: {Size(2, 5)}, kernel_size: 1, activation: {activation}");
            return;
        }

        if (_shape.ChannelsFirst)
            Append(_has("global_average_pool") && _random.Next(2) == 0 ? "global_average_pool" : "flatten", "");
        Append("dense", $"units: {Size(2, 5)}, activation: {activation}");
    }

    private void AppendAny()
    {
        List<(string Kind, Func<string> Options)> candidates =
        [
            ("activation", () => ""),
            ("reshape", () => Reshaped()),
        ];
        int axes = _shape.Rank - 1;
        bool canBeSequence = axes == 0 || !_shape.ChannelsFirst, canBeChannels = axes is 1 or 2 && (_shape.ChannelsFirst || _shape.IsUndecided);
        if (canBeSequence)
            candidates.AddRange([("dense", () => Dense(Size(1, _random.Next(4) == 0 ? 33 : 9))), ("dense", () => Dense(Size(4, 9)))]);
        if (axes == 1 && canBeSequence)
            candidates.AddRange([("simple_rnn", () => Recurrent("simple_rnn")), ("gru", () => Recurrent("gru")), ("lstm", () => Recurrent("lstm")), ("bidirectional", Bidirectional)]);
        if (axes == 0 && _layers.Count == 0)
            candidates.AddRange([("embedding", Embedding), ("embedding", Embedding)]);
        if (_shape.Sizes[^1] >= 4)
            candidates.AddRange([("layer_norm", Epsilon), ("rms_norm", Epsilon)]);
        if (!_shape.IsUndecided)
            candidates.AddRange([("batch_norm", BatchNorm), ("softmax", () => ""), ("normalization", Normalization)]);
        candidates.AddRange(Sharing());
        if (!_shape.IsUndecided && _shape.Length >= 2 * _shape.Features && _shape.Positions > 1)
            candidates.AddRange([("group_norm", GroupNorm), ("instance_norm", () => Epsilon() + Parts())]);
        candidates.AddRange(
        [
            ("clip", () => Pick("min: -0.5, max: 0.75", "max: 0.5", "min: -0.25")), ("power", () => $"exponent: {Pick("2", "3", "1")}"),
            (Pick("reduce_mean", "reduce_sum", "reduce_max", "reduce_min"), Reduced),
        ]);
        candidates.Add(("rescaling", () => $"scale: {Pick("0.5", "-0.75", "1", "1.5")}{Pick("", "", ", offset: 0.25")}"));
        if (axes > 0)
            candidates.AddRange([("flatten", () => ""), ("permute", () => $"axes: [{string.Join(", ", Shuffled(_shape.Rank))}]")]);
        if (axes is 1 or 2 && !_shape.IsUndecided)
            candidates.Add(("zero_pad", () => $"padding: {(_random.Next(3) == 0 ? "1" : $"[{string.Join(", ", Enumerable.Range(0, 2 * axes).Select(_ => Size(0, 2)))}]")}"));
        if (axes is 1 or 2 && !_shape.IsUndecided)
            candidates.Add(("pad", Pad));
        candidates.Add(("slice", Slice));
        if (axes == 1 && !_shape.IsUndecided)
            candidates.Add(("reverse", () => ""));
        if (axes == 0)
            candidates.Add(("repeat_vector", () => $"n: {Size(1, 5)}"));
        if (canBeChannels)
            candidates.Add(($"upsample{axes}d", () => $"size: {PerAxis(_shape.Sizes[1..].Select(_ => Size(1, 4)))}, interpolation: {Pick("nearest", axes == 1 ? "linear" : "bilinear")}"));
        if (canBeChannels && axes == 2)
        {
            int[] shuffles = [.. Enumerable.Range(1, 3).Where(r => _shape.Sizes[0] % (r * r) == 0)], unshuffles = [.. Enumerable.Range(1, 3).Where(r => _shape.Sizes[1] % r == 0 && _shape.Sizes[2] % r == 0)];
            candidates.AddRange([("pixel_shuffle", () => $"factor: {shuffles[^1]}"), ("pixel_unshuffle", () => $"factor: {unshuffles[^1]}")]);
        }

        if (canBeChannels)
        {
            candidates.AddRange(
            [
                ($"conv{axes}d", () => Convolution(false)), ($"conv{axes}d", () => Convolution(false)), ($"conv{axes}d", () => Convolution(false)),
                ($"conv_transpose{axes}d", () => Convolution(true)), ($"max_pool{axes}d", () => Pool(false)), ($"average_pool{axes}d", () => Pool(true)),
            ]);
        }

        if (canBeChannels && !_shape.IsUndecided)
            candidates.AddRange([("global_max_pool", () => ""), ("global_average_pool", () => "")]);
        (string kind, Func<string> options) = PickOf([.. candidates.Where(c => c.Kind == "activation" || _has(c.Kind))]);
        if (kind == "activation")
            AppendActivation();
        else
            Append(kind, options());
    }

    /// <summary>Layers that may share the weight of one above.</summary>
    private IEnumerable<(string Kind, Func<string> Options)> Sharing()
    {
        if (_shape.ChannelsFirst)
            yield break;
        int features = _shape.Sizes[^1];
        foreach ((string kind, string name, int rows, int columns) in _weights)
        {
            if (kind is "dense" or "embedding" && (columns == features || rows == features))
                yield return ("dense", () => $"units: {(columns == features ? rows : columns)}, weights_of: {name}, activation: {Pick("linear", "tanh")}{Pick("", ", use_bias: false", ", trainable: false")}");
            else if (kind is not ("dense" or "embedding") && columns == features && _shape.Rank == 2)
                yield return (kind, () => $"units: {rows}, weights_of: {name}, return_sequences: {Pick("true", "false")}{Pick("", ", use_bias: false")}");
        }
    }

    /// <summary>Two ways from a value to one of its shape, one of which may have no layer, and where they meet.</summary>
    private void AppendBranches()
    {
        string start = _last, first = start;
        ReferenceShape shape = _shape;
        if (_random.Next(2) == 0)
        {
            AppendOfSameShape(start);
            first = _last;
        }

        AppendOfSameShape(start);
        string merge = Pick([.. new[] { "add", "subtract", "multiply", "maximum", "minimum", "average", "concat" }
            .Where(kind => _has(kind) && (kind != "concat" || 2 * shape.Length <= MostElements))]);
        // One of the two of a single element on some axis, which is stretched.
        if (merge != "concat" && _has("reduce_mean") && _random.Next(3) == 0)
            Append("reduce_mean", $"axes: {_random.Next(shape.Rank)}, keep_dims: true", _last);
        string[] names = _random.Next(2) == 0 ? [first, _last] : [_last, first];
        Append(merge, $"from: [{string.Join(", ", names)}]{(merge == "concat" ? $", axis: {_random.Next(shape.Rank)}" : "")}");
    }

    private void AppendOfSameShape(string from)
    {
        string? read = from == _last && _random.Next(2) == 0 ? null : from;
        int axes = _shape.Rank - 1;
        string convolution = $"conv{axes}d";
        switch (_random.Next(4))
        {
            case 0 when !_shape.ChannelsFirst:
                Append("dense", $"units: {_shape.Sizes[^1]}, activation: tanh", read);
                break;
            case 1 when _has("batch_norm"):
                Append("batch_norm", BatchNorm(), read);
                break;
            case 0 or 2 when _shape.ChannelsFirst && _has(convolution):
                Append(convolution, $"filters: {_shape.Sizes[0]}, kernel_size: {Size(1, 4)}, padding: same", read);
                break;
            default:
                AppendActivation(read);
                break;
        }
    }

    private void AppendActivation(string? from = null)
    {
        string[] activation = Pick(s_elementwise).Split(": ");
        Append(activation[0], activation.Length > 1 ? $"negative_slope: {activation[1]}" : "", from);
    }

    /// <summary>Adds a layer, unless what it gives is too large.</summary>
    private void Append(string kind, string options, string? from = null)
    {
        int ordinal = _ordinals.GetValueOrDefault(kind) + 1;
        string name = _random.Next(3) == 0 ? $"{kind}_{ordinal}" : $"v{_layers.Count}";
        List<string> keys = [];
        if (options.Length > 0)
            keys.Add(options);
        if (name[0] == 'v')
            keys.Add($"name: {name}");
        if (from is not null)
            keys.Add($"from: {from}");
        string layer = keys.Count == 0 ? kind : $"{kind}: {{ {string.Join(", ", keys)} }}";
        ReferenceShape shape = ReferenceNetwork.Parse($"{{ input: {_input}, layers: [{string.Join(", ", _layers.Append(layer))}] }}").OutputShape;
        if (shape.Length > MostElements)
            return;
        _layers.Add(layer);
        _ordinals[kind] = ordinal;
        if (kind is "dense" or "embedding" or "simple_rnn" or "lstm" or "gru" && !options.Contains("reset_after"))
            _weights.Add((kind, name, kind == "embedding" ? int.Parse(options.Split(',')[0].Split(' ')[1]) : shape.Sizes[^1], kind == "embedding" ? shape.Sizes[^1] : _shape.Sizes[^1]));
        (_last, _shape) = (name, shape);
    }

    private string Dense(int units) => $"units: {units}, activation: {Pick("linear", "relu", "tanh", "elu", "gelu", "silu")}{Frozen()}";

    private string Frozen() => Pick("", "", "", ", use_bias: false", ", trainable: false", ", trainable: [bias]", ", trainable: [weight]");

    /// <summary>Seldom small: what divides by a small deviation multiplies roundings.</summary>
    private string Epsilon() => $"epsilon: {Pick("0.1", "0.3", "0.05")}";

    private string BatchNorm() => Epsilon()
        + Pick("", "", ", momentum: 0.3", ", trainable: false", ", trainable: [bias]", ", trainable: [weight]", ", scale: false", ", center: false");

    private string Parts() => Pick("", "", ", scale: false", ", center: false", ", scale: false, center: false");

    private string GroupNorm() => $"groups: {PickOf([.. Enumerable.Range(1, _shape.Features).Where(g => _shape.Features % g == 0)])}, {Epsilon()}{Parts()}";

    /// <summary>Over one axis, or over some, or all.</summary>
    private string Reduced() =>
        Pick("keep_dims: true", $"axes: {_random.Next(_shape.Rank)}, keep_dims: {Pick("true", "false")}",
            $"axes: [{string.Join(", ", Shuffled(_shape.Rank).Take(Size(1, _shape.Rank)))}], keep_dims: {Pick("true", "false")}");

    private string Normalization() => Pick("", "mean: 0.5", "mean: -0.25, variance: 2", $"variance: [{string.Join(", ", Enumerable.Range(0, _shape.Features).Select(_ => Pick("0.5", "1", "2.5")))}]");

    private string Recurrent(string kind) => RecurrentOptions(kind) + Pick("", "", "", ", trainable: false", ", trainable: [weight_hh_l0]");

    private string Bidirectional()
    {
        string kind = Pick("simple_rnn", "gru", "lstm");
        return $"{kind}: {{ {RecurrentOptions(kind)} }}{Pick("", "", ", merge_mode: sum", ", merge_mode: multiply", ", merge_mode: average")}"
            + Pick("", "", "", ", trainable: false", ", trainable: [weight_hh_l0, weight_ih_l0_reverse]");
    }

    private string RecurrentOptions(string kind) =>
        $"units: {Size(1, 9)}, return_sequences: {Pick("true", "true", "false")}{Pick("", "", $", truncate: {Size(1, 8)}")}{Pick("", "", $", checkpoint: {Size(1, _shape.Sizes[0])}")}"
        + Pick("", "", "", ", use_bias: false") + Pick("", "", "", ", activation: softsign", ", activation: elu")
        + (kind == "simple_rnn" ? "" : Pick("", "", "", ", recurrent_activation: hard_sigmoid", ", recurrent_activation: tanh")) + (kind == "gru" ? Pick("", "", ", reset_after: false") : "");

    private string Embedding() => $"input_dim: {Size(2, 9)}, output_dim: {Size(1, 9)}{Pick("", "", ", trainable: false")}";

    private string Convolution(bool isTransposed)
    {
        int channels = _shape.Sizes[0];
        int groups = PickOf([.. Enumerable.Range(1, channels).Where(g => channels % g == 0)]);
        int filters = groups * Size(1, groups > 2 ? 2 : 9);
        string padding = isTransposed ? Pick("valid", "N") : Pick("valid", "N", "same", _shape.Rank == 2 ? "causal" : "same");
        (int Kernel, int Stride, int Dilation, int Padding, int Output)[] axes = [.. _shape.Sizes[1..].Select(size => Axis(size, padding, isTransposed))];
        string options = $"filters: {filters}, kernel_size: {PerAxis(axes.Select(a => a.Kernel))}, strides: {PerAxis(axes.Select(a => a.Stride))}";
        options += $", dilation_rate: {PerAxis(axes.Select(a => a.Dilation))}, groups: {groups}";
        options += $", padding: {(padding == "N" ? PerAxis(axes.Select(a => a.Padding)) : padding)}";
        if (isTransposed)
            options += $", output_padding: {PerAxis(axes.Select(a => a.Output))}";
        return $"{options}, activation: {Pick("linear", "relu", "tanh", "relu6", "mish", "softsign")}{Frozen()}";
    }

    /// <summary>Sizes that fit together along an axis: the first such that are drawn.</summary>
    private (int Kernel, int Stride, int Dilation, int Padding, int Output) Axis(int size, string padding, bool isTransposed)
    {
        while (true)
        {
            (int kernel, int stride, int dilation) = (Size(1, 4), Size(1, 3), Size(1, 2));
            int reach = (kernel - 1) * dilation, around = padding == "N" ? Size(0, kernel / 2) : 0;
            int output = isTransposed ? _random.Next(Math.Max(stride, dilation)) : 0;
            bool fits = isTransposed
                ? around <= reach && (size - 1) * stride - 2 * around + reach + output >= 0
                : padding is "same" or "causal" || reach < size + 2 * around;
            if (fits)
                return (kernel, stride, dilation, around, output);
        }
    }

    private string Pool(bool isAverage)
    {
        string padding = Pick("valid", "N", "same");
        (int Kernel, int Stride, int Padding)[] axes =
        [
            .. _shape.Sizes[1..].Select(size =>
            {
                int around = padding == "N" ? Size(0, 1) : 0;
                int kernel = Size(around == 0 ? 1 : 2, Math.Max(2, Math.Min(4, size + 2 * around)));
                return (padding == "valid" ? Math.Min(kernel, size) : kernel, Size(1, kernel), around);
            }),
        ];
        string options = $"pool_size: {PerAxis(axes.Select(a => a.Kernel))}, padding: {(padding == "N" ? PerAxis(axes.Select(a => a.Padding)) : padding)}{Pick("", "", ", ceil_mode: true")}";
        if (isAverage)
            options += Pick("", "", ", count_include_pad: false");
        return _random.Next(2) == 0 ? options : $"{options}, strides: {PerAxis(axes.Select(a => a.Stride))}";
    }

    /// <summary>Any mode; a reflection is smaller than what it reflects.</summary>
    private string Pad()
    {
        string mode = Pick("constant", "reflect", "edge");
        int first = _shape.ChannelsFirst ? 1 : 0;
        int[] edges = [.. Enumerable.Range(0, 2 * (_shape.Rank - 1)).Select(k => Size(0, mode == "reflect" ? Math.Min(3, _shape.Sizes[first + (k / 2)] - 1) : 2))];
        return $"padding: [{string.Join(", ", edges)}], mode: {mode}{(mode == "constant" ? Pick("", ", value: 0.5", ", value: -1.25") : "")}";
    }

    /// <summary>A part of an axis that is not empty, forwards or backwards, its ends from either side.</summary>
    private string Slice()
    {
        int axis = _random.Next(_shape.Rank), size = _shape.Sizes[axis], first = _random.Next(size), last = _random.Next(size);
        int step = (first <= last ? 1 : -1) * PickOf(1, 1, 2, 3), stop = last + Math.Sign(step);
        string from = $", start: {(_random.Next(2) == 0 ? first : first - size)}";
        string to = stop < 0 || stop >= size ? Pick("", stop < 0 ? "" : $", stop: {size + 7}") : $", stop: {(_random.Next(2) == 0 ? stop : stop - size)}";
        return $"axis: {(_random.Next(2) == 0 ? axis : axis - _shape.Rank)}{from}{to}{(step == 1 ? "" : $", step: {step}")}";
    }

    /// <summary>The same number of elements in one, two or three axes, of which one may be -1.</summary>
    private string Reshaped()
    {
        int[] sizes = [_shape.Length];
        for (int more = _random.Next(3); more > 0; more--)
        {
            int divisor = PickOf([.. Enumerable.Range(1, sizes[^1]).Where(d => sizes[^1] % d == 0)]);
            sizes = [.. sizes[..^1], divisor, sizes[^1] / divisor];
        }

        if (_random.Next(2) == 0)
            sizes[_random.Next(sizes.Length)] = -1;
        return $"shape: [{string.Join(", ", sizes)}]";
    }

    private string PerAxis(IEnumerable<int> values)
    {
        int[] all = [.. values];
        return all.Distinct().Count() == 1 && _random.Next(2) == 0 ? $"{all[0]}" : $"[{string.Join(", ", all)}]";
    }

    private int[] Shuffled(int count)
    {
        int[] axes = [.. Enumerable.Range(0, count)];
        _random.Shuffle(axes);
        return axes;
    }

    private int Size(int from, int to) => _random.Next(from, to + 1);

    private string Pick(params string[] choices) => PickOf(choices);

    private T PickOf<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
