using System.Collections.Generic;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Binding;

/// <summary>A checked network, and what of its spec it does not hold itself: where its parts are written, and what it must keep within.</summary>
/// <param name="Headers">Of the layers, in their order.</param>
/// <param name="Spec">The whole.</param>
internal sealed record BoundSpec(Network Network, IReadOnlyList<LayerHeader> Headers, IReadOnlyList<NetworkInput> Inputs, MapValue Spec, Budget? Budget);
