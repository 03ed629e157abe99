using System;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>What the elements of a tensor are.</summary>
internal enum ElementKind { Float, Integer, Boolean }

/// <summary>A tensor whose elements are known, row-major.</summary>
/// <param name="Values">Floats and whole numbers up to 2^53 exactly; larger ones, which only say "to the end", rounded.</param>
internal sealed record Constant(int[] Shape, double[] Values, ElementKind Kind)
{
    /// <summary>What the file calls it; null for what was computed.</summary>
    public string? Name { get; init; }

    public int Count => Values.Length;

    public bool IsUniform => Values.Length > 0 && Array.TrueForAll(Values, v => v.Equals(Values[0]));

    /// <summary>Its elements as sizes, axes or positions.</summary>
    public long[] Integers => [.. Values.Select(static v => v >= long.MaxValue ? long.MaxValue : v <= long.MinValue ? long.MinValue : (long)v)];

    public float[] Floats => [.. Values.Select(static v => (float)v)];

    public static Constant Scalar(double value, ElementKind kind) => new([], [value], kind);

    public static Constant List(params long[] values) => new([values.Length], [.. values.Select(static v => (double)v)], ElementKind.Integer);

    public override string ToString() => Name is null ? $"a constant of shape {Sizes.Text(Shape)}" : $"'{Name}' of shape {Sizes.Text(Shape)}";
}
