using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Operations on each element of one value.</summary>
internal static class Elementwise
{
    public static IEnumerable<(string, Action<OperatorContext>)> All =>
    [
        .. new[]
        {
            ("Relu", "relu"), ("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("Softplus", "softplus"), ("Softsign", "softsign"), ("Mish", "mish"),
            ("HardSwish", "hard_swish"), ("Exp", "exp"), ("Log", "log"), ("Sqrt", "sqrt"), ("Abs", "abs"), ("Reciprocal", "reciprocal"),
            ("Sin", "sin"), ("Cos", "cos"), ("Erf", Interim.Erf),
        }.Select(static pair => (pair.Item1, Plain(pair.Item2))),
        ("Neg", static c => c.Give(Affine.Of(c, c.Variable(0), -1, 0))),
        ("Identity", static c => c.Give(c.Input(0)!)),
        ("Dropout", static c => c.Give(c.Input(0)!)),
        ("Cast", Cast),
        ("CastLike", static c => c.Give(c.Variable(0))),
        ("LeakyRelu", static c => c.Give(c.Map(c.Variable(0), "leaky_relu", ("negative_slope", c.Node.Number("alpha", 0.01))))),
        ("Elu", static c => c.Give(c.Map(c.Variable(0), "elu", ("alpha", c.Node.Number("alpha", 1))))),
        ("Celu", Celu),
        ("Selu", Selu),
        ("Gelu", static c => c.Give(c.Node.Text("approximate", "none") == "tanh" ? c.Map(c.Variable(0), "gelu", ("approximate", "tanh")) : c.Map(c.Variable(0), "gelu"))),
        ("HardSigmoid", HardSigmoid),
        ("Swish", static c => c.Give(c.Node.Number("alpha", 1) == 1 ? c.Map(c.Variable(0), "silu") : throw new UnsupportedNodeException("its alpha is not 1"))),
        ("Clip", Clip),
        ("PRelu", PRelu),
        ("ai.onnx.ml.Scaler", Scale),
    ];

    /// <summary>A number or two bounds.</summary>
    public static Variable Clipped(OperatorContext c, Variable x, double? min, double? max)
    {
        bool Has(double? bound) => bound is { } b && Math.Abs(b) < float.MaxValue;
        return (Has(min), Has(max)) switch
        {
            (false, false) => x,
            (true, false) when min == 0 => c.Map(x, "relu"),
            (true, true) when (min, max) == (0, 6) => c.Map(x, "relu6"),
            (true, true) => min <= max ? c.Map(x, "clip", ("min", min!.Value), ("max", max!.Value)) : throw new UnsupportedNodeException($"its least value {min} is above its greatest, {max}"),
            (true, false) => c.Map(x, "clip", ("min", min!.Value)),
            _ => c.Map(x, "clip", ("max", max!.Value)),
        };
    }

    private static Action<OperatorContext> Plain(string kind) => c => c.Give(c.Map(c.Variable(0), kind));

    private static void Cast(OperatorContext c)
    {
        var type = (Onnx.Proto.TensorProto.Types.DataType)c.Node.Integer("to", 1);
        // Indices of an embedding are whole numbers before and after; whatever else becomes whole is the embedding's to refuse.
        if (Onnx.OnnxTensors.KindOf(type) == ElementKind.Boolean)
            throw new UnsupportedNodeException("it makes truth values of numbers");
        c.Give(c.Variable(0));
    }

    /// <summary>scikit-learn's scaling: (x - offset) scale.</summary>
    private static void Scale(OperatorContext c)
    {
        Constant Of(string name, double otherwise) => c.Node.Numbers(name) is { Length: > 0 } values ? new Constant([values.Length], values, ElementKind.Float) : Graphs.Constant.Scalar(otherwise, ElementKind.Float);
        Constant offset = Of("offset", 0), scale = Of("scale", 1), one = Graphs.Constant.Scalar(1, ElementKind.Float), zero = Graphs.Constant.Scalar(0, ElementKind.Float);
        Variable x = Affine.Of(c, c.Variable(0), one, offset with { Values = [.. offset.Values.Select(static v => -v)] }, standardizes: true);
        c.Give(Affine.Of(c, x, scale, zero, standardizes: false));
    }

    private static void Celu(OperatorContext c)
    {
        // max(0, x) + min(0, a (e^(x / a) - 1)) = a elu(x / a).
        double alpha = c.Node.Number("alpha", 1);
        Variable x = c.Variable(0);
        c.Give(alpha == 1 ? c.Map(x, "elu") : Affine.Of(c, c.Map(Affine.Of(c, x, 1 / alpha, 0), "elu"), alpha, 0));
    }

    private static void Selu(OperatorContext c)
    {
        double alpha = c.Node.Number("alpha", 1.67326319217681884765625), gamma = c.Node.Number("gamma", 1.05070102214813232421875);
        Variable x = c.Variable(0);
        // Before set 6 the constants had fewer digits.
        bool isUsual = Math.Abs(alpha - 1.6732632) < 1e-4 && Math.Abs(gamma - 1.0507010) < 1e-4;
        c.Give(isUsual ? c.Map(x, "selu") : Affine.Of(c, c.Map(x, "elu", ("alpha", alpha)), gamma, 0));
    }

    private static void HardSigmoid(OperatorContext c)
    {
        double alpha = (float)c.Node.Number("alpha", 0.2), beta = (float)c.Node.Number("beta", 0.5);
        Variable x = c.Variable(0);
        c.Give(Math.Abs(alpha - 1 / 6.0) < 1e-6 && beta == 0.5 ? c.Map(x, "hard_sigmoid") : c.Map(Affine.Of(c, x, alpha, beta), "clip", ("min", 0.0), ("max", 1.0)));
    }

    private static void Clip(OperatorContext c) => c.Give(Clipped(c, c.Variable(0), c.Number("min", 1), c.Number("max", 2)));

    private static void PRelu(OperatorContext c)
    {
        Variable x = c.Variable(0);
        Constant slope = c.Constant(1, "slope");
        if (slope.IsUniform && (slope.Count == 1 || x.Dims.Count(static d => d > 1) == 0))
        {
            c.Give(OperatorContext.OnSource(x, source => Layer(c, source, [(float)slope.Values[0]], perChannel: false)));
            return;
        }

        // One for each channel, where the source has channels; else one for each element of a vector.
        AffineNumbers numbers = Affine.Numbers(x, Graphs.Constant.Scalar(0, ElementKind.Float), slope);
        int[] varying = [.. Enumerable.Range(0, numbers.Shape.Length).Where(k => numbers.Shape[k] > 1)];
        Read read = x.Source;
        AxisOrder? order = read.Shape.Length == 2 ? SpecBuilder.GroupOf(read).Order : null;
        bool isChannels = read.Shape.Length > 2 || order == AxisOrder.Channels, isSequence = order == AxisOrder.Sequence;
        if (varying is [0] && (isChannels || read.Shape.Length == 1))
            c.Give(OperatorContext.OnSource(x, source => Layer(c, source, numbers.Offset, perChannel: true)));
        else if (varying is [var last] && last == read.Shape.Length - 1 && isSequence)
            c.Give(OperatorContext.OnSource(x, source => Layer(c, source, numbers.Offset, perChannel: true)));
        else
        {
            double[] all = Graphs.Sizes.Places(read.Shape, Graphs.Sizes.Stretched(numbers.Shape, Graphs.Sizes.RowMajor(numbers.Shape), read.Shape.Length))
                .Select(p => numbers.Offset[p]).ToArray();
            c.Give(OperatorContext.OnSource(x, source =>
                c.Spec.Shaped(Layer(c, c.Spec.Shaped(source, [all.Length]), all, perChannel: true), source.Shape)));
        }
    }

    private static Read Layer(OperatorContext c, Read source, IReadOnlyList<double> slopes, bool perChannel)
    {
        var layer = new SpecLayer("prelu", [source], source.Shape, SpecBuilder.GroupOf(source))
        {
            Parameters = { new NamedTensor("weight", [slopes.Count], [.. slopes.Select(static s => (float)s)]) },
        };
        if (perChannel)
            layer.Set("per_channel", true);
        return new Read(c.Spec.Add(layer));
    }
}
