namespace NetGen;

/// <summary>
/// The recurrent layer whose attribute stands behind it, in both directions: <c>[Bidirectional, Lstm(32, ReturnSequences = true)]</c>. One layer reads the sequence
/// from its beginning, another one, with parameters of its own, from its end. A name, and what is read, is said here, and not of the layer behind.
/// </summary>
public sealed class BidirectionalAttribute : LayerAttribute
{
    /// <summary>How the outputs of the two become one. Default: <see cref="NetGen.MergeMode.Concat"/>.</summary>
    public MergeMode MergeMode { get; set; }

    /// <summary>
    /// Which parameters a step of training changes: <c>true</c>, <c>false</c>, or their names, <c>new[] { "weight_hh_l0", "weight_hh_l0_reverse" }</c>.
    /// Default: <c>true</c>.
    /// </summary>
    public object? Trainable { get; set; }
}
