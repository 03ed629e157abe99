using System;

namespace NetGen.Training.Files;

/// <summary>CRC-32 of ISO 3309, reflected, with the polynomial 0x04C11DB7: that of zip archives and PNG.</summary>
internal struct Crc32()
{
    private static readonly uint[] table = Table();

    private uint state = uint.MaxValue;

    /// <summary>The sum of all bytes so far.</summary>
    public readonly uint Value => ~state;

    /// <summary>The sum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = new Crc32();
        sum.Add(bytes);
        return sum.Value;
    }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint crc = state;
        foreach (byte b in bytes)
            crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        state = crc;
    }

    private static uint[] Table()
    {
        var sums = new uint[256];
        for (uint i = 0; i < sums.Length; i++)
        {
            uint sum = i;
            for (int bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
            sums[i] = sum;
        }

        return sums;
    }
}
