namespace NetGen;

/// <summary>Every output reads every input: <c>y = activation(W x + b)</c>.</summary>
public sealed class DenseAttribute : LayerAttribute
{
    /// <param name="units">The outputs.</param>
    public DenseAttribute(int units) => Units = units;

    /// <summary>The outputs.</summary>
    public int Units { get; }

    /// <summary>What is applied to the outputs. Default: <see cref="NetGen.Activation.Linear"/>, nothing.</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether there is a bias <c>b</c>. Default: true.</summary>
    public bool UseBias { get; set; }

    /// <summary>Where the weights start: <c>glorot_uniform</c>, <c>he_normal</c>, <c>zeros</c>, … Default: <c>glorot_uniform</c>.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>Where the biases start. Default: <c>zeros</c>.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>The inputs, where the spec should state them: it is checked that the layer before gives as many.</summary>
    public int In { get; set; }

    /// <summary>
    /// An embedding or a dense layer above whose weight it shares: as it is, or transposed where only that fits. It is one parameter; the bias is the layer's own.
    /// Default: none, the layer has a weight of its own.
    /// </summary>
    public string? WeightsOf { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names,
    /// <c>new[] { "weight" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}
