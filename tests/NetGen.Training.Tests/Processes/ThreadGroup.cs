using System;
using System.Threading;
using Xunit;

namespace NetGen.Training.Tests.Processes;

/// <summary>
/// Threads of one process in the place of processes. Like a group of MPI, it fails where one process has left and another waits for it, so that a test that
/// would hang fails.
/// </summary>
internal sealed class ThreadGroup : ProcessGroup
{
    private readonly Shared shared;

    private ThreadGroup(Shared shared, int rank) => (this.shared, Rank) = (shared, rank);

    public override int Rank { get; }

    public override int Count => shared.Values.Length;

    /// <summary>Runs the same in each process; gives back what each returned or threw.</summary>
    public static (T? Result, Exception? Error)[] Run<T>(int count, Func<ThreadGroup, T> process)
    {
        var shared = new Shared(count);
        var results = new (T?, Exception?)[count];
        var threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            int rank = i;
            threads[i] = new Thread(() =>
            {
                try
                {
                    results[rank] = (process(new ThreadGroup(shared, rank)), null);
                }
                catch (Exception e)
                {
                    results[rank] = (default, e);
                }
                finally
                {
                    shared.Leave();
                }
            }) { IsBackground = true };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
            Assert.True(thread.Join(TimeSpan.FromMinutes(2)), "The processes wait for each other.");
        return results;
    }

    public override void Sum(Span<float> values) => shared.Sum(Rank, values);

    private sealed class Shared(int count)
    {
        private readonly object key = new();
        private int arrived, left;
        private long round;
        private float[] sum = [];

        public float[]?[] Values { get; } = new float[count][];

        public void Leave()
        {
            lock (key)
            {
                left++;
                Monitor.PulseAll(key);
            }
        }

        public void Sum(int rank, Span<float> values)
        {
            lock (key)
            {
                Values[rank] = values.ToArray();
                long mine = round;
                if (++arrived == count)
                {
                    (arrived, round) = (0, round + 1);
                    sum = Add();
                    Monitor.PulseAll(key);
                }

                while (round == mine)
                {
                    if (left > 0)
                        throw new ProcessGroupException("A process has left.");
                    Monitor.Wait(key);
                }

                if (sum.Length != values.Length)
                    throw new ProcessGroupException($"{values.Length} values are summed where another process sums {sum.Length}.");
                sum.CopyTo(values);
            }
        }

        private float[] Add()
        {
            float[] first = [.. Values[0]!];
            for (int rank = 1; rank < count; rank++)
            {
                float[] theirs = Values[rank]!;
                if (theirs.Length != first.Length)
                    return new float[first.Length + theirs.Length + 1]; // fits none
                for (int i = 0; i < first.Length; i++)
                    first[i] += theirs[i];
            }

            return first;
        }
    }
}
