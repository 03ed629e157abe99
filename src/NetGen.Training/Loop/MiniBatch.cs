using System;

namespace NetGen.Training.Loop;

/// <summary>The buffers that one worker gathers samples in, and what it computes from them. Nothing is allocated for a step.</summary>
internal abstract class MiniBatch<TNetwork> where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>One step of the network on some of the samples at hand; returns the loss before it.</summary>
    public abstract float TrainStep(TNetwork network, int first, int count, float learningRate);

    /// <summary>The gradients and the loss of some of the samples at hand, weighted by <see cref="WeightOf"/> where samples have weights.</summary>
    public abstract float Backward(ReadOnlySpan<float> parameters, int first, int count, Span<float> gradients, Span<float> scratch, ulong seed);

    /// <summary>What some of the samples at hand count together: their number, their weights, or how many of their labels count.</summary>
    public abstract double WeightOf(int first, int count);
}

/// <inheritdoc/>
internal abstract class MiniBatch<TNetwork, TData> : MiniBatch<TNetwork>
    where TNetwork : class, ITrainableNetwork<TNetwork>
    where TData : Dataset
{
    private readonly TrainingOptions options;
    private readonly TrainingRandom random = new(0);
    private readonly float[] inputs;
    private readonly int[] indices;
    private readonly float[] groupGradients = [];
    private readonly bool isWeighted;

    protected MiniBatch(Samples<TData> samples, int mostSamples, TrainingOptions options)
    {
        Samples = samples;
        this.options = options;
        inputs = new float[checked(mostSamples * TNetwork.InputSize)];
        indices = new int[mostSamples];
        isWeighted = samples.Example.HasWeights;
        if (isWeighted)
            groupGradients = new float[TNetwork.ParameterBufferSize];
    }

    protected Samples<TData> Samples { get; }

    public sealed override float TrainStep(TNetwork network, int first, int count, float learningRate) => Step(network, Gather(Range(first, count)), Range(first, count), learningRate);

    public sealed override float Backward(ReadOnlySpan<float> parameters, int first, int count, Span<float> gradients, Span<float> scratch, ulong seed)
    {
        Span<int> range = Range(first, count);
        if (!isWeighted)
            return Gradients(parameters, Gather(range), range, gradients, scratch, seed);

        // A gradient is linear in the samples' weights: one call for the samples of each weight, and the sum of what they give.
        range.Sort((a, b) => Weight(a) != Weight(b) ? Weight(a).CompareTo(Weight(b)) : a.CompareTo(b));
        double total = WeightOf(first, count), loss = 0;
        gradients.Clear();
        for (int begin = 0, end; begin < count; begin = end)
        {
            float weight = Weight(range[begin]);
            for (end = begin + 1; end < count && Weight(range[end]) == weight;)
                end++;
            double share = weight * WeightOf(range[begin..end], weighted: false) / total;
            if (share == 0)
                continue;

            Span<int> group = range[begin..end];
            loss += share * Gradients(parameters, Gather(group), group, groupGradients, scratch, seed + (ulong)begin);
            Sums.AddScaled(gradients, groupGradients, (float)share);
        }

        return (float)loss;
    }

    public sealed override double WeightOf(int first, int count) => isWeighted || HasUncounted ? WeightOf(Range(first, count), isWeighted) : count;

    /// <summary>Not every label counts.</summary>
    protected virtual bool HasUncounted => false;

    /// <summary>How many of a sample's labels count; 1 where all do.</summary>
    protected virtual int Counting(int index) => 1;

    /// <summary>The gradients of samples whose inputs are gathered.</summary>
    protected abstract float Gradients(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> indices, Span<float> gradients, Span<float> scratch, ulong seed);

    /// <summary>One step with samples whose inputs are gathered.</summary>
    protected abstract float Step(TNetwork network, ReadOnlySpan<float> inputs, ReadOnlySpan<int> indices, float learningRate);

    /// <summary>Copies rows of one data set: tiny networks compute a sample in the time of a virtual call or two, so there is none for each.</summary>
    protected ReadOnlySpan<T> Gather<T>(ReadOnlySpan<T> values, int size, ReadOnlySpan<int> indices, Span<T> buffer)
    {
        ReadOnlySpan<int> rows = Samples.Rows;
        for (int i = 0; i < indices.Length; i++)
            values.Slice(rows[indices[i]] * size, size).CopyTo(buffer[(i * size)..]);
        return buffer[..(indices.Length * size)];
    }

    private double WeightOf(ReadOnlySpan<int> range, bool weighted)
    {
        double sum = 0;
        foreach (int index in range)
            sum += Counting(index) * (weighted ? Weight(index) : 1.0);
        return sum;
    }

    private float Weight(int index)
    {
        (TData data, int sample) = Samples[index];
        return data.SampleWeights[sample];
    }

    private Span<int> Range(int first, int count)
    {
        for (int i = 0; i < count; i++)
            indices[i] = first + i;
        return indices.AsSpan(0, count);
    }

    private ReadOnlySpan<float> Gather(ReadOnlySpan<int> range)
    {
        if (Samples.Whole is { } whole && options.Augmentation is null)
            return Gather(whole.Features, TNetwork.InputSize, range, inputs);

        for (int i = 0; i < range.Length; i++)
        {
            (TData data, int sample) = Samples[range[i]];
            Span<float> features = inputs.AsSpan(i * TNetwork.InputSize, TNetwork.InputSize);
            data.Features.Slice(sample * TNetwork.InputSize, TNetwork.InputSize).CopyTo(features);
            if (options.Augmentation is not { } augment)
                continue;

            random.Begin(Samples.SeedOf(range[i]));
            augment(features, random);
        }

        return inputs.AsSpan(0, range.Length * TNetwork.InputSize);
    }
}
