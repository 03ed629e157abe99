using System;

namespace NetGen.Training.Loop;

/// <summary>Samples with labels; those of a binary network are its targets.</summary>
internal sealed class LabelBatch<TNetwork>(Samples<LabeledDataset> samples, int mostSamples, TrainingOptions options)
    : MiniBatch<TNetwork, LabeledDataset>(samples, mostSamples, options)
    where TNetwork : class, IClassifierNetwork<TNetwork>
{
    private readonly int[] labels = new int[checked(mostSamples * TNetwork.LabelSize)];
    private readonly float[] targets = TNetwork.IsBinary ? new float[checked(mostSamples * TNetwork.LabelSize)] : [];

    protected override bool HasUncounted => TNetwork.IgnoredLabel is not null;

    protected override int Counting(int index)
    {
        if (TNetwork.IgnoredLabel is not { } ignored)
            return 1;

        (LabeledDataset data, int sample) = Samples[index];
        int count = 0;
        foreach (int label in data.LabelsOf(sample))
            count += label == ignored ? 0 : 1;
        return count;
    }

    protected override float Gradients(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> indices, Span<float> gradients, Span<float> scratch, ulong seed) =>
        TNetwork.IsBinary
            ? TNetwork.Backward(parameters, inputs, Targets(indices), gradients, scratch, seed)
            : TNetwork.Backward(parameters, inputs, Labels(indices), gradients, scratch, seed);

    protected override float Step(TNetwork network, ReadOnlySpan<float> inputs, ReadOnlySpan<int> indices, float learningRate) =>
        TNetwork.IsBinary ? network.TrainStep(inputs, Targets(indices), learningRate) : network.TrainStep(inputs, Labels(indices), learningRate);

    private ReadOnlySpan<int> Labels(ReadOnlySpan<int> indices)
    {
        int size = TNetwork.LabelSize;
        if (Samples.Whole is { } whole)
            return Gather(whole.Labels, size, indices, labels);
        for (int i = 0; i < indices.Length; i++)
        {
            (LabeledDataset data, int sample) = Samples[indices[i]];
            data.LabelsOf(sample).CopyTo(labels.AsSpan(i * size));
        }

        return labels.AsSpan(0, indices.Length * size);
    }

    private ReadOnlySpan<float> Targets(ReadOnlySpan<int> indices)
    {
        ReadOnlySpan<int> gathered = Labels(indices);
        for (int i = 0; i < gathered.Length; i++)
            targets[i] = gathered[i];
        return targets.AsSpan(0, gathered.Length);
    }
}
