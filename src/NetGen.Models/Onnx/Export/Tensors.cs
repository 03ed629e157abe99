using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export;

/// <summary>Tensors and types of values.</summary>
internal static class Tensors
{
    /// <summary>What the size of the batch is called.</summary>
    public const string Batch = "N";

    public static TensorProto Floats(string name, IEnumerable<long> shape, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[sizeof(float) * values.Length];
        if (BitConverter.IsLittleEndian)
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
        else
        {
            for (int i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), values[i]);
        }

        return Of(name, TensorProto.Types.DataType.Float, shape, bytes);
    }

    /// <summary>A vector of whole numbers: sizes, axes.</summary>
    public static TensorProto Longs(string name, ReadOnlySpan<long> values)
    {
        byte[] bytes = new byte[sizeof(long) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long) * i), values[i]);
        return Of(name, TensorProto.Types.DataType.Int64, [values.Length], bytes);
    }

    /// <summary>The name and type of a value: floats.</summary>
    /// <param name="sizes">Without the batch, which comes first.</param>
    public static ValueInfoProto Value(string name, IEnumerable<int> sizes)
    {
        var shape = new ShapeProto();
        shape.Dim.Add(new ShapeProto.Types.Dimension { DimParam = Batch });
        shape.Dim.AddRange(sizes.Select(static size => new ShapeProto.Types.Dimension { DimValue = size }));
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static TensorProto Of(string name, TensorProto.Types.DataType type, IEnumerable<long> shape, byte[] bytes)
    {
        // The bytes are this tensor's own: they need not be copied again.
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}
