using System.Collections.Generic;

namespace NetGen.Models;

/// <summary>What a model of another library became.</summary>
/// <param name="Spec">The spec, in YAML, without weights.</param>
/// <param name="Weights">The parameters, with the names and shapes of a weights file.</param>
/// <param name="Notes">What was dropped, turned around or is otherwise not as in the model: a sentence each.</param>
internal sealed record ImportedModel(string Spec, IReadOnlyList<NamedTensor> Weights, IReadOnlyList<string> Notes);
