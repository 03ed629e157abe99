using System.Collections.Generic;

namespace NetGen.Models.Import;

/// <summary>What the user asks of an import.</summary>
internal sealed record ImportOptions
{
    /// <summary>The file, for the head of the spec.</summary>
    public string FileName { get; init; } = "model";

    /// <summary>Sizes of inputs that the file leaves open, the batch included.</summary>
    public IReadOnlyDictionary<string, int[]> Shapes { get; init; } = new Dictionary<string, int[]>();

    /// <summary>The loss that the spec gets, so that the network trains on; null for none.</summary>
    public string? Loss { get; init; }

    /// <summary>The weights file that the spec names; null for none.</summary>
    public string? Weights { get; init; }
}
