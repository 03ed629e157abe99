using System;
using System.IO;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;
using static NetGen.Training.Tests.Safetensors.WeightFile;

namespace NetGen.Training.Tests.Safetensors;

public sealed class LoadingTests
{
    [Fact]
    public void Row_major_tensors_land_where_offset_and_strides_say_and_other_floats_stay()
    {
        var network = new TinyNetwork();

        network.LoadWeights(new MemoryStream(Bytes(TinyHeader, Floats(1, 2, 3, 4, 5, 6, 8, 9))));

        Assert.Equal([7, 1, 4, 7, 7, 2, 5, 7, 7, 3, 6, 7, 7, 8, 9, 7], network.Parameters.ToArray());
    }

    [Fact]
    public void A_prefix_and_names_say_what_the_tensors_are_called_and_others_are_left()
    {
        var network = new TinyNetwork();
        string header = TinyHeader.Replace("hidden.bias", "net.0.bias").Replace("hidden.weight", "net.w")[..^1] + ",\"other.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[32,36]}}";

        network.LoadWeights(new MemoryStream(Bytes(header, Floats(1, 2, 3, 4, 5, 6, 8, 9, 0))), new WeightNames { Prefix = "net.", Names = { ["hidden"] = "0", ["hidden.weight"] = "w" } });

        Assert.Equal([7, 1, 4, 7, 7, 2, 5, 7, 7, 3, 6, 7, 7, 8, 9, 7], network.Parameters.ToArray());
    }

    [Theory]
    [InlineData("hiden", "0", "No layer 'hiden' of the network has parameters; did you mean 'hidden'?. (Parameter 'names')")]
    [InlineData("hidden.weight", "hidden.bias", "'hidden.weight' and 'hidden.bias' would both be tensor 'hidden.bias'; give each a name of its own. (Parameter 'names')")]
    public void Names_that_do_not_fit_the_network_are_refused(string layer, string name, string message) => Assert.Equal(message.Replace("?.", "?"), Assert.Throws<ArgumentException>(
        () => new TinyNetwork().LoadWeights(new MemoryStream(Bytes(TinyHeader, Floats(1, 2, 3, 4, 5, 6, 8, 9))), new WeightNames { Names = { [layer] = name } })).Message);

    [Fact]
    public void A_stream_that_cannot_seek_and_gives_few_bytes_at_a_time_loads()
    {
        var network = new TinyNetwork();

        network.LoadWeights(new ForwardStream(Bytes(TinyHeader, Floats(1, 2, 3, 4, 5, 6, 8, 9))));

        Assert.Equal(6, network.Parameters[10]);
    }

    [Fact]
    public void Tensors_may_come_in_any_order_and_metadata_and_padding_are_ignored()
    {
        var network = new TinyNetwork();

        network.LoadWeights(new MemoryStream(Bytes(
            """{"__metadata__":{"a":"b"},"hidden.weight":{"shape":[2,3],"data_offsets":[8,32],"dtype":"F32"},"hidden.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}    """,
            Floats(8, 9, 1, 2, 3, 4, 5, 6))));

        Assert.Equal([7, 1, 4, 7, 7, 2, 5, 7, 7, 3, 6, 7, 7, 8, 9, 7], network.Parameters.ToArray());
    }

    [Theory]
    [InlineData(0x3C00, 1f)]
    [InlineData(0xC000, -2f)]
    [InlineData(0x0001, 5.9604645e-8f)] // the smallest subnormal, 2^-24
    [InlineData(0x83FF, -6.097555e-5f)] // the largest subnormal
    [InlineData(0x7BFF, 65504f)]
    [InlineData(0x7C00, float.PositiveInfinity)]
    [InlineData(0xFC00, float.NegativeInfinity)]
    [InlineData(0x7E00, float.NaN)]
    public void F16_is_read_exactly(int bits, float expected) => Assert.Equal(expected, LoadedBias("F16", [(byte)bits, (byte)(bits >> 8)]));

    [Fact]
    public void F16_negative_zero_keeps_its_sign() =>
        Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(LoadedBias("F16", [0x00, 0x80])));

    [Theory]
    [InlineData(0x3F80, 1f)]
    [InlineData(0xC049, -3.140625f)]
    [InlineData(0x0001, 9.1835e-41f)] // a subnormal, 2^-133
    [InlineData(0x7F7F, 3.3895314e38f)]
    [InlineData(0x7F80, float.PositiveInfinity)]
    [InlineData(0xFF80, float.NegativeInfinity)]
    [InlineData(0x7FC0, float.NaN)]
    public void BF16_is_read_exactly(int bits, float expected) => Assert.Equal(expected, LoadedBias("BF16", [(byte)bits, (byte)(bits >> 8)]));

    [Theory]
    [InlineData(0.1, 0.1f)]
    [InlineData(1e300, float.PositiveInfinity)]
    [InlineData(double.NaN, float.NaN)]
    public void F64_is_rounded_to_the_nearest_float(double value, float expected) =>
        Assert.Equal(expected, LoadedBias("F64", BitConverter.GetBytes(value)));

    [Fact]
    public void NaN_and_infinities_are_loaded_as_they_are()
    {
        var network = new TinyNetwork();

        network.LoadWeights(new MemoryStream(Bytes(TinyHeader, Floats(float.NaN, 2, 3, 4, 5, 6, float.NegativeInfinity, 9))));

        Assert.Equal(float.NaN, network.Parameters[1]);
        Assert.Equal(float.NegativeInfinity, network.Parameters[13]);
    }

    [Fact]
    public void Recurrent_parameters_are_found_without_l0_and_counters_of_batches_are_ignored()
    {
        var network = new RecurrentNetwork();

        network.LoadWeights(new MemoryStream(Bytes(
            """
            {"lstm.weight_ih":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
             "norm.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[8,16]},
             "lstm.bias_hh_l0":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},
             "norm.running_mean":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}
            """,
            [.. Floats(1, 2), .. new byte[8], .. Floats(3, 4, 5, 6)])));

        Assert.Equal([1, 2, 3, 4, 5, 6], network.Parameters.ToArray());
    }

    [Fact]
    public void A_tensor_longer_than_a_chunk_is_read_whole()
    {
        var saved = new LinearSoftmax<Large>();
        for (int i = 0; i < saved.Parameters.Length; i++)
            saved.Parameters[i] = i % 11 == 10 ? 0 : i; // the unused floats stay 0
        var file = new MemoryStream();
        saved.SaveWeights(file);
        file.Position = 0;

        var loaded = new LinearSoftmax<Large>();
        loaded.LoadWeights(file);

        Assert.True(file.Length > 10 * 65536);
        Assert.True(saved.Parameters.SequenceEqual(loaded.Parameters));
    }

    [Fact]
    public void A_missing_file_is_named_with_its_whole_path()
    {
        var error = Assert.Throws<FileNotFoundException>(() => new TinyNetwork().LoadWeights("nowhere/digits.safetensors"));

        Assert.Equal($"There is no weight file '{Path.GetFullPath("nowhere/digits.safetensors")}'.", error.Message);
        Assert.Equal("nowhere/digits.safetensors", error.FileName);
    }

    [Fact]
    public void Errors_name_the_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("digits.safetensors", [1, 2, 3]);

        var error = Assert.Throws<WeightsException>(() => new TinyNetwork().LoadWeights(path));

        Assert.StartsWith($"{path}: it has 3 bytes", error.Message);
    }

    private static float LoadedBias(string dtype, byte[] element)
    {
        var network = new TinyNetwork();
        int size = element.Length;
        string header =
            $$$"""{"hidden.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"hidden.bias":{"dtype":"{{{dtype}}}","shape":[2],"data_offsets":[24,{{{24 + 2 * size}}}]}}""";

        network.LoadWeights(new MemoryStream(Bytes(header, [.. Floats(1, 2, 3, 4, 5, 6), .. new byte[size], .. element])));

        Assert.Equal(0, network.Parameters[13]);
        return network.Parameters[14];
    }

    private sealed class Large : ISize
    {
        public static int In => 20_000;

        public static int Out => 10;
    }
}
