using System;
using System.Runtime.InteropServices;

namespace NetGen.Training.Loop;

/// <summary>Floats that begin at the beginning of a line of the cache: with the widest vectors, whatever does not costs up to twice the time.</summary>
internal sealed class AlignedFloats
{
    private const int LineSize = 64;

    private readonly float[] array;
    private readonly int offset;

    public AlignedFloats(int length)
    {
        Length = length;
        array = GC.AllocateArray<float>(length + LineSize / sizeof(float), pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        offset = (int)((LineSize - address % LineSize) % LineSize / sizeof(float));
    }

    public int Length { get; }

    public Span<float> Span => array.AsSpan(offset, Length);
}
