using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Sweep;

/// <summary>One network of a sweep.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Places">Of each axis, which of its values it has.</param>
/// <param name="Values">Those values.</param>
/// <param name="Spec">The spec with them, which has been checked.</param>
/// <param name="NetworkHash">The same for the same network, however its spec is written.</param>
internal sealed record SweepVariant(int Index, IReadOnlyList<int> Places, IReadOnlyList<SweepValue> Values, LoadedSpec Spec, string NetworkHash)
{
    /// <summary>An earlier variant that is the same network by other values: it is not trained twice. Null for none.</summary>
    public int? TwinOf { get; init; }

    /// <summary>Its values by their paths: <c>hidden.units=32 l2=0.01</c>.</summary>
    public string Label(IReadOnlyList<SweepAxis> axes) => string.Join(" ", axes.Zip(Values, static (a, v) => $"{a.Path}={v.Text}"));
}
