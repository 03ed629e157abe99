using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export;

/// <summary>A graph as it is written: its nodes in order, its constants, and the names of its values, of which each is given once.</summary>
internal sealed class GraphWriter
{
    private readonly GraphWriter? _outer;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _tensors = new(StringComparer.Ordinal);
    private readonly Func<string, NamedTensor> _parameters;

    /// <param name="parameters">The values of a parameter, by its name in weight files.</param>
    /// <param name="names">Names that values have already: those of inputs and outputs.</param>
    public GraphWriter(int opset, Func<string, NamedTensor> parameters, IEnumerable<string> names)
    {
        Opset = opset;
        _parameters = parameters;
        _names = new HashSet<string>(names, StringComparer.Ordinal);
    }

    private GraphWriter(GraphWriter outer)
    {
        _outer = outer;
        Opset = outer.Opset;
        _parameters = outer._parameters;
        _names = outer._names;
    }

    public GraphProto Graph { get; } = new();

    public int Opset { get; }

    /// <summary>
    /// The graph of a node's body. It reads the values around it, so their names are not given again, and its constants stand with those of the model.
    /// </summary>
    public GraphWriter Body() => new(this);

    /// <summary>A name for a value: the one that is wished for, or where it is given that and a number.</summary>
    public string NewName(string wish)
    {
        string name = wish;
        for (int k = 2; !_names.Add(name); k++)
            name = System.FormattableString.Invariant($"{wish}_{k}");
        return name;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="inputs">Values; an empty name stands for one that is left out.</param>
    /// <param name="outputs">Names for what it gives, likewise.</param>
    public NodeProto Add(string op, string name, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = op, Name = name };
        node.Input.AddRange(inputs);
        while (node.Input is [.., ""])
            node.Input.RemoveAt(node.Input.Count - 1);
        node.Output.AddRange(outputs);
        while (node.Output is [.., ""])
            node.Output.RemoveAt(node.Output.Count - 1);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        return node;
    }

    /// <summary>The values of a parameter.</summary>
    public NamedTensor ValuesOf(string parameter) => _parameters(parameter);

    /// <summary>A parameter as a constant of the model, under its name in weight files.</summary>
    /// <param name="shape">Other axes for the same numbers in the same order; null for those that PyTorch presents.</param>
    public string Parameter(string name, IReadOnlyList<int>? shape = null)
    {
        if (_outer is not null)
            return _outer.Parameter(name, shape);
        if (!_tensors.Add(name))
            return name;
        _names.Add(name);
        NamedTensor tensor = _parameters(name);
        Graph.Initializer.Add(Tensors.Floats(name, (shape ?? tensor.Shape).Select(static d => (long)d), tensor.Values));
        return name;
    }

    /// <summary>A constant under a name of its own.</summary>
    public string Constant(string wish, Func<string, TensorProto> make)
    {
        if (_outer is not null)
            return _outer.Constant(wish, make);
        string name = NewName(wish);
        Graph.Initializer.Add(make(name));
        return name;
    }

    /// <summary>A constant that several layers read, made once.</summary>
    public string SharedConstant(string name, Func<string, TensorProto> make)
    {
        if (_outer is not null)
            return _outer.SharedConstant(name, make);
        return _tensors.Add(name) ? Constant(name, make) : name;
    }
}
