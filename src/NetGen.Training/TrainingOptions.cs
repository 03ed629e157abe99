using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Training;

/// <summary>How <see cref="Trainer"/> trains. The optimizer, its clipping and l2 are the spec's.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often every sample is seen, at most; over 0.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>
    /// Trains so many steps instead of <see cref="Epochs"/>; over 0. The last epoch ends with the last step, and is validated like the others. Null
    /// trains epochs.
    /// </summary>
    public long? Steps { get; init; }

    /// <summary>
    /// Samples of a mini-batch, over 0; the last of an epoch takes what is left, or see <see cref="DropLast"/>. Of several <see cref="Processes"/>,
    /// each takes so many.
    /// </summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Whether an epoch leaves out the samples that do not fill a last step, such as one sample that batch norm
    /// cannot train on. With <see cref="Shuffle"/> they are others in each epoch.
    /// </summary>
    public bool DropLast { get; init; }

    /// <summary>
    /// The mini-batches whose gradients one step adds up; over 0. A step of 4 batches of 32 is one of 128 samples that takes the memory of 32, but
    /// batch norm sees 32.
    /// </summary>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>
    /// Where the order of the samples comes from: each epoch's is drawn by SplitMix64 from the seed and the epoch's
    /// number. The same seed, data, network and instruction set give the same bits.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>Whether each epoch has an order of its own; otherwise every one has the order of the data set.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Changes a copy of each sample's features before it is trained on; null trains on the data as they are.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>One learning rate for all steps, over 0; null takes the schedule, or else the spec's.</summary>
    public float? LearningRate { get; init; }

    /// <summary>
    /// The learning rate of a step, by the network's <c>Steps</c> before it (from 0); null takes the spec's. <see cref="LearningRates"/> has some.
    /// </summary>
    public Func<long, float>? LearningRateSchedule { get; init; }

    /// <summary>Lowers the learning rate where nothing improves any more; null does not.</summary>
    public ReduceOnPlateau? ReduceOnPlateau { get; init; }

    /// <summary>What is measured on the validation data after every epoch, beside the loss.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Whether the loss and the <see cref="Metrics"/> are also measured on the training data after every epoch, in inference mode.</summary>
    public bool MeasureTraining { get; init; }

    /// <summary>
    /// What tells a better epoch from a worse one, for <see cref="Patience"/>, <see cref="RestoreBestWeights"/> and <see cref="ReduceOnPlateau"/>, on
    /// the validation data; null takes the loss.
    /// </summary>
    public Metric? Monitor { get; init; }

    /// <summary>
    /// Training stops after so many epochs without an improvement on the validation data; over 0, and needs validation data.
    /// Null trains for all epochs.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>By how much the validation loss, or the <see cref="Monitor"/>, must improve for <see cref="Patience"/> to start anew; not negative.</summary>
    public double MinDelta { get; init; }

    /// <summary>
    /// Whether, where there is validation data, the network ends as it was after the epoch with the lowest
    /// validation loss, or the best <see cref="Monitor"/>: its parameters, its optimizer's state and its <c>Steps</c>.
    /// </summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>
    /// The decay of a moving average of the parameters, from 0 to below 1, such as 0.999: after each step <c>average = decay average + (1 - decay)
    /// parameters</c>.
    /// Validation measures the average, and the network ends with it. Null keeps none.
    /// </summary>
    public float? AverageDecay { get; init; }

    /// <summary>
    /// Layers and parameters that keep their values, as <c>["conv2d_1", "hidden.bias"]</c>. Where that is known beforehand, the spec's <c>trainable:
    /// false</c> is faster:
    /// it leaves their gradients out.
    /// </summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>
    /// The threads that compute a step's gradients and validate, the caller's included; over 0. The result depends on <see cref="Shards"/> alone.
    /// </summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// How many parts a mini-batch is cut into, whose gradients are computed apart and added in order; over 0. Null takes <see cref="Workers"/>. The
    /// same number of shards gives the same bits, whatever the number of workers. Batch norm takes its statistics of each shard by itself.
    /// </summary>
    public int? Shards { get; init; }

    /// <summary>The processes that train together, on this or on other machines; null trains in this one alone.</summary>
    public ProcessGroup? Processes { get; init; }

    /// <summary>Where and how often the run is saved, so that it can be resumed; null saves nothing.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>What is called before and after steps and epochs, in this order.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>Told how far the epoch is, at most ten times a second, on the caller's thread.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>The steps of an epoch over so many samples.</summary>
    /// <param name="samples">The number of samples in the training data.</param>
    public long StepsPerEpoch(long samples) => DropLast ? samples / SamplesPerStep : (samples + SamplesPerStep - 1) / SamplesPerStep;

    /// <summary>The metrics and what is monitored.</summary>
    internal IEnumerable<Metric> MeasuredMetrics => Monitor is null || Metrics.Any(metric => metric.Name == Monitor.Name) ? Metrics : [.. Metrics, Monitor];

    /// <summary>The parts of a mini-batch in this process.</summary>
    internal int ShardCount => Shards ?? Workers;

    /// <summary>The samples of a step, over all processes.</summary>
    internal int SamplesPerStep => checked(BatchSize * AccumulateBatches * (Processes?.Count ?? 1));
}
