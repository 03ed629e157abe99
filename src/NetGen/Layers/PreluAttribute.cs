namespace NetGen;

/// <summary><c>x</c> where positive, else <c>weight * x</c>, with a weight that is trained; it starts at 0.25.</summary>
public sealed class PreluAttribute : LayerAttribute
{
    /// <summary>Whether each channel has a weight of its own; of a sequence each feature, of a vector each element. Default: false, one weight.</summary>
    public bool PerChannel { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names,
    /// <c>new[] { "weight" }</c>. Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}
