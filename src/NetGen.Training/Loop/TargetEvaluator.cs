using System;
using System.Collections.Generic;

namespace NetGen.Training.Loop;

/// <inheritdoc/>
internal sealed class TargetEvaluator<TNetwork>(TargetDataset data, IEnumerable<Metric> metrics, int workers)
    : Evaluator<TNetwork>(data, metrics, workers, isClassified: IsOneHot(data)) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    protected override float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, int first, int count, Span<float> scratch) =>
        TNetwork.Loss(parameters, inputs, data.Targets.Slice(first * data.TargetSize, count * data.TargetSize), scratch);

    protected override Predictions Predict(float[] outputs, double loss)
    {
        float[] targets = data.Targets.ToArray();
        int[] labels = [];
        if (IsClassified)
        {
            labels = new int[data.Count];
            for (int sample = 0; sample < labels.Length; sample++)
                labels[sample] = Metrics.ArgMax(data.TargetsOf(sample));
        }

        return new Predictions(outputs, targets, IsClassified ? outputs : [], labels, IsClassified ? data.TargetSize : 0, false, loss, TNetwork.TargetSize, IsClassified ? data.TargetNames : null);
    }

    // The interface does not tell a classifier from a regression; targets that are all one-hot do.
    private static bool IsOneHot(TargetDataset data)
    {
        if (data.TargetSize < 2 || data.TargetSize != TNetwork.TargetSize || TNetwork.TrainedOutputs.Count > 1)
            return false;

        for (int sample = 0; sample < data.Count; sample++)
        {
            ReadOnlySpan<float> targets = data.TargetsOf(sample);
            if (targets.Count(1f) != 1 || targets.Count(0f) != data.TargetSize - 1)
                return false;
        }

        return true;
    }
}
