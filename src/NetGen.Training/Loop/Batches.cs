using System;

namespace NetGen.Training.Loop;

/// <summary>The training data, and the buffers that a mini-batch is gathered in.</summary>
internal abstract class Batches<TNetwork>(Dataset data, int batchSize) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly float[] inputs = new float[checked(Math.Min(batchSize, data.Count) * data.FeatureCount)];

    /// <summary>The number of samples in the training data.</summary>
    public int Count => data.Count;

    /// <summary>One step on some samples, no more than the batch size; returns the loss before it. Allocates nothing.</summary>
    public abstract float TrainStep(TNetwork network, ReadOnlySpan<int> samples, float learningRate);

    /// <summary>The gradients of some samples, no more than the batch size, which leaves the network as it is.</summary>
    public abstract void Backward(TNetwork network, ReadOnlySpan<int> samples, Span<float> gradients, Span<float> scratch);

    /// <summary>The samples' features, back to back.</summary>
    protected ReadOnlySpan<float> Inputs(ReadOnlySpan<int> samples) => Gather(data.Features, data.FeatureCount, samples, inputs);

    /// <summary>Copies the samples' rows into the buffer.</summary>
    protected static ReadOnlySpan<T> Gather<T>(ReadOnlySpan<T> rows, int size, ReadOnlySpan<int> samples, Span<T> buffer)
    {
        for (int i = 0; i < samples.Length; i++)
            rows.Slice(samples[i] * size, size).CopyTo(buffer[(i * size)..]);

        return buffer[..(samples.Length * size)];
    }
}
