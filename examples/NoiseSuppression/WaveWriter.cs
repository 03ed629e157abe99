using System;
using System.Buffers.Binary;
using System.IO;

namespace NetGen.Examples;

/// <summary>Writes WAV files of one channel of 16-bit samples.</summary>
internal static class WaveWriter
{
    private const int HeaderSize = 44;

    /// <param name="path">The file.</param>
    /// <param name="samples">From -1 to 1; what is beyond is clipped.</param>
    /// <param name="sampleRate">Samples a second.</param>
    public static void Write(string path, ReadOnlySpan<float> samples, int sampleRate)
    {
        var file = new byte[HeaderSize + 2 * samples.Length];
        Span<byte> rest = file;
        "RIFF"u8.CopyTo(rest);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(rest[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], 16); // bytes of the format
        BinaryPrimitives.WriteInt16LittleEndian(rest[20..], 1);  // integers
        BinaryPrimitives.WriteInt16LittleEndian(rest[22..], 1);  // channels
        BinaryPrimitives.WriteInt32LittleEndian(rest[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(rest[28..], 2 * sampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(rest[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(rest[34..], 16);
        "data"u8.CopyTo(rest[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[40..], 2 * samples.Length);
        for (int k = 0; k < samples.Length; k++)
        {
            float sample = Math.Clamp(MathF.Round(samples[k] * 32768), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(rest[(HeaderSize + 2 * k)..], (short)sample);
        }

        File.WriteAllBytes(path, file);
    }
}
