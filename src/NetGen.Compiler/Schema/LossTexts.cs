using System.Collections.Generic;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of the losses, with f the output and y the target.</summary>
internal static class LossTexts
{
    private static readonly OptionText s_weight = new("weight", Positive, "What the loss is multiplied by; the l2 penalty is not.", 1);

    private static readonly OptionText s_smoothing = new("label_smoothing", Share, "The share of the targets that is spread evenly over all classes, as in Keras.", 0);

    private static readonly OptionText s_reduction = new("reduction", Words("mean", "sum"), "Whether the mean over the samples of a batch is taken, or their sum.", "mean");

    private static readonly OptionText[] s_binary =
    [
        s_smoothing,
        new("pos_weight", Numbers(Positive), "What the loss of targets of 1 is multiplied by: a number, or a list with one for each output.", 1),
    ];

    private static readonly OptionText[] s_categorical =
    [
        s_smoothing,
        new("class_weight", List(NotNegative, 1, Most), "A number for each class, by which the loss of its samples is multiplied; the mean is over the samples all the same."),
        new("ignore_label", Integer(int.MinValue), "The label that does not count, such as -1: its loss is 0, and the mean is over the other labels."),
    ];

    public static IReadOnlyList<DefinitionText> All { get; } =
    [
        DefinitionText.Of("squared_error", "The sum of (y - f)² over the outputs.", s_reduction, s_weight),
        DefinitionText.Of("half_squared_error", "Half the sum of (y - f)² over the outputs.", s_reduction, s_weight),
        DefinitionText.Of("mean_squared_error", "The mean of (y - f)² over the outputs.", s_reduction, s_weight),
        DefinitionText.Of("mean_absolute_error", "The mean of |y - f| over the outputs.", s_reduction, s_weight),
        DefinitionText.Of("huber", "The mean of ½ e² where |e| = |y - f| is at most delta, else of delta |e| - ½ delta².",
            new("delta", Positive, "The error from which on it grows evenly.", 1), s_reduction, s_weight),
        DefinitionText.Of("hinge", "The sum of max(0, 1 - y f), with y either -1 or 1.", s_reduction, s_weight),
        DefinitionText.Of("binary_cross_entropy", "The mean of -y log f - (1 - y) log(1 - f): for outputs between 0 and 1, such as a sigmoid's.", [s_reduction, s_weight, .. s_binary]),
        DefinitionText.Of("binary_cross_entropy_with_logits", "Binary cross-entropy of what has not gone through a sigmoid yet.", [s_reduction, s_weight, .. s_binary]),
        DefinitionText.Of("cross_entropy", "-sum y log f: for a softmax at the end, with which it is computed in one; takes class indices too.", [s_reduction, s_weight, .. s_categorical]),
        DefinitionText.Of("cross_entropy_with_logits", "Cross-entropy of what has not gone through a softmax yet; takes class indices too.", [s_reduction, s_weight, .. s_categorical]),
    ];
}
