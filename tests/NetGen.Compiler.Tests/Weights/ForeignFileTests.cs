using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Weights;
using Xunit;

namespace NetGen.Compiler.Tests.Weights;

/// <summary>A file of another format that is given as weights is called by its name, with the way from it to a safetensors file.</summary>
public sealed class ForeignFileTests
{
    private static byte[] Latin(string text, int more = 200) => [.. Encoding.Latin1.GetBytes(text), .. Enumerable.Range(1, more).Select(static k => (byte)(k * 37))];

    private static byte[] Zip(params string[] names)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(new byte[100]);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] GZip()
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
            zip.Write(new byte[100]);
        return bytes.ToArray();
    }

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "m.pt", Zip("m/data.pkl", "m/byteorder", "m/data/0"), "it is a PyTorch checkpoint, not a safetensors file; convert it: netgen weights m.pt --for SPEC -o 'm.safetensors'." },
        { "m.pt", Zip("m/data.pkl", "m/code/__torch__.py", "m/constants.pkl"), "it is a TorchScript module, not a safetensors file; convert it: netgen weights m.pt" },
        { "m.npz", Zip("fc1.weight.npy", "fc1.bias.npy"), "it is NumPy's .npz, not a safetensors file; convert it: netgen weights m.npz --for SPEC -o 'm.safetensors'." },
        { "m.keras", Zip("metadata.json", "config.json", "model.weights.h5"), "it is a Keras model, not a safetensors file; convert it: netgen weights m.keras" },
        { "m.zip", Zip("net/m.safetensors"), "it is a zip archive with 'net/m.safetensors' in it; unpack it and name that file." },
        { "m.zip", Zip("readme.txt"), "it is a zip archive that begins with 'readme.txt', not a safetensors file; unpack it" },
        { "m.pth", Latin("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."), "it is a PyTorch checkpoint of before version 1.6, not a safetensors file" },
        { "m.pkl", Latin("\u0080\u0004\u0095\u0010"), "it is a Python pickle, not a safetensors file" },
        { "m.h5", Latin("\u0089HDF\r\n\u001a\n"), "it is an HDF5 file, as Keras writes, not a safetensors file" },
        { "m.onnx", Latin("\u0008\u0008\u0012\u0007pytorch"), "it is an ONNX model, not a safetensors file; in Python, its weights are" },
        { "m.tflite", Latin("\u001c\0\0\0TFL3"), "it is a TensorFlow Lite model" },
        { "m.npy", Latin("\u0093NUMPY\u0001\0"), "it is one array of NumPy" },
        { "m.gguf", Latin("GGUF\u0003\0\0\0"), "it is a GGUF file" },
        { "m.gz", GZip(), "it is compressed by gzip; unpack it, and name what was in it." },
        { "m.png", Latin("\u0089PNG\r\n\u001a\n"), "it is an image" },
        { "m.safetensors", Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"), "it is Git LFS's pointer to the file, not the file itself; run git lfs pull, and build again." },
        { "m.safetensors", Encoding.UTF8.GetBytes("\uFEFF\n<!DOCTYPE html><html><head>"), "it is a web page or XML, as a failed download leaves it" },
        { "m.json", Encoding.UTF8.GetBytes("{\"metadata\": {}, \"weight_map\": { \"a\": \"m-1.safetensors\" } }"), "it is the index of a model in several files" },
        { "m.nam", Encoding.UTF8.GetBytes("{\"version\": \"0.5.0\", \"architecture\": \"LSTM\", \"weights\": [1]}"), "it is JSON, as Neural Amp Modeler's models are" },
        { "m.json", Encoding.UTF8.GetBytes("[1, 2, 3, 4, 5]"), "it is text, JSON, which begins with '[1, 2, 3, 4, 5]'" },
        { "m.yaml", Encoding.UTF8.GetBytes("input: 4\nlayers:\n"), "it is text, which begins with 'input: 4', not a safetensors file; name the weights." },
        { "m.csv", Encoding.UTF8.GetBytes("größe,x\n1,2\n"), "it is text, which begins with 'größe,x'" },
        { "m.txt", Encoding.UTF8.GetBytes("404"), "it is text, which begins with '404'" },
        { "m.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("weights")], "it is text, which begins with 'weights'" },
        { "m.safetensors", new byte[4096], "it is full of zeros, as an unfinished download or copy is" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void The_message_names_it_and_the_way_out(string name, byte[] bytes, string message) =>
        Assert.StartsWith($"{name}: {message}", Assert.Throws<WeightsException>(() => SafetensorsFile.Read(new MemoryStream(bytes), name)).Message);

    [Fact]
    public void Letters_that_are_cut_off_at_the_end_of_the_beginning_are_text_still()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'a', 511), .. "ß"u8, .. Enumerable.Repeat((byte)'a', 100)];

        Assert.StartsWith("it is text", ForeignFile.Describe(text, "m"));
    }

    [Fact]
    public void Bytes_of_no_known_format_are_called_nothing()
    {
        var random = new Random(1);
        byte[] bytes = new byte[1000];
        random.NextBytes(bytes);
        bytes[0] = 1;

        Assert.Null(ForeignFile.Describe(bytes, "m"));
        Assert.Null(ForeignFile.Describe([], "m"));
    }

    [Theory]
    [InlineData("m.PT", "it is a PyTorch checkpoint, ")]
    [InlineData("models/m.h5", "it is an HDF5 file")]
    [InlineData("m.safetensors", null)]
    [InlineData("m", null)]
    public void Out_of_reach_its_name_tells(string name, string? beginning)
    {
        string? told = ForeignFile.DescribeByName(name);
        Assert.True(beginning is null ? told is null : told!.StartsWith(beginning, StringComparison.Ordinal), told);
    }
}
