using System;

namespace NetGen.Training.Loop;

/// <summary>Checks, before the first step, that the batches that an epoch is cut into can be trained on.</summary>
internal static class BatchSizeCheck
{
    /// <summary>
    /// Refuses a last batch of one sample where the network needs more, as batch norm does. Which networks do, only
    /// they know: the gradients of one sample are tried, and those of two, and both are thrown away.
    /// </summary>
    public static void Run<TNetwork>(TNetwork network, Batches<TNetwork> batches, TrainingOptions options) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        int count = batches.Count, size = options.BatchSize;
        if (options.DropLast && count < size)
            throw Invalid($"There are {count} samples, which do not fill a batch of {size} (BatchSize), and DropLast leaves them all out; set a BatchSize of at most {count}.");
        if (size > 1 && (options.DropLast || count % size != 1))
            return;

        var gradients = new float[TNetwork.ParameterBufferSize];
        var scratch = new float[Math.Max(TNetwork.TrainingScratchSize(1), TNetwork.TrainingScratchSize(2))];
        if (Refusal(network, batches, [0], gradients, scratch) is not { } refusal || (count > 1 && size > 1 && Refusal(network, batches, [0, 1], gradients, scratch) is not null))
            return; // the step itself will say what else is wrong

        string what =
            count == 1 ? "There is 1 sample to train on"
            : size == 1 ? "BatchSize is 1"
            : $"{count} samples in batches of {size} (BatchSize) leave 1 for the last";
        string remedy =
            count == 1 ? "give more samples"
            : size == 1 ? "set a larger BatchSize"
            : $"set DropLast = true, or another BatchSize, such as {Fitting(count, size)}";
        string reason = refusal.Message.Split(" (Parameter '")[0];
        throw Invalid($"{what}, which the network refuses: {reason}; {remedy}.", refusal);
    }

    private static ArgumentException? Refusal<TNetwork>(TNetwork network, Batches<TNetwork> batches, ReadOnlySpan<int> samples, Span<float> gradients, Span<float> scratch)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        try
        {
            batches.Backward(network, samples, gradients, scratch);
            return null;
        }
        catch (ArgumentException e) when (e is not ArgumentOutOfRangeException)
        {
            return e;
        }
    }

    // The nearest size that leaves no single sample.
    private static int Fitting(int count, int size)
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
