using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Reference;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// What the compiler's registry has. The reference and the goldens may be ahead of it: a case that needs more waits until that
/// is there, and comes alive by itself.
/// </summary>
internal static class AvailableLayers
{
    private static readonly HashSet<string> s_names = [.. LayerRegistry.Layers.All.Select(layer => layer.Name)];

    public static bool Has(string layer) => s_names.Contains(layer);

    /// <summary>All layers of a spec are there; <c>from</c> came with the layers that read several values.</summary>
    public static bool HaveAll(string spec) =>
        s_names.IsSupersetOf(ReferenceNetwork.Parse(spec).LayerKinds) && (Has("add") || !spec.Contains("from:", StringComparison.Ordinal));
}
