using System;
using System.Collections.Generic;
using System.IO;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;

namespace NetGen.Compiler.Baking;

/// <summary>A safetensors file: the tensors that its header states, in the order of their data, and the data.</summary>
internal sealed record SafetensorsFile(IReadOnlyList<TensorEntry> Tensors, byte[] Data)
{
    /// <summary>What is compiled in: the largest network that a spec may describe, in doubles, would not fit an assembly.</summary>
    public const long Largest = 1L << 30;

    /// <summary>Reads a file whole. It allocates no more than the file is long.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="WeightsException">The file is damaged or of another format.</exception>
    public static SafetensorsFile Read(Stream stream, string file)
    {
        long length = stream.Length;
        if (length < 8)
            throw Foreign(stream, file, $"it has {length} bytes, but a safetensors file begins with 8 bytes for the header's length; the file is empty, cut off or of another format.");
        ulong stated = BitConverter.ToUInt64(Bytes(stream, 8), 0);
        if (stated > SafetensorsHeader.Longest)
            throw Foreign(stream, file, $"the first 8 bytes state a header of {stated} bytes, over the limit of {SafetensorsHeader.Longest}; the file is damaged or not a safetensors file.");
        if ((long)stated > length - 8)
            throw Foreign(stream, file, $"the first 8 bytes state a header of {stated} bytes, but only {length - 8} follow; the file is cut off or not a safetensors file.");
        if (length > Largest)
            throw new WeightsException($"{file}: it has {CSharpLiteral.Grouped(length)} bytes, above the {CSharpLiteral.Grouped(Largest)} that can be compiled in; load it at run time.");

        byte[] header = Bytes(stream, (int)stated);
        if (header.Length == 0 || header[0] != '{')
            throw Foreign(stream, file, SafetensorsHeader.NoObject);
        List<TensorEntry> tensors = SafetensorsHeader.Parse(header, file);
        long data = length - 8 - (long)stated, end = tensors.Count == 0 ? 0 : tensors[tensors.Count - 1].End;
        if (data < end)
            throw new WeightsException($"{file}: the data end after {data} bytes, but tensor {Excerpt.Quote(tensors.Find(t => t.End > data)!.Name)} reaches to byte {tensors.Find(t => t.End > data)!.End}; the file is cut off, copy or save it again.");
        if (data > end)
            throw new WeightsException($"{file}: more bytes follow the last tensor, which ends at byte {end} of the data; the file is damaged, save it again.");
        return new SafetensorsFile(tensors, Bytes(stream, (int)data));
    }

    /// <summary>What the file is, if its first bytes tell; else what is wrong with it as one of this format.</summary>
    private static WeightsException Foreign(Stream stream, string file, string otherwise)
    {
        stream.Position = 0;
        string? what = ForeignFile.Describe(Bytes(stream, (int)Math.Min(stream.Length, ForeignFile.HeadLength)), Path.GetFileName(file));
        return new WeightsException($"{file}: {what ?? otherwise}");
    }

    private static byte[] Bytes(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        for (int read = 0; read < count;)
        {
            int more = stream.Read(bytes, read, count - read);
            if (more == 0)
                throw new EndOfStreamException("The file became shorter while it was read.");
            read += more;
        }

        return bytes;
    }
}
