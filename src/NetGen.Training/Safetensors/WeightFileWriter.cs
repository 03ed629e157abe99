using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Compiler.Weights;

namespace NetGen.Training.Safetensors;

/// <summary>
/// Writes a safetensors file: every parameter as an F32 tensor of its presented shape, in the order of the table.
/// The same weights give the same bytes.
/// </summary>
internal static class WeightFileWriter
{
    private const int Alignment = 8;
    private const int ChunkSize = 1 << 16;

    public static void Write(Stream stream, IReadOnlyList<ParameterPlace> table, ReadOnlySpan<float> source)
    {
        ReadOnlySpan<byte> header = Header(table);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);

        byte[] chunk = new byte[ChunkSize];
        int length = 0;
        foreach (ParameterPlace parameter in table)
        {
            var walk = new StridedWalk(parameter);
            for (long i = 0; i < walk.Count; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(chunk.AsSpan(length), source[walk.Next()]);
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
    private static ReadOnlySpan<byte> Header(IReadOnlyList<ParameterPlace> table)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            long position = 0;
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("format", "pt"); // some readers insist on it; it says that names and layouts are PyTorch's
            writer.WriteEndObject();
            foreach (ParameterPlace parameter in table)
            {
                long end = position + sizeof(float) * new StridedWalk(parameter).Count;
                writer.WriteStartObject(parameter.Name);
                writer.WriteString("dtype", "F32");
                writer.WriteStartArray("shape");
                foreach (int size in parameter.Shape)
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
