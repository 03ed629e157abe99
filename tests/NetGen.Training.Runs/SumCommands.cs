using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetGen.Training.Mpi;

namespace NetGen.Training.Runs;

/// <summary><c>sums</c>: compares the sums of several processes with sums in the order of the ranks, computed in each.</summary>
internal sealed class SumsCommand : Command
{
    private static readonly int[] s_sizes =
    [
        1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 63, 100, 255, 1000, 1023, 2047, 2048, 2049, 4095, 4097, 8191, 8193, 10_007, 32_768, 65_537, 99_991, 100_000,
    ];

    private static readonly Option<bool> s_mismatch = new("--mismatch") { Description = "each process sums another number of values, which must fail" };

    public SumsCommand() : base("sums", "Compares sums of processes with sums in the order of the ranks.")
    {
        Add(s_mismatch);
        SetAction(static args => args.GetValue(s_mismatch) ? Mismatch() : Run());
    }

    private static int Mismatch()
    {
        using var group = MpiGroup.Start();
        group.Sum(new float[10 + group.Rank]);
        return 0;
    }

    private static int Run()
    {
        using var group = MpiGroup.Start();
        long different = 0, allocated = 0;
        for (int round = 0; round < 3; round++)
            foreach (int size in s_sizes)
            {
                float[] values = Values(group.Rank, size), expected = Values(0, size);
                for (int rank = 1; rank < group.Count; rank++)
                {
                    float[] theirs = Values(rank, size);
                    for (int i = 0; i < size; i++)
                        expected[i] += theirs[i];
                }

                long before = GC.GetAllocatedBytesForCurrentThread();
                group.Sum(values);
                allocated += round == 0 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
                for (int i = 0; i < size; i++)
                    different += BitConverter.SingleToInt32Bits(values[i]) == BitConverter.SingleToInt32Bits(expected[i]) ? 0 : 1;
            }

        // What MPI's library did to the handlers of signals must not break exceptions that come from them.
        string? none = null;
        try
        {
            _ = none!.Length;
        }
        catch (NullReferenceException)
        {
            Console.WriteLine($"process {group.Rank} of {group.Count}: {different} differ, {allocated} bytes allocated");
        }

        return different == 0 ? 0 : 1;
    }

    // Of very different sizes, so that another order gives other bits.
    private static float[] Values(int rank, int size)
    {
        var random = new TrainingRandom(rank * 1_000_003 + size);
        var values = new float[size];
        for (int i = 0; i < size; i++)
            values[i] = (random.NextFloat() - 0.5f) * MathF.Pow(10, random.NextInt(7) - 3);
        return values;
    }
}

/// <summary><c>allreduce</c>: measures a sum of several processes.</summary>
internal sealed class AllReduceCommand : Command
{
    private static readonly Option<int> s_floats = new("--floats") { DefaultValueFactory = static _ => 101_770 };
    private static readonly Option<int> s_times = new("--times") { DefaultValueFactory = static _ => 2000 };

    public AllReduceCommand() : base("allreduce", "Measures a sum of several processes.")
    {
        Add(s_floats);
        Add(s_times);
        SetAction(static args => Run(args.GetValue(s_floats), args.GetValue(s_times)));
    }

    private static int Run(int floats, int times)
    {
        using var group = MpiGroup.Start();
        var values = new float[floats];
        var microseconds = new double[times];
        for (int i = 0; i < Math.Max(100, times / 10); i++)
            group.Sum(values);
        for (int i = 0; i < times; i++)
        {
            long started = Stopwatch.GetTimestamp();
            group.Sum(values);
            microseconds[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        if (group.Rank == 0)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{floats} floats, {group.Count} processes: median {microseconds[times / 2]:0.0} us, lowest {microseconds[0]:0.0} us, 90 % below {microseconds[times * 9 / 10]:0.0} us"));
        return 0;
    }
}
