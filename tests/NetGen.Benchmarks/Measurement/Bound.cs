using System;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>
/// The least time of a call on this core: its multiply-adds at full rate, or its weights read once and, in a step, updated
/// once where they change, whichever takes longer. Nothing is counted for activations, calls and latencies, so it says little of a network of
/// a hundred weights; but no right answer comes sooner.
/// </summary>
internal static class Bound
{
    /// <summary>A time below this part of the bound is refused; what lies between is the noise of both measurements.</summary>
    public const double Refused = 0.95;

    /// <summary>So much of the weights is counted as lying in the first level of cache, though it may not all: what it keeps is up to the processor.</summary>
    private const long FirstLevelBytes = 64 * 1024;

    public static double Nanoseconds(Workload workload, CoreLimits limits)
    {
        (BenchmarkNet net, BenchmarkTask task) = (workload.Net, workload.Task);
        long bytes = net.Weights * sizeof(float);
        long near = Math.Min(bytes, FirstLevelBytes), far = bytes - near;
        double read = near / limits.FirstLevelReads + far / limits.SecondLevelReads;
        // One sample leaves out the weights of units that relu cut off, however many: only the last layer's are sure to change.
        long changed = task.Samples > 1 ? bytes : sizeof(float) * (long)(net.Layers.LastOrDefault(static l => l.Weights > 0)?.Weights ?? 0);
        long changedNear = Math.Min(changed, FirstLevelBytes);
        double update = task.IsStep ? changedNear / limits.FirstLevelUpdates + (changed - changedNear) / limits.SecondLevelUpdates : 0;
        return Math.Max(task.LeastMultiplyAdds(net) / limits.MultiplyAdds, read + update);
    }
}
