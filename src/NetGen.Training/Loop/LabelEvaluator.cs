using System;

namespace NetGen.Training.Loop;

/// <inheritdoc/>
internal sealed class LabelEvaluator<TNetwork>(LabeledDataset data) : Evaluator<TNetwork>(data)
    where TNetwork : class, IClassifierNetwork<TNetwork>
{
    // With several labels, the outputs may have the classes first or the steps first, which an interface of sizes does not say.
    protected override bool HasAccuracy => data.LabelSize == 1;

    protected override float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, int first, int count, Span<float> scratch) =>
        TNetwork.Loss(parameters, inputs, data.Labels.Slice(first * data.LabelSize, count * data.LabelSize), scratch);

    protected override int ClassOf(int sample) => data.Labels[sample];
}
