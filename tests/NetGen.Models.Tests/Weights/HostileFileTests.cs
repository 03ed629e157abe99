using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;
using Xunit;

namespace NetGen.Models.Tests.Weights;

/// <summary>Files that are damaged, or made to do harm: each ends in a message, soon, and nothing that it names is run.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.pt");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Pickle(string text) => [0x80, 2, .. Encoding.Latin1.GetBytes(text)];

    private string Refusal(byte[] bytes)
    {
        var watch = Stopwatch.StartNew();
        string message = Assert.Throws<TensorFileException>(() =>
        {
            using TensorFile file = TensorFileReader.Open(Write(bytes));
            Assert.True(file.Tensors.Count > 0, "it has no tensors");
            SpecWeights.AsTheyAre(file);
        }).Message;
        // Far above what it takes, far below what a bomb would.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    [Fact]
    public void A_pickle_that_calls_a_command_is_read_without_calling_it()
    {
        string evidence = Path.Combine(_folder.FullName, "evidence");
        string calls = $"cos\nsystem\nX{Length($"touch {evidence}")}\u0085R.";
        using TensorFile file = TensorFileReader.Open(Write(Pickle(calls)));
        Assert.Empty(file.Tensors);
        Assert.False(File.Exists(evidence));

        // The same beside a tensor: what is a tensor is found all the same.
        using TensorFile both = TensorFileReader.Open(Write(Pickle($"}}(X{Length("x")}cos\nsystem\nX{Length("true")}\u0085RX{Length("y")}{Array}u.")));
        Assert.Equal("y", Assert.Single(both.Tensors).Name);
    }

    /// <summary>A text behind its length.</summary>
    private static string Length(string text)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return Encoding.Latin1.GetString(length) + text;
    }

    /// <summary>An array of one float: what _reconstruct makes, filled with (1, (1,), float32, False, bytes).</summary>
    private const string Array = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\nK\u0000\u0085U\u0001btR(K\u0001K\u0001\u0085cnumpy\ndtype\nU\u0002f4\u0085R\u0089U\u0004\u0000\u0000\u0080?tb";

    public static TheoryData<string, string> Damaged => new()
    {
        { "", "the pickle goes on behind its last byte" },
        { "}(K\u0001K\u0002u", "the pickle goes on behind its last byte" },
        { "\u00f0", "none of its steps" },
        { "R.", "its stack is empty" },
        { "u.", "a mark is missing" },
        { "h\u0005.", "it remembers nothing as 5" },
        { "(K\u0001K\u0002.0", "it has no tensors" },
        { "K\u0001K\u0002R.", "what is called is no function" },
        { "K\u0001K\u0002a.", "items are added to what is no list" },
        { "}(K\u0001u.", "a key has no value" },
        { "Iabc\n.", "a number is none" },
        { "X\u00ff\u00ff\u00ff\u00ff.", "the pickle goes on behind its last byte" },
        { "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "the pickle goes on behind its last byte" },
        { "\u0080\u0009.", "protocol 9" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_pickle_says_what_is_wrong_with_it(string pickle, string said)
    {
        if (said == "it has no tensors")
        {
            using TensorFile file = TensorFileReader.Open(Write(Pickle(pickle)));
            Assert.Empty(file.Tensors);
            return;
        }

        Assert.Contains(said, Refusal(Pickle(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_lists_that_double_at_each_level_end_soon()
    {
        // Each list has the one before it twice: 2^60 places, of 61 lists.
        string bomb = "]q\u0000" + string.Concat(Enumerable.Range(0, 60).Select(static k => $"](h{(char)k}h{(char)k}eq{(char)(k + 1)}")) + ".";
        Assert.StartsWith("the pickle holds too much, more than 200000", Refusal(Pickle(bomb)), StringComparison.Ordinal);

        // A dictionary of many entries, made again and again.
        string many = $"({string.Concat(Enumerable.Repeat("K\u0001K\u0001\u0086", 20_000))}lq\u00000{string.Concat(Enumerable.Repeat("ccollections\nOrderedDict\nh\u0000\u0085R0", 20_000))}N.";
        Assert.StartsWith("the pickle has too many steps", Refusal(Pickle(many)), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_and_what_holds_itself_end_in_a_message_or_in_nothing()
    {
        string deep = string.Concat(Enumerable.Repeat("]", 100_000)) + string.Concat(Enumerable.Repeat("a", 99_999)) + ".";
        Assert.StartsWith("the pickle nests deeper than 100 levels", Refusal(Pickle(deep)), StringComparison.Ordinal);

        using TensorFile circle = TensorFileReader.Open(Write(Pickle("]q\u0000h\u0000a.")));
        Assert.Empty(circle.Tensors);
    }

    [Fact]
    public void A_long_run_of_steps_is_cut_off()
    {
        byte[] endless = Pickle(new string(']', 1_500_000));
        Assert.StartsWith("the pickle has too many steps, more than 1000000", Refusal(endless), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_ends_in_a_message()
    {
        foreach (string name in new[] { "state_dict.pt", "views_legacy.pt", "arrays.npz", "compressed.npz", "one.npy", "arrays_protocol4.pkl", "keras2_sequence.h5", "keras3_image.keras" })
        {
            byte[] whole = File.ReadAllBytes(TestFiles.Weights(name));
            for (int k = 1; k < 12; k++)
            {
                try
                {
                    using TensorFile file = TensorFileReader.Open(Write(whole[..(whole.Length * k / 12)]));
                    // What is left of an HDF5 file may be all that counts.
                    SpecWeights.AsTheyAre(file);
                    Assert.EndsWith(".h5", name, StringComparison.Ordinal);
                }
                catch (TensorFileException e)
                {
                    Assert.NotEqual("", e.Message);
                }
            }
        }
    }

    [Fact]
    public void A_file_with_wrong_bytes_ends_in_a_message_or_in_tensors()
    {
        var random = new Random(7);
        int rounds = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1" ? 2000 : 60;
        foreach (string name in new[] { "state_dict.pt", "script.pt", "views_legacy.pt", "arrays.npz", "one.npy", "arrays_protocol0.pkl", "arrays_protocol4.pkl", "keras2_image_weights.h5", "keras3_sequence.keras" })
        {
            byte[] whole = File.ReadAllBytes(TestFiles.Weights(name));
            for (int k = 0; k < rounds; k++)
            {
                byte[] changed = [.. whole];
                for (int change = random.Next(1, 4); change > 0; change--)
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                try
                {
                    using TensorFile file = TensorFileReader.Open(Write(changed));
                    SpecWeights.AsTheyAre(file);
                }
                catch (TensorFileException e)
                {
                    Assert.NotEqual("", e.Message);
                }
            }
        }
    }

    [Fact]
    public void A_tensor_that_reaches_beyond_its_storage_is_refused()
    {
        byte[] file = Zip(("a/data.pkl", Pickle($"}}X{Length("w")}{Tensor(0, 3, 1)}s.")), ("a/data/0", new byte[8]));
        Assert.StartsWith("a tensor of shape [3] reaches beyond its storage of 2 elements", Refusal(file), StringComparison.Ordinal);
        // A stride of 0 would make a gigabyte of four bytes.
        file = Zip(("a/data.pkl", Pickle($"}}X{Length("w")}{Tensor(0, 1 << 28, 0)}s.")), ("a/data/0", new byte[8]));
        Assert.StartsWith("a tensor of shape [268435456] reaches beyond", Refusal(file), StringComparison.Ordinal);
        file = Zip(("a/data.pkl", Pickle($"}}X{Length("w")}{Tensor(-1, 1, 1)}s.")), ("a/data/0", new byte[8]));
        Assert.StartsWith("a tensor has the shape [1] from element -1 on", Refusal(file), StringComparison.Ordinal);
        file = Zip(("a/data.pkl", Pickle($"}}X{Length("w")}{Tensor(0, 1, 1)}s.")));
        Assert.StartsWith("the elements 'a/data/0' are not in the archive", Refusal(file), StringComparison.Ordinal);
    }

    /// <summary>A tensor of floats in storage 0.</summary>
    private static string Tensor(int offset, int size, int stride)
    {
        static string Int(int value)
        {
            byte[] bytes = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
            return "J" + Encoding.Latin1.GetString(bytes);
        }

        return $"ctorch._utils\n_rebuild_tensor_v2\n((X{Length("storage")}ctorch\nFloatStorage\nX{Length("0")}X{Length("cpu")}K\u0002tQ{Int(offset)}{Int(size)}\u0085{Int(stride)}\u0085\u0089NtR";
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }

    [Fact]
    public void An_archive_that_claims_ten_gigabytes_is_not_believed()
    {
        byte[] file = Zip(("a/data.pkl", Pickle("N.")), ("a/data/0", new byte[8]));
        byte[] big = Zip64(file, "a/data.pkl", 10_000_000_000);
        Assert.Contains("10,000,000,000 bytes for 'a/data.pkl'", Refusal(big), StringComparison.Ordinal);
    }

    /// <summary>The archive, whose directory states another length for an entry, as large files do.</summary>
    private static byte[] Zip64(byte[] zip, string name, long length)
    {
        List<byte> bytes = [.. zip];
        int at = Find(zip, "PK\u0001\u0002", name);
        byte[] extra = new byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), 8);
        BinaryPrimitives.WriteInt64LittleEndian(extra.AsSpan(4), length);
        for (int k = 0; k < 4; k++)
            bytes[at + 24 + k] = 0xFF;
        bytes[at + 30] = 12;
        bytes.InsertRange(at + 46 + name.Length, extra);
        // The directory is twelve bytes longer.
        int end = bytes.Count - 22;
        bytes[end + 12] += 12;
        return [.. bytes];
    }

    private static int Find(byte[] zip, string signature, string name)
    {
        for (int at = 0; at < zip.Length - 46; at++)
        {
            if (zip.AsSpan(at).StartsWith(Encoding.Latin1.GetBytes(signature)) && zip.AsSpan(at + 46).StartsWith(Encoding.Latin1.GetBytes(name)))
                return at;
        }

        throw new ArgumentException("There is no such entry.", nameof(name));
    }

    [Fact]
    public void Files_of_other_kinds_say_what_they_are()
    {
        Assert.Equal("it is empty; copy or save it again.", Refusal([]));
        Assert.Contains("it is no file of weights that is known here; there are PyTorch's", Refusal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), StringComparison.Ordinal);
        Assert.Contains("Git LFS's pointer", Refusal(Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\n")), StringComparison.Ordinal);
        Assert.Contains("netgen import", Refusal([0x1C, 0, 0, 0, .. "TFL3"u8]), StringComparison.Ordinal);
        Assert.Contains("with 'w.safetensors' in it; unpack it", Refusal(Zip(("w.safetensors", [1]))), StringComparison.Ordinal);
    }
}
