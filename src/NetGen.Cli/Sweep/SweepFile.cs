using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace NetGen.Cli.Sweep;

/// <summary>The file NAME.sweep.csv of a sweep: what is finished is in it, and it is whole at any moment.</summary>
internal sealed class SweepFile(string path, SweepCsv csv, int total)
{
    // A file of thousands of rows is not written anew for each of them.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _written;

    public string Path => path;

    /// <summary>What an earlier run left that this one begins with; or why it cannot begin, since that would be lost or mixed with something else.</summary>
    /// <param name="resume">
    /// It goes on with an earlier run, and trains again only what had an error, which may be gone. One that diverged would diverge again.
    /// </param>
    public (IReadOnlyList<SweepOutcome>? Outcomes, string? Problem) Open(bool resume)
    {
        if (!File.Exists(path))
            return ([], null);
        (IReadOnlyList<SweepOutcome>? outcomes, string? problem) = csv.Read(File.ReadAllText(path));
        if (resume)
        {
            return outcomes is null ? (null, $"{path}: {problem}; name another by -o, or remove the file")
                : ([.. outcomes.Where(static o => o.State.Length == 0 || o.State == SweepOutcome.Diverged)], null);
        }

        // One without a result has nothing to lose, and one with all of them would give itself again.
        if (outcomes?.Count == 0 || outcomes?.Count == total)
            return (outcomes, null);
        return (null, outcomes is null
            ? $"{path}: there are results of another sweep, which would be lost ({problem}); name another by -o, or remove the file"
            : $"{path}: {outcomes.Count} of {total} variants are finished, which would be lost; go on with --resume, name another by -o, or remove the file");
    }

    /// <summary>Writes what is finished, if the last time is a while ago or it matters now.</summary>
    public void Save(IReadOnlyList<SweepOutcome> outcomes, bool now)
    {
        lock (_lock)
        {
            if (!now && _written != 0 && Stopwatch.GetElapsedTime(_written) < s_pause)
                return;
            WholeFile.Write(path, Encoding.UTF8.GetBytes(csv.Write(outcomes)));
            _written = Stopwatch.GetTimestamp();
        }
    }
}
