using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests.Safetensors;

public sealed class SavingTests
{
    [Fact]
    public void The_file_is_these_bytes()
    {
        const string header =
            """{"__metadata__":{"format":"pt"},"hidden.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"hidden.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""";
        using var folder = new TemporaryFolder();

        Numbered().SaveWeights(folder.File("a.safetensors"));

        string padded = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected = WeightFile.Bytes(padded, WeightFile.Floats(1, 5, 9, 2, 6, 10, 13, 14));
        Assert.Equal(expected, File.ReadAllBytes(folder.File("a.safetensors")));
    }

    [Fact]
    public void The_data_begin_at_a_multiple_of_eight_bytes()
    {
        var file = new MemoryStream();

        new RecurrentNetwork().SaveWeights(file);

        long header = BitConverter.ToInt64(file.ToArray());
        Assert.Equal(0, (8 + header) % 8);
        Assert.Equal(file.Length - 8 - 24, header);
        Assert.EndsWith("}", Encoding.UTF8.GetString(file.ToArray(), 8, (int)header).TrimEnd(' '));
    }

    [Fact]
    public void Saved_weights_load_bit_for_bit_and_save_to_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        TinyNetwork saved = Numbered();
        saved.Parameters[1] = float.NaN;
        saved.Parameters[2] = -0f;
        saved.Parameters[13] = float.Epsilon;
        saved.SaveWeights(folder.File("a.safetensors"));

        var loaded = new TinyNetwork();
        loaded.LoadWeights(folder.File("a.safetensors"));
        loaded.SaveWeights(folder.File("b.safetensors"));

        foreach (int place in (int[])[1, 2, 5, 6, 9, 10, 13, 14])
            Assert.Equal(BitConverter.SingleToInt32Bits(saved.Parameters[place]), BitConverter.SingleToInt32Bits(loaded.Parameters[place]));
        Assert.Equal(File.ReadAllBytes(folder.File("a.safetensors")), File.ReadAllBytes(folder.File("b.safetensors")));
    }

    [Fact]
    public void Saving_over_a_file_replaces_it_whole_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.safetensors", new string('x', 10_000));

        Numbered().SaveWeights(path);

        new TinyNetwork().LoadWeights(path);
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_named_and_not_made()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<DirectoryNotFoundException>(() => Numbered().SaveWeights(folder.File("missing/a.safetensors")));

        Assert.Contains(folder.File("missing"), error.Message);
        Assert.Contains("'a.safetensors'", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_an_error_that_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a.safetensors"));

        Assert.Throws<IOException>(() => Numbered().SaveWeights(folder.File("a.safetensors")));

        Assert.Equal([folder.File("a.safetensors")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_failure_while_writing_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.safetensors", "old");

        Assert.ThrowsAny<Exception>(() => new BrokenNetwork().SaveWeights(path));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    // Every float is its place in the buffer.
    private static TinyNetwork Numbered()
    {
        var network = new TinyNetwork();
        for (int i = 0; i < network.Parameters.Length; i++)
            network.Parameters[i] = i;
        return network;
    }

    /// <summary>Its table points behind its buffer, so that writing fails half way.</summary>
    private sealed class BrokenNetwork : INetwork<BrokenNetwork>
    {
        public static int InputSize => 1;

        public static int OutputSize => 1;

        public static int ParameterBufferSize => 1;

        public static int ScratchSize => 0;

        public static IReadOnlyList<NetworkParameter> ParameterTable { get; } = [new("a.weight", [2], 0, [1])];

        public Span<float> Parameters => new float[1];

        public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
            throw new NotSupportedException("Only its weights are used.");
    }
}
