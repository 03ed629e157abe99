using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using NetGen.Cli.Sweep;
using NetGen.Compiler.Binding;
using NetGen.Training;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>Gives a result that depends on the network and the fold alone, after a while that depends on neither.</summary>
internal sealed class FakeTrainer : IVariantTrainer
{
    private int _calls;

    public string Measure { get; init; } = "accuracy";

    public bool HigherIsBetter { get; init; } = true;

    public int Folds { get; init; } = 1;

    public string Identity { get; init; } = "data.csv 1234";

    /// <summary>Called before each; may throw.</summary>
    public Action<Network, int> Before { get; init; } = static (_, _) => { };

    /// <summary>The score; without it, of the network's hash.</summary>
    public Func<Network, int, double>? Score { get; init; }

    /// <summary>How often it was asked to train.</summary>
    public int Calls => _calls;

    /// <summary>The fake took up to so long for each, at random.</summary>
    public int MostMilliseconds { get; init; }

    public VariantResult Train(LoadedSpec spec, int fold, CancellationToken cancelled)
    {
        cancelled.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _calls);
        if (MostMilliseconds > 0)
            Thread.Sleep(Random.Shared.Next(MostMilliseconds));
        Before(spec.Network, fold);
        string hash = NetworkHash.Of(spec.Network);
        double share = Convert.ToInt32(hash[..6], 16) / (double)0xFFFFFF;
        double score = Score?.Invoke(spec.Network, fold) ?? Math.Sqrt(share) + (fold / 7.0);
        var figures = new Dictionary<string, double> { ["F1"] = score / 3, ["log loss, mean"] = share };
        return new VariantResult(score, 1 - share, share / 3, figures, 20, 10 + fold, spec.Network.ParameterCount, share * 9);
    }

    /// <summary>As the trainer throws it, which alone can make one.</summary>
    public static TrainingDivergedException Diverged() => (TrainingDivergedException)typeof(TrainingDivergedException)
        .GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).Single()
        .Invoke(["the loss became NaN", 1, 1L, 0.1f, null, Array.Empty<EpochReport>()]);
}

/// <summary>Plans of a small spec.</summary>
internal static class Plans
{
    public const string Text = """
        input: 4
        layers:
          - dense: { units: 8, activation: relu, name: hidden }
          - dense: 3
          - softmax
        loss: cross_entropy
        optimizer: { sgd: { learning_rate: 0.1 } }

        """;

    public static LoadedSpec Spec(string text = Text) => new("net.yaml", text, SpecEditTests.Checked(text));

    public static SweepAxis[] Axes(params string[] sets) => [.. sets.Select(static s => ValueList.Parse(s).Axis!)];

    public static SweepPlan Of(params string[] sets)
    {
        (SweepPlan? plan, IReadOnlyList<string> problems) = SweepPlan.Make(Spec(), Axes(sets));
        Xunit.Assert.Empty(problems);
        return plan!;
    }

    public static SweepRun Run(
        this SweepPlan plan, FakeTrainer trainer, int workers = 2, IReadOnlyList<SweepOutcome>? earlier = null, CancellationToken cancelled = default) =>
        new SweepRunner(plan, trainer, workers, static _ => { }, static _ => { }).Run(earlier ?? [], cancelled);

    public static SweepReport Report(this SweepPlan plan, FakeTrainer trainer) =>
        new("net", trainer.Measure, trainer.HigherIsBetter, trainer.Folds, plan.Axes, plan.Run(trainer).Outcomes);

    public static int Units(this Network network) => network.Layers[0].Output.Size;
}
