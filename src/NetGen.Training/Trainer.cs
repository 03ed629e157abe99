using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Training.Loop;

namespace NetGen.Training;

/// <summary>
/// Trains, evaluates and applies a generated network: <c>Trainer.Fit(net, train, validation)</c>, or
/// <c>net.Fit(train, validation)</c>. Labels need a loss that takes class indices, or a binary
/// cross-entropy; targets need any loss.
/// </summary>
public static class Trainer
{
    /// <summary>
    /// Trains the network on labeled samples, in mini-batches whose order is drawn from the seed, with the spec's
    /// optimizer. With validation data, the loss and accuracy on it are taken after every epoch, and the network
    /// ends with the best weights, also when it is cancelled or stopped early. Without, it ends as the last step
    /// leaves it. The same network, data and options give the same bits.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class; its loss takes class indices, or is a binary cross-entropy.</typeparam>
    /// <param name="network">The network; it goes on from its weights, optimizer's state and <c>Steps</c>.</param>
    /// <param name="train">What it is trained on.</param>
    /// <param name="validation">What chooses the best epoch; null trains without.</param>
    /// <param name="options">Epochs, batch size, learning rate, patience; null takes the defaults.</param>
    /// <param name="epochCompleted">Called after every epoch, on the caller's thread; <c>Console.WriteLine</c> serves.</param>
    /// <param name="cancellationToken">Ends the run after the current step; the history says so, nothing is thrown.</param>
    /// <returns>Each epoch's losses, and why the run ended.</returns>
    /// <exception cref="ArgumentException">
    /// The data or options do not fit the network, or the data hold a number that is not finite. Nothing was changed.
    /// </exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite; the network has its last good weights.</exception>
    public static TrainingHistory Fit<TNetwork>(
        this TNetwork network, LabeledDataset train, LabeledDataset? validation = null, TrainingOptions? options = null,
        Action<EpochReport>? epochCompleted = null, CancellationToken cancellationToken = default)
        where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(train);
        options = Checked(network, train, validation, options);
        TrainingChecks.CheckSeveralClasses(train);
        return Run(network, new WholeSet<LabeledDataset>(train, options), Validation(network, validation, options), Training(network, train, options), options, epochCompleted, cancellationToken);
    }

    /// <summary>Trains the network on labeled samples that need not fit into memory.</summary>
    /// <inheritdoc cref="Fit{TNetwork}(TNetwork, LabeledDataset, LabeledDataset, TrainingOptions, Action{EpochReport}, CancellationToken)"/>
    public static TrainingHistory Fit<TNetwork>(
        this TNetwork network, ChunkedDataset<LabeledDataset> train, LabeledDataset? validation = null, TrainingOptions? options = null,
        Action<EpochReport>? epochCompleted = null, CancellationToken cancellationToken = default)
        where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(train);
        var feed = new ChunkFeed<LabeledDataset>(train, options ?? new TrainingOptions(), chunk => TrainingChecks.Check<TNetwork>(chunk, nameof(train)));
        options = CheckedChunks(Checked(network, feed.Example, validation, options));
        return Run(network, feed, Validation(network, validation, options), null, options, epochCompleted, cancellationToken);
    }

    /// <summary>Trains the network on samples with float targets.</summary>
    /// <inheritdoc cref="Fit{TNetwork}(TNetwork, LabeledDataset, LabeledDataset, TrainingOptions, Action{EpochReport}, CancellationToken)"/>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    public static TrainingHistory Fit<TNetwork>(
        this TNetwork network, TargetDataset train, TargetDataset? validation = null, TrainingOptions? options = null,
        Action<EpochReport>? epochCompleted = null, CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(train);
        options = Checked(network, train, validation, options);
        return Run(network, new WholeSet<TargetDataset>(train, options), Validation(network, validation, options), Training(network, train, options), options, epochCompleted, cancellationToken);
    }

    /// <summary>Trains the network on samples with float targets that need not fit into memory.</summary>
    /// <inheritdoc cref="Fit{TNetwork}(TNetwork, LabeledDataset, LabeledDataset, TrainingOptions, Action{EpochReport}, CancellationToken)"/>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    public static TrainingHistory Fit<TNetwork>(
        this TNetwork network, ChunkedDataset<TargetDataset> train, TargetDataset? validation = null, TrainingOptions? options = null,
        Action<EpochReport>? epochCompleted = null, CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(train);
        var feed = new ChunkFeed<TargetDataset>(train, options ?? new TrainingOptions(), chunk => TrainingChecks.Check<TNetwork>(chunk, nameof(train)));
        options = CheckedChunks(Checked(network, feed.Example, validation, options));
        return Run(network, feed, Validation(network, validation, options), null, options, epochCompleted, cancellationToken);
    }

    /// <summary>The network's loss and accuracy on labeled samples, and the metrics asked for, in inference mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples; their weights do not count.</param>
    /// <param name="metrics">What else is computed.</param>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="InvalidOperationException">A metric cannot be computed from such data.</exception>
    public static Evaluation Evaluate<TNetwork>(this TNetwork network, LabeledDataset data, params Metric[] metrics) where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        TrainingChecks.Check<TNetwork>(data, nameof(data));
        return Evaluate(network, new LabelEvaluator<TNetwork>(data, metrics, 1));
    }

    /// <summary>The network's loss on samples with targets, its accuracy if they are one-hot, and the metrics asked for, in inference mode.</summary>
    /// <inheritdoc cref="Evaluate{TNetwork}(TNetwork, LabeledDataset, Metric[])"/>
    public static Evaluation Evaluate<TNetwork>(this TNetwork network, TargetDataset data, params Metric[] metrics) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        TrainingChecks.Check<TNetwork>(data, nameof(data));
        return Evaluate(network, new TargetEvaluator<TNetwork>(data, metrics, 1));
    }

    /// <summary>
    /// The same of labeled samples that need not fit into memory: each chunk is read once, and outputs and labels are held.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples.</param>
    /// <param name="metrics">What else is computed.</param>
    /// <param name="cancellationToken">Ends it by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    /// <exception cref="DatasetException">A chunk cannot be read.</exception>
    /// <exception cref="InvalidOperationException">A metric cannot be computed from such data.</exception>
    public static Evaluation Evaluate<TNetwork>(
        this TNetwork network, ChunkedDataset<LabeledDataset> data, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken = default)
        where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        return Evaluator<TNetwork>.EvaluateAll(
            network,
            Chunks(data, static chunk => TrainingChecks.Check<TNetwork>(chunk, nameof(data))).Select(chunk => new LabelEvaluator<TNetwork>(chunk, [], 1)),
            metrics, cancellationToken);
    }

    /// <summary>The same of samples with targets that need not fit into memory: each chunk is read once, and outputs and targets are held.</summary>
    /// <inheritdoc cref="Evaluate{TNetwork}(TNetwork, ChunkedDataset{LabeledDataset}, IReadOnlyList{Metric}, CancellationToken)"/>
    public static Evaluation Evaluate<TNetwork>(
        this TNetwork network, ChunkedDataset<TargetDataset> data, IReadOnlyList<Metric> metrics, CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metrics);
        // A metric of none asks for the outputs.
        Metric[] outputs = metrics.Count == 0 ? [] : [Metric.Create("outputs", static _ => 0)];
        return Evaluator<TNetwork>.EvaluateAll(
            network,
            Chunks(data, static chunk => TrainingChecks.Check<TNetwork>(chunk, nameof(data))).Select(chunk => new TargetEvaluator<TNetwork>(chunk, outputs, 1)),
            metrics, cancellationToken);
    }

    private static IEnumerable<TData> Chunks<TData>(ChunkedDataset<TData> data, Action<TData> check) where TData : Dataset
    {
        for (int i = 0; i < data.ChunkCount; i++)
        {
            TData chunk = data.Read(i);
            check(chunk);
            yield return chunk;
        }
    }

    /// <summary>The network's outputs for every sample, [Count, OutputSize], row by row; for <see cref="Metrics"/>.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    public static float[] Predict<TNetwork>(this TNetwork network, Dataset data) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        TrainingChecks.CheckInputs<TNetwork>(data, nameof(data));
        TrainingChecks.CheckMerged(data.ExactFeatures, "Features", nameof(data));
        var outputs = new float[checked(data.Count * TNetwork.OutputSize)];
        TNetwork.Forward(network.Parameters, data.Features, outputs, new float[TNetwork.ScratchSize]);
        return outputs;
    }

    /// <summary>
    /// Looks for a good learning rate: trains some steps at a rate that grows, and gives the losses. The network, its optimizer's state and its
    /// <c>Steps</c> are as before afterwards.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The training data.</param>
    /// <param name="search">From which rate to which, in how many steps; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or a number of the search is out of range.</exception>
    public static LearningRateCurve FindLearningRate<TNetwork>(this TNetwork network, LabeledDataset train, LearningRateSearch? search = null)
        where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        search ??= new LearningRateSearch();
        RateFinder.Check(search);
        ArgumentNullException.ThrowIfNull(train);
        TrainingOptions options = Checked(network, train, null, new TrainingOptions { BatchSize = search.BatchSize, Seed = search.Seed });
        TrainingChecks.CheckWeights(network);
        var samples = new WholeSet<LabeledDataset>(train, options);
        return RateFinder.Find(network, samples, new LabelBatch<TNetwork>(samples, search.BatchSize, options), search);
    }

    /// <inheritdoc cref="FindLearningRate{TNetwork}(TNetwork, LabeledDataset, LearningRateSearch)"/>
    public static LearningRateCurve FindLearningRate<TNetwork>(this TNetwork network, TargetDataset train, LearningRateSearch? search = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        search ??= new LearningRateSearch();
        RateFinder.Check(search);
        ArgumentNullException.ThrowIfNull(train);
        TrainingOptions options = Checked(network, train, null, new TrainingOptions { BatchSize = search.BatchSize, Seed = search.Seed });
        TrainingChecks.CheckWeights(network);
        var samples = new WholeSet<TargetDataset>(train, options);
        return RateFinder.Find(network, samples, new TargetBatch<TNetwork>(samples, search.BatchSize, options), search);
    }

    private static TrainingOptions Checked<TNetwork>(TNetwork network, LabeledDataset train, LabeledDataset? validation, TrainingOptions? options)
        where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new TrainingOptions();
        TrainingChecks.Check(options, validation is not null);
        TrainingChecks.Check<TNetwork>(train, nameof(train));
        if (validation is not null)
        {
            TrainingChecks.Check<TNetwork>(validation, nameof(validation));
            TrainingChecks.CheckClasses(train, validation);
        }

        return options;
    }

    private static TrainingOptions Checked<TNetwork>(TNetwork network, TargetDataset train, TargetDataset? validation, TrainingOptions? options)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new TrainingOptions();
        TrainingChecks.Check(options, validation is not null);
        TrainingChecks.Check<TNetwork>(train, nameof(train));
        if (validation is not null)
            TrainingChecks.Check<TNetwork>(validation, nameof(validation));
        return options;
    }

    private static TrainingOptions CheckedChunks(TrainingOptions options) => options.MeasureTraining
        ? throw new ArgumentException("MeasureTraining is set, but the training data come in chunks, which would have to be read twice in each epoch; leave it out, or give some of them as validation data.", nameof(options))
        : options;

    private static LabelEvaluator<TNetwork>? Validation<TNetwork>(TNetwork _, LabeledDataset? data, TrainingOptions options) where TNetwork : class, IClassifierNetwork<TNetwork> =>
        data is null ? null : new LabelEvaluator<TNetwork>(data, options.MeasuredMetrics, options.Workers);

    private static TargetEvaluator<TNetwork>? Validation<TNetwork>(TNetwork _, TargetDataset? data, TrainingOptions options) where TNetwork : class, ITrainableNetwork<TNetwork> =>
        data is null ? null : new TargetEvaluator<TNetwork>(data, options.MeasuredMetrics, options.Workers);

    private static LabelEvaluator<TNetwork>? Training<TNetwork>(TNetwork _, LabeledDataset data, TrainingOptions options) where TNetwork : class, IClassifierNetwork<TNetwork> =>
        options.MeasureTraining ? new LabelEvaluator<TNetwork>(data, options.Metrics, options.Workers) : null;

    private static TargetEvaluator<TNetwork>? Training<TNetwork>(TNetwork _, TargetDataset data, TrainingOptions options) where TNetwork : class, ITrainableNetwork<TNetwork> =>
        options.MeasureTraining ? new TargetEvaluator<TNetwork>(data, options.Metrics, options.Workers) : null;

    private static Evaluation Evaluate<TNetwork>(TNetwork network, Evaluator<TNetwork> evaluator) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var crew = new Crew(1);
        return evaluator.Evaluate(network, null, crew, null, CancellationToken.None)!;
    }

    private static TrainingHistory Run<TNetwork>(
        TNetwork network, Samples<LabeledDataset> samples, Evaluator<TNetwork>? validation, Evaluator<TNetwork>? training,
        TrainingOptions options, Action<EpochReport>? epochCompleted, CancellationToken cancellationToken)
        where TNetwork : class, IClassifierNetwork<TNetwork> =>
        Run(network, samples, count => new LabelBatch<TNetwork>(samples, count, options), validation, training, options, epochCompleted, cancellationToken);

    private static TrainingHistory Run<TNetwork>(
        TNetwork network, Samples<TargetDataset> samples, Evaluator<TNetwork>? validation, Evaluator<TNetwork>? training,
        TrainingOptions options, Action<EpochReport>? epochCompleted, CancellationToken cancellationToken)
        where TNetwork : class, ITrainableNetwork<TNetwork> =>
        Run(network, samples, count => new TargetBatch<TNetwork>(samples, count, options), validation, training, options, epochCompleted, cancellationToken);

    private static TrainingHistory Run<TNetwork, TData>(
        TNetwork network, Samples<TData> samples, Func<int, MiniBatch<TNetwork, TData>> createBatch, Evaluator<TNetwork>? validation, Evaluator<TNetwork>? training,
        TrainingOptions options, Action<EpochReport>? epochCompleted, CancellationToken cancellationToken)
        where TNetwork : class, ITrainableNetwork<TNetwork>
        where TData : Dataset
    {
        TrainingChecks.CheckWeights(network);
        TrainingChecks.CheckFrozen<TNetwork>(options);
        TrainingChecks.CheckSum<TNetwork>(options, samples.Example.HasWeights);
        BatchSizeCheck.Run(network, samples, createBatch(2), options);
        string? hash = options.Checkpoint is null && options.Processes is null ? null : DataHash.Of(samples.Example);
        if (options.Processes is { } processes)
            ProcessAgreement.Check(processes, network, options, samples.Count, hash!, validation?.Data);
        using var engine = new StepEngine<TNetwork>(network, options, samples.Count, samples.Example.HasWeights, createBatch);
        return new TrainingRun<TNetwork, TData>(network, samples, engine, validation, training, options, hash, epochCompleted, cancellationToken).Run();
    }
}
