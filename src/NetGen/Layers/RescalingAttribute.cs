namespace NetGen;

/// <summary><c>Scale * x + Offset</c>, element by element.</summary>
public sealed class RescalingAttribute : LayerAttribute
{
    /// <param name="scale">What each value is multiplied by.</param>
    public RescalingAttribute(float scale) => Scale = scale;

    /// <summary>What each value is multiplied by.</summary>
    public float Scale { get; }

    /// <summary>What is added then. Default: 0.</summary>
    public float Offset { get; set; }
}
