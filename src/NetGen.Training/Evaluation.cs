namespace NetGen.Training;

/// <summary>How well a network does on a data set, in inference mode.</summary>
/// <param name="Count">The number of samples.</param>
/// <param name="Loss">The mean loss, with the l2 penalty.</param>
/// <param name="Accuracy">
/// The share of samples whose largest output is that of the right class, from 0 to 1. Null for targets that are not
/// one-hot, and for samples with several labels.
/// </param>
public sealed record Evaluation(int Count, double Loss, double? Accuracy);
