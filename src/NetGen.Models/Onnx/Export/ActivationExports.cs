using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Shapes;

namespace NetGen.Models.Onnx.Export;

/// <summary>How an activation is written as nodes.</summary>
/// <param name="Kind">What it is called in a spec.</param>
/// <param name="Becomes">The operators, as the page for users lists them.</param>
/// <param name="Write">Adds the nodes; gives back the value.</param>
internal sealed record ActivationExport(string Kind, string Becomes, Func<Activation, NodeScope, string, Shape, string> Write);

/// <summary>Every activation, a line each.</summary>
internal static class ActivationExports
{
    private const double HalfRoot = 0.7071067811865476, Slope = 0.7978845608028654, Cubic = 0.044715;

    public static readonly IReadOnlyList<ActivationExport> All =
    [
        new("linear", "nothing", static (_, _, x, _) => x),
        Simple("relu", "Relu"),
        new("relu6", "`Clip`", static (_, n, x, _) => n.Main("Clip", [x, n.Number("min", 0), n.Number("max", 6)])),
        new("leaky_relu", "`LeakyRelu`", static (a, n, x, _) => n.Main("LeakyRelu", [x], Attributes.Of("alpha", Factor(a)))),
        new("elu", "`Elu`", static (a, n, x, _) => n.Main("Elu", [x], Attributes.Of("alpha", Factor(a)))),
        Simple("selu", "Selu"),
        new("gelu", "by `Erf` or `Tanh`; from opset 20 `Gelu`", static (a, n, x, _) => Gelu(a, n, x)),
        new("silu", "`Sigmoid`, `Mul`", static (_, n, x, _) => n.Main("Mul", [x, n.Node("Sigmoid", "sigmoid", [x])])),
        new("mish", "`Softplus`, `Tanh`, `Mul`; from opset 18 `Mish`", static (_, n, x, _) =>
            n.Opset >= 18 ? n.Main("Mish", [x]) : n.Main("Mul", [x, n.Node("Tanh", "tanh", [n.Node("Softplus", "softplus", [x])])])),
        Simple("sigmoid", "Sigmoid"),
        new("hard_sigmoid", "`HardSigmoid` with alpha 1/6", static (_, n, x, _) =>
            n.Main("HardSigmoid", [x], Attributes.Of("alpha", (float)(1.0 / 6)), Attributes.Of("beta", 0.5f))),
        new("hard_swish", "`HardSwish`; in opset 13 `HardSigmoid`, `Mul`", static (_, n, x, _) => n.Opset >= 14 ? n.Main("HardSwish", [x])
            : n.Main("Mul", [x, n.Node("HardSigmoid", "sigmoid", [x], Attributes.Of("alpha", (float)(1.0 / 6)), Attributes.Of("beta", 0.5f))])),
        Simple("tanh", "Tanh"),
        Simple("softplus", "Softplus"),
        Simple("softsign", "Softsign"),
        Simple("exp", "Exp"),
        Simple("log", "Log"),
        Simple("sqrt", "Sqrt"),
        new("square", "`Mul`", static (_, n, x, _) => n.Main("Mul", [x, x])),
        Simple("abs", "Abs"),
        Simple("reciprocal", "Reciprocal"),
        Simple("sin", "Sin"),
        Simple("cos", "Cos"),
        new("softmax", "`Softmax` over the features, or the channels", static (_, n, x, shape) => n.Main("Softmax", [x], Attributes.Of("axis", AxisOf(shape)))),
        new("log_softmax", "`LogSoftmax`, likewise", static (_, n, x, shape) => n.Main("LogSoftmax", [x], Attributes.Of("axis", AxisOf(shape)))),
    ];

    private static readonly Dictionary<string, ActivationExport> s_byKind = All.ToDictionary(static a => a.Kind, StringComparer.Ordinal);

    public static ActivationExport? Find(string kind) => s_byKind.GetValueOrDefault(kind);

    /// <summary>Adds the nodes of an activation; gives back the value.</summary>
    /// <param name="nodes">The scope that is named after the activation.</param>
    /// <param name="x">What it is applied to.</param>
    /// <param name="shape">The shape of that, which says over which axis a softmax runs.</param>
    public static string Write(Activation activation, NodeScope nodes, string x, Shape shape) => s_byKind[activation.Kind].Write(activation, nodes, x, shape);

    /// <summary>
    /// What elu and leaky_relu multiply by where x is not above 0: the constant before e^x - 1, or before x. A factor of 1 stands in no formula, and one that
    /// makes a choice of two equal things leaves no choice.
    /// </summary>
    public static float Factor(Activation activation) => ((ElementwiseActivation)activation).Formula is not Select { Otherwise: var below } ? 1 : below switch
    {
        Constant c => (float)c.Value,
        Negate => -1,
        Binary { Operator: BinaryOperator.Multiply, Left: Constant c } => (float)c.Value,
        _ => 1,
    };

    private static ActivationExport Simple(string kind, string op) => new(kind, $"`{op}`", (_, n, x, _) => n.Main(op, [x]));

    /// <summary>Counted with the batch.</summary>
    private static long AxisOf(Shape shape) => shape.Layout == Layout.Channels ? 1 : shape.Rank;

    private static string Gelu(Activation activation, NodeScope n, string x)
    {
        // The formula of the approximation has no Gelu.
        bool isExact = ((ElementwiseActivation)activation).Formula is Call { Function: Function.Gelu };
        if (n.Opset >= 20)
            return n.Main("Gelu", [x], Attributes.Of("approximate", isExact ? "none" : "tanh"));
        string inner;
        if (isExact)
            inner = n.Node("Erf", "erf", [n.Node("Mul", "scaled", [x, n.Number("scale", HalfRoot)])]);
        else
        {
            string cube = n.Node("Mul", "cube", [n.Node("Mul", "square", [x, x]), x]);
            string sum = n.Node("Add", "sum", [x, n.Node("Mul", "part", [cube, n.Number("cubic", Cubic)])]);
            inner = n.Node("Tanh", "tanh", [n.Node("Mul", "scaled", [sum, n.Number("scale", Slope)])]);
        }

        string share = n.Node("Add", "share", [inner, n.Number("one", 1)]);
        return n.Main("Mul", [n.Node("Mul", "product", [x, share]), n.Number("half", 0.5)]);
    }
}
