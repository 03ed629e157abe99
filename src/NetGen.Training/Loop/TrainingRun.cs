using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace NetGen.Training.Loop;

/// <summary>One run of training: epochs of mini-batches, validation after each, and the rules for when to stop.</summary>
internal sealed class TrainingRun<TNetwork> where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TNetwork network;
    private readonly Batches<TNetwork> batches;
    private readonly Evaluator<TNetwork>? validation;
    private readonly TrainingOptions options;
    private readonly Action<EpochReport>? epochCompleted;
    private readonly CancellationToken cancellationToken;

    private readonly int[] order;
    private readonly List<EpochReport> reports = [];
    private readonly Snapshot<TNetwork> good;
    private int goodEpoch;
    private double lowestLoss = double.PositiveInfinity;
    private double lossToImprove = double.PositiveInfinity;
    private int lastImprovement;
    private float learningRate;
    private long step;

    public TrainingRun(
        TNetwork network, Batches<TNetwork> batches, Evaluator<TNetwork>? validation, TrainingOptions options,
        Action<EpochReport>? epochCompleted, CancellationToken cancellationToken)
    {
        this.network = network;
        this.batches = batches;
        this.validation = validation;
        this.options = options;
        this.epochCompleted = epochCompleted;
        this.cancellationToken = cancellationToken;
        order = new int[batches.Count];
        good = new Snapshot<TNetwork>(network);
    }

    private bool KeepsBest => validation is not null && options.RestoreBestWeights;

    /// <summary>Trains to the end.</summary>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    public TrainingHistory Run()
    {
        StopReason reason = RunEpochs();
        if (KeepsBest && goodEpoch > 0)
            good.Restore();

        return new TrainingHistory(reports.ToArray(), reason);
    }

    private StopReason RunEpochs()
    {
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            if (RunEpoch(epoch) is not { } report)
                return StopReason.Cancelled;

            reports.Add(report);
            epochCompleted?.Invoke(report);
            if (options.Patience is { } patience && epoch - lastImprovement >= patience)
                return epoch == options.Epochs ? StopReason.Completed : StopReason.NoImprovement;
        }

        return StopReason.Completed;
    }

    // Null if it was cancelled.
    private EpochReport? RunEpoch(int epoch)
    {
        long started = Stopwatch.GetTimestamp();
        if (TrainEpoch(epoch) is not { } trainLoss)
            return null;

        Evaluation? evaluation = null;
        if (validation is not null)
        {
            evaluation = validation.Evaluate(network.Parameters, cancellationToken);
            if (evaluation is null)
                return null;
            if (!double.IsFinite(evaluation.Loss))
                throw Diverged(epoch, string.Create(CultureInfo.InvariantCulture, $"the validation loss became {evaluation.Loss}"));
        }
        else if (!AllFinite(network.Parameters))
        {
            throw Diverged(epoch, "a weight became NaN or infinite");
        }

        bool isBest = Note(epoch, evaluation?.Loss);
        return new EpochReport
        {
            Epoch = epoch,
            Epochs = options.Epochs,
            TrainLoss = trainLoss,
            ValidationLoss = evaluation?.Loss,
            ValidationAccuracy = evaluation?.Accuracy,
            LearningRate = learningRate,
            Steps = network.Steps,
            Duration = Stopwatch.GetElapsedTime(started),
            IsBest = isBest,
        };
    }

    // The mean loss; null if it was cancelled.
    private double? TrainEpoch(int epoch)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        if (options.Shuffle)
            SplitMix64.For(options.Seed, epoch).Shuffle(order);

        double sum = 0;
        int trained = options.DropLast ? order.Length - order.Length % options.BatchSize : order.Length;
        for (int first = 0; first < trained; first += options.BatchSize)
        {
            if (cancellationToken.IsCancellationRequested)
                return null;

            ReadOnlySpan<int> samples = order.AsSpan(first, Math.Min(options.BatchSize, trained - first));
            learningRate = LearningRate();
            step++;
            float loss = batches.TrainStep(network, samples, learningRate);
            if (!float.IsFinite(loss))
                throw Diverged(epoch, string.Create(CultureInfo.InvariantCulture, $"the loss became {loss}"));

            sum += (double)loss * (TNetwork.SumsLoss ? 1 : samples.Length);
            if (first > trained - options.BatchSize)
                break; // before first + BatchSize can overflow
        }

        return sum / trained;
    }

    private float LearningRate()
    {
        float rate = options.LearningRate ?? options.LearningRateSchedule?.Invoke(network.Steps) ?? TNetwork.LearningRate(network.Steps);
        return float.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The learning rate of step {network.Steps} is {rate}; give a schedule that is finite at every step."));
    }

    // Keeps the weights to come back to, and says whether they are the best so far.
    private bool Note(int epoch, double? validationLoss)
    {
        if (validationLoss < lossToImprove - options.MinDelta)
        {
            lossToImprove = validationLoss.Value;
            lastImprovement = epoch;
        }

        bool isBest = validationLoss < lowestLoss;
        if (isBest)
            lowestLoss = validationLoss!.Value;
        if (isBest || !KeepsBest)
        {
            good.Take();
            goodEpoch = epoch;
        }

        return isBest;
    }

    private TrainingDivergedException Diverged(int epoch, string what)
    {
        good.Restore();
        string weights = goodEpoch == 0 ? "from before the run" : $"of epoch {goodEpoch}";
        return new TrainingDivergedException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"In epoch {epoch}, at step {step} of the run, {what}, with a learning rate of {learningRate}. The network has its weights {weights} back. Lower the learning rate, set clip_norm in the spec, or standardize the data."),
            epoch, step, learningRate, reports.ToArray());
    }

    private static bool AllFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            if (!float.IsFinite(value))
                return false;

        return true;
    }
}
