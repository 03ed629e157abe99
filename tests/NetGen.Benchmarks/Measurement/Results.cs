using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Benchmarks;

internal enum Verdict
{
    Timed,

    /// <summary>Its results are wrong; it was not timed.</summary>
    Wrong,

    /// <summary>It took less time than the core needs.</summary>
    BelowBound,

    /// <summary>It cannot do this.</summary>
    Refused,
}

/// <summary>Nanoseconds of a call over the rounds.</summary>
internal sealed record Times(double Median, double LowerQuartile, double UpperQuartile)
{
    /// <summary>The middle half of the rounds, relative to the median.</summary>
    public double Spread => (UpperQuartile - LowerQuartile) / Median;

    public static Times Of(IEnumerable<double> nanoseconds)
    {
        double[] sorted = [.. nanoseconds.Order()];
        return new(At(0.5), At(0.25), At(0.75));

        double At(double quantile)
        {
            double place = quantile * (sorted.Length - 1);
            int below = (int)place;
            return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
        }
    }
}

/// <summary>What one peer did at one task.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="Form">Which of its ways was the fastest.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Times">Null where it was not timed.</param>
/// <param name="IsBlockedByHand">Whether it stands beside the goals.</param>
/// <param name="Note">Why it was not, or what else is to be known.</param>
internal sealed record PeerResult(string Peer, string Form, Verdict Verdict, Times? Times, bool IsBlockedByHand, string Note);

/// <summary>What everybody did at one task on one network.</summary>
/// <param name="Net">The network.</param>
/// <param name="Task">The task.</param>
/// <param name="Traffic">The bytes that its layers move.</param>
/// <param name="BoundNanoseconds">The least time by the suite's bound.</param>
/// <param name="Peers">Everybody.</param>
internal sealed record TaskResult(BenchmarkNet Net, BenchmarkTask Task, Traffic Traffic, double BoundNanoseconds, IReadOnlyList<PeerResult> Peers)
{
    public PeerResult? Ours => Peers.FirstOrDefault(p => p.Peer == OursPeer.PeerName && p.Verdict == Verdict.Timed);

    /// <summary>The fastest of those that goals are stated against.</summary>
    public PeerResult? Best => Fastest(isBlockedByHand: false);

    public PeerResult? BestBlockedByHand => Fastest(isBlockedByHand: true);

    /// <summary>Our time over the best peer's; null where one of them is missing.</summary>
    public double? Ratio => Ours?.Times!.Median / Best?.Times!.Median;

    public double? RatioToBlockedByHand => Ours?.Times!.Median / BestBlockedByHand?.Times!.Median;

    public double Goal => Goals.Ratio(Net, Task);

    public bool? IsGoalMet => Ratio <= Goal is bool met && Ratio is not null ? met : null;

    private PeerResult? Fastest(bool isBlockedByHand) => Peers
        .Where(p => p.Peer != OursPeer.PeerName && p.Verdict == Verdict.Timed && p.IsBlockedByHand == isBlockedByHand)
        .MinBy(p => p.Times!.Median);
}

/// <summary>A peer and what was found of it.</summary>
internal sealed record PeerVersion(string Peer, string? Version, string InstallCommand);

/// <summary>A whole run: everything that the reports say.</summary>
/// <param name="Suite">What was measured.</param>
/// <param name="Peers">Everybody that was asked for.</param>
/// <param name="Tasks">What they did.</param>
/// <param name="Limits">What the core can do, in words.</param>
/// <param name="Core">The core that was measured on, if <paramref name="IsPinned"/>.</param>
/// <param name="IsPinned">Whether the system keeps a thread on a core.</param>
/// <param name="Rounds">How often each was timed.</param>
/// <param name="CommandLine">What was asked for.</param>
/// <param name="Date">The day.</param>
internal sealed record Comparison(
    Suite Suite, IReadOnlyList<PeerVersion> Peers, IReadOnlyList<TaskResult> Tasks, IReadOnlyList<string> Limits, int Core, bool IsPinned, int Rounds,
    string CommandLine, DateOnly Date);
