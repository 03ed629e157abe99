using System;

namespace NetGen.Training.Loop;

/// <summary>Checks, before the first step, that the parts that an epoch is cut into can be trained on.</summary>
internal static class BatchSizeCheck
{
    /// <summary>
    /// Refuses a part of one sample where the network needs more, as batch norm does. Which networks do, only
    /// they know: the gradients of one sample are tried, and those of two, and both are thrown away.
    /// </summary>
    public static void Run<TNetwork, TData>(TNetwork network, Samples<TData> samples, MiniBatch<TNetwork, TData> batch, TrainingOptions options)
        where TNetwork : class, ITrainableNetwork<TNetwork>
        where TData : Dataset
    {
        long count = samples.Count;
        int size = options.SamplesPerStep;
        string stated = options.AccumulateBatches == 1 && options.Processes is null ? $"{size} (BatchSize)" : $"{size} (BatchSize times AccumulateBatches times processes)";
        if (options.DropLast && count < size)
            throw Invalid($"There are {count} samples, which do not fill a batch of {stated}, and DropLast leaves them all out; set a BatchSize of at most {count}.");

        var parts = new StepParts(options);
        int last = options.DropLast ? 0 : (int)(count % size);
        int full = count >= size ? size : 0;
        bool isOfWeights = samples.Example.HasWeights;
        if (!isOfWeights && Math.Min(full == 0 ? int.MaxValue : parts.SmallestOf(full), last == 0 ? int.MaxValue : parts.SmallestOf(last)) != 1)
            return;

        var gradients = new float[TNetwork.ParameterBufferSize];
        var scratch = new float[Math.Max(TNetwork.TrainingScratchSize(1), TNetwork.TrainingScratchSize(2))];
        samples.BeginEpoch(0);
        samples.Load(0, (int)Math.Min(2, count));
        if (Refusal(network, batch, 1, gradients, scratch) is not { } refusal || (count > 1 && parts.MostSamples > 1 && !isOfWeights && Refusal(network, batch, 2, gradients, scratch) is not null))
            return; // the step itself will say what else is wrong

        bool isLast = full == 0 || parts.SmallestOf(full) != 1;
        string what =
            isOfWeights ? "The samples have weights, and those of each weight are computed apart, so that there may be one alone"
            : count == 1 ? "There is 1 sample to train on"
            : options.ShardCount > 1 && isLast ? $"{count} samples in steps of {stated} leave {last} for the last, of which one of the {options.ShardCount} shards gets 1"
            : options.ShardCount > 1 ? $"Of a mini-batch of {options.BatchSize} samples (BatchSize), one of the {options.ShardCount} shards gets 1"
            : !isLast ? "BatchSize is 1"
            : $"{count} samples in batches of {stated} leave 1 for the last";
        string remedy =
            isOfWeights ? "train without weights"
            : count == 1 ? "give more samples"
            : options.ShardCount > 1 && isLast ? "set DropLast = true, or fewer Shards"
            : options.ShardCount > 1 ? "set a larger BatchSize, or fewer Shards"
            : !isLast ? "set a larger BatchSize"
            : $"set DropLast = true, or another BatchSize, such as {Fitting(count, size)}";
        string reason = refusal.Message.Split(" (Parameter '")[0];
        throw Invalid($"{what}, which the network refuses: {reason}; {remedy}.", refusal);
    }

    private static ArgumentException? Refusal<TNetwork, TData>(TNetwork network, MiniBatch<TNetwork, TData> batch, int count, Span<float> gradients, Span<float> scratch)
        where TNetwork : class, ITrainableNetwork<TNetwork>
        where TData : Dataset
    {
        try
        {
            batch.Backward(network.Parameters, 0, count, gradients, scratch, seed: 0);
            return null;
        }
        catch (ArgumentException e) when (e is not ArgumentOutOfRangeException)
        {
            return e;
        }
    }

    // The nearest size that leaves no single sample.
    private static int Fitting(long count, int size)
    {
        for (int distance = 1; ; distance++)
        {
            if (size - distance >= 2 && count % (size - distance) != 1)
                return size - distance;
            if (count % (size + distance) != 1)
                return size + distance;
        }
    }

    private static ArgumentException Invalid(string message, Exception? inner = null) => new(message, "options", inner);
}
