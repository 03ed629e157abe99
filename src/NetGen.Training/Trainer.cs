using System;
using System.Threading;
using NetGen.Training.Loop;

namespace NetGen.Training;

/// <summary>
/// Trains, evaluates and applies a generated network: <c>Trainer.Fit(net, train, validation)</c>, or
/// <c>net.Fit(train, validation)</c>. Labels need a loss that takes class indices; targets need any loss.
/// </summary>
public static class Trainer
{
    /// <summary>
    /// Trains the network on labeled samples, in mini-batches whose order is drawn from the seed, with the spec's
    /// optimizer. With validation data, the loss and accuracy on it are taken after every epoch, and the network
    /// ends with the best weights, also when it is cancelled or stopped early. Without, it ends as the last step
    /// leaves it. The same network, data and options give the same bits.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class; its loss takes class indices.</typeparam>
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
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new TrainingOptions();
        TrainingChecks.Check(options, validation is not null);
        TrainingChecks.Check<TNetwork>(train, nameof(train));
        if (validation is not null)
        {
            TrainingChecks.Check<TNetwork>(validation, nameof(validation));
            TrainingChecks.CheckClasses(train, validation);
        }

        TrainingChecks.CheckWeights(network);
        var batches = new LabelBatches<TNetwork>(train, options.BatchSize);
        BatchSizeCheck.Run(network, batches, options);
        return new TrainingRun<TNetwork>(
            network,
            batches,
            validation is null ? null : new LabelEvaluator<TNetwork>(validation),
            options, epochCompleted, cancellationToken).Run();
    }

    /// <summary>Trains the network on samples with float targets.</summary>
    /// <inheritdoc cref="Fit{TNetwork}(TNetwork, LabeledDataset, LabeledDataset, TrainingOptions, Action{EpochReport}, CancellationToken)"/>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    public static TrainingHistory Fit<TNetwork>(
        this TNetwork network, TargetDataset train, TargetDataset? validation = null, TrainingOptions? options = null,
        Action<EpochReport>? epochCompleted = null, CancellationToken cancellationToken = default)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new TrainingOptions();
        TrainingChecks.Check(options, validation is not null);
        TrainingChecks.Check<TNetwork>(train, nameof(train));
        if (validation is not null)
            TrainingChecks.Check<TNetwork>(validation, nameof(validation));

        TrainingChecks.CheckWeights(network);
        var batches = new TargetBatches<TNetwork>(train, options.BatchSize);
        BatchSizeCheck.Run(network, batches, options);
        return new TrainingRun<TNetwork>(
            network,
            batches,
            validation is null ? null : new TargetEvaluator<TNetwork>(validation),
            options, epochCompleted, cancellationToken).Run();
    }

    /// <summary>The network's loss and accuracy on labeled samples, in inference mode.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    public static Evaluation Evaluate<TNetwork>(this TNetwork network, LabeledDataset data) where TNetwork : class, IClassifierNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        TrainingChecks.Check<TNetwork>(data, nameof(data));
        return new LabelEvaluator<TNetwork>(data).Evaluate(network.Parameters, CancellationToken.None)!;
    }

    /// <summary>The network's loss on samples with targets, in inference mode, and its accuracy if they are one-hot.</summary>
    /// <exception cref="ArgumentException">The data do not fit the network.</exception>
    public static Evaluation Evaluate<TNetwork>(this TNetwork network, TargetDataset data) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        TrainingChecks.Check<TNetwork>(data, nameof(data));
        return new TargetEvaluator<TNetwork>(data).Evaluate(network.Parameters, CancellationToken.None)!;
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
}
