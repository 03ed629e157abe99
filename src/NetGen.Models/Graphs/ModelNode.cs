using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Models.Graphs;

/// <summary>An operation of a model, in the words of ONNX, which every importer speaks.</summary>
/// <param name="Operator"><c>Conv</c>; with its domain where that is not ONNX's own, <c>com.microsoft.FusedConv</c>.</param>
/// <param name="Name">Of the file, possibly empty.</param>
/// <param name="Inputs">The values that it reads; an empty name stands for one that is left out.</param>
/// <param name="Outputs">The values that it gives, likewise.</param>
internal sealed record ModelNode(string Operator, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Its settings: long, double, string, <see cref="Constant"/>, arrays of the first three, or a <see cref="ModelGraph"/>.</summary>
    public IReadOnlyDictionary<string, object> Attributes { get; init; } = new Dictionary<string, object>();

    /// <summary>How messages call it.</summary>
    public string Title => Name.Length > 0 ? $"{Operator} '{Name}'" : Outputs.Count > 0 ? $"{Operator} (of '{Outputs[0]}')" : Operator;

    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    public bool HasInput(int index) => index < Inputs.Count && Inputs[index].Length > 0;

    public bool HasOutput(int index) => index < Outputs.Count && Outputs[index].Length > 0;

    public long Integer(string attribute, long otherwise) => Get<long>(attribute) ?? otherwise;

    public double Number(string attribute, double otherwise) => Get<double>(attribute) ?? otherwise;

    public string Text(string attribute, string otherwise) => Attributes.TryGetValue(attribute, out object? value) && value is string text ? text : otherwise;

    public long[]? Integers(string attribute) => Attributes.TryGetValue(attribute, out object? value) ? value as long[] : null;

    public double[]? Numbers(string attribute) => Attributes.TryGetValue(attribute, out object? value) ? value as double[] : null;

    public string[]? Texts(string attribute) => Attributes.TryGetValue(attribute, out object? value) ? value as string[] : null;

    /// <summary>Sizes with one for each axis.</summary>
    /// <exception cref="UnsupportedNodeException">There are not as many.</exception>
    public int[] Sizes(string attribute, int count, int otherwise)
    {
        if (Integers(attribute) is not { Length: > 0 } values)
            return [.. Enumerable.Repeat(otherwise, count)];
        if (values.Length != count)
            throw new UnsupportedNodeException($"its {attribute} has {values.Length} values, not {count}");
        return [.. values.Select(v => v is >= 0 and <= int.MaxValue ? (int)v : throw new UnsupportedNodeException($"its {attribute} holds {v}"))];
    }

    private T? Get<T>(string attribute)
        where T : struct => Attributes.TryGetValue(attribute, out object? value) && value is T of ? of : null;

    public bool Equals(ModelNode? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
