using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>Keeps what is measured on one core.</summary>
internal static unsafe class Affinity
{
    private const int Words = 16; // 1,024 processors

    /// <summary>Where this thread may run before it is pinned.</summary>
    private static readonly ulong[] s_all = All();

    /// <summary>The last core that this thread may use.</summary>
    public static int LastCore()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.ProcessorCount - 1;
        ulong* mask = stackalloc ulong[Words];
        if (sched_getaffinity(0, Words * sizeof(ulong), mask) < 0)
            return 0;
        for (int word = Words - 1; word >= 0; word--)
        {
            if (mask[word] != 0)
                return word * 64 + BitOperations.Log2(mask[word]);
        }

        return 0;
    }

    /// <summary>
    /// Puts this thread, and the processes that it starts from now on, on a core; elsewhere than on Linux, the whole process.
    /// False where the system has no such thing.
    /// </summary>
    public static bool Pin(int core)
    {
        if (OperatingSystem.IsLinux())
        {
            ulong* mask = stackalloc ulong[Words];
            new Span<ulong>(mask, Words).Clear();
            mask[core / 64] = 1UL << (core % 64);
            return sched_setaffinity(0, Words * sizeof(ulong), mask) == 0;
        }

        if (!OperatingSystem.IsWindows())
            return false;
        using Process process = Process.GetCurrentProcess();
        process.ProcessorAffinity = (nint)1 << core;
        return true;
    }

    /// <summary>Puts this thread back to where it might run at first; elsewhere than on Linux, it stays.</summary>
    public static void Free()
    {
        if (!OperatingSystem.IsLinux())
            return;
        fixed (ulong* mask = s_all)
            sched_setaffinity(0, Words * sizeof(ulong), mask);
    }

    private static ulong[] All()
    {
        ulong[] all = new ulong[Words];
        if (OperatingSystem.IsLinux())
        {
            fixed (ulong* mask = all)
                sched_getaffinity(0, Words * sizeof(ulong), mask);
        }

        return all;
    }

    /// <summary>How often this thread had to leave its core to another so far; 0 where the system does not tell.</summary>
    public static long Preemptions()
    {
        const int ThisThread = 1, Longs = 18, InvoluntarySwitches = 17; // struct rusage: two times, then fourteen counts
        if (!OperatingSystem.IsLinux() || nint.Size != 8)
            return 0;
        long* usage = stackalloc long[Longs];
        return getrusage(ThisThread, usage) == 0 ? usage[InvoluntarySwitches] : 0;
    }

    [DllImport("libc")]
    private static extern int getrusage(int who, long* usage);

    [DllImport("libc")]
    private static extern int sched_setaffinity(int process, nuint size, ulong* mask);

    [DllImport("libc")]
    private static extern int sched_getaffinity(int process, nuint size, ulong* mask);
}
