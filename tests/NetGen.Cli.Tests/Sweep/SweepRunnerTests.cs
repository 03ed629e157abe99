using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NetGen.Cli.Sweep;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>Variants are trained several at a time, and what comes out does not depend on it.</summary>
public sealed class SweepRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static SweepPlan Plan => Plans.Of("hidden.units=2,3,4,5", "seed=1,2,3");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Any_number_of_workers_gives_the_same_file(int folds)
    {
        SweepPlan plan = Plan;
        string[] files = [.. new[] { 1, 2, 7, 100 }.Select(workers =>
        {
            var trainer = new FakeTrainer { Folds = folds, MostMilliseconds = 5, Before = FailSome };
            SweepRun run = plan.Run(trainer, workers);
            Assert.False(run.IsCancelled);
            return new SweepCsv(plan, folds, trainer.Identity).Write(run.Outcomes);
        })];
        Assert.Single(files.Distinct());
        Assert.Equal(13, files[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("diverged", files[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_and_variants_are_really_trained_at_the_same_time()
    {
        // Nobody goes on before four are there.
        using var barrier = new Barrier(4);
        var trainer = new FakeTrainer { Folds = 2, Before = (_, _) => Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(30))) };
        Assert.All(Plans.Of("hidden.units=2,3").Run(trainer, 4).Outcomes, static o => Assert.Equal("", o.State));
    }

    [Fact]
    public void One_worker_takes_them_in_the_order_of_the_plan()
    {
        var order = new List<(int, int)>();
        Plans.Of("hidden.units=3,2,5").Run(new FakeTrainer { Folds = 2, Before = (network, fold) => order.Add((network.Units(), fold)) }, 1);
        Assert.Equal([(3, 0), (3, 1), (2, 0), (2, 1), (5, 0), (5, 1)], order);
    }

    [Fact]
    public void A_variant_that_fails_says_why_and_the_others_go_on()
    {
        SweepRun run = Plans.Of("hidden.units=2,3,4,5,6").Run(new FakeTrainer
        {
            Before = static (network, _) =>
            {
                if (network.Units() == 3)
                    throw FakeTrainer.Diverged();
                if (network.Units() == 4)
                    throw new InvalidDataException("the data have 3 columns,\r\nbut 4 are needed");
                if (network.Units() == 5)
                    throw new OperationCanceledException();
            },
            Score = static (network, _) => network.Units() == 6 ? double.NaN : 1,
        });
        Assert.Equal(
            ["", "diverged", "the data have 3 columns, but 4 are needed", "The operation was canceled.", "the score is not a finite number"],
            run.Outcomes.Select(static o => o.State));
        Assert.Equal([true, false, false, false, false], run.Outcomes.Select(static o => o.Figures is not null));
        Assert.False(run.IsCancelled);
    }

    [Fact]
    public void The_first_fold_that_fails_decides_and_none_behind_it_is_trained()
    {
        var trainer = new FakeTrainer { Folds = 5, Before = static (_, fold) => { if (fold >= 1) throw new InvalidOperationException($"fold {fold}"); } };
        Assert.Equal("fold 1", Assert.Single(Plans.Of("hidden.units=2").Run(trainer, 1).Outcomes).State);
        Assert.Equal(2, trainer.Calls);
    }

    [Fact]
    public void Over_folds_there_are_means_and_the_deviation()
    {
        var trainer = new FakeTrainer { Folds = 4, Score = static (_, fold) => fold };
        VariantFigures figures = Assert.Single(Plans.Of("hidden.units=2").Run(trainer).Outcomes).Figures!;
        Assert.Equal(1.5, figures.Score, 12);
        Assert.Equal(Math.Sqrt(5.0 / 3), figures.Deviation!.Value, 12);
        Assert.Equal(11.5, figures.BestEpoch);
        Assert.Equal([("F1", 0.5)], figures.Figures.Where(static f => f.Name == "F1"));
        Assert.Null(Assert.Single(Plans.Of("hidden.units=2").Run(new FakeTrainer()).Outcomes).Figures!.Deviation);
    }

    [Fact]
    public void A_twin_is_not_trained_but_has_its_result()
    {
        var trainer = new FakeTrainer();
        SweepRun run = Plans.Of("optimizer=sgd,{sgd: {learning_rate: 0.01}},adam").Run(trainer);
        Assert.Equal(2, trainer.Calls);
        Assert.Equal([0, 1, 2], run.Outcomes.Select(static o => o.Variant.Index));
        Assert.Equal(run.Outcomes[0].Figures, run.Outcomes[1].Figures);
    }

    [Fact]
    public void Each_variant_is_reported_once_when_it_is_finished()
    {
        var lines = new List<SweepProgress>();
        SweepPlan plan = Plan;
        new SweepRunner(plan, new FakeTrainer { Folds = 2, MostMilliseconds = 3 }, 4, static _ => { }, lines.Add).Run([], CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 12), lines.Select(static l => l.Done));
        Assert.Equal(Enumerable.Range(0, 12), lines.Select(static l => l.Outcome.Variant.Index).Order());
    }

    [Fact]
    public void What_cannot_be_kept_ends_the_run()
    {
        var trainer = new FakeTrainer { MostMilliseconds = 3 };
        var runner = new SweepRunner(Plans.Of("seed=linear:1:200:200"), trainer, 2, static _ => throw new IOException("the disk is full"), static _ => { });
        Assert.Equal("the disk is full", Assert.Throws<IOException>(() => runner.Run([], CancellationToken.None)).Message);
        Assert.True(trainer.Calls < 10);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 3)]
    public void A_run_that_was_broken_off_and_resumed_gives_the_file_of_an_unbroken_one(int workers, int folds)
    {
        SweepPlan plan = Plan;
        string whole = new SweepCsv(plan, folds, "data.csv 1234").Write(plan.Run(new FakeTrainer { Folds = folds, Before = FailSome }, workers).Outcomes);

        string path = _folder.File("net.sweep.csv");
        SweepFile File() => new(path, new SweepCsv(plan, folds, "data.csv 1234"), plan.Variants.Count);
        int calls = 0;
        using (var cancel = new CancellationTokenSource())
        {
            var trainer = new FakeTrainer { Folds = folds, MostMilliseconds = 4, Before = (network, fold) =>
            {
                if (Interlocked.Increment(ref calls) == 5 * folds)
                    cancel.Cancel();
                FailSome(network, fold);
            } };
            SweepFile file = File();
            Assert.Equal([], file.Open(resume: true).Outcomes);
            SweepRun broken = new SweepRunner(plan, trainer, workers, o => file.Save(o, now: true), static _ => { }).Run([], cancel.Token);
            Assert.True(broken.IsCancelled);
            Assert.InRange(broken.Outcomes.Count, 1, 11);
            Assert.StartsWith(
                $"{path}: {broken.Outcomes.Count} of 12 variants are finished, which would be lost; go on with --resume",
                File().Open(resume: false).Problem, StringComparison.Ordinal);
        }

        SweepFile second = File();
        IReadOnlyList<SweepOutcome> earlier = second.Open(resume: true).Outcomes!;
        var rest = new FakeTrainer { Folds = folds, Before = FailSome };
        SweepRun run = new SweepRunner(plan, rest, workers, o => second.Save(o, now: true), static _ => { }).Run(earlier, CancellationToken.None);
        Assert.Equal(whole, System.IO.File.ReadAllText(path));
        Assert.False(run.IsCancelled);
        Assert.True(rest.Calls <= (12 - earlier.Count) * folds);
        Assert.Single(Directory.GetFiles(_folder.Path));

        // A finished one has nothing to train, with --resume or without.
        Assert.Equal(12, File().Open(resume: false).Outcomes!.Count);
        var none = new FakeTrainer { Folds = folds };
        plan.Run(none, earlier: File().Open(resume: true).Outcomes);
        Assert.Equal(0, none.Calls);
    }

    private static void FailSome(Compiler.Binding.Network network, int fold)
    {
        if (network.Units() == 4 && network.Seed == 2)
            throw FakeTrainer.Diverged();
    }
}
