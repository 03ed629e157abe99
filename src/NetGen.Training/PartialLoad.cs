using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>What was loaded of a weight file, and what was not. As text, it is a few lines.</summary>
/// <param name="Loaded">The parameters that were loaded.</param>
/// <param name="Kept">The parameters that are as they were, each with the reason: <c>output.weight: [10, 64], in the file F32 [100, 64]</c>.</param>
/// <param name="Unused">The tensors of the file that the network has no parameter for.</param>
public sealed record PartialLoad(IReadOnlyList<string> Loaded, IReadOnlyList<string> Kept, IReadOnlyList<string> Unused)
{
    /// <summary>As in <c>loaded: conv2d_1.weight, conv2d_1.bias</c>, and a line each for what was kept and not used.</summary>
    public override string ToString() =>
        $"loaded: {Text(Loaded)}\nas they were: {Text(Kept)}\nnot used: {Text(Unused)}";

    private static string Text(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names);
}
