using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.Compiler.Weights;
using static System.FormattableString;

namespace NetGen.Compiler.Baking;

/// <summary>A resource that the build step made of a weight file.</summary>
/// <param name="Name">By which the assembly knows it.</param>
/// <param name="Layout">What it is laid out for: <see cref="BakedLayout.IdOf"/>, or <see cref="Handover.Presented"/>.</param>
internal readonly record struct WeightResource(string Name, string Layout);

/// <summary>
/// A weight file as the build step hands it to the generator, which opens no files: its header, and its data where they are small
/// enough to stand in source, else the names of the resources that hold them. Equal by the file's path and content.
/// </summary>
/// <param name="path">Of the safetensors file.</param>
/// <param name="hash">Of its content; empty where it could not be read.</param>
internal sealed class Handover(string path, string hash, string? missing, string? error, IReadOnlyList<TensorEntry> tensors, byte[]? data, IReadOnlyList<WeightResource> resources)
    : IEquatable<Handover>
{
    /// <summary>The ending of the files that hold these texts.</summary>
    public const string Extension = ".netgenweights";

    /// <summary>The layout of a resource of floats, tensor after tensor as in the file.</summary>
    public const string Presented = "presented";

    /// <summary>
    /// Up to so many bytes of floats stand in the source, where they cost a build a second: C# compilers take 30 to 50 us and a kilobyte of memory for each
    /// number.
    /// </summary>
    public const long MostInSource = 1 << 17;

    private const string FirstLine = "netgen-weights 1";

    public string Path { get; } = path;

    public string Hash { get; } = hash;

    /// <summary>Why there is no file; else null.</summary>
    public string? Missing { get; } = missing;

    /// <summary>What is wrong with the file; else null.</summary>
    public string? Error { get; } = error;

    public IReadOnlyList<TensorEntry> Tensors { get; } = tensors;

    /// <summary>The file's data, where they are for the source.</summary>
    public byte[]? Data { get; } = data;

    public IReadOnlyList<WeightResource> Resources { get; } = resources;

    public static Handover Failed(string path, string? missing, string? error) => new(path, "", missing, error, [], null, []);

    /// <summary>Whether data of these tensors are small enough for the source.</summary>
    public static bool IsForSource(IEnumerable<TensorEntry> tensors) =>
        tensors.Sum(static t => 4 * ((t.End - t.Begin) / (Dtype.SizeOf(t.Dtype) ?? 1))) <= MostInSource;

    public bool Equals(Handover? other) =>
        other is not null && Path == other.Path && Hash == other.Hash && Missing == other.Missing && Error == other.Error && Resources.SequenceEqual(other.Resources);

    public override bool Equals(object? other) => Equals(other as Handover);

    public override int GetHashCode() => (Path, Hash, Missing, Error).GetHashCode();

    /// <summary>As the text that <see cref="Read"/> reads.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string key, string value) => text.Append(key).Append(": ").Append(Escape(value)).Append('\n');
        text.Append(FirstLine).Append('\n');
        Line("file", Path);
        if (Missing is not null)
            Line("missing", Missing);
        if (Error is not null)
            Line("error", Error);
        Line("hash", Hash);
        foreach (WeightResource resource in Resources)
            Line("resource", resource.Layout + " " + resource.Name);
        foreach (TensorEntry t in Tensors)
            Line("tensor", Invariant($"{t.Dtype} {(t.Shape.Count == 0 ? "-" : string.Join("x", t.Shape.Select(static s => Invariant($"{s}"))))} {t.Begin} {t.End} {t.Name}"));
        if (Data is not null)
            text.Append("data: ").Append(Convert.ToBase64String(Data)).Append('\n');
        return text.ToString();
    }

    /// <summary>Null where the text is none of ours.</summary>
    public static Handover? Read(string text)
    {
        string path = "", hash = "";
        string? missing = null, error = null;
        byte[]? data = null;
        List<TensorEntry> tensors = [];
        List<WeightResource> resources = [];
        string[] lines = text.Split('\n');
        if (lines[0].TrimEnd('\r') != FirstLine)
            return null;
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0)
                continue;
            string value = line.Substring(colon + 2).TrimEnd('\r');
            switch (line.Substring(0, colon))
            {
                case "file":
                    path = Unescape(value);
                    break;
                case "missing":
                    missing = Unescape(value);
                    break;
                case "error":
                    error = Unescape(value);
                    break;
                case "hash":
                    hash = value;
                    break;
                case "resource":
                    string[] resource = value.Split([' '], 2);
                    resources.Add(new WeightResource(Unescape(resource[1]), resource[0]));
                    break;
                case "tensor":
                    string[] parts = value.Split([' '], 5);
                    tensors.Add(new TensorEntry(Unescape(parts[4]), parts[0], parts[1] == "-" ? [] : [.. parts[1].Split('x').Select(Number)], Number(parts[2]), Number(parts[3])));
                    break;
                case "data":
                    data = Convert.FromBase64String(value);
                    break;
            }
        }

        return new Handover(path, hash, missing, error, tensors, data, resources);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>On one line.</summary>
    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                result.Append(text[++i] switch { 'n' => '\n', 'r' => '\r', char c => c });
            else
                result.Append(text[i]);
        }

        return result.ToString();
    }
}
