using System.Collections.Generic;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of the losses, with f the output and y the target.</summary>
internal static class LossTexts
{
    private static readonly OptionText s_reduction = new("reduction", Words("mean", "sum"), "Whether the mean over the samples of a batch is taken, or their sum.", "mean");

    public static IReadOnlyList<DefinitionText> All { get; } =
    [
        DefinitionText.Of("squared_error", "The sum of (y - f)² over the outputs.", s_reduction),
        DefinitionText.Of("half_squared_error", "Half the sum of (y - f)² over the outputs.", s_reduction),
        DefinitionText.Of("mean_squared_error", "The mean of (y - f)² over the outputs.", s_reduction),
        DefinitionText.Of("mean_absolute_error", "The mean of |y - f| over the outputs.", s_reduction),
        DefinitionText.Of("huber", "The mean of ½ e² where |e| = |y - f| is at most delta, else of delta |e| - ½ delta².",
            new("delta", Positive, "The error from which on it grows evenly.", 1), s_reduction),
        DefinitionText.Of("hinge", "The sum of max(0, 1 - y f), with y either -1 or 1.", s_reduction),
        DefinitionText.Of("binary_cross_entropy", "The mean of -y log f - (1 - y) log(1 - f): for outputs between 0 and 1, such as a sigmoid's.", s_reduction),
        DefinitionText.Of("binary_cross_entropy_with_logits", "Binary cross-entropy of what has not gone through a sigmoid yet.", s_reduction),
        DefinitionText.Of("cross_entropy", "-sum y log f: for a softmax at the end, with which it is computed in one; takes class indices too.", s_reduction),
        DefinitionText.Of("cross_entropy_with_logits", "Cross-entropy of what has not gone through a softmax yet; takes class indices too.", s_reduction),
    ];
}
