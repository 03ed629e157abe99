using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Training;

/// <summary>What one epoch of training brought. As text, it is a line for the console.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The epochs that were asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>
    /// The mean of the steps' losses, each before its step and with dropout and the like, by samples. Early in
    /// training it lies above the validation loss, since that is taken after the epoch.
    /// </summary>
    public required double TrainLoss { get; init; }

    /// <summary>The loss over the validation data after the epoch; null without such data.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The share of validation labels that are classified rightly; null where <see cref="Evaluation.Accuracy"/> is.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>What <see cref="TrainingOptions.Metrics"/> measured on the validation data, by name; empty without such data.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = None;

    /// <summary>The loss over the training data after the epoch, in inference mode; null without <see cref="TrainingOptions.MeasureTraining"/>.</summary>
    public double? MeasuredTrainLoss { get; init; }

    /// <summary>What the metrics measured on the training data after the epoch; empty without <see cref="TrainingOptions.MeasureTraining"/>.</summary>
    public IReadOnlyDictionary<string, double> TrainMetrics { get; init; } = None;

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The network's <c>Steps</c> after the epoch.</summary>
    public required long Steps { get; init; }

    /// <summary>Training and validation together.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether the validation loss is the lowest up to here, or the monitored metric the best; false without validation data.</summary>
    public bool IsBest { get; init; }

    /// <summary>As in <c>epoch 3/50: loss 0.412, validation loss 0.398, accuracy 91.2 %, 0.12 s, best</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"epoch {Epoch}/{Epochs}: loss {TrainLoss:g4}{ValidationText()}, {Duration.TotalSeconds:0.00} s{(IsBest ? ", best" : "")}");

    private string ValidationText() =>
        (ValidationLoss is null ? "" : string.Create(CultureInfo.InvariantCulture, $", validation loss {ValidationLoss:g4}"))
        + (ValidationAccuracy is null ? "" : string.Create(CultureInfo.InvariantCulture, $", accuracy {100 * ValidationAccuracy:0.0} %"))
        + string.Concat(Metrics.Where(static metric => metric.Key != "accuracy").Select(static metric => string.Create(CultureInfo.InvariantCulture, $", {metric.Key} {metric.Value:g4}")));

    internal static IReadOnlyDictionary<string, double> None { get; } = new Dictionary<string, double>();
}
