using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Training;

/// <summary>How well a network does on a data set, in inference mode.</summary>
/// <param name="Count">The number of samples.</param>
/// <param name="Loss">The mean loss, with the l2 penalty.</param>
/// <param name="Accuracy">
/// The share of labels, from 0 to 1, whose class has the largest output, or of a binary network, whose output is on the label's side of 0.5. Null for
/// targets that are not one-hot.
/// </param>
public sealed record Evaluation(int Count, double Loss, double? Accuracy)
{
    /// <summary>What else was asked for, by name, in the order asked for.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>How often each class was taken for each; null where <see cref="Accuracy"/> is.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>Whether another has the same numbers; the matrix follows from them and from the data.</summary>
    public bool Equals(Evaluation? other) =>
        other is not null && Count == other.Count && Loss.Equals(other.Loss) && Accuracy.Equals(other.Accuracy) && Metrics.SequenceEqual(other.Metrics);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Loss, Accuracy);

    /// <summary>As in <c>359 samples: loss 0.168, accuracy 95.8 %, F1 0.957</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count} samples: loss {Loss:g4}")
        + (Accuracy is null ? "" : string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * Accuracy:0.0} %"))
        + string.Concat(Metrics.Where(static metric => metric.Key != "accuracy").Select(static metric => string.Create(CultureInfo.InvariantCulture, $", {metric.Key} {metric.Value:g4}")));
}
