using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace NetGen.Benchmarks;

/// <summary>
/// Runs everybody at every task, interleaved: each round times each contender once, for a millisecond or more, so that
/// what the machine does meanwhile falls on all of them.
/// </summary>
internal sealed class Comparer(PeerOptions options, Action<string> log)
{
    private const double MeasurementNanoseconds = 1.2e6;
    private const double WarmUpNanoseconds = 30e6;
    private const int TrialRounds = 9;

    /// <summary>What a way of doing the task may take for its trial, where a call takes long.</summary>
    private const double TrialNanoseconds = 200e6;

    /// <summary>What took so many times as long as the fastest while it warmed up is tried no further.</summary>
    private const double Hopeless = 2;

    private const int Attempts = 5;

    public Comparison Run()
    {
        if (!options.Suite.IsOneByOne || options.Nets.Count == 1)
            return RunTogether();
        List<Comparison> parts = [];
        foreach (BenchmarkNet net in options.Nets)
        {
            parts.Add(new Comparer(options with { Nets = [net] }, log).RunTogether());
            Affinity.Free();
        }

        return parts[^1] with { Tasks = [.. parts.SelectMany(p => p.Tasks)] };
    }

    private Comparison RunTogether()
    {
        List<IPeer> peers = [.. PeerRegistry.All.Where(p => options.Includes(p.Name)).Select(p => p.Create())];
        using CoreLimits limits = new();
        List<(Workload Workload, List<Entry> Entries)> tasks = [];
        try
        {
            foreach (BenchmarkNet net in options.Nets)
            {
                foreach (BenchmarkTask task in options.Tasks)
                {
                    Workload workload = new(net, task);
                    tasks.Add((workload, [.. peers.Where(p => p.Version is not null).Select(p => Prepare(p, workload))]));
                }

                log($"{net.Name} is prepared and checked");
            }

            bool pinned = Affinity.Pin(options.Core);
            log(pinned ? $"measuring on core {options.Core}" : "measuring; the system pins no threads");
            foreach ((_, List<Entry> entries) in tasks)
                entries.ForEach(ChooseForm);
            Settle([.. tasks.SelectMany(t => t.Entries)]);
            for (int round = 0; round < options.Rounds; round++)
            {
                limits.Refine();
                foreach ((_, List<Entry> entries) in tasks)
                    entries.ForEach(e => e.Measure());
            }

            return new(
                options.Suite,
                [.. peers.Select(p => new PeerVersion(p.Name, p.Version, p.InstallCommand))],
                [.. tasks.Select(t => Result(t.Workload, t.Entries, options.Suite.Bound(t.Workload, limits)))],
                Describe(limits), options.Core, pinned, options.Rounds, options.CommandLine, DateOnly.FromDateTime(DateTime.UtcNow));
        }
        finally
        {
            foreach (Entry entry in tasks.SelectMany(t => t.Entries))
                entry.Contenders.ForEach(c => c.Dispose());
            peers.ForEach(p => p.Dispose());
        }
    }

    private static Entry Prepare(IPeer peer, Workload workload)
    {
        if (peer.Refusal(workload.Net, workload.Task) is string refusal)
            return new(peer, [], Verdict.Refused, refusal);
        IReadOnlyList<IContender> all;
        try
        {
            all = peer.Prepare(workload);
        }
        catch (InvalidOperationException e)
        {
            return new(peer, [], Verdict.Refused, "failed: " + e.Message.ReplaceLineEndings(" ")); // the others go on
        }

        List<IContender> right = [];
        List<string> wrong = [];
        foreach (IContender contender in all)
        {
            double error = workload.Error(contender);
            if (error <= 1)
            {
                right.Add(contender);
                continue;
            }

            wrong.Add($"is off by {error:0.#} tolerances as {contender.Form}");
            contender.Dispose();
        }

        return new(peer, right, right.Count == 0 ? Verdict.Wrong : Verdict.Timed, string.Join("; ", wrong));
    }

    /// <summary>Of a peer's ways the fastest by a short trial, which is also their warm-up.</summary>
    private static void ChooseForm(Entry entry)
    {
        if (entry.Contenders.Count == 0)
            return;
        List<(IContender Contender, long Calls, double Fastest)> warm = [.. entry.Contenders.Select(Calibrate)];
        double best = warm.Min(w => w.Fastest);
        List<(IContender Contender, long Calls, List<double> Times)> trials =
            [.. warm.Where(w => w.Fastest <= Hopeless * best).Select(w => (w.Contender, w.Calls, new List<double>()))];
        int rounds = Math.Clamp((int)(TrialNanoseconds / (best * trials.Max(t => t.Calls))), 1, TrialRounds);
        for (int round = 0; round < rounds; round++)
        {
            foreach ((IContender contender, long calls, List<double> times) in trials)
                times.Add(contender.Time(calls) / calls);
        }

        // By the lower quartile: what breaks in only ever adds.
        (entry.Chosen, entry.Calls, _) = trials.MinBy(t => t.Times.Order().ElementAt(rounds / 4));
    }

    /// <summary>
    /// Lets the JIT finish: it compiles anew, with optimization, what was called often, once nothing new has been called
    /// for a tenth of a second, on a thread of its own.
    /// </summary>
    private static void Settle(List<Entry> entries)
    {
        for (int pause = 0; pause < 3; pause++)
        {
            Thread.Sleep(500);
            entries.ForEach(e => e.Chosen?.Time(e.Calls));
        }
    }

    /// <summary>
    /// Warms it up, and finds how many calls make one measurement, and how long one takes: by the fastest call seen, since one that was broken into would leave
    /// measurements of a few calls, which start cold.
    /// </summary>
    private static (IContender Contender, long Calls, double Fastest) Calibrate(IContender contender)
    {
        long calls = 1;
        double spent = 0, last = 0, fastest = double.PositiveInfinity;
        while (spent < WarmUpNanoseconds || last < MeasurementNanoseconds / 2)
        {
            last = contender.Time(calls);
            spent += last;
            fastest = Math.Min(fastest, Math.Max(last, 1) / calls);
            if (last < MeasurementNanoseconds)
                calls = Math.Max(calls + 1, (long)(calls * Math.Min(2, MeasurementNanoseconds / Math.Max(last, 1))));
        }

        return (contender, Math.Max(1, (long)(MeasurementNanoseconds / fastest)), fastest);
    }

    private static TaskResult Result(Workload workload, List<Entry> entries, double bound) =>
        new(workload.Net, workload.Task, Traffic.Of(workload), bound, [.. entries.Select(e =>
        {
            if (e.Chosen is null)
                return new PeerResult(e.Peer.Name, "", e.Verdict, null, e.Peer.IsBlockedByHand, e.Note);
            Times times = Times.Of(e.Nanoseconds);
            Verdict verdict = times.Median < Bound.Refused * bound ? Verdict.BelowBound : Verdict.Timed;
            string note = e.Disturbed * 10 > e.Nanoseconds.Count ? $"was broken into in {e.Disturbed} of {e.Nanoseconds.Count} rounds" : "";
            return new PeerResult(
                e.Peer.Name, e.Chosen.Form, verdict, times, e.Peer.IsBlockedByHand, string.Join("; ", new[] { e.Note, note }.Where(n => n != "")));
        })]);

    private static IReadOnlyList<string> Describe(CoreLimits limits) =>
    [
        $"{limits.MultiplyAdds:0.0} multiply-adds/ns",
        $"{limits.FirstLevelReads:0} B/ns read from the first level of cache, {limits.SecondLevelReads:0} from the second",
        $"{limits.FirstLevelUpdates:0} B/ns updated in the first, {limits.SecondLevelUpdates:0} in the second",
    ];

    /// <summary>One peer at one task.</summary>
    private sealed class Entry(IPeer peer, List<IContender> contenders, Verdict verdict, string note)
    {
        public IPeer Peer => peer;

        public List<IContender> Contenders => contenders;

        public Verdict Verdict => verdict;

        public string Note => note;

        public IContender? Chosen { get; set; }

        public long Calls { get; set; }

        public List<double> Nanoseconds { get; } = [];

        /// <summary>Measurements that another program broke into every time they were tried.</summary>
        public int Disturbed { get; private set; }

        /// <summary>One measurement, tried again where the core was taken away meanwhile.</summary>
        public void Measure()
        {
            if (Chosen is null)
                return;
            for (int attempt = 1; ; attempt++)
            {
                long before = Affinity.Preemptions();
                double time = Chosen.Time(Calls) / Calls;
                bool disturbed = Affinity.Preemptions() != before;
                if (disturbed && attempt < Attempts)
                    continue;
                Nanoseconds.Add(time);
                Disturbed += disturbed ? 1 : 0;
                return;
            }
        }
    }
}
