using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>A layer of the spec that is being made; or an input, whose kind is <see cref="Input"/>.</summary>
internal sealed class SpecLayer(string kind, IReadOnlyList<Read> reads, int[] shape, LayoutGroup layout)
{
    public const string Input = "input";

    /// <summary>Its name in a spec; or one of those that <see cref="Interim"/> lists.</summary>
    public string Kind { get; set; } = kind;

    public List<Read> Reads { get; } = [.. reads];

    /// <summary>The sizes of one sample of what it gives.</summary>
    public int[] Shape { get; set; } = shape;

    public LayoutGroup Layout { get; set; } = layout;

    /// <summary>Its keys in the order in which they are written: whole numbers, doubles, texts, booleans, lists of them, or a map.</summary>
    public List<KeyValuePair<string, object>> Options { get; init; } = [];

    /// <summary>What a weights file has for it, without its name.</summary>
    public List<NamedTensor> Parameters { get; init; } = [];

    /// <summary>Of an interim layer, the numbers of what it does.</summary>
    public AffineNumbers? Affine { get; set; }

    /// <summary>The names that the model has for it, the best first; empty where it has none.</summary>
    public List<string> Origins { get; } = [];

    /// <summary>What stands behind it in the spec; null for nothing.</summary>
    public string? Comment { get; set; }

    /// <summary>The name in the spec, once it has one.</summary>
    public string? Name { get; set; }

    /// <summary>The name is written: it is not the one that the layer has by itself.</summary>
    public bool IsNamed { get; set; }

    public bool IsInput => Kind == Input;

    public object? Option(string key) => Options.FirstOrDefault(o => o.Key == key).Value;

    public void Set(string key, object value)
    {
        int at = Options.FindIndex(o => o.Key == key);
        if (at >= 0)
            Options[at] = new(key, value);
        else
            Options.Add(new(key, value));
    }

    public NamedTensor? Parameter(string name) => Parameters.FirstOrDefault(p => p.Name == name);

    public void SetParameter(NamedTensor tensor)
    {
        Parameters.RemoveAll(p => p.Name == tensor.Name);
        Parameters.Add(tensor);
    }

    public override string ToString() => $"{Kind} {Name} {Sizes.Text(Shape)}";
}

/// <summary>What a layer reads: another layer, or a state that it ends with.</summary>
/// <param name="Part"><c>h</c> or <c>c</c>; null for what the layer gives.</param>
internal readonly record struct Read(SpecLayer Layer, string? Part = null)
{
    public int[] Shape => Part is null ? Layer.Shape : [Layer.Shape[^1]];
}

/// <summary>Layers that no spec has: they stand for a computation until it is known how it is best written.</summary>
internal static class Interim
{
    /// <summary>x scale + offset, with constants that may differ along the axes.</summary>
    public const string Affine = "affine";

    /// <summary>The error function, which only a gelu is made of.</summary>
    public const string Erf = "erf";
}

/// <summary>The constants of an interim affine layer.</summary>
/// <param name="Shape">Of as many axes as the layer's, each of its size or of 1.</param>
/// <param name="Scale">As many numbers as the shape has.</param>
/// <param name="Offset">The same.</param>
/// <param name="Standardizes">It began by taking something off: it brings data to a common scale.</param>
internal sealed record AffineNumbers(int[] Shape, double[] Scale, double[] Offset, bool Standardizes);
