using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>The two tables that the console and the Markdown show.</summary>
internal static class Summary
{
    public static readonly IReadOnlyList<string> GoalColumns =
        ["net", "task", "bound ns", "ours ns", "spread", "best peer", "its ns", "ratio", "goal", "best by hand", "ratio to it", "ours / bound", "ns per multiply-add"];

    public static readonly IReadOnlyList<string> PeerColumns =
        ["net", "task", "peer", "form", "ns", "quartiles", "ours / it", "it / bound", "ns per multiply-add", ""];

    /// <summary>A row per network and task: ours, the best peer, the goal.</summary>
    public static IEnumerable<IReadOnlyList<string>> GoalRows(Comparison comparison) => comparison.Tasks.Select(t => (IReadOnlyList<string>)
    [
        t.Net.Label, t.Task.Name, Words.Nanoseconds(t.BoundNanoseconds),
        t.Ours is { Times: { } ours } ? Words.Nanoseconds(ours.Median) : "", t.Ours is { Times: { } o } ? Words.Percent(o.Spread) : "",
        t.Best is { } best ? $"{best.Peer}, {best.Form}" : "", t.Best is { Times: { } b } ? Words.Nanoseconds(b.Median) : "",
        Words.Ratio(t.Ratio), Words.Goal(t.Goal, t.IsGoalMet),
        t.BestBlockedByHand is { Times: { } h } byHand ? $"{byHand.Peer}, {byHand.Form}: {Words.Nanoseconds(h.Median)}" : "",
        Words.Ratio(t.RatioToBlockedByHand), Words.Ratio(t.Ours?.Times!.Median / t.BoundNanoseconds),
        t.Ours is { Times: { } m } ? PerMultiplyAdd(t, m) : "",
    ]);

    public static readonly IReadOnlyList<string> TrafficColumns =
        ["layers", "task", "bytes read", "bytes written", "bound ns", "ours ns", "spread", "ours / bound", "goal"];

    /// <summary>A row per network and task: ours beside the memory that its layers move.</summary>
    public static IEnumerable<IReadOnlyList<string>> TrafficRows(Comparison comparison) =>
        from t in comparison.Tasks
        where t.Ours is not null
        let over = t.Ours!.Times!.Median / t.BoundNanoseconds
        select (IReadOnlyList<string>)
        [
            t.Net.Label, t.Task.Name, Words.Whole(t.Traffic.Read), Words.Whole(t.Traffic.Written), Words.Nanoseconds(t.BoundNanoseconds),
            Words.Nanoseconds(t.Ours!.Times!.Median), Words.Percent(t.Ours.Times.Spread), Words.Ratio(over), Words.Goal(Goals.OverTraffic, over <= Goals.OverTraffic),
        ];

    /// <summary>What the table of memory compares with.</summary>
    public const string TrafficLegend =
        "Each layer, the loss included, reads and writes each of its values once, batch norm in training reads its input twice; the bound is that at this core's rates, reading beside writing, or the multiply-adds.";

    /// <summary>A row per network, task and peer.</summary>
    public static IEnumerable<IReadOnlyList<string>> PeerRows(Comparison comparison) =>
        from t in comparison.Tasks
        from p in t.Peers
        select (IReadOnlyList<string>)
        [
            t.Net.Label, t.Task.Name, p.Peer, p.Form,
            p.Times is null ? "" : Words.Nanoseconds(p.Times.Median),
            p.Times is null ? "" : $"{Words.Nanoseconds(p.Times.LowerQuartile)} to {Words.Nanoseconds(p.Times.UpperQuartile)}",
            p.Verdict == Verdict.Timed ? Words.Ratio(t.Ours?.Times!.Median / p.Times!.Median) : "",
            Words.Ratio(p.Times?.Median / t.BoundNanoseconds),
            p.Times is null ? "" : PerMultiplyAdd(t, p.Times),
            Words.Outcome(p.Verdict),
        ];

    /// <summary>What the table of goals compares with.</summary>
    public const string GoalLegend =
        "Goals are stated against plain C and frameworks; C that is blocked by hand, as our generated code is, stands beside for orientation (\"best by hand\").";

    /// <summary>What was measured with, where and when.</summary>
    public static IEnumerable<string> Circumstances(Comparison comparison)
    {
        yield return $"{comparison.Date:yyyy-MM-dd}, {ProcessorName.Value}, {RuntimeInformation.OSDescription}";
        yield return $"dotnet run -c Release --project tests/NetGen.Benchmarks -- {comparison.CommandLine}";
        foreach (PeerVersion peer in comparison.Peers)
            yield return peer.Version is null ? $"{peer.Peer}: not found, skipped; install it by {peer.InstallCommand}" : $"{peer.Peer}: {peer.Version}";
        foreach (string limit in comparison.Limits)
            yield return $"this core: {limit}";
        yield return $"median of {comparison.Rounds} interleaved rounds, {(comparison.IsPinned ? $"on core {comparison.Core}" : "on any core")}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"checked against float64: outputs to {Workload.OutputTolerance} of the largest, the change by a step to {Workload.StepTolerance}");
    }

    /// <summary>Why a peer was not timed, what of it was wrong, what broke into it.</summary>
    public static IEnumerable<string> Notes(Comparison comparison) =>
        from t in comparison.Tasks
        from p in t.Peers
        where p.Note != ""
        group $"{t.Net.Name} {t.Task.Name}" by $"{p.Peer} {p.Note}" into g
        select $"{g.Key}: {string.Join(", ", g)}";

    private static string PerMultiplyAdd(TaskResult t, Times times) =>
        (times.Median / t.Task.MultiplyAdds(t.Net)).ToString("0.0000", CultureInfo.InvariantCulture);
}
