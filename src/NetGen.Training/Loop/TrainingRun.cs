using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using NetGen.Training.Checkpoints;

namespace NetGen.Training.Loop;

/// <summary>
/// One run of training: epochs of steps, validation after each, and the rules for when to stop. What is in it is saved and resumed as a whole.
/// </summary>
internal sealed class TrainingRun<TNetwork, TData>
    where TNetwork : class, ITrainableNetwork<TNetwork>
    where TData : Dataset
{
    // Steps from one copy to the next, of which those since the last are repeated where one fails: to see the network as it was before the step, and
    // not the NaN that it left.
    private const int StepsPerCopy = 64;
    private const string StoppedByAnother = "another process stopped the run";

    private readonly TNetwork network;
    private readonly Samples<TData> samples;
    private readonly StepEngine<TNetwork> engine;
    private readonly Evaluator<TNetwork>? validation;
    private readonly Evaluator<TNetwork>? training;
    private readonly TrainingOptions options;
    private readonly TrainingCallback[] callbacks; // an array, whose enumeration allocates nothing
    private readonly Action<EpochReport>? epochCompleted;
    private readonly CancellationToken cancellationToken;

    private readonly TrainingStatus status;
    private readonly RunProgress progress;
    private readonly NetworkCopy<TNetwork> kept;
    private readonly NetworkCopy<TNetwork> recent;
    private long recentPosition;
    private readonly AlignedFloats? average;
    private readonly CheckpointSchedule<TNetwork>? checkpoint;
    private RunState state = new();

    public TrainingRun(
        TNetwork network, Samples<TData> samples, StepEngine<TNetwork> engine, Evaluator<TNetwork>? validation, Evaluator<TNetwork>? training,
        TrainingOptions options, string? dataHash, Action<EpochReport>? epochCompleted, CancellationToken cancellationToken)
    {
        this.network = network;
        this.samples = samples;
        this.engine = engine;
        this.validation = validation;
        this.training = training;
        this.options = options;
        callbacks = [.. options.Callbacks];
        this.epochCompleted = epochCompleted;
        this.cancellationToken = cancellationToken;
        status = new TrainingStatus(options.Epochs);
        progress = new RunProgress(options);
        kept = new NetworkCopy<TNetwork>(network);
        recent = new NetworkCopy<TNetwork>(network);
        if (options.AverageDecay is not null)
        {
            average = new AlignedFloats(TNetwork.ParameterBufferSize);
            network.Parameters.CopyTo(average.Span);
        }

        if (options.Checkpoint is not null)
        {
            var identity = RunIdentity.Of<TNetwork>(options, samples.Count, dataHash!, validation is not null);
            checkpoint = new CheckpointSchedule<TNetwork>(options, new CheckpointFile<TNetwork>(options.Checkpoint.Path, network, identity, kept, average));
        }
    }

    // Nobody waits for this process: it may end the run by itself. Several end it together, after a step whose sum has told them.
    private bool IsAlone => options.Processes is not { Count: > 1 };

    private bool KeepsBest => validation is not null && options.RestoreBestWeights;

    private bool AllStepsDone => options.Steps is { } steps && state.Step >= steps;

    private bool AllEpochsDone => options.Steps is null && state.Epoch >= options.Epochs;

    private long SamplesOfEpoch => options.DropLast ? samples.Count - samples.Count % options.SamplesPerStep : samples.Count;

    /// <summary>Trains to the end.</summary>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    public TrainingHistory Run()
    {
        int? resumed = null;
        if (checkpoint is not null)
        {
            RunState? saved = ProcessAgreement.Together(options.Processes, "read the checkpoint", checkpoint.Resume);
            ProcessAgreement.CheckResumed(options.Processes, saved?.Epoch, saved?.Position ?? 0, saved?.Step ?? 0, network.Parameters);
            state = saved ?? state;
            if (saved is not null)
                resumed = state.IsInEpoch ? state.Epoch : state.Epoch + 1;
            else
                ProcessAgreement.Together(options.Processes, "write the checkpoint", () => checkpoint.Begin(state));
        }

        ShareWeights();
        if (!IsAlone && resumed is null)
            kept.Take(average);
        engine.Begin();
        StopReason reason = RunEpochs();
        checkpoint?.End(state);
        int? restored = null;
        if (KeepsBest && state.KeptEpoch > 0)
        {
            kept.Restore();
            restored = state.KeptEpoch;
        }
        else
        {
            average?.Span.CopyTo(network.Parameters);
        }

        ShareWeights();

        return new TrainingHistory(state.Reports.ToArray(), reason)
        {
            StopMessage = reason == StopReason.Stopped ? status.StopWish : null,
            RestoredEpoch = restored,
            ResumedEpoch = resumed,
            Steps = state.Step,
            CheckpointProblem = checkpoint?.Problem,
        };
    }

    private StopReason RunEpochs()
    {
        while (true)
        {
            if (!state.IsInEpoch)
            {
                StopReason? own =
                    AllStepsDone || AllEpochsDone ? StopReason.Completed
                    : options.Patience is { } patience && state.Epoch - state.LastImprovement >= patience ? StopReason.NoImprovement
                    : status.StopWish is not null ? StopReason.Stopped
                    : null;
                if (ProcessAgreement.Ending(options.Processes, own) is { } reason)
                {
                    if (reason == StopReason.Stopped)
                        status.Stop(StoppedByAnother);
                    return reason;
                }

                (state.IsInEpoch, state.Epoch, state.Position, state.LossSum, state.EpochSeconds) = (true, state.Epoch + 1, 0, 0, 0);
            }

            if (!RunEpoch())
                return StopReason.Cancelled;
        }
    }

    // False if it was cancelled.
    private bool RunEpoch()
    {
        long started = Stopwatch.GetTimestamp();
        if (!TrainEpoch(started))
        {
            state.EpochSeconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            return false;
        }

        if (state.Position == 0)
        {
            // A callback stopped the run before the epoch's first step.
            (state.IsInEpoch, state.Epoch) = (false, state.Epoch - 1);
            return true;
        }

        Evaluation? measured = null, validated = null;
        if (training is not null && (measured = training.Evaluate(network, average, engine.Crew, options.Processes, cancellationToken)) is null)
            return false;
        if (validation is not null)
        {
            if ((validated = validation.Evaluate(network, average, engine.Crew, options.Processes, cancellationToken)) is null)
                return false;
            if (!double.IsFinite(validated.Loss))
                throw Diverged(string.Create(CultureInfo.InvariantCulture, $"the validation loss became {validated.Loss}"), 0);
        }
        else if (!Finite.All(network.Parameters))
        {
            throw Diverged("a weight became NaN or infinite", 0);
        }

        var report = new EpochReport
        {
            Epoch = state.Epoch,
            Epochs = options.Epochs,
            TrainLoss = state.LossSum / state.Position,
            ValidationLoss = validated?.Loss,
            ValidationAccuracy = validated?.Accuracy,
            Metrics = validated?.Metrics ?? EpochReport.None,
            MeasuredTrainLoss = measured?.Loss,
            TrainMetrics = measured?.Metrics ?? EpochReport.None,
            LearningRate = state.LearningRate,
            Steps = network.Steps,
            Duration = Stopwatch.GetElapsedTime(started) + TimeSpan.FromSeconds(state.EpochSeconds),
            IsBest = Note(validated),
        };
        state.IsInEpoch = false;
        state.Reports.Add(report);
        epochCompleted?.Invoke(report);
        foreach (TrainingCallback callback in callbacks)
            callback.AfterEpoch(status, report);
        checkpoint?.AfterEpoch(state);
        return true;
    }

    private bool TrainEpoch(long started)
    {
        samples.BeginEpoch(state.Epoch);
        ShareWeights();
        long trained = SamplesOfEpoch, steps = 0;
        progress.Begin(state, trained);
        (status.Epoch, status.Step, status.SamplesDone) = (state.Epoch, state.Step, state.Position);
        foreach (TrainingCallback callback in callbacks)
            callback.BeforeEpoch(status);
        bool isStopped = false;
        while (state.Position < trained && !AllStepsDone && !(IsAlone ? status.StopWish is not null : isStopped))
        {
            bool isCancelled = cancellationToken.IsCancellationRequested;
            if (isCancelled && IsAlone)
                return false;

            int count = (int)Math.Min(options.SamplesPerStep, trained - state.Position);
            samples.Load(state.Position, count);
            if (steps++ % StepsPerCopy == 0)
            {
                recent.Take(null);
                recentPosition = state.Position;
            }

            status.LearningRate = state.LearningRate = LearningRate();
            foreach (TrainingCallback callback in callbacks)
                callback.BeforeStep(status);
            float loss = engine.Step(count, state.LearningRate, isCancelled, status.StopWish is not null);
            isStopped = engine.IsStopped;
            state.Step++;
            if (!float.IsFinite(loss))
                throw Diverged(string.Create(CultureInfo.InvariantCulture, $"the loss became {loss}"), count);

            state.Position += count;
            state.LossSum += (double)loss * (TNetwork.SumsLoss ? 1 : count);
            if (average is not null)
                Sums.Average(average.Span, network.Parameters, options.AverageDecay!.Value);
            (status.Step, status.SamplesDone, status.Loss) = (state.Step, state.Position, loss);
            foreach (TrainingCallback callback in callbacks)
                callback.AfterStep(status);
            progress.AfterStep(state);
            if (engine.IsCancelled)
                return false;
            if (state.Position < trained)
                checkpoint?.AfterStep(state, started);
        }

        return true;
    }

    // Machines may differ in the last bit; so that the copies of the network stay one, those of the first process are taken.
    private void ShareWeights()
    {
        ProcessAgreement.Share(options.Processes, network.Parameters);
        ProcessAgreement.Share(options.Processes, network.OptimizerState);
        ProcessAgreement.Share(options.Processes, average is null ? [] : average.Span);
    }

    private float LearningRate()
    {
        float rate = options.LearningRate ?? options.LearningRateSchedule?.Invoke(network.Steps) ?? TNetwork.LearningRate(network.Steps);
        if (!float.IsFinite(rate))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The learning rate of step {network.Steps} is {rate}; give a schedule that is finite at every step."));
        return Improvement.Reduced(rate, state, options);
    }

    // Keeps the weights to come back to, and says whether they are the best so far.
    private bool Note(Evaluation? evaluation)
    {
        bool isBest = Improvement.Note(state, options, evaluation);
        if (isBest || !KeepsBest)
        {
            kept.Take(average);
            state.KeptEpoch = state.Epoch;
        }

        return isBest;
    }

    // Makes the network what it was before the step of so many samples that failed.
    private void Repeat(int failed)
    {
        recent.Restore();
        for (long position = recentPosition; position < state.Position;)
        {
            int count = (int)Math.Min(options.SamplesPerStep, SamplesOfEpoch - position);
            samples.Load(position, count);
            engine.Step(count, LearningRate(), isCancelled: false, isStopped: false);
            position += count;
        }

        samples.Load(state.Position, failed);
    }

    private TrainingDivergedException Diverged(string what, int count)
    {
        if (count > 0)
            Repeat(count);
        string? layer = NonFinite.FindLayer(network, samples, count);
        kept.Restore();
        string weights = state.KeptEpoch == 0 ? "from before the run" : $"of epoch {state.KeptEpoch}";
        string first = layer is null ? "" : $" The first layer whose numbers are not finite is '{layer}'.";
        return new TrainingDivergedException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"In epoch {state.Epoch}, at step {state.Step} of the run, {what}, with a learning rate of {state.LearningRate}.{first} The network has its weights {weights} back. Lower the learning rate, set clip_norm in the spec, or standardize the data."),
            state.Epoch, state.Step, state.LearningRate, layer, state.Reports.ToArray());
    }
}
