using System.Collections.Generic;

namespace NetGen.Compiler.Weights;

/// <summary>A parameter of a network, and where its elements lie in the parameter buffer.</summary>
/// <param name="Name">The layer's name, a dot and the parameter's: <c>hidden.weight</c>.</param>
/// <param name="Shape">The shape as presented.</param>
/// <param name="Offset">Where element [0, 0, …] lies.</param>
/// <param name="Strides">How far apart neighbours along each axis lie, in floats.</param>
internal sealed record ParameterPlace(string Name, IReadOnlyList<int> Shape, int Offset, IReadOnlyList<int> Strides);
