using System;

namespace NetGen.Training.Loop;

/// <inheritdoc/>
internal sealed class TargetEvaluator<TNetwork> : Evaluator<TNetwork> where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TargetDataset data;

    public TargetEvaluator(TargetDataset data) : base(data)
    {
        this.data = data;
        HasAccuracy = data.TargetSize == TNetwork.OutputSize && IsOneHot(data);
    }

    protected override bool HasAccuracy { get; }

    protected override float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, int first, int count, Span<float> scratch) =>
        TNetwork.Loss(parameters, inputs, data.Targets.Slice(first * data.TargetSize, count * data.TargetSize), scratch);

    protected override int ClassOf(int sample) => Metrics.ArgMax(data.TargetsOf(sample));

    // The interface does not tell a classifier from a regression; targets that are all one-hot do.
    private static bool IsOneHot(TargetDataset data)
    {
        if (data.TargetSize < 2)
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
