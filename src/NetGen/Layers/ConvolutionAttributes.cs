namespace NetGen;

/// <summary>What all convolutions have.</summary>
public abstract class ConvolutionAttribute : LayerAttribute
{
    private protected ConvolutionAttribute(int filters) => Filters = filters;

    /// <summary>The filters: the channels of the output.</summary>
    public int Filters { get; }

    /// <summary>The size of the kernel: a number, or <c>new[] { 3, 5 }</c>, one for each axis.</summary>
    public object? KernelSize { get; set; }

    /// <summary>How far the kernel moves: a number, or one for each axis. Default: 1.</summary>
    public object? Strides { get; set; }

    /// <summary>How far apart the elements stand that the kernel sees: a number, or one for each axis. Default: 1.</summary>
    public object? DilationRate { get; set; }

    /// <summary>Groups of channels, each of which has filters of its own. Default: 1.</summary>
    public int Groups { get; set; }

    /// <summary>What is applied to the outputs. Default: <see cref="NetGen.Activation.Linear"/>, nothing.</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether there is a bias for each filter. Default: true.</summary>
    public bool UseBias { get; set; }

    /// <summary>Where the weights start: <c>glorot_uniform</c>, <c>he_normal</c>, <c>zeros</c>, … Default: <c>glorot_uniform</c>.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>Where the biases start. Default: <c>zeros</c>.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names,
    /// <c>new[] { "weight" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}

/// <summary>Each filter is moved along <c>[channels, length]</c>: a cross-correlation, as in PyTorch.</summary>
public sealed class Conv1DAttribute : ConvolutionAttribute
{
    /// <param name="filters">The filters: the channels of the output.</param>
    public Conv1DAttribute(int filters)
        : base(filters)
    {
    }

    /// <summary>Zeros at both ends: <c>"valid"</c>, none; <c>"same"</c>; <c>"causal"</c>, all before; or their number. Default: valid.</summary>
    public object? Padding { get; set; }
}

/// <summary>Each filter is moved over <c>[channels, height, width]</c>: a cross-correlation, as in PyTorch.</summary>
public sealed class Conv2DAttribute : ConvolutionAttribute
{
    /// <param name="filters">The filters: the channels of the output.</param>
    public Conv2DAttribute(int filters)
        : base(filters)
    {
    }

    /// <summary>Zeros around: <c>"valid"</c>, none; <c>"same"</c>; their number, or one for each axis. Default: valid.</summary>
    public object? Padding { get; set; }
}

/// <summary>Every element of <c>[channels, length]</c> adds its filters to the output: the gradient of a convolution, as a layer.</summary>
public sealed class ConvTranspose1DAttribute : ConvolutionAttribute
{
    /// <param name="filters">The filters: the channels of the output.</param>
    public ConvTranspose1DAttribute(int filters)
        : base(filters)
    {
    }

    /// <summary>What is cut off at both ends: <c>"valid"</c>, nothing, or a number. Default: valid.</summary>
    public object? Padding { get; set; }

    /// <summary>What the output has more at its end. Default: 0.</summary>
    public object? OutputPadding { get; set; }
}

/// <summary>Every element of <c>[channels, height, width]</c> adds its filters to the output: the gradient of a convolution, as a layer.</summary>
public sealed class ConvTranspose2DAttribute : ConvolutionAttribute
{
    /// <param name="filters">The filters: the channels of the output.</param>
    public ConvTranspose2DAttribute(int filters)
        : base(filters)
    {
    }

    /// <summary>What is cut off all around: <c>"valid"</c>, nothing, a number, or one for each axis. Default: valid.</summary>
    public object? Padding { get; set; }

    /// <summary>What the output has more at its lower and right ends. Default: 0.</summary>
    public object? OutputPadding { get; set; }
}
