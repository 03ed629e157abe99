using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen.Benchmarks;

/// <summary>
/// What this core can do at most, measured beside the contenders: each number is the best that was seen, as a bound must be.
/// </summary>
internal sealed unsafe class CoreLimits : IDisposable
{
    /// <summary>Bytes that the first and the second level of cache surely hold.</summary>
    private const int FirstLevel = 16 * 1024, SecondLevel = 192 * 1024;

    private readonly NativeFloats _data = new(new float[SecondLevel / sizeof(float)]);

    /// <summary>Multiply-adds of float in a nanosecond.</summary>
    public double MultiplyAdds { get; private set; }

    /// <summary>Bytes read in a nanosecond.</summary>
    public double FirstLevelReads { get; private set; }

    public double SecondLevelReads { get; private set; }

    /// <summary>Bytes read, changed and written in a nanosecond.</summary>
    public double FirstLevelUpdates { get; private set; }

    public double SecondLevelUpdates { get; private set; }

    /// <summary>Measures once more, a millisecond or two, and keeps what is better than before.</summary>
    public void Refine()
    {
        bool wide = Vector512.IsHardwareAccelerated;
        MultiplyAdds = Math.Max(MultiplyAdds, Rate(10L * 8 * 20_000, () => Chains256(20_000)));
        if (wide)
            MultiplyAdds = Math.Max(MultiplyAdds, Rate(10L * 16 * 20_000, () => Chains512(20_000)));
        FirstLevelReads = Math.Max(FirstLevelReads, Rate(FirstLevel * 200L, () => Read(FirstLevel, 200)));
        SecondLevelReads = Math.Max(SecondLevelReads, Rate(SecondLevel * 20L, () => Read(SecondLevel, 20)));
        // Some processors fetch ahead of four streams faster than of one.
        SecondLevelReads = Math.Max(SecondLevelReads, Rate(SecondLevel * 20L, () => ReadStreams(SecondLevel, 20)));
        FirstLevelUpdates = Math.Max(FirstLevelUpdates, Rate(FirstLevel * 100L, () => Update(FirstLevel, 100)));
        SecondLevelUpdates = Math.Max(SecondLevelUpdates, Rate(SecondLevel * 10L, () => Update(SecondLevel, 10)));
    }

    public void Dispose() => _data.Dispose();

    private void Read(int bytes, int times)
    {
        if (Vector512.IsHardwareAccelerated)
            Read512(bytes, times);
        else
            Read256(bytes, times);
    }

    private void Update(int bytes, int times)
    {
        if (Vector512.IsHardwareAccelerated)
            Update512(bytes, times);
        else
            Update256(bytes, times);
    }

    private void ReadStreams(int bytes, int times)
    {
        if (Vector512.IsHardwareAccelerated)
            ReadStreams512(bytes, times);
        else
            ReadStreams256(bytes, times);
    }

    private static double Rate(long count, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return count / Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    /// <summary>Ten chains hide the latency of two units.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Chains256(int times)
    {
        Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(0.001f);
        Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y;
        for (int k = 0; k < times; k++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
        }

        (a + b + (c + d) + (e + f + (g + h)) + (i + j)).Store(_data.Pointer);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Read256(int bytes, int times)
    {
        float* data = _data.Pointer, end = data + bytes / sizeof(float);
        Vector256<int> a = default, b = default, c = default, d = default;
        for (int t = 0; t < times; t++)
        {
            for (float* p = data; p < end; p += 64)
            {
                a |= Vector256.Load(p + 0).AsInt32();
                b |= Vector256.Load(p + 8).AsInt32();
                c |= Vector256.Load(p + 16).AsInt32();
                d |= Vector256.Load(p + 24).AsInt32();
                a |= Vector256.Load(p + 32).AsInt32();
                b |= Vector256.Load(p + 40).AsInt32();
                c |= Vector256.Load(p + 48).AsInt32();
                d |= Vector256.Load(p + 56).AsInt32();
            }
        }

        (a | b | (c | d)).AsSingle().Store(data);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void ReadStreams256(int bytes, int times)
    {
        nint stream = bytes / sizeof(float) / 4;
        float* data = _data.Pointer, end = data + stream;
        Vector256<int> a = default, b = default, c = default, d = default;
        for (int t = 0; t < times; t++)
        {
            for (float* p = data; p < end; p += 16)
            {
                a |= Vector256.Load(p + 0).AsInt32();
                b |= Vector256.Load(p + stream + 0).AsInt32();
                c |= Vector256.Load(p + 2 * stream + 0).AsInt32();
                d |= Vector256.Load(p + 3 * stream + 0).AsInt32();
                a |= Vector256.Load(p + 8).AsInt32();
                b |= Vector256.Load(p + stream + 8).AsInt32();
                c |= Vector256.Load(p + 2 * stream + 8).AsInt32();
                d |= Vector256.Load(p + 3 * stream + 8).AsInt32();
            }
        }

        (a | b | (c | d)).AsSingle().Store(data);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Update256(int bytes, int times)
    {
        float* data = _data.Pointer, end = data + bytes / sizeof(float);
        Vector256<float> x = Vector256.Create(0.5f);
        for (int t = 0; t < times; t++)
        {
            for (float* p = data; p < end; p += 32)
            {
                (Vector256.Load(p + 0) + x).Store(p + 0);
                (Vector256.Load(p + 8) + x).Store(p + 8);
                (Vector256.Load(p + 16) + x).Store(p + 16);
                (Vector256.Load(p + 24) + x).Store(p + 24);
            }
        }
    }

    /// <summary>Ten chains hide the latency of two units.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Chains512(int times)
    {
        Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(0.001f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y;
        for (int k = 0; k < times; k++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
        }

        (a + b + (c + d) + (e + f + (g + h)) + (i + j)).Store(_data.Pointer);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Read512(int bytes, int times)
    {
        float* data = _data.Pointer, end = data + bytes / sizeof(float);
        Vector512<int> a = default, b = default, c = default, d = default;
        for (int t = 0; t < times; t++)
        {
            for (float* p = data; p < end; p += 128)
            {
                a |= Vector512.Load(p + 0).AsInt32();
                b |= Vector512.Load(p + 16).AsInt32();
                c |= Vector512.Load(p + 32).AsInt32();
                d |= Vector512.Load(p + 48).AsInt32();
                a |= Vector512.Load(p + 64).AsInt32();
                b |= Vector512.Load(p + 80).AsInt32();
                c |= Vector512.Load(p + 96).AsInt32();
                d |= Vector512.Load(p + 112).AsInt32();
            }
        }

        (a | b | (c | d)).AsSingle().Store(data);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void ReadStreams512(int bytes, int times)
    {
        nint stream = bytes / sizeof(float) / 4;
        float* data = _data.Pointer, end = data + stream;
        Vector512<int> a = default, b = default, c = default, d = default;
        for (int t = 0; t < times; t++)
        {
            for (float* p = data; p < end; p += 32)
            {
                a |= Vector512.Load(p + 0).AsInt32();
                b |= Vector512.Load(p + stream + 0).AsInt32();
                c |= Vector512.Load(p + 2 * stream + 0).AsInt32();
                d |= Vector512.Load(p + 3 * stream + 0).AsInt32();
                a |= Vector512.Load(p + 16).AsInt32();
                b |= Vector512.Load(p + stream + 16).AsInt32();
                c |= Vector512.Load(p + 2 * stream + 16).AsInt32();
                d |= Vector512.Load(p + 3 * stream + 16).AsInt32();
            }
        }

        (a | b | (c | d)).AsSingle().Store(data);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Update512(int bytes, int times)
    {
        float* data = _data.Pointer, end = data + bytes / sizeof(float);
        Vector512<float> x = Vector512.Create(0.5f);
        for (int t = 0; t < times; t++)
        {
            for (float* p = data; p < end; p += 64)
            {
                (Vector512.Load(p + 0) + x).Store(p + 0);
                (Vector512.Load(p + 16) + x).Store(p + 16);
                (Vector512.Load(p + 32) + x).Store(p + 32);
                (Vector512.Load(p + 48) + x).Store(p + 48);
            }
        }
    }
}
