using System;
using System.Runtime.InteropServices;
using NetGen.Training.Mpi.Native;

namespace NetGen.Training.Mpi.Exchange;

/// <summary>
/// An all-reduce that adds in the order of the ranks. MPI_Allreduce may add in any order, by the size of the message and the number of processes, and so
/// gives other bits from one machine to the next.
/// </summary>
/// <remarks>
/// Few values: every process gets those of all others and adds for itself, which is one exchange. Many: each is responsible for a slice, gets its values from
/// all, adds, and sends the sum to all, which is two exchanges, and 2 (n - 1) / n of the values sent by each of n processes in place of n - 1.
/// </remarks>
internal sealed unsafe class OrderedSum(Communicator communicator, Messages messages)
{
    private const int ValuesTag = 1;
    private const int SumsTag = 2;

    private readonly float*[] parts = new float*[communicator.Count];
    private float[] buffer = [];
    private float* received;

    // The most values that are exchanged whole. Messages of up to 4 KB Open MPI sends at once, longer ones when the receiver is ready: between two processes
    // of one machine 1000 floats take 2.3 us whole and 3.9 in slices, 2000 floats 13 and 4 (AMD EPYC, family 26). And of many processes, each sends
    // no more than 16 KB.
    private readonly int mostWhole = Math.Min(1024, 4096 / Math.Max(1, communicator.Count - 1));

    /// <summary>Replaces the values by their sums.</summary>
    public void Run(Span<float> values)
    {
        messages.Sums++;
        fixed (float* own = values)
        {
            if (values.Length <= mostWhole)
                RunWhole(own, values.Length);
            else
                RunSlices(own, values.Length);
        }
    }

    private void RunWhole(float* own, int length)
    {
        Reserve(length);
        for (int process = 0; process < communicator.Count; process++)
            Gather(process, own, length, own, length);
        messages.Wait();
        Adder.Add(parts, own, length);
    }

    private void RunSlices(float* own, int length)
    {
        int begin = BeginOf(communicator.Rank, length), count = BeginOf(communicator.Rank + 1, length) - begin;
        Reserve(count);
        for (int process = 0; process < communicator.Count; process++)
            Gather(process, own + begin, count, own + BeginOf(process, length), BeginOf(process + 1, length) - BeginOf(process, length));
        messages.Wait();
        Adder.Add(parts, own + begin, count);
        for (int process = 0; process < communicator.Count; process++)
            if (process != communicator.Rank)
            {
                int theirs = BeginOf(process, length);
                messages.Receive(own + theirs, BeginOf(process + 1, length) - theirs, process, SumsTag);
                messages.Send(own + begin, count, process, SumsTag);
            }

        messages.Wait();
    }

    // Has a process's part of this one's sum under way to this one, and this one's part of its sum to it.
    private void Gather(int process, float* own, int count, float* sent, int sentCount)
    {
        parts[process] = process == communicator.Rank ? own : received + (long)process * Stride(count);
        if (process == communicator.Rank)
            return;
        messages.Receive(parts[process], count, process, ValuesTag);
        messages.Send(sent, sentCount, process, ValuesTag);
    }

    private int BeginOf(int process, int length) => (int)((long)process * length / communicator.Count);

    // A line of the cache between what comes from one process and from the next.
    private static int Stride(int count) => checked(count + 15) / 16 * 16;

    private void Reserve(int count)
    {
        int needed = checked(communicator.Count * Stride(count));
        if (needed <= buffer.Length)
            return;
        buffer = GC.AllocateArray<float>(needed, pinned: true);
        received = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0);
    }
}
