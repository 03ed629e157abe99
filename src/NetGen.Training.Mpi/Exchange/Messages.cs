using System;
using System.Diagnostics;
using System.Threading;
using NetGen.Training.Mpi.Native;

namespace NetGen.Training.Mpi.Exchange;

/// <summary>
/// Messages between all pairs of processes, of which some are under way together. Whoever waits for them also looks whether a process has left the group,
/// because what that one would have sent never comes.
/// </summary>
internal sealed unsafe class Messages
{
    private const int LeavingTag = 9;
    private const int PollsPerLook = 256;   // a look costs as much as a poll, some 100 ns
    private const int PollsBeforeYield = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Communicator communicator;
    private readonly nint* requests;
    private readonly MpiStatus* statuses;
    private readonly int[] expected;        // of each request: the values that it receives; -1 of one that sends
    private readonly long[] leftAfter;      // of each process: the sums after which it left; -1 of one that is here
    private readonly nint[] pinnedRequests;
    private readonly MpiStatus[] pinnedStatuses;
    private int underWay;

    public Messages(Communicator communicator)
    {
        this.communicator = communicator;
        pinnedRequests = GC.AllocateArray<nint>(2 * communicator.Count, pinned: true);
        pinnedStatuses = GC.AllocateArray<MpiStatus>(2 * communicator.Count, pinned: true);
        requests = (nint*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinnedRequests, 0);
        statuses = (MpiStatus*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinnedStatuses, 0);
        expected = new int[2 * communicator.Count];
        leftAfter = new long[communicator.Count];
        Array.Fill(leftAfter, -1);
    }

    /// <summary>The sums that this process has begun.</summary>
    public long Sums { get; set; }

    public void Send(float* values, int count, int to, int tag)
    {
        communicator.Send(values, count, communicator.Float, to, tag, requests + underWay);
        expected[underWay++] = -1;
    }

    public void Receive(float* values, int count, int from, int tag)
    {
        communicator.Receive(values, count, communicator.Float, from, tag, requests + underWay);
        expected[underWay++] = count;
    }

    /// <summary>Waits until all that was sent and received has been.</summary>
    /// <exception cref="ProcessGroupException">A process has left the group, or sums another number of values.</exception>
    public void Wait()
    {
        for (int polls = 1; !communicator.Test(underWay, requests, statuses); polls++)
        {
            if (polls % PollsPerLook == 0)
                LookForLeavers();
            if (polls > PollsBeforeYield)
                Thread.Yield(); // there may be more processes than cores
        }

        int count = underWay;
        underWay = 0;
        for (int i = 0; i < count; i++)
            if (expected[i] >= 0 && communicator.CountOf(statuses + i, communicator.Float) is var got && got != expected[i])
            {
                communicator.IsBroken = true;
                throw new ProcessGroupException(
                    $"Process {statuses[i].Source} of {communicator.Count} sums other values than process {communicator.Rank}: {got} came where "
                    + $"{expected[i]} were expected; every process must sum as many values as the others, in the same order.");
            }
    }

    /// <summary>
    /// Tells the others that this process leaves, and waits until they do, too. The process that is waited for, and its number of sums, if one waits for a
    /// sum of this one, which never comes; null where all leave after the same sums.
    /// </summary>
    public (int Process, long Sums)? Leave()
    {
        Tell(Sums, -1);
        int left = 1;
        foreach (long sums in leftAfter)
            left += sums >= 0 ? 1 : 0;
        for (int polls = 1; left < communicator.Count; polls++)
        {
            if (communicator.TryReceive(LeavingTag) is { } leaver)
            {
                if (leaver.Value > Sums)
                    return (leaver.From, leaver.Value);
                left++;
            }
            else if (polls > PollsBeforeYield)
            {
                Thread.Sleep(1); // the first process may well evaluate and save for minutes
            }
        }

        return null;
    }

    private void LookForLeavers()
    {
        if (communicator.TryReceive(LeavingTag) is not { } leaver)
            return;
        leftAfter[leaver.From] = leaver.Value;
        if (leaver.Value >= Sums)
            return; // it has sent all that is waited for

        // It knows why, and is asked to say so and to end the job. If it does not, this one does, by what follows from the exception.
        communicator.IsBroken = true;
        Tell(Sums, leaver.From);
        Thread.Sleep(s_patience);
        throw new ProcessGroupException(
            $"Process {leaver.From} of {communicator.Count} left the group after {leaver.Value} sums, but process {communicator.Rank} waits for its values of "
            + $"sum {Sums}; what that process printed says why. Resume from the last checkpoint.");
    }

    // To one process, or to all others where that is -1.
    private void Tell(long sums, int only)
    {
        long* value = stackalloc long[1];
        *value = sums;
        nint* told = stackalloc nint[communicator.Count];
        MpiStatus* told1 = stackalloc MpiStatus[communicator.Count];
        int count = 0;
        for (int process = 0; process < communicator.Count; process++)
            if (process != communicator.Rank && (only < 0 || process == only))
                communicator.Send(value, 1, communicator.Int64, process, LeavingTag, told + count++);
        var waited = Stopwatch.StartNew();
        while (!communicator.Test(count, told, told1) && waited.Elapsed < s_patience)
            Thread.Yield();
    }
}
