using System.Collections.Generic;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of the activations, as options and as layers.</summary>
internal static class ActivationTexts
{
    public static IReadOnlyList<DefinitionText> All { get; } =
    [
        DefinitionText.Of("linear", "x: nothing changes."),
        DefinitionText.Of("relu", "max(x, 0)."),
        DefinitionText.Of("relu6", "min(max(x, 0), 6)."),
        DefinitionText.Of("leaky_relu", "x above 0, else negative_slope · x.",
            new OptionText("negative_slope", Number, "The slope below 0.", 0.01f)),
        DefinitionText.Of("elu", "x above 0, else alpha (e^x - 1).",
            new OptionText("alpha", NotNegative, "How far below 0 it falls.", 1)),
        DefinitionText.Of("selu", "1.0507 times elu with an alpha of 1.6733, which keeps mean and variance."),
        DefinitionText.Of("gelu", "x Φ(x), with the normal distribution Φ.",
            new OptionText("approximate", Words("none", "tanh"), "None computes Φ itself, tanh the usual approximation of it.", "none")),
        DefinitionText.Of("silu", "x / (1 + e^-x)."),
        DefinitionText.Of("mish", "x tanh(log(1 + e^x))."),
        DefinitionText.Of("sigmoid", "1 / (1 + e^-x), between 0 and 1."),
        DefinitionText.Of("hard_sigmoid", "relu6(x + 3) / 6, from 0 to 1."),
        DefinitionText.Of("hard_swish", "x relu6(x + 3) / 6."),
        DefinitionText.Of("tanh", "The hyperbolic tangent, between -1 and 1."),
        DefinitionText.Of("softplus", "log(1 + e^x)."),
        DefinitionText.Of("softsign", "x / (1 + |x|), between -1 and 1."),
        DefinitionText.Of("exp", "e^x."),
        DefinitionText.Of("log", "The natural logarithm: -∞ at 0, NaN below."),
        DefinitionText.Of("sqrt", "The square root: NaN below 0, with an infinite derivative at 0."),
        DefinitionText.Of("square", "x²."),
        DefinitionText.Of("abs", "|x|."),
        DefinitionText.Of("reciprocal", "1 / x."),
        DefinitionText.Of("sin", "The sine of x in radians."),
        DefinitionText.Of("cos", "The cosine of x in radians."),
        DefinitionText.Of("softmax", "e^x over its sum, along the features (the last axis, or the channels): probabilities that sum to 1."),
        DefinitionText.Of("log_softmax", "The logarithm of softmax."),
    ];
}
