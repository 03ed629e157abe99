using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Weights;

/// <summary>What a file is that is given as weights and is no safetensors file, and the way from it to one.</summary>
internal static class ForeignFile
{
    /// <summary>So many bytes tell: the names in an archive stand between its first files.</summary>
    public const int HeadLength = 1 << 16;

    private const int TextLength = 512;

    /// <summary>By its first bytes; null where they are those of nothing known.</summary>
    /// <param name="head">As many as there are, up to <see cref="HeadLength"/>.</param>
    /// <param name="file">Its name, for the advice.</param>
    public static string? Describe(byte[] head, string file)
    {
        if (head.Length == 0)
            return null;
        if (head.Length > 16 && head.All(static b => b == 0))
            return "it is full of zeros, as an unfinished download or copy is; fetch it again.";
        return Binary(head, file) ?? (TextOf(head) is { } text ? OfText(text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n'), file) : null);
    }

    /// <summary>By its name's ending, where the file itself is out of reach; null where that says nothing.</summary>
    public static string? DescribeByName(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".pt" or ".pth" or ".ckpt" or ".bin" => Convertible("a PyTorch checkpoint", file),
        ".pkl" or ".pickle" => Convertible("a Python pickle", file),
        ".onnx" => Onnx(file),
        ".npz" => Npz(file),
        ".npy" => Npy,
        ".h5" or ".hdf5" => Convertible("an HDF5 file, as Keras writes", file),
        ".keras" => Convertible("a Keras model", file),
        ".tflite" => TfLite,
        ".gguf" => Gguf,
        ".nam" => Nam(file),
        _ => null,
    };

    private static string? Binary(byte[] head, string file)
    {
        string begin = string.Concat(head.Take(8).Select(static b => (char)b));
        bool Is(string magic) => begin.StartsWith(magic, StringComparison.Ordinal);
        return begin switch
        {
            _ when Is("PK\u0003\u0004") => OfArchive(NamesIn(head), file),
            _ when Is("\u0080\u0002\u008A\nl\u00FC") => Convertible("a PyTorch checkpoint of before version 1.6", file),
            _ when head.Length > 1 && head[0] == 0x80 && head[1] is >= 2 and <= 5 => Convertible("a Python pickle", file),
            _ when Is("\u0089HDF") => Convertible("an HDF5 file, as Keras writes", file),
            _ when IsOnnx(head) => Onnx(file),
            _ when begin.EndsWith("TFL3", StringComparison.Ordinal) => TfLite,
            _ when Is("\u0093NUMPY") => Npy,
            _ when Is("GGUF") => Gguf,
            _ when Is("\u001F\u008B\b") => Packed("gzip"),
            _ when Is("BZh") => Packed("bzip2"),
            _ when Is("\u00FD7zXZ") => Packed("xz"),
            _ when Is("(\u00B5/\u00FD") => Packed("zstd"),
            _ when Is("7z\u00BC\u00AF") => Packed("7-Zip"),
            _ when Is("\u0089PNG") || Is("\u00FF\u00D8\u00FF") => "it is an image, not a safetensors file; name the weights.",
            _ when Is("%PDF") => "it is a PDF, not a safetensors file; name the weights.",
            _ => null,
        };
    }

    /// <summary>A message of Protocol Buffers whose first field is a version of 3 or more, and whose second is one of a model's texts.</summary>
    private static bool IsOnnx(byte[] head) => head.Length > 2 && head[0] == 0x08 && head[1] is >= 3 and <= 20 && head[2] is 0x12 or 0x1A or 0x22 or 0x2A or 0x32 or 0x3A or 0x42;

    private static string OfArchive(IReadOnlyList<string> names, string file)
    {
        if (names.Any(static n => n.EndsWith("constants.pkl", StringComparison.Ordinal) || n.Contains("/code/")))
            return Convertible("a TorchScript module", file);
        if (names.Any(static n => n.EndsWith("data.pkl", StringComparison.Ordinal)))
            return Convertible("a PyTorch checkpoint", file);
        if (names.Any(static n => n.EndsWith(".npy", StringComparison.Ordinal)))
            return Npz(file);
        if (names.Any(static n => n.EndsWith("model.weights.h5", StringComparison.Ordinal) || n is "config.json" or "metadata.json"))
            return Convertible("a Keras model", file);
        return names.FirstOrDefault(static n => n.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) is { } inside
            ? $"it is a zip archive with {Excerpt.Quote(inside)} in it; unpack it and name that file."
            : $"it is a zip archive{(names.Count == 0 ? "" : $" that begins with {Excerpt.Quote(names[0])}")}, not a safetensors file; unpack it, and name the weights.";
    }

    private static string OfText(string text, string file)
    {
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
            return "it is Git LFS's pointer to the file, not the file itself; run git lfs pull, and build again.";
        if (text.StartsWith("<", StringComparison.Ordinal))
            return "it is a web page or XML, as a failed download leaves it; download the file itself, by the link to its raw content.";
        bool isJson = text.StartsWith("{", StringComparison.Ordinal) || text.StartsWith("[", StringComparison.Ordinal);
        if (isJson && text.Contains("\"weight_map\""))
            return $"it is the index of a model in several files, not a safetensors file; join them in Python: with safetensors, load_file each of them into one dict and save_file that as {Quoted(file)}.";
        if (isJson && (text.Contains("\"architecture\"") || file.EndsWith(".nam", StringComparison.OrdinalIgnoreCase)))
            return Nam(file);
        string begins = text.Split('\r', '\n')[0];
        return $"it is text{(isJson ? ", JSON" : "")}, which begins with {Excerpt.Quote(begins)}, not a safetensors file; name the weights.";
    }

    private static string Npz(string file) => Convertible("NumPy's .npz", file);

    /// <summary>The tool makes a safetensors file of it.</summary>
    private static string Convertible(string what, string file) => $"it is {what}, not a safetensors file; convert it: netgen weights {file} --for SPEC -o {Quoted(file)}.";

    private static string Onnx(string file) =>
        $"it is an ONNX model, not a safetensors file; in Python, its weights are {{t.name: onnx.numpy_helper.to_array(t) for t in onnx.load('{file}').graph.initializer}}: name them as the network does, and write them by safetensors.numpy.save_file.";

    private static string Nam(string file) =>
        $"it is JSON, as Neural Amp Modeler's models are, not a safetensors file; in Python, write its tensors by the network's names: safetensors.torch.save_file(model.state_dict(), {Quoted(file)}).";

    private static string Npy => "it is one array of NumPy, not a safetensors file; write all arrays of the network by safetensors.numpy.save_file({'NAME.weight': array}, 'NAME.safetensors').";

    private static string TfLite => "it is a TensorFlow Lite model, not a safetensors file; save the weights of the model that it was made of, by safetensors.numpy.save_file.";

    private static string Gguf => "it is a GGUF file, not a safetensors file; take the model that it was made of, which most often is a safetensors file.";

    private static string Packed(string by) => $"it is compressed by {by}; unpack it, and name what was in it.";

    private static string Quoted(string file) => $"'{Path.GetFileNameWithoutExtension(file)}.safetensors'";

    /// <summary>The names of an archive's first files, from the entries before each: lengths of what lies between are not always stated there.</summary>
    private static List<string> NamesIn(byte[] head)
    {
        const int Fixed = 30, NameLength = 26;
        List<string> names = [];
        for (int at = 0; at + Fixed < head.Length && names.Count < 100; at++)
        {
            if (head[at] != 'P' || head[at + 1] != 'K' || head[at + 2] != 3 || head[at + 3] != 4)
                continue;
            int length = head[at + NameLength] | (head[at + NameLength + 1] << 8);
            if (at + Fixed + length <= head.Length)
                names.Add(Encoding.UTF8.GetString(head, at + Fixed, length));
        }

        return names;
    }

    /// <summary>The beginning as text; null where it is none.</summary>
    private static string? TextOf(byte[] head)
    {
        // A letter that the end cuts in two is no reason to call it something else.
        int count = Math.Min(head.Length, TextLength);
        string text = head.Length > 1 && head[0] == 0xFF && head[1] == 0xFE ? Encoding.Unicode.GetString(head, 0, count & ~1) : Encoding.UTF8.GetString(head, 0, count).TrimEnd('\uFFFD');
        return text.Length == 0 || text.Any(static c => c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\r' or '\n'))) ? null : text;
    }
}
