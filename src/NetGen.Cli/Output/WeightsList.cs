using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;

namespace NetGen.Cli.Output;

/// <summary>What <c>netgen weights</c> has to show.</summary>
/// <param name="Path">The file that was read.</param>
/// <param name="Fitted">What was, or would be, written; null where nothing but a list was asked for.</param>
/// <param name="Spec">The spec that the weights are for, if there is one.</param>
/// <param name="Output">The file that was written, if one was.</param>
internal sealed record WeightsList(string Path, TensorFile File, SpecWeights? Fitted, string? Spec, string? Output)
{
    public IEnumerable<string> Notes => (Fitted?.Notes ?? []).Concat(File.Doubt is { } doubt ? [doubt] : []);
}
