using System;

namespace NetGen.Training.Loop;

/// <summary>A part of a step: samples that one call of Backward takes.</summary>
/// <param name="First">Where they begin among the step's samples.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Share">What their mean counts in that of the step.</param>
/// <param name="Number">Its number among those of the step, over all processes.</param>
internal readonly record struct StepPart(int First, int Count, double Share, int Number);

/// <summary>
/// How the samples of a step are cut: first into mini-batches, where several are accumulated; each of those into a range for each process, and that
/// into a part for each shard. The parts of a mini-batch differ by one sample at most. What is computed is the sum of share times the part's mean
/// over all parts.
/// </summary>
internal sealed class StepParts
{
    private readonly StepPart[] parts;
    private readonly int shards;
    private readonly int ranks;
    private readonly int rank;
    private readonly int batchSize; // of all processes

    public StepParts(TrainingOptions options)
    {
        shards = options.ShardCount;
        ranks = options.Processes?.Count ?? 1;
        rank = options.Processes?.Rank ?? 0;
        batchSize = checked(options.BatchSize * ranks);
        parts = new StepPart[checked(options.AccumulateBatches * ranks * shards)];
    }

    /// <summary>Mini-batches of a step.</summary>
    public int Batches => parts.Length / (ranks * shards);

    /// <summary>The most samples of a part.</summary>
    public int MostSamples => (batchSize + ranks * shards - 1) / (ranks * shards);

    /// <summary>The part of a mini-batch for a shard of this process.</summary>
    public StepPart Of(int batch, int shard) => parts[(batch * ranks + rank) * shards + shard];

    /// <summary>Cuts a step.</summary>
    /// <param name="count">Its samples.</param>
    /// <param name="weights">Says what they weigh.</param>
    /// <param name="sums">The loss of a batch is the sum over its samples.</param>
    public void Cut<TNetwork>(int count, MiniBatch<TNetwork> weights, bool sums) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        double total = 0;
        for (int number = 0; number < parts.Length; number++)
        {
            (int first, int samples) = RangeOf(number, count);
            double weight = samples == 0 ? 0 : weights.WeightOf(first, samples);
            total += weight;
            parts[number] = new StepPart(first, samples, weight, number);
        }

        for (int number = 0; number < parts.Length; number++)
            parts[number] = parts[number] with { Share = total == 0 ? (number == 0 ? 1 : 0) : sums ? Math.Sign(parts[number].Share) : parts[number].Share / total };
    }

    /// <summary>The smallest part that has samples, of a step of so many.</summary>
    public int SmallestOf(int count)
    {
        int smallest = int.MaxValue;
        for (int number = 0; number < parts.Length; number++)
            if (RangeOf(number, count).Samples is > 0 and var samples)
                smallest = Math.Min(smallest, samples);
        return smallest;
    }

    private (int First, int Samples) RangeOf(int number, int count)
    {
        int perBatch = ranks * shards;
        int begin = Math.Min(count, number / perBatch * batchSize), length = Math.Min(batchSize, count - begin), part = number % perBatch;
        int first = begin + (int)((long)part * length / perBatch);
        return (first, begin + (int)((long)(part + 1) * length / perBatch) - first);
    }
}
