using System;
using System.Buffers.Binary;
using System.IO;

namespace NetGen.Examples;

/// <summary>Reads and writes WAV files of one channel of 16-bit samples.</summary>
internal static class WaveFile
{
    /// <summary>The samples, from -1 to 1.</summary>
    /// <exception cref="InvalidDataException">It is another kind of file, or another rate.</exception>
    public static float[] Read(string path, int sampleRate)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException("it is no WAV file");
        bool hasFormat = false;
        for (ReadOnlySpan<byte> rest = file[12..]; rest.Length >= 8;)
        {
            ReadOnlySpan<byte> name = rest[..4];
            uint stated = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            ReadOnlySpan<byte> content = rest[8..(int)Math.Min(8 + (long)stated, rest.Length)];
            if (name.SequenceEqual("fmt "u8))
            {
                Check(content, sampleRate);
                hasFormat = true;
            }
            else if (name.SequenceEqual("data"u8) && hasFormat)
                return Samples(content);
            rest = rest[(int)Math.Min(8 + (long)stated + stated % 2, rest.Length)..]; // chunks begin at even places
        }

        throw new InvalidDataException("it has no samples");
    }

    /// <summary>Writes samples, those beyond -1 and 1 cut off.</summary>
    public static void Write(string path, ReadOnlySpan<float> samples, int sampleRate)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("RIFF"u8);
        writer.Write(36 + 2 * samples.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(sampleRate);
        writer.Write(2 * sampleRate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * samples.Length);
        foreach (float x in samples)
            writer.Write((short)Math.Clamp(MathF.Round(x * 32768f), short.MinValue, short.MaxValue));
    }

    private static void Check(ReadOnlySpan<byte> format, int sampleRate)
    {
        if (format.Length < 16)
            throw new InvalidDataException("its format is cut off");
        int kind = BinaryPrimitives.ReadUInt16LittleEndian(format), channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if ((kind, channels, rate, bits) != (1, 1, (uint)sampleRate, 16))
            throw new InvalidDataException($"it has {channels} channels of {bits} bits at {rate} Hz (format {kind}), but one of 16 bits at {sampleRate} Hz is read (format 1)");
    }

    private static float[] Samples(ReadOnlySpan<byte> data)
    {
        var samples = new float[data.Length / 2];
        for (int k = 0; k < samples.Length; k++)
            samples[k] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * k)..]) / 32768f;
        return samples;
    }
}
