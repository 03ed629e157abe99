using System;

namespace NetGen.Models.Weights;

/// <summary>Bytes that tensors are views of: how many there are is known, what they are is read when it is asked for.</summary>
/// <param name="length">Bytes.</param>
/// <param name="isBigEndian">An element's first byte is its highest.</param>
/// <param name="read">Reads them; it is called once.</param>
internal sealed class Storage(long length, bool isBigEndian, Func<ReadOnlyMemory<byte>> read)
{
    private ReadOnlyMemory<byte>? _bytes;

    public long Length => length;

    public bool IsBigEndian => isBigEndian;

    public ReadOnlyMemory<byte> Bytes => _bytes ??= read();

    public static Storage Of(ReadOnlyMemory<byte> bytes, bool isBigEndian = false) => new(bytes.Length, isBigEndian, () => bytes);
}
