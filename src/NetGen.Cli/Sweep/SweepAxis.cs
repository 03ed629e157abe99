using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Sweep;

/// <summary>One value that a sweep tries.</summary>
/// <param name="Text">As it is printed, which is exactly what is trained.</param>
/// <param name="Yaml">As it is written into the spec: the same, in quotes where YAML needs them.</param>
/// <param name="Number">Null where it is no number.</param>
internal sealed record SweepValue(string Text, string Yaml, double? Number);

/// <summary>A path of a spec, and the values that it takes in a sweep: what one <c>--set</c> says.</summary>
internal sealed record SweepAxis(string Path, IReadOnlyList<SweepValue> Values)
{
    public bool IsNumeric => Values.All(static v => v.Number is not null);
}
