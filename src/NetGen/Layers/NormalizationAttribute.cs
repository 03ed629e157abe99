namespace NetGen;

/// <summary>
/// <c>(x - mean) / sqrt(variance)</c> for each channel; of a sequence for each feature, of a vector for each element. The statistics are stated, loaded, or
/// learned from data; no step of training changes them.
/// </summary>
public sealed class NormalizationAttribute : LayerAttribute
{
    /// <summary>The mean: a number for all, or one for each feature or channel, <c>new[] { 0.5f, 0.4f }</c>. Default: 0.</summary>
    public object? Mean { get; set; }

    /// <summary>The variance, above 0: a number for all, or one for each feature or channel. Default: 1.</summary>
    public object? Variance { get; set; }
}
