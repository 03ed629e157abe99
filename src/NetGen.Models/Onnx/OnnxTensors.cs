using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Models.Graphs;
using NetGen.Models.Onnx.Proto;
using DataType = NetGen.Models.Onnx.Proto.TensorProto.Types.DataType;

namespace NetGen.Models.Onnx;

/// <summary>Reads the tensors of an ONNX file, and of the files beside it that hold large ones.</summary>
/// <param name="folder">The folder of the file, within which its data files are; null where there is none.</param>
internal sealed class OnnxTensors(string? folder)
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>The tensor.</summary>
    /// <exception cref="ImportException">It does not have the elements that its shape asks for, or is of a type that has no numbers.</exception>
    public Constant Read(TensorProto tensor)
    {
        string name = tensor.Name.Length > 0 ? $"the tensor '{tensor.Name}'" : "a tensor";
        if (tensor.Dims.Any(static d => d is < 0 or > 1 << 28))
            throw new ImportException($"{name} has the size {tensor.Dims.First(static d => d is < 0 or > 1 << 28)}");
        int[] shape = [.. tensor.Dims.Select(static d => (int)d)];
        int count = Sizes.Product(shape);
        var type = (DataType)tensor.DataType;
        double[] values = tensor.DataLocation == TensorProto.Types.DataLocation.External ? Raw(External(tensor, name), type, count, name)
            : tensor.HasRawData ? Raw(tensor.RawData.Span, type, count, name)
            : Listed(tensor, type, name);
        // What is listed may be left out where it is 0 throughout; a single element may stand for no more than itself.
        if (values.Length != count)
            throw new ImportException($"{name} has {values.Length} elements, but its shape {Sizes.Text(shape)} asks for {count}; the file is damaged");
        return new Constant(shape, values, KindOf(type)) { Name = tensor.Name.Length > 0 ? tensor.Name : null };
    }

    public static ElementKind KindOf(DataType type) => type switch
    {
        DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16 => ElementKind.Float,
        DataType.Bool => ElementKind.Boolean,
        _ => ElementKind.Integer,
    };

    private static double[] Listed(TensorProto tensor, DataType type, string name) => type switch
    {
        DataType.Float => [.. tensor.FloatData.Select(static v => (double)v)],
        DataType.Double => [.. tensor.DoubleData],
        DataType.Int64 => [.. tensor.Int64Data.Select(static v => (double)v)],
        DataType.Uint32 or DataType.Uint64 => [.. tensor.Uint64Data.Select(static v => (double)v)],
        DataType.Int32 or DataType.Int16 or DataType.Int8 or DataType.Uint16 or DataType.Uint8 or DataType.Bool => [.. tensor.Int32Data.Select(static v => (double)v)],
        DataType.Float16 => [.. tensor.Int32Data.Select(static v => (double)BitConverter.UInt16BitsToHalf((ushort)v))],
        DataType.Bfloat16 => [.. tensor.Int32Data.Select(static v => (double)BitConverter.Int32BitsToSingle(v << 16))],
        _ => throw NoNumbers(name, type),
    };

    private static double[] Raw(ReadOnlySpan<byte> bytes, DataType type, int count, string name)
    {
        int size = type switch
        {
            DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
            DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
            DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
            DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
            _ => throw NoNumbers(name, type),
        };
        if (bytes.Length != (long)count * size)
            throw new ImportException($"{name} has {bytes.Length} bytes of data, but its shape asks for {(long)count * size}; the file is damaged");
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> at = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(at),
                DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(at),
                DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                DataType.Uint64 => BinaryPrimitives.ReadUInt64LittleEndian(at),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(at),
                DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(at),
                DataType.Bfloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(at) << 16),
                DataType.Int8 => (sbyte)at[0],
                _ => at[0],
            };
        }

        return values;
    }

    private static ImportException NoNumbers(string name, DataType type) =>
        new($"{name} is of the type {type.ToString().ToLowerInvariant()} ({(int)type}), which has no numbers that a network computes with");

    private ReadOnlySpan<byte> External(TensorProto tensor, string name)
    {
        string location = "";
        long offset = 0, length = -1;
        foreach (EntryProto entry in tensor.ExternalData)
        {
            if (entry.Key == "location")
                location = entry.Value;
            else if (entry.Key is "offset" or "length" && (!long.TryParse(entry.Value, out long number) || number < 0))
                throw new ImportException($"{name}: the {entry.Key} of its data is '{entry.Value}', which is no number");
            else if (entry.Key == "offset")
                offset = long.Parse(entry.Value, System.Globalization.CultureInfo.InvariantCulture);
            else if (entry.Key == "length")
                length = long.Parse(entry.Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        byte[] data = FileOf(location, name);
        length = length < 0 ? data.Length - offset : length;
        if (offset > data.Length || length > data.Length - offset)
            throw new ImportException($"{name}: its data are the {length} bytes from {offset} of '{location}', which has {data.Length}; the file is incomplete");
        return data.AsSpan((int)offset, (int)length);
    }

    /// <summary>A model names files beside itself; any other would let it read what its user did not mean.</summary>
    private byte[] FileOf(string location, string name)
    {
        if (folder is null || location.Length == 0 || Path.IsPathRooted(location) || location.Split('/', '\\').Contains(".."))
            throw new ImportException($"{name}: its data are in '{location}', which is no file beside the model");
        if (_files.TryGetValue(location, out byte[]? known))
            return known;
        string path = Path.Combine(folder, location);
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ImportException($"{name}: its data are in '{location}', which is not there; put the file beside the model");
        if (file.Length > OnnxReader.LargestFile)
            throw new ImportException($"'{location}' has {file.Length >> 20} MB; up to {OnnxReader.LargestFile >> 20} MB are read");
        return _files[location] = File.ReadAllBytes(path);
    }
}
