using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;

namespace NetGen.Models.Onnx.Export;

/// <summary>What a layer is written with: what it reads, and the scope of its nodes.</summary>
/// <param name="layer">The layer.</param>
/// <param name="inputs">The values that it reads, in order.</param>
/// <param name="readers">The layers that read what it gives.</param>
internal sealed class LayerWriter(GraphWriter graph, Layer layer, IReadOnlyList<string> inputs, IEnumerable<Layer> readers)
{
    private readonly Dictionary<int, string> _states = [];

    public NodeScope Nodes { get; } = new(graph, layer.Name);

    public IReadOnlyList<string> Inputs => inputs;

    /// <summary>The layers that read what it gives, but for those that only pass it on.</summary>
    public IEnumerable<Layer> Readers => readers;

    /// <summary>What it reads, or the first of that.</summary>
    public string X => inputs[0];

    public int Opset => graph.Opset;

    /// <summary>Its states after the last step, by their numbers from 1, as far as they were written.</summary>
    public IReadOnlyDictionary<int, string> States => _states;

    public void SetState(int part, string value) => _states[part] = value;

    /// <summary>A parameter of the layer as a constant.</summary>
    public string Parameter(string name, IReadOnlyList<int>? shape = null) => graph.Parameter(layer.Name + "." + name, shape);

    /// <summary>
    /// A parameter with a number for each channel, feature or element, with axes that line up with those of the layer's input: <c>[C, 1, 1]</c> of an image.
    /// </summary>
    public string PerChannel(string name) => Parameter(name, AxesOfChannels(layer.Input));

    /// <summary>The axes of what has one number for each channel, feature or element.</summary>
    public static int[] AxesOfChannels(Shape shape) =>
        shape.Layout == Layout.Channels ? [shape.Dimensions[0], .. Enumerable.Repeat(1, shape.Rank - 1)] : [shape.Last];

    /// <summary>The number of channels, features or elements.</summary>
    public static int ChannelsOf(Shape shape) => Normalization.ChannelsOf(shape);

    /// <summary>A transposition, of axes that are counted with the batch.</summary>
    public string Transpose(string what, string x, params long[] axes) => Nodes.Node("Transpose", what, [x], Attributes.Of("perm", axes));

    /// <summary>Other axes for the same values, the batch being what it is.</summary>
    public string Reshape(string what, string x, IEnumerable<int> sizes) =>
        Nodes.Node("Reshape", what, [x, Nodes.Longs(what + "_shape", [0, .. sizes.Select(static d => (long)d)])]);
}
