using System.Collections.Generic;

namespace NetGen.Compiler.Weights;

/// <summary>One tensor as the header states it.</summary>
/// <param name="Name">Its key in the header.</param>
/// <param name="Dtype">The element type's name.</param>
/// <param name="Shape">Row-major sizes, none negative.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record TensorEntry(string Name, string Dtype, IReadOnlyList<long> Shape, long Begin, long End);
