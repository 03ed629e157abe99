using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Training;

namespace NetGen.Cli.Sweep;

/// <summary>A variant has been finished.</summary>
/// <param name="Done">How many are, those of an earlier run among them.</param>
/// <param name="Total">How many there are in all.</param>
internal readonly record struct SweepProgress(SweepOutcome Outcome, int Done, int Total);

/// <summary>What a run of a sweep came to.</summary>
/// <param name="Outcomes">Of all that were finished, in the order of the plan.</param>
/// <param name="IsCancelled">It was ended before all were.</param>
internal sealed record SweepRun(IReadOnlyList<SweepOutcome> Outcomes, bool IsCancelled);

/// <summary>
/// Trains the variants of a plan, several at a time. Each is trained on one thread and depends on its spec, its fold and the trainer alone, so what
/// comes out is the same for any number of workers. A variant that fails has no result, and the others go on.
/// </summary>
/// <param name="keep">Told all that is finished, in the order of the plan, whenever something is; what it throws ends the run.</param>
/// <param name="progress">Told each that is finished, one at a time.</param>
internal sealed class SweepRunner(
    SweepPlan plan, IVariantTrainer trainer, int workers, Action<IReadOnlyList<SweepOutcome>> keep, Action<SweepProgress> progress)
{
    private readonly Lock _lock = new();
    private readonly SweepOutcome?[] _outcomes = new SweepOutcome?[plan.Variants.Count];
    private readonly Folds?[] _folds = new Folds?[plan.Variants.Count];
    private readonly ILookup<int?, SweepVariant> _twins = plan.Variants.ToLookup(static v => v.TwinOf);
    private int _next;
    private Exception? _failure;

    /// <param name="earlier">Of variants that were trained before, and are not again.</param>
    public SweepRun Run(IReadOnlyList<SweepOutcome> earlier, CancellationToken cancelled)
    {
        foreach (SweepOutcome outcome in earlier)
            Keep(outcome);
        int[] open = [.. plan.Variants.Where(v => v.TwinOf is null && _outcomes[v.Index] is null).Select(static v => v.Index)];
        foreach (int variant in open)
            _folds[variant] = new Folds(trainer.Folds);
        (int Variant, int Fold)[] tasks = [.. open.SelectMany(v => Enumerable.Range(0, trainer.Folds).Select(f => (v, f)))];

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        Task[] all = [.. Enumerable.Range(0, Math.Min(workers, tasks.Length))
            .Select(_ => Task.Factory.StartNew(() => Work(tasks, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WaitAll(all, CancellationToken.None);
        if (_failure is { } failure)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return new SweepRun(Finished, _outcomes.Contains(null));
    }

    private void Work((int Variant, int Fold)[] tasks, CancellationTokenSource stop)
    {
        // Tasks are taken in their order, so that a fold is never begun before the ones ahead of it.
        for (int k; !stop.IsCancellationRequested && (k = Interlocked.Increment(ref _next) - 1) < tasks.Length;)
        {
            (int variant, int fold) = tasks[k];
            try
            {
                Train(plan.Variants[variant], fold, stop.Token);
            }
            catch (Exception e)
            {
                // What cannot be kept, not what cannot be trained.
                lock (_lock)
                    _failure ??= e;
                stop.Cancel();
            }
        }
    }

    private void Train(SweepVariant variant, int fold, CancellationToken cancelled)
    {
        Folds folds = _folds[variant.Index]!;
        VariantResult? result = null;
        string state = "";
        // The first fold that fails decides; what is behind it changes nothing.
        if (fold < folds.FirstFailed)
        {
            try
            {
                result = trainer.Train(variant.Spec, fold, cancelled);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                return;
            }
            catch (TrainingDivergedException)
            {
                state = SweepOutcome.Diverged;
            }
            catch (Exception e)
            {
                state = StateOf(e);
            }
        }

        lock (_lock)
        {
            folds.Add(fold, result, state);
            if (folds.IsComplete)
                Finish(folds.Outcome(variant));
        }
    }

    private void Finish(SweepOutcome outcome)
    {
        Keep(outcome);
        IReadOnlyList<SweepOutcome> finished = Finished;
        keep(finished);
        progress(new SweepProgress(outcome, finished.Count, plan.Variants.Count));
    }

    private void Keep(SweepOutcome outcome)
    {
        _outcomes[outcome.Variant.Index] = outcome;
        foreach (SweepVariant twin in _twins[outcome.Variant.Index])
            _outcomes[twin.Index] = outcome.Of(twin);
    }

    /// <summary>Of all that are finished, in the order of the plan.</summary>
    public IReadOnlyList<SweepOutcome> Finished => [.. _outcomes.OfType<SweepOutcome>()];

    /// <summary>What went wrong on one line. It is never empty, and never "diverged".</summary>
    private static string StateOf(Exception exception)
    {
        string message = Output.Terminal.Printable(exception.Message.ReplaceLineEndings(" ")).Trim();
        return message.Length == 0 || message == SweepOutcome.Diverged ? exception.GetType().Name : message;
    }

    /// <summary>What the folds of a variant have come to so far.</summary>
    private sealed class Folds(int count)
    {
        private readonly VariantResult?[] _results = new VariantResult?[count];
        private volatile int _firstFailed = int.MaxValue;
        private string _state = "";
        private int _left = count;

        public int FirstFailed => _firstFailed;

        public bool IsComplete => _left == 0;

        public void Add(int fold, VariantResult? result, string state)
        {
            _left--;
            _results[fold] = result;
            if (state.Length > 0 && fold < _firstFailed)
                (_firstFailed, _state) = (fold, state);
        }

        public SweepOutcome Outcome(SweepVariant variant) =>
            _state.Length > 0 ? new SweepOutcome(variant, null, _state) : SweepOutcome.Of(variant, [.. _results.Select(static r => r!)]);
    }
}
