using System;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>Floats that do not move, on a cache line's boundary, for native code.</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private readonly int _length;

    public NativeFloats(ReadOnlySpan<float> values)
    {
        _length = values.Length;
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)values.Length * sizeof(float), 64);
        values.CopyTo(Span);
    }

    public float* Pointer { get; private set; }

    public Span<float> Span => new(Pointer, _length);

    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
