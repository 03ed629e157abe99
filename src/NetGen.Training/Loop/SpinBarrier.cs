using System;
using System.Diagnostics;
using System.Threading;

namespace NetGen.Training.Loop;

/// <summary>
/// Where a fixed number of threads wait for each other. Unlike <see cref="Barrier"/>, which gives its core away after some microseconds and is woken
/// after fifty or more, it spins for as long as a part of a step may take, and blocks only then.
/// </summary>
internal sealed class SpinBarrier(int participants)
{
    // As long as it takes to wake a thread, and some more. With more threads than cores, who spins keeps others from working.
    private readonly long spinTicks = participants <= Environment.ProcessorCount ? Stopwatch.Frequency / 1_000_000 * 150 : 0;
    private readonly object gate = new();
    private int arrived;
    private int round;

    public void Wait()
    {
        int current = Volatile.Read(ref round);
        if (Interlocked.Increment(ref arrived) == participants)
        {
            arrived = 0;
            lock (gate)
            {
                Volatile.Write(ref round, current + 1);
                Monitor.PulseAll(gate);
            }

            return;
        }

        for (long end = Stopwatch.GetTimestamp() + spinTicks; Stopwatch.GetTimestamp() < end;)
        {
            if (Volatile.Read(ref round) != current)
                return;
            Thread.SpinWait(4);
        }

        lock (gate)
            while (Volatile.Read(ref round) == current)
                Monitor.Wait(gate);
    }
}
