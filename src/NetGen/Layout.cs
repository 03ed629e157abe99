namespace NetGen;

/// <summary>What the axes of two-dimensional data mean.</summary>
public enum Layout
{
    /// <summary>Time, then features: for recurrent layers, and dense layers at each step.</summary>
    Sequence,

    /// <summary>Channels, then length: for convolutions and pools.</summary>
    Channels,
}
