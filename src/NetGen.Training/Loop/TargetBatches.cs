using System;

namespace NetGen.Training.Loop;

/// <inheritdoc/>
internal sealed class TargetBatches<TNetwork>(TargetDataset data, int batchSize) : Batches<TNetwork>(data, batchSize)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly float[] targets = new float[checked(Math.Min(batchSize, data.Count) * data.TargetSize)];

    /// <inheritdoc/>
    public override float TrainStep(TNetwork network, ReadOnlySpan<int> samples, float learningRate) =>
        network.TrainStep(Inputs(samples), Gather(data.Targets, data.TargetSize, samples, targets), learningRate);

    /// <inheritdoc/>
    public override void Backward(TNetwork network, ReadOnlySpan<int> samples, Span<float> gradients, Span<float> scratch) =>
        TNetwork.Backward(network.Parameters, Inputs(samples), Gather(data.Targets, data.TargetSize, samples, targets), gradients, scratch, seed: 0);
}
