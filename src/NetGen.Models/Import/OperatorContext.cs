using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>An operation while it is imported: what it reads, and where what it gives goes.</summary>
/// <param name="inputs">Null for an input that is left out.</param>
/// <param name="isUsed">Whether anything reads an output.</param>
/// <param name="give">Takes an output.</param>
/// <param name="note">Takes what is to be said of it.</param>
internal sealed class OperatorContext(
    ModelGraph graph, ModelNode node, IReadOnlyList<Value?> inputs, SpecBuilder spec, Func<int, bool> isUsed, Action<int, Value> give, Action<string> note)
{
    public ModelNode Node => node;

    public ModelGraph Graph => graph;

    public int OperatorSet => graph.OperatorSet;

    public SpecBuilder Spec => spec;

    public int InputCount => inputs.Count;

    public bool IsUsed(int output) => isUsed(output);

    public void Note(string text) => note(text);

    public void Give(Value value, int output = 0) => give(output, value);

    public Value? Input(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>An input that the network computes.</summary>
    /// <exception cref="UnsupportedNodeException">It is a constant, or left out.</exception>
    public Variable Variable(int index) => Input(index) switch
    {
        Variable v => v,
        ConstantValue { Constant: var c } => throw new UnsupportedNodeException($"its input {index} is {c}, where a value of the network is expected"),
        _ => throw new UnsupportedNodeException($"it lacks its input {index}"),
    };

    /// <summary>A constant input; null where it is left out.</summary>
    /// <exception cref="UnsupportedNodeException">The network computes it.</exception>
    public Constant? Optional(int index, string what) => Input(index) switch
    {
        null => null,
        ConstantValue { Constant: var c } => c,
        _ => throw new UnsupportedNodeException($"its {what} is not a constant, but computed"),
    };

    public Constant Constant(int index, string what) => Optional(index, what) ?? throw new UnsupportedNodeException($"it lacks its {what}");

    /// <summary>An attribute that later became an input.</summary>
    public long[]? Integers(string attribute, int input) => node.Integers(attribute) ?? Optional(input, attribute)?.Integers;

    public double? Number(string attribute, int input)
    {
        if (node.Has(attribute))
            return node.Number(attribute, 0);
        return Optional(input, attribute) is { } c ? c.Count == 1 ? c.Values[0] : throw new UnsupportedNodeException($"its {attribute} has {c.Count} elements") : null;
    }

    /// <summary>A layer that works element by element, on a value as it stands.</summary>
    public Variable Map(Variable v, string kind, params (string Key, object Value)[] options) =>
        OnSource(v, source => spec.Add(kind, [source], source.Shape, keepsAxes: true, options));

    /// <summary>What is done to each element, or with numbers that stand as the source does.</summary>
    public static Variable OnSource(Variable v, Func<Read, Read> change)
    {
        if (v.Base is not { } held)
            return v with { Source = change(v.Source) };
        Variable inner = OnSource(held, change);
        return v with { Source = inner.Source, Base = inner };
    }
}
