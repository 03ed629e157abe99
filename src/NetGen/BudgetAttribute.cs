namespace NetGen;

/// <summary>What the network may cost; over it, the build fails.</summary>
public sealed class BudgetAttribute : SpecAttribute
{
    /// <summary>Bytes of parameters, four for each: <c>"60KB"</c>, a KB being 1,024.</summary>
    public string? Parameters { get; set; }

    /// <summary>Bytes of scratch memory for one sample's inference, the caller's or the stack's: <c>"8KB"</c>.</summary>
    public string? Scratch { get; set; }

    /// <summary>Multiply-adds of one sample's inference: <c>"1M"</c>, a million.</summary>
    public string? Macs { get; set; }
}
