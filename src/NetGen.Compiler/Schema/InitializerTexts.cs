using System.Collections.Generic;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of the initializers, with the fans: how many values meet in a unit, and how many units one reaches.</summary>
internal static class InitializerTexts
{
    private static readonly OptionText
        s_mean = new("mean", Number, "The mean.", 0),
        s_deviation = new("stddev", NotNegative, "The standard deviation.", 0.05f);

    public static IReadOnlyList<DefinitionText> All { get; } =
    [
        DefinitionText.Of("zeros", "All 0."),
        DefinitionText.Of("ones", "All 1."),
        DefinitionText.Of("constant", "All one number.", new OptionText("value", Number, "The number.", 0)),
        DefinitionText.Of("uniform", "Uniform between two numbers.",
            new("minval", Number, "The smallest.", -0.05f), new("maxval", Number, "The largest.", 0.05f)),
        DefinitionText.Of("normal", "Normal.", s_mean, s_deviation),
        DefinitionText.Of("truncated_normal", "Normal, cut at two standard deviations.", s_mean, s_deviation),
        DefinitionText.Of("glorot_uniform", "Uniform, with the variance 2 / (fan in + fan out)."),
        DefinitionText.Of("glorot_normal", "Truncated normal, with the variance 2 / (fan in + fan out)."),
        DefinitionText.Of("he_uniform", "Uniform, with the variance 2 / fan in: for relu and its kin."),
        DefinitionText.Of("he_normal", "Truncated normal, with the variance 2 / fan in: for relu and its kin."),
        DefinitionText.Of("lecun_uniform", "Uniform, with the variance 1 / fan in: for selu."),
        DefinitionText.Of("lecun_normal", "Truncated normal, with the variance 1 / fan in: for selu."),
        DefinitionText.Of("orthogonal", "Rows (or columns, if they are fewer) that are orthonormal.", new OptionText("gain", Number, "What they are multiplied with.", 1)),
    ];
}
