using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Compiler.Weights;

namespace NetGen.Training.Safetensors;

/// <summary>Writes a safetensors file: F32 tensors, in the order given. The same tensors and texts give the same bytes.</summary>
internal static class WeightFileWriter
{
    private const int Alignment = 8;
    private const int ChunkSize = 1 << 16;

    /// <summary>Writes the whole file.</summary>
    /// <param name="stream">It is written, never sought.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">The texts of <c>__metadata__</c>, beside the format.</param>
    public static void Write(Stream stream, IReadOnlyList<SavedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        ReadOnlySpan<byte> header = Header(tensors, metadata);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        WriteData(stream, tensors);
    }

    /// <summary>Writes what stands behind the header.</summary>
    public static void WriteData(Stream stream, IReadOnlyList<SavedTensor> tensors)
    {
        byte[] chunk = new byte[ChunkSize];
        int length = 0;
        foreach (SavedTensor tensor in tensors)
        {
            var walk = new StridedWalk(tensor.Place);
            for (long i = 0; i < walk.Count; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(chunk.AsSpan(length), tensor.Floats[walk.Next()]);
                length += sizeof(float);
                if (length == ChunkSize)
                {
                    stream.Write(chunk, 0, length);
                    length = 0;
                }
            }
        }

        stream.Write(chunk, 0, length);
    }

    // Padded with spaces, as the format asks, so that the data behind the 8 bytes of its length are aligned.
    private static ReadOnlySpan<byte> Header(IReadOnlyList<SavedTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            long position = 0;
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("format", "pt"); // some readers insist on it; it says that names and layouts are PyTorch's
            foreach ((string key, string text) in metadata)
                writer.WriteString(key, text);
            writer.WriteEndObject();
            foreach ((ParameterPlace place, _) in tensors)
            {
                long end = position + sizeof(float) * new StridedWalk(place).Count;
                writer.WriteStartObject(place.Name);
                writer.WriteString("dtype", "F32");
                writer.WriteStartArray("shape");
                foreach (int size in place.Shape)
                    writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(position);
                writer.WriteNumberValue(end);
                writer.WriteEndArray();
                writer.WriteEndObject();
                position = end;
            }

            writer.WriteEndObject();
        }

        int padding = (Alignment - json.WrittenCount % Alignment) % Alignment;
        json.Write("        "u8[..padding]);
        return json.WrittenSpan;
    }
}
