namespace NetGen;

/// <summary><c>min(max(x, Min), Max)</c>, element by element; one of the two may be left out.</summary>
public sealed class ClipAttribute : LayerAttribute
{
    /// <summary>What smaller values become. By default they stay.</summary>
    public float Min { get; set; }

    /// <summary>What larger values become. By default they stay.</summary>
    public float Max { get; set; }
}
