using System;
using System.Runtime.InteropServices;
using NetGen.Training.Mpi.Native;

namespace NetGen.Training.Mpi.Exchange;

/// <summary>
/// An all-reduce that adds in the order of the ranks. MPI_Allreduce may add in any order, by the size of the message and the number of processes, and so gives other bits
/// from one machine to the next.
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

    /// <summary>
    /// The most values that are exchanged whole: of two processes all, since they send as much either way; of more, so many that sending them costs what an exchange does.
    /// </summary>
    public int MostWhole { get; init; } = MostWholeOf(communicator.Count);

    /// <summary>Replaces the values by their sums.</summary>
    public void Run(Span<float> values)
    {
        messages.Sums++;
        fixed (float* own = values)
        {
            if (values.Length <= MostWhole)
                RunWhole(own, values.Length);
            else
                RunSlices(own, values.Length);
        }
    }

    private static int MostWholeOf(int processes) => processes == 2 ? int.MaxValue : 8192 / processes;

    private void RunWhole(float* own, int length)
    {
        Reserve(length);
        for (int process = 0; process < communicator.Count; process++)
            Gather(process, own, own, length);
        messages.Wait();
        Adder.Add(parts, own, length);
    }

    private void RunSlices(float* own, int length)
    {
        int begin = BeginOf(communicator.Rank, length), count = BeginOf(communicator.Rank + 1, length) - begin;
        Reserve(count);
        for (int process = 0; process < communicator.Count; process++)
            Gather(process, own + begin, own + BeginOf(process, length), count, BeginOf(process + 1, length) - BeginOf(process, length));
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

    // Has a process's values under way to this one, and some of this one's to it.
    private void Gather(int process, float* own, float* sent, int count) => Gather(process, own, sent, count, count);

    private void Gather(int process, float* own, float* sent, int count, int sentCount)
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
