using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Safetensors;

/// <summary>Builds safetensors files byte by byte, without the library's writer.</summary>
internal static class WeightFile
{
    /// <summary>The header of a file that fits <see cref="TinyNetwork"/>; its data are eight floats.</summary>
    public const string TinyHeader =
        """{"hidden.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"hidden.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""";

    /// <summary>A whole file: the header's length, the header, the data.</summary>
    public static byte[] Bytes(string header, params byte[] data) => Bytes(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Bytes(byte[] header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }

    /// <summary>The bytes of F32 elements.</summary>
    public static byte[] Floats(params float[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        return bytes;
    }

    /// <summary>Loads a file that must be refused; the network stays as it was, from a file and from a stream that cannot seek.</summary>
    public static string Refused(byte[] file)
    {
        var network = new TinyNetwork();
        float[] before = network.Parameters.ToArray();
        var error = Assert.Throws<WeightsException>(() => network.LoadWeights(new MemoryStream(file)));
        Assert.Throws<WeightsException>(() => network.LoadWeights(new ForwardStream(file)));
        Assert.Equal(before, network.Parameters.ToArray());
        return error.Message;
    }

    /// <inheritdoc cref="Refused(byte[])"/>
    public static string Refused(string header, params byte[] data) => Refused(Bytes(header, data));
}
