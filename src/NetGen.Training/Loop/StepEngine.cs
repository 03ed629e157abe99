using System;

namespace NetGen.Training.Loop;

/// <summary>
/// Takes steps: cuts the samples of each into parts, computes the parts' gradients on several threads, adds them in a fixed order, and lets the network's
/// optimizer step. The parts depend on the options alone, so the result does not depend on the number of threads or on which of them is faster.
/// </summary>
internal sealed class StepEngine<TNetwork> : IDisposable where TNetwork : class, ITrainableNetwork<TNetwork>
{
    // Fewer floats than these one worker adds sooner than the others would have heard of it.
    private const int AddedAlone = 16_384;

    private readonly TNetwork network;
    private readonly TrainingOptions options;
    private readonly MiniBatch<TNetwork>[] batches; // one for each worker
    private readonly AlignedFloats[] scratch;
    private readonly AlignedFloats[] shards;        // gradients, one buffer for each shard
    private readonly AlignedFloats[] partGradients; // one for each worker, where a shard adds up several parts
    private readonly AlignedFloats total;           // the sum, and behind it the loss, and the wishes to cancel and to stop
    private readonly double[] losses;
    private readonly FrozenParameters frozen;
    private readonly double[] shares;               // what each shard's buffer is multiplied by in the sum
    private readonly Action<int> computeShards;
    private readonly Action<int> addRange;
    private readonly bool addsAlone = TNetwork.ParameterBufferSize < AddedAlone;
    private readonly StepParts parts;
    private readonly bool isSimple;

    /// <param name="network">What is trained.</param>
    /// <param name="options">Checked.</param>
    /// <param name="sampleCount">The number of samples in the training data.</param>
    /// <param name="isWeighted">Samples have weights.</param>
    /// <param name="createBatch">Makes the buffers of a worker, for so many samples.</param>
    public StepEngine(TNetwork network, TrainingOptions options, long sampleCount, bool isWeighted, Func<int, MiniBatch<TNetwork>> createBatch)
    {
        this.network = network;
        this.options = options;
        Crew = new Crew(options.Workers);
        frozen = new FrozenParameters(TNetwork.ParameterTable, options.Frozen);
        parts = new StepParts(options);

        // One part, and nothing between its gradients and the step: the network's own step, which may be fused.
        int shardCount = options.ShardCount;
        isSimple = shardCount == 1 && options.AccumulateBatches == 1 && options.Processes is not { Count: > 1 } && !isWeighted && frozen.IsEmpty;
        int most = (int)Math.Min(parts.MostSamples, sampleCount);
        batches = new MiniBatch<TNetwork>[Math.Min(options.Workers, shardCount)];
        for (int i = 0; i < batches.Length; i++)
            batches[i] = createBatch(most);

        computeShards = ComputeShards;
        addRange = AddRange;
        scratch = new AlignedFloats[batches.Length];
        partGradients = new AlignedFloats[batches.Length];
        losses = new double[shardCount];
        shares = new double[shardCount];
        for (int i = 0; i < batches.Length; i++)
        {
            scratch[i] = new AlignedFloats(isSimple ? 0 : TNetwork.TrainingScratchSize(most));
            partGradients[i] = new AlignedFloats(options.AccumulateBatches == 1 ? 0 : TNetwork.ParameterBufferSize);
        }

        shards = new AlignedFloats[isSimple ? 0 : shardCount];
        for (int i = 0; i < shards.Length; i++)
            shards[i] = new AlignedFloats(TNetwork.ParameterBufferSize);
        total = new AlignedFloats(isSimple ? 0 : TNetwork.ParameterBufferSize + 3);
    }

    /// <summary>The threads, for other work between the steps.</summary>
    public Crew Crew { get; }

    /// <summary>This process, or of several any, was cancelled before the last step.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>This process, or of several any, wished before the last step to stop after it.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The network has the parameters that it is trained from.</summary>
    public void Begin() => frozen.Take(network.Parameters);

    /// <summary>One step with the samples at hand; returns the mean loss before it, of all processes.</summary>
    public float Step(int count, float learningRate, bool isCancelled, bool isStopped)
    {
        if (isSimple)
        {
            (IsCancelled, IsStopped) = (isCancelled, isStopped);
            return batches[0].TrainStep(network, 0, count, learningRate);
        }

        parts.Cut(count, batches[0], TNetwork.SumsLoss);
        Crew.Run(computeShards, addsAlone ? null : addRange);
        if (addsAlone)
            Add(0, TNetwork.ParameterBufferSize);
        double loss = 0;
        foreach (double part in losses)
            loss += part;

        Span<float> sum = total.Span;
        sum[^3] = (float)loss;
        sum[^2] = isCancelled ? 1 : 0;
        sum[^1] = isStopped ? 1 : 0;
        options.Processes?.Sum(sum);
        (IsCancelled, IsStopped) = (sum[^2] > 0, sum[^1] > 0);
        Span<float> gradients = sum[..^3];
        frozen.Clear(gradients);
        TNetwork.OptimizerStep(network.Parameters, gradients, network.OptimizerState, learningRate);
        frozen.Restore(network.Parameters);
        network.Steps++;
        return sum[^3];
    }

    /// <inheritdoc/>
    public void Dispose() => Crew.Dispose();

    // Which worker computes which shard does not matter: each shard has buffers of its own.
    private void ComputeShards(int worker)
    {
        if (worker >= batches.Length)
            return;
        for (int shard = worker; shard < shards.Length; shard += batches.Length)
            ComputeShard(worker, shard);
    }

    // Each worker adds a range of the parameters.
    private void AddRange(int worker)
    {
        int length = TNetwork.ParameterBufferSize;
        int range = (length / Crew.Workers + 15) / 16 * 16;
        int begin = Math.Min(length, worker * range);
        Add(begin, worker == Crew.Workers - 1 ? length : Math.Min(length, begin + range));
    }

    private void ComputeShard(int worker, int shard)
    {
        losses[shard] = 0;
        shares[shard] = 0;
        bool accumulates = options.AccumulateBatches > 1, isFirst = true;
        for (int batch = 0; batch < options.AccumulateBatches; batch++)
        {
            StepPart part = parts.Of(batch, shard);
            if (part.Share == 0)
                continue;

            Span<float> gradients = accumulates ? partGradients[worker].Span : shards[shard].Span;
            float loss = batches[worker].Backward(network.Parameters, part.First, part.Count, gradients, scratch[worker].Span, Seed(part.Number));
            losses[shard] += part.Share * loss;
            shares[shard] = accumulates ? 1 : part.Share;
            if (accumulates && isFirst)
                Sums.Scale(shards[shard].Span, gradients, (float)part.Share);
            else if (accumulates)
                Sums.AddScaled(shards[shard].Span, gradients, (float)part.Share);
            isFirst = false;
        }

        if (isFirst)
            shards[shard].Span.Clear();
    }

    // In the order of the shards.
    private void Add(int begin, int end)
    {
        Span<float> sum = total.Span[begin..end];
        Sums.Scale(sum, shards[0].Span[begin..end], (float)shares[0]);
        for (int shard = 1; shard < shards.Length; shard++)
            Sums.AddScaled(sum, shards[shard].Span[begin..end], (float)shares[shard]);
    }

    // Of the randomness of training: a function of the run's seed, the network's steps and the part.
    private ulong Seed(int part)
    {
        SplitMix64 seeds = SplitMix64.For(options.Seed, part);
        return new SplitMix64(seeds.Next() + (ulong)network.Steps).Next();
    }
}
