using System;

namespace NetGen.Training.Loop;

/// <inheritdoc/>
internal sealed class LabelBatches<TNetwork>(LabeledDataset data, int batchSize) : Batches<TNetwork>(data, batchSize)
    where TNetwork : class, IClassifierNetwork<TNetwork>
{
    private readonly int[] labels = new int[checked(Math.Min(batchSize, data.Count) * data.LabelSize)];

    /// <inheritdoc/>
    public override float TrainStep(TNetwork network, ReadOnlySpan<int> samples, float learningRate) =>
        network.TrainStep(Inputs(samples), Gather(data.Labels, data.LabelSize, samples, labels), learningRate);

    /// <inheritdoc/>
    public override void Backward(TNetwork network, ReadOnlySpan<int> samples, Span<float> gradients, Span<float> scratch) =>
        TNetwork.Backward(network.Parameters, Inputs(samples), Gather(data.Labels, data.LabelSize, samples, labels), gradients, scratch, seed: 0);
}
