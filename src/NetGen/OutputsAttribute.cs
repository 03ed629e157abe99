namespace NetGen;

/// <summary>
/// What the network gives: layers by their names, and states of recurrent layers, <c>"gru_1.h"</c>, back to back in this order. Without it, the network gives
/// what its last layer gives. Losses then say which output they are of (<see cref="LossAttribute.Output"/>).
/// </summary>
public sealed class OutputsAttribute : SpecAttribute
{
    /// <param name="names">The names of layers, or of their states.</param>
    public OutputsAttribute(params string[] names) => Names = names;

    /// <summary>The names of layers, or of their states.</summary>
    public string[] Names { get; }
}
