using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>A parameter, or neighbours in it, as kernels read it.</summary>
/// <param name="From">Where in the parameter it begins.</param>
internal readonly record struct ParameterBuffer(Buffer Buffer, string Layer, string Parameter, int From);

/// <summary>
/// What layers lower into: the forward kernels of one sample, in order. Training and inference are lowered apart, because
/// dropout and its like differ; what does not differ comes out equal, and is printed once. Here it is also that values change their order in memory.
/// </summary>
/// <param name="training">The mode.</param>
internal sealed class Lowering(bool training) : IKernels
{
    private readonly NameScope _names = new();
    private readonly NameScope _methods = new();
    private readonly Dictionary<(Buffer, Shape, Order, EquatableArray<(int, int)>, float), Value> _converted = [];
    private readonly Dictionary<(string Layer, string Parameter, string Part), Buffer> _parameters = [];
    private readonly Dictionary<(string Layer, int Part), Value> _states = [];
    private int _streams;

    public bool IsTraining => training;

    public List<Kernel> Kernels { get; } = [];

    /// <summary>Every buffer of parameters, in the order in which the layers asked.</summary>
    public List<ParameterBuffer> Parameters { get; } = [];

    /// <summary>The name of the layer that is being lowered.</summary>
    public string? Layer { get; set; }

    public void Add(Kernel kernel) => Kernels.Add(kernel with { Layer = Layer });

    /// <summary>The same in both modes for what both have: a layer's name is its own.</summary>
    private string Name(string layer, string what) => _names.Unique(what.Length == 0 ? NameMark.Value + layer : NameMark.Of(NameMark.Value + layer, what));

    /// <summary>A buffer for values of one sample.</summary>
    public Buffer Activation(string layer, string what, int size) =>
        new(Name(layer, what), size, BufferRole.Activation);

    /// <summary>A buffer for what is computed once for all samples of a batch.</summary>
    public Buffer Batch(string layer, string what, int size) =>
        new(Name(layer, what), size, BufferRole.Batch);

    /// <summary>The buffer of a parameter: one, however many layers read it.</summary>
    /// <param name="layer">Whose it is.</param>
    public Buffer Parameter(string layer, string parameter, int size) => Parameter(layer, parameter, "", 0, size);

    /// <summary>The buffer of neighbours in a parameter, where kernels read it in parts.</summary>
    /// <param name="part">What the part is called.</param>
    /// <param name="from">Where it begins.</param>
    public Buffer Parameter(string layer, string parameter, string part, int from, int size)
    {
        if (_parameters.TryGetValue((layer, parameter, part), out Buffer? known))
            return known;
        var buffer = new Buffer(Name(layer, NameScope.Pascal(parameter) + part), size, BufferRole.Parameter);
        Parameters.Add(new ParameterBuffer(buffer, layer, parameter, from));
        return _parameters[(layer, parameter, part)] = buffer;
    }

    /// <summary>The layer that is being lowered works on one step of a stream.</summary>
    public bool IsStep { get; set; }

    /// <summary>Every buffer that a stream keeps from one step to the next, with where it begins.</summary>
    public List<(Buffer Buffer, int Offset)> States { get; } = [];

    /// <summary>A buffer that a stream keeps from one step to the next.</summary>
    public Buffer State(string layer, string what, int size)
    {
        var buffer = new Buffer(Name(layer, what), size, BufferRole.State);
        States.Add((buffer, States.Count == 0 ? 0 : States[States.Count - 1].Offset + States[States.Count - 1].Buffer.Size));
        return buffer;
    }

    /// <summary>The state of a recurrent layer after the last step, for who reads it.</summary>
    /// <param name="part">Which of its states, counted from 1.</param>
    public Value StateOf(string layer, int part) => _states[(layer, part)];

    /// <summary>Says where the state of a recurrent layer after the last step is.</summary>
    public void SetState(string layer, int part, Value state) => _states[(layer, part)] = state;

    /// <summary>The loss fuses with the activation of the layer that is being lowered.</summary>
    public bool IsFusedByLoss { get; set; }

    /// <summary>A value as it is presented in memory.</summary>
    public Value RowMajor(Value x) => x.IsIn(Order.RowMajor) ? x with { Order = Order.RowMajor } : Convert(x, Order.RowMajor, default, 0);

    /// <summary>
    /// A value with its channels innermost, and with its other axes enlarged by what is filled in at their edges: what a
    /// convolution or a pool reads.
    /// </summary>
    /// <param name="edges">Elements before and after, for each axis but the channels; none where it is empty.</param>
    /// <param name="fill">What stands there.</param>
    public Value ChannelsLast(Value x, EquatableArray<(int Before, int After)> edges = default, float fill = 0)
    {
        bool grows = edges.Any(static e => e != (0, 0));
        return !grows && x.IsIn(Order.ChannelsLast) ? x with { Order = Order.ChannelsLast } : Convert(x, Order.ChannelsLast, grows ? edges : default, fill);
    }

    /// <summary>A value as it is presented, with its axes but the first enlarged by zeros at their edges.</summary>
    public Value PaddedPlanes(Value x, EquatableArray<(int Before, int After)> edges) =>
        edges.All(static e => e == (0, 0)) ? RowMajor(x) : Convert(x, Order.RowMajor, edges, 0);

    /// <summary>The same elements in another order, or within edges. Who asks again is given what was made before.</summary>
    private Value Convert(Value x, Order order, EquatableArray<(int Before, int After)> edges, float fill)
    {
        if (_converted.TryGetValue((x.Buffer, x.Shape, order, edges, fill), out Value known))
            return known;
        EquatableArray<int> sizes = x.Shape.Dimensions.Select((d, axis) => axis == 0 || edges.Count == 0 ? d : d + edges[axis - 1].Before + edges[axis - 1].After).ToEquatable();
        string what = edges.Count > 0 ? "Padded" : order == Order.RowMajor ? "ChannelsFirst" : "ChannelsLast";
        Shape shape = x.Shape with { Dimensions = sizes };
        var y = new Value(new Buffer(_names.Unique(x.Buffer.Named(what)), shape.Size, BufferRole.Activation), shape, order);
        int to = edges.Select((e, k) => e.Before * y.Strides[k + 1]).Sum();
        Add(new Rearrange(
            Method(x.Buffer.Name, what), x.Buffer, y.Buffer, Access.Overwrite,
            Rearrange.Ordered(x.Shape.Dimensions.Select((d, axis) => new WalkedAxis(d, x.Strides[axis], y.Strides[axis]))), 0, to,
            edges.Count > 0 ? fill : null, edges.Count > 0 ? "pad" : order == Order.RowMajor ? "channels first" : "channels last"));
        _converted[(x.Buffer, x.Shape, order, edges, fill)] = y;
        return y;
    }

    /// <summary>The name of a kernel of a layer.</summary>
    public string Method(string layer, string what = "Forward") => _methods.Unique(NameScope.Pascal(layer) + what);

    /// <summary>A stream of random numbers of its own. Called in both modes, so that streams do not depend on the mode.</summary>
    public int Stream() => ++_streams;
}
