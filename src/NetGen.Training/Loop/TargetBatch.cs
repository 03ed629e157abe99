using System;

namespace NetGen.Training.Loop;

/// <summary>Samples with float targets.</summary>
internal sealed class TargetBatch<TNetwork>(Samples<TargetDataset> samples, int mostSamples, TrainingOptions options)
    : MiniBatch<TNetwork, TargetDataset>(samples, mostSamples, options)
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly float[] targets = new float[checked(mostSamples * TNetwork.TargetSize)];

    protected override float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> indices, Span<float> gradients, Span<float> scratch, ulong seed) =>
        TNetwork.Backward(parameters, inputs, Targets(indices), gradients, scratch, seed);

    protected override float Step(TNetwork network, ReadOnlySpan<float> inputs, ReadOnlySpan<int> indices, float learningRate) =>
        network.TrainStep(inputs, Targets(indices), learningRate);

    private ReadOnlySpan<float> Targets(ReadOnlySpan<int> indices)
    {
        int size = TNetwork.TargetSize;
        if (Samples.Whole is { } whole)
            return Gather(whole.Targets, size, indices, targets);
        for (int i = 0; i < indices.Length; i++)
        {
            (TargetDataset data, int sample) = Samples[indices[i]];
            data.TargetsOf(sample).CopyTo(targets.AsSpan(i * size));
        }

        return targets.AsSpan(0, indices.Length * size);
    }
}
