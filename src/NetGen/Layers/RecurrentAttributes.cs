namespace NetGen;

/// <summary>What all recurrent layers have: they read <c>[time, features]</c>, step by step, from a state of zeros or <see cref="InitialState"/>.</summary>
public abstract class RecurrentAttribute : LayerAttribute
{
    private protected RecurrentAttribute(int units) => Units = units;

    /// <summary>The units: the features of the state, and of the output.</summary>
    public int Units { get; }

    /// <summary>Whether the output is the state after every step, <c>[time, units]</c>, not only after the last. Default: false.</summary>
    public bool ReturnSequences { get; set; }

    /// <summary>
    /// The steps that gradients go back: the sequence is cut into pieces of so many, counted from its end, and no gradient passes
    /// from one to the piece before it; states do. Default: all.
    /// </summary>
    public int Truncate { get; set; }

    /// <summary>
    /// Training keeps every so many-th state and computes those in between again: less memory, the same numbers. Default: 1, all are kept.
    /// </summary>
    public int Checkpoint { get; set; }

    /// <summary>What makes the state: an activation that works element by element. Default: <see cref="NetGen.Activation.Tanh"/>.</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether there are biases, <c>b</c> and <c>c</c>. Default: true.</summary>
    public bool UseBias { get; set; }

    /// <summary>
    /// What the states are before the first step: the name of a layer, a state of one or an input that gives so many numbers as there are units; of an lstm
    /// two, <c>new[] { "h0", "c0" }</c>. Default: zeros.
    /// </summary>
    public object? InitialState { get; set; }

    /// <summary>
    /// A layer above of the same kind and sizes whose weights it shares: they are parameters once, and the biases are the layer's own. Default: none.
    /// </summary>
    public string? WeightsOf { get; set; }

    /// <summary>Where the weights of the input start, for each gate by itself. Default: <c>glorot_uniform</c>.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>Where the weights of the state start, for each gate by itself. Default: <c>orthogonal</c>.</summary>
    public string? RecurrentInitializer { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names,
    /// <c>new[] { "weight_hh_l0" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}

/// <summary>Each step is <c>h' = tanh(W x + b + U h + c)</c>.</summary>
public sealed class SimpleRnnAttribute : RecurrentAttribute
{
    /// <param name="units">The units: the features of the state, and of the output.</param>
    public SimpleRnnAttribute(int units)
        : base(units)
    {
    }
}

/// <summary>
/// A gated recurrent unit, with PyTorch's equations: <c>r = sigmoid(W x + b + U h + c)</c>, <c>z</c> likewise with weights of its own,
/// <c>n = tanh(W x + b + r (U h + c))</c>, <c>h' = (1 - z) n + z h</c>.
/// </summary>
public sealed class GruAttribute : RecurrentAttribute
{
    /// <param name="units">The units: the features of the state, and of the output.</param>
    public GruAttribute(int units)
        : base(units)
    {
    }

    /// <summary>What opens and closes the gates: an activation that works element by element. Default: <see cref="NetGen.Activation.Sigmoid"/>.</summary>
    public Activation RecurrentActivation { get; set; }

    /// <summary>
    /// Whether the reset gate works on the product, <c>r (U h + c)</c>, as in PyTorch; else on the state, <c>U (r h) + c</c>, as in Keras with <c>reset_after=False</c>.
    /// Default: true.
    /// </summary>
    public bool ResetAfter { get; set; }
}

/// <summary>
/// Long short-term memory, with PyTorch's equations: gates <c>i, f, o = sigmoid(W x + b + U h + c)</c> and <c>g</c>, the same with tanh,
/// each with weights of its own; <c>s' = f s + i g</c> is kept, <c>h' = o tanh(s')</c> is the output.
/// </summary>
public sealed class LstmAttribute : RecurrentAttribute
{
    /// <param name="units">The units: the features of the state, and of the output.</param>
    public LstmAttribute(int units)
        : base(units)
    {
    }

    /// <summary>What opens and closes the gates: an activation that works element by element. Default: <see cref="NetGen.Activation.Sigmoid"/>.</summary>
    public Activation RecurrentActivation { get; set; }
}
