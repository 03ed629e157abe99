using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export;

/// <summary>Adds the nodes of a layer, or of a part of one, whose names begin with its own.</summary>
/// <param name="graph">Where they go.</param>
/// <param name="prefix">What their names begin with: <c>hidden</c>, <c>hidden/activation</c>.</param>
internal sealed class NodeScope(GraphWriter graph, string prefix)
{
    public GraphWriter Graph => graph;

    public int Opset => graph.Opset;

    /// <summary>A part of this one.</summary>
    public NodeScope Within(string part) => new(graph, prefix + "/" + part);

    /// <summary>The same names in the body of a node.</summary>
    public NodeScope InBody(GraphWriter body, string part) => new(body, prefix + "/" + part);

    /// <summary>Adds the node that the scope is named after; gives back the value.</summary>
    public string Main(string op, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        Add(op, prefix, op.ToLowerInvariant(), inputs, attributes);

    /// <summary>Adds a node; gives back its value, which is named as it is.</summary>
    /// <param name="what">What the node does for the layer.</param>
    public string Node(string op, string what, IEnumerable<string> inputs, params IEnumerable<AttributeProto> attributes) =>
        Add(op, null, what, inputs, attributes);

    /// <summary>Adds the node that the scope is named after, which gives several values.</summary>
    /// <param name="outputs">What each is for the layer; empty for one that is not wanted.</param>
    public string[] MainOf(string op, IEnumerable<string> inputs, IEnumerable<string> outputs, params IEnumerable<AttributeProto> attributes) =>
        AddOf(op, prefix, inputs, outputs, attributes);

    /// <summary>Adds a node that gives several values.</summary>
    public string[] NodeOf(string op, string what, IEnumerable<string> inputs, IEnumerable<string> outputs, params IEnumerable<AttributeProto> attributes) =>
        AddOf(op, NameOf(what), inputs, outputs, attributes);

    /// <summary>A name for a value.</summary>
    public string NewName(string what) => graph.NewName(NameOf(what));

    public string Parameter(string name, IReadOnlyList<int>? shape = null) => graph.Parameter(name, shape);

    /// <summary>A constant vector of whole numbers.</summary>
    public string Longs(string what, params long[] values) => graph.Constant(NameOf(what), name => Tensors.Longs(name, values));

    /// <summary>A constant number.</summary>
    public string Number(string what, double value) => graph.Constant(NameOf(what), name => Tensors.Floats(name, [], [(float)value]));

    /// <summary>
    /// The 0 that a Pad before a pool has. ONNX Runtime and others make such a Pad part of the pool if its constant is 0, though the padding of a MaxPool is -∞
    /// and that of an average may not count. The smallest number above 0 keeps them apart, and no sum or largest element shows the difference.
    /// </summary>
    public string ZeroBeforePool(string what) => Number(what, float.Epsilon);

    /// <summary>A constant vector of equal numbers.</summary>
    public string Filled(string what, int count, float value) => graph.Constant(NameOf(what), name =>
    {
        float[] values = new float[count];
        Array.Fill(values, value);
        return Tensors.Floats(name, [count], values);
    });

    /// <summary>A Reduce of some axes, which the opsets take in different ways.</summary>
    /// <param name="isMain">It is the node that the scope is named after.</param>
    public string Reduce(string op, string what, string x, IReadOnlyList<int> axes, bool keepsDimensions, bool isMain = false)
    {
        bool takesValue = op == "ReduceSum" || Opset >= 18;
        IEnumerable<long> wide = axes.Select(static axis => (long)axis);
        string[] inputs = takesValue ? [x, Longs(what + "_axes", [.. wide])] : [x];
        AttributeProto[] attributes = [Attributes.Of("keepdims", keepsDimensions ? 1 : 0), .. takesValue ? [] : new[] { Attributes.Of("axes", wide) }];
        return isMain ? Add(op, prefix, what, inputs, attributes) : Node(op, what, inputs, attributes);
    }

    /// <summary>What a part of the scope is called.</summary>
    public string NameOf(string what) => prefix + "/" + what;

    private string Add(string op, string? name, string what, IEnumerable<string> inputs, IEnumerable<AttributeProto> attributes)
    {
        string value = NewName(what);
        graph.Add(op, name ?? value, inputs, [value], attributes);
        return value;
    }

    private string[] AddOf(string op, string name, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<AttributeProto> attributes)
    {
        string[] values = [.. outputs.Select(what => what.Length == 0 ? "" : NewName(what))];
        graph.Add(op, name, inputs, values, attributes);
        return values;
    }
}
