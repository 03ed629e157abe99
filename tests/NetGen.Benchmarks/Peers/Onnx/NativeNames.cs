using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>Names as C has them: an array of pointers to zero-terminated bytes.</summary>
internal sealed unsafe class NativeNames : IDisposable
{
    private readonly int _count;

    public NativeNames(IReadOnlyList<string> names)
    {
        _count = names.Count;
        Pointer = (byte**)NativeMemory.Alloc((nuint)(_count * sizeof(nint)));
        for (int k = 0; k < _count; k++)
            Pointer[k] = (byte*)Marshal.StringToCoTaskMemUTF8(names[k]);
    }

    public byte** Pointer { get; private set; }

    public void Dispose()
    {
        for (int k = 0; k < _count; k++)
            Marshal.FreeCoTaskMem((nint)Pointer[k]);
        NativeMemory.Free(Pointer);
        Pointer = null;
    }
}
