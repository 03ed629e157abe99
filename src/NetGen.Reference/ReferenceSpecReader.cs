using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NetGen.Reference;

/// <summary>A spec as read: the layers in order, an activation given as a key being a layer of its own.</summary>
/// <param name="Kinds">The names of all layers and activations in it.</param>
/// <param name="Inputs">The first values, one after another in a sample.</param>
/// <param name="Reads">The values that each layer reads: the inputs are the first ones, then comes what each layer gives.</param>
internal sealed record ReferenceSpec(
    IReadOnlyList<ReferenceShape> Inputs,
    IReadOnlySet<string> Kinds,
    IReadOnlyList<ReferenceOperation> Layers,
    IReadOnlyList<int[]> Reads,
    IReadOnlyList<ReferenceParameter> Parameters,
    IReadOnlyDictionary<string, double[]> Values,
    IReadOnlyList<ReferenceOutput> Outputs,
    bool SumsSamples,
    ReferenceOptimizer Optimizer,
    double L2)
{
    /// <summary>The layers as the spec has them.</summary>
    public required IReadOnlyList<ReferenceSpan> Spans { get; init; }
}

/// <summary>A layer of the spec: its operations, of which there are several where it ends in an activation.</summary>
/// <param name="First">The first one's place among all operations.</param>
/// <param name="Last">The last one's, which gives what the layer gives.</param>
internal sealed record ReferenceSpan(string Name, string Kind, int First, int Last);

/// <summary>An output of a network.</summary>
/// <param name="Value">Which value it is.</param>
/// <param name="LossReads">Which value its loss reads: the same, or what the last layer reads where the two fuse.</param>
/// <param name="IgnoredLabel">The label that does not count.</param>
internal sealed record ReferenceOutput(int Value, ReferenceShape Shape, ReferenceLoss? Loss, int LossReads, int? IgnoredLabel)
{
    public string? LossKind { get; init; }
}

/// <summary>Reads a spec in YAML, trusting it to be right: a key or layer that it does not know throws.</summary>
internal sealed partial class ReferenceSpecReader
{
    private static readonly string[] s_otherKeys = ["seed", "unroll", "weights", "budget"];

    private readonly List<ReferenceOperation> _layers = [];
    private readonly List<int[]> _reads = [];
    private readonly List<ReferenceSpan> _spans = [];
    private readonly HashSet<string> _kinds = [];
    private readonly Dictionary<string, int> _named = [];
    private ReferenceShape[] _from = [];
    private readonly List<ReferenceParameter> _parameters = [];
    private readonly Dictionary<string, double[]> _values = [];
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly List<ReferenceShape> _inputs = [];
    private int _last;
    private readonly Dictionary<string, (string Owner, int Rows, int Columns, bool IsTransposed)> _denseWeights = [];
    private ReferenceShape _shape = new([1], false);

    public static ReferenceSpec Read(string yaml)
    {
        YamlStream stream = new();
        stream.Load(new StringReader(yaml));
        return new ReferenceSpecReader().Read((YamlMappingNode)stream.Documents.Single().RootNode);
    }

    private ReferenceSpec Read(YamlMappingNode root)
    {
        Allow(root, ["input", "inputs", "outputs", "layers", "loss", "optimizer", "l2", .. s_otherKeys]);
        foreach ((string name, YamlNode input) in Find(root, "inputs") is YamlMappingNode several
            ? several.Children.Select(i => (Text(i.Key), i.Value)) : [("input", Find(root, "input")!)])
        {
            _named[name] = _inputs.Count;
            _inputs.Add(ReadInput(input));
        }

        foreach (YamlNode layer in (YamlSequenceNode)Find(root, "layers")!)
            ReadLayer(layer);
        (IReadOnlyList<ReferenceOutput> outputs, bool sums) = ReadOutputs(Find(root, "outputs"), Find(root, "loss"));
        double l2 = Find(root, "l2") is YamlNode penalty ? Number(penalty) : 0;
        return new ReferenceSpec(_inputs, _kinds, _layers, _reads, _parameters, _values, outputs, sums, ReadOptimizer(Find(root, "optimizer")), l2) { Spans = _spans };
    }

    /// <summary>What the network gives, without names what its last layer does; and whether losses are summed over the samples.</summary>
    private (IReadOnlyList<ReferenceOutput> Outputs, bool Sums) ReadOutputs(YamlNode? names, YamlNode? losses)
    {
        bool summed = false;
        ReferenceOutput Of(int value, YamlNode? loss)
        {
            _shape = ShapeOf(value);
            (ReferenceLoss? read, bool readsLogits, bool sums) = ReadLoss(loss, value);
            summed |= sums;
            (ReferenceLoss? Loss, int? Ignored) whole = read is null ? default : ReadLossOptions(read, readsLogits, loss!);
            return new ReferenceOutput(value, _shape, whole.Loss, readsLogits ? _reads[value - _inputs.Count][0] : value, whole.Ignored)
            {
                LossKind = loss is null ? null : KindAndValue(loss).Kind,
            };
        }

        if (names is null)
            return ([Of(_last, losses)], summed);
        string[] outputs = names is YamlSequenceNode list ? [.. list.Select(Text)] : [Text(names)];
        bool byOutput = losses is YamlMappingNode map && map.Children.Keys.Any(k => outputs.Contains(Text(k)));
        return ([.. outputs.Select(name => Of(ValueOf(name), byOutput ? Find((YamlMappingNode)losses!, name) : losses))], summed);
    }

    private static ReferenceShape ReadInput(YamlNode node)
    {
        if (node is YamlMappingNode map)
        {
            Allow(map, ["shape", "layout"]);
            ReferenceShape shape = ReadInput(Find(map, "shape")!);
            return Find(map, "layout") is YamlNode layout ? new(shape.Sizes, Text(layout) == "channels") : shape;
        }

        return ReferenceShape.Of(Integers(node));
    }

    /// <summary>A name, a name with its main value, or a name with a map.</summary>
    private void ReadLayer(YamlNode node)
    {
        (string kind, YamlNode? value) = KindAndValue(node);
        YamlMappingNode options = Options(kind, value);
        int ordinal = _ordinals[kind] = _ordinals.GetValueOrDefault(kind) + 1;
        _kinds.Add(kind);
        string name = Find(options, "name") is YamlNode given ? Text(given) : $"{kind}_{ordinal}";
        int[] from = ReadSources(options);
        int first = _layers.Count;
        options = Without(options, "from");
        _from = Array.ConvertAll(from, ShapeOf);
        _shape = _from[0];
        switch (kind)
        {
            case "dense":
                ReadDense(name, options);
                break;
            case "dropout":
                Allow(options, ["name", "trainable", "rate"]);
                _layers.Add(new ReferenceDropout(name, _shape, Number(Find(options, "rate")!)));
                break;
            case var _ when ReadShapeLayer(kind, options) || ReadMerge(kind, options):
            case var _ when ReadConvolution(kind, name, options) || ReadPool(kind, options) || ReadNorm(kind, name, options) || ReadStandardization(kind, name, options):
            case var _ when ReadRecurrent(kind, name, options) || ReadEmbedding(kind, name, options):
                break;
            case var _ when ReadFunction(kind, options):
                break;
            case "prelu":
                ReadPrelu(name, options);
                break;
            default:
                AddActivation(kind, options);
                break;
        }

        for (int layer = first; layer < _layers.Count; layer++)
            _reads.Add(layer == first ? from : [_inputs.Count + layer - 1]);
        _spans.Add(new ReferenceSpan(name, kind, first, _layers.Count - 1));
        _named[name] = _last = _inputs.Count + _layers.Count - 1;
        _shape = _layers[^1].Output;
    }

    /// <summary>The values that a layer reads: those that it names, else what the layer before it gives.</summary>
    private int[] ReadFrom(YamlMappingNode options) => Find(options, "from") switch
    {
        null => [_last],
        YamlSequenceNode list => [.. list.Select(name => ValueOf(Text(name)))],
        YamlNode name => [ValueOf(Text(name))],
    };

    /// <summary>What a layer reads, behind that what its states begin from.</summary>
    private int[] ReadSources(YamlMappingNode options)
    {
        int[] from = ReadFrom(options);
        return Find(options, "initial_state") switch
        {
            null => from,
            YamlSequenceNode list => [.. from, .. list.Select(name => ValueOf(Text(name)))],
            YamlNode name => [.. from, ValueOf(Text(name))],
        };
    }

    private ReferenceShape ShapeOf(int value) => value < _inputs.Count ? _inputs[value] : _layers[value - _inputs.Count].Output;

    private void ReadDense(string name, YamlMappingNode options)
    {
        Allow(options, ["name", "trainable", "units", "activation", "use_bias", "kernel_initializer", "bias_initializer", "in", "weights_of"]);
        if (_shape.ChannelsFirst)
            throw new NotSupportedException($"{name} does not take data with channels");
        int units = Integer(Find(options, "units")!);
        int inputs = _shape.Sizes[^1];
        bool useBias = Find(options, "use_bias") is not YamlNode use || Boolean(use);
        YamlNode? trainable = Find(options, "trainable");
        (string Owner, int Rows, int Columns, bool IsTransposed) weight = (name, units, inputs, false);
        if (Find(options, "weights_of") is YamlNode other)
        {
            weight = _denseWeights[Text(other)];
            // As it is; transposed only where it does not fit so.
            if ((weight.Rows, weight.Columns) != (units, inputs))
                weight = (weight.Owner, weight.Columns, weight.Rows, !weight.IsTransposed);
            if ((weight.Rows, weight.Columns) != (units, inputs))
                throw new NotSupportedException($"{name} shares a weight that does not fit");
        }
        else
            AddParameter(name, "weight", [units, inputs], trainable);

        _denseWeights[name] = weight;
        double[]? bias = useBias ? AddParameter(name, "bias", [units], trainable) : null;
        _layers.Add(new ReferenceDense(name, _shape, units, _values[weight.Owner + ".weight"], bias, weight.Owner + ".weight", weight.IsTransposed));
        ReadActivation(options);
    }

    /// <summary>The key <c>activation</c> of a layer, as a layer of its own.</summary>
    private void ReadActivation(YamlMappingNode options)
    {
        if (Find(options, "activation") is not YamlNode activation)
            return;
        _shape = _layers[^1].Output;
        (string kind, YamlNode? value) = KindAndValue(activation);
        _kinds.Add(kind);
        AddActivation(kind, Options(kind, value));
    }

    private double[] AddParameter(string layer, string parameter, int[] shape, YamlNode? trainable, bool isPenalized = true)
    {
        bool trained = trainable switch
        {
            null => true,
            YamlSequenceNode list => list.Select(Text).Contains(parameter),
            _ => Boolean(trainable),
        };
        ReferenceParameter p = new($"{layer}.{parameter}", shape, isPenalized && parameter.StartsWith("weight", StringComparison.Ordinal), trained);
        _parameters.Add(p);
        return _values[p.Name] = new double[p.Length];
    }

    private void ReadPrelu(string name, YamlMappingNode options)
    {
        Allow(options, ["name", "trainable", "per_channel"]);
        bool perChannel = Find(options, "per_channel") is YamlNode given && Boolean(given);
        if (perChannel)
            RequireLayout("prelu");
        double[] weight = AddParameter(name, "weight", [perChannel ? _shape.Features : 1], Find(options, "trainable"), isPenalized: false);
        _layers.Add(new ReferencePrelu(name, _shape, weight));
    }

    private void AddActivation(string kind, YamlMappingNode options)
    {
        if (FunctionOf(kind, options) is ReferenceActivation function)
        {
            _layers.Add(new ReferenceElementwise(_shape, function, kind));
            return;
        }

        Allow(options, ["name", "trainable"]);
        if (kind is "softmax" or "log_softmax")
            RequireLayout(kind);
        _layers.Add(kind switch
        {
            "softmax" => new ReferenceSoftmax(_shape),
            "log_softmax" => new ReferenceLogSoftmax(_shape),
            _ => throw new NotSupportedException($"the reference knows no layer '{kind}'"),
        });
    }

    /// <summary>The elementwise function of a name; null where it is none.</summary>
    private static ReferenceActivation? FunctionOf(string kind, YamlMappingNode options)
    {
        string? option = kind switch { "leaky_relu" => "negative_slope", "elu" => "alpha", "gelu" => "approximate", _ => null };
        YamlNode? given = option is null ? null : Find(options, option);
        double? value = given is not null && kind != "gelu" ? Number(given) : null;
        ReferenceActivation? function = kind switch
        {
            "linear" => ReferenceActivation.Linear,
            "relu" => ReferenceActivation.Relu,
            "leaky_relu" => ReferenceActivation.LeakyRelu(value ?? 0.01f),
            "elu" => ReferenceActivation.Elu(value ?? 1),
            "sigmoid" => ReferenceActivation.Sigmoid,
            "tanh" => ReferenceActivation.Tanh,
            "softplus" => ReferenceActivation.Softplus,
            "relu6" => ReferenceActivation.Relu6,
            "selu" => ReferenceActivation.Selu,
            "gelu" => given is not null && Text(given) == "tanh" ? ReferenceActivation.GeluByTanh : ReferenceActivation.Gelu,
            "silu" => ReferenceActivation.Silu,
            "mish" => ReferenceActivation.Mish,
            "hard_sigmoid" => ReferenceActivation.HardSigmoid,
            "hard_swish" => ReferenceActivation.HardSwish,
            "softsign" => ReferenceActivation.Softsign,
            "exp" => ReferenceActivation.Exp,
            "log" => ReferenceActivation.Log,
            "sqrt" => ReferenceActivation.Sqrt,
            "square" => ReferenceActivation.Square,
            "abs" => ReferenceActivation.Abs,
            "reciprocal" => ReferenceActivation.Reciprocal,
            "sin" => ReferenceActivation.Sin,
            "cos" => ReferenceActivation.Cos,
            _ => null,
        };
        if (function is not null)
            Allow(options, option is null ? ["name", "trainable"] : ["name", "trainable", option]);
        return function;
    }

    /// <summary>The loss, and whether it reads what stands before a last sigmoid or softmax, with which it fuses.</summary>
    private (ReferenceLoss? Loss, bool ReadsLogits, bool Sums) ReadLoss(YamlNode? node, int value)
    {
        if (node is null)
            return (null, false, false);
        ReferenceOperation? end = value < _inputs.Count ? null : _layers[value - _inputs.Count];
        (string kind, YamlNode? given) = KindAndValue(node);
        YamlMappingNode options = Options(kind, given);
        Allow(options, ["reduction", "weight", .. kind switch
        {
            "huber" => (string[])["delta"],
            _ when kind.StartsWith("binary", StringComparison.Ordinal) => ["label_smoothing", "pos_weight"],
            _ when kind.StartsWith("cross_entropy", StringComparison.Ordinal) => ["label_smoothing", "class_weight", "ignore_label"],
            _ => [],
        }]);
        bool sums = Find(options, "reduction") is YamlNode reduction && Text(reduction) == "sum";
        bool endsInSigmoid = end is ReferenceElementwise { Kind: "sigmoid" };
        bool endsInSoftmax = end is ReferenceSoftmax;
        return kind switch
        {
            "squared_error" => (ElementwiseLoss.SquaredError(), false, sums),
            "half_squared_error" => (ElementwiseLoss.HalfSquaredError(), false, sums),
            "mean_squared_error" => (ElementwiseLoss.MeanSquaredError(), false, sums),
            "mean_absolute_error" => (ElementwiseLoss.MeanAbsoluteError(), false, sums),
            "huber" => (ElementwiseLoss.Huber(Find(options, "delta") is YamlNode delta ? Number(delta) : 1), false, sums),
            "hinge" => (ElementwiseLoss.Hinge(), false, sums),
            "binary_cross_entropy" when endsInSigmoid => (ElementwiseLoss.BinaryCrossEntropyWithLogits(), true, sums),
            "binary_cross_entropy" => (ElementwiseLoss.BinaryCrossEntropy(), false, sums),
            "binary_cross_entropy_with_logits" => (ElementwiseLoss.BinaryCrossEntropyWithLogits(), false, sums),
            "cross_entropy" when end is ReferenceLogSoftmax => (new NegativeLogLikelihood(_shape.Positions), false, sums),
            "cross_entropy" when endsInSoftmax => (new CategoricalCrossEntropy(_shape), true, sums),
            "cross_entropy_with_logits" => (new CategoricalCrossEntropy(_shape), false, sums),
            _ => throw new NotSupportedException($"the reference knows no loss '{kind}' after this last layer"),
        };
    }

    private static ReferenceOptimizer ReadOptimizer(YamlNode? node)
    {
        if (node is null)
            return new ReferenceOptimizer("sgd") { LearningRate = 0.01f };
        (string kind, YamlNode? value) = KindAndValue(node);
        YamlMappingNode options = Options(kind, value);
        string[] own = kind switch
        {
            "sgd" => ["momentum", "nesterov"],
            "adam" or "adamw" => ["beta_1", "beta_2", "epsilon"],
            "rmsprop" => ["rho", "epsilon", "momentum"],
            _ => ["epsilon"],
        };
        Allow(options, ["learning_rate", .. own, "weight_decay", "clip_norm", "clip_value"]);
        double Option(string key, float @default) => Find(options, key) is YamlNode given ? Number(given) : @default;
        double? Bound(string key) => Find(options, key) is YamlNode given ? Number(given) : null;
        Func<long, double>? schedule = Find(options, "learning_rate") is YamlMappingNode map ? ReadSchedule(map) : null;
        return new ReferenceOptimizer(kind)
        {
            LearningRate = schedule?.Invoke(0) ?? Option("learning_rate", kind is "adam" or "adamw" ? 0.001f : 0.01f),
            Schedule = schedule,
            Momentum = Option("momentum", 0),
            Nesterov = Find(options, "nesterov") is YamlNode nesterov && Boolean(nesterov),
            Beta1 = Option("beta_1", 0.9f),
            Beta2 = Option("beta_2", 0.999f),
            Rho = Option("rho", 0.99f),
            Epsilon = Option("epsilon", kind == "adagrad" ? 1e-10f : 1e-8f),
            WeightDecay = Option("weight_decay", kind == "adamw" ? 0.01f : 0),
            ClipNorm = Bound("clip_norm"),
            ClipValue = Bound("clip_value"),
        };
    }

    private static Func<long, double> ReadSchedule(YamlMappingNode node)
    {
        (string kind, YamlNode? value) = KindAndValue(node);
        YamlMappingNode options = Options(kind, value);
        double Of(string key) => Number(Find(options, key)!);
        switch (kind)
        {
            case "constant":
                double rate = Of("value");
                return _ => rate;
            case "step":
                (double first, double factor, double every) = (Of("from"), Of("factor"), Of("every"));
                return step => first * Math.Pow(factor, Math.Floor(step / every));
            case "exponential":
                (double start, double decay) = (Of("from"), Of("decay"));
                return step => start * Math.Pow(decay, step);
            case "inverse_time":
                (double begin, double slope) = (Of("from"), Of("decay"));
                return step => begin / (1 + slope * step);
            case "cosine":
                (double from, double to, double steps) = (Of("from"), Of("to"), Of("steps"));
                double warmup = Find(options, "warmup") is YamlNode given ? Number(given) : 0;
                return step => step < warmup ? from * step / warmup
                    : step >= steps ? to
                    : to + (from - to) * (1 + Math.Cos(Math.PI * (step - warmup) / (steps - warmup))) / 2;
            default:
                throw new NotSupportedException($"the reference knows no schedule '{kind}'");
        }
    }

    private static (string Kind, YamlNode? Value) KindAndValue(YamlNode node) => node switch
    {
        YamlScalarNode scalar => (Text(scalar), null),
        YamlMappingNode { Children.Count: 1 } map => (Text(map.Children[0].Key), map.Children[0].Value),
        _ => throw new NotSupportedException($"{node} is neither a name nor a name with its value"),
    };

    /// <summary>The options as a map, whichever way they were written.</summary>
    private static YamlMappingNode Options(string kind, YamlNode? value) => value switch
    {
        null or YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" } => new YamlMappingNode(),
        YamlMappingNode map => map,
        _ => new YamlMappingNode(new YamlScalarNode(MainKey(kind)), value),
    };

    private static string MainKey(string kind) => kind switch
    {
        "dense" or "simple_rnn" or "gru" or "lstm" => "units",
        "dropout" => "rate",
        "rescaling" => "scale",
        "group_norm" => "groups",
        "power" => "exponent",
        "leaky_relu" => "negative_slope",
        "elu" => "alpha",
        "conv1d" or "conv2d" or "conv_transpose1d" or "conv_transpose2d" => "filters",
        "max_pool1d" or "max_pool2d" or "average_pool1d" or "average_pool2d" => "pool_size",
        "reshape" => "shape",
        "permute" => "axes",
        "zero_pad" or "pad" => "padding",
        "repeat_vector" => "n",
        "pixel_shuffle" or "pixel_unshuffle" => "factor",
        "upsample1d" or "upsample2d" => "size",
        "add" or "subtract" or "multiply" or "divide" or "maximum" or "minimum" or "average" or "concat" => "from",
        "reduce_mean" or "reduce_sum" or "reduce_max" or "reduce_min" => "axes",
        "sgd" or "adam" or "adamw" or "rmsprop" or "adagrad" => "learning_rate",
        "constant" => "value",
        _ => throw new NotSupportedException($"'{kind}' has no main value"),
    };

    private static void Allow(YamlMappingNode map, string[] keys)
    {
        foreach (YamlNode key in map.Children.Keys)
        {
            if (!keys.Contains(Text(key)))
                throw new NotSupportedException($"the reference knows no key '{key}'; here it knows {string.Join(", ", keys)}");
        }
    }

    private static YamlNode? Find(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    private static YamlMappingNode Without(YamlMappingNode map, string key) =>
        new(map.Children.Where(pair => Text(pair.Key) != key));

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static int Integer(YamlNode node) => int.Parse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>A number, or a list of them.</summary>
    private static int[] Integers(YamlNode node) => node is YamlSequenceNode list ? [.. list.Select(Integer)] : [Integer(node)];

    /// <summary>A number, rounded to float as every number of a spec is.</summary>
    private static double Number(YamlNode node) => float.Parse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A number, or a list of them.</summary>
    private static double[] Numbers(YamlNode node) => node is YamlSequenceNode list ? [.. list.Select(Number)] : [Number(node)];

    private static bool Boolean(YamlNode node) => Text(node) switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        string other => throw new NotSupportedException($"'{other}' is neither true nor false"),
    };
}
