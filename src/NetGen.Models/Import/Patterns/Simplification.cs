using System;
using System.Collections.Generic;

namespace NetGen.Models.Import.Patterns;

/// <summary>Makes of the layers that operations became those that a person would have written.</summary>
internal static class Simplification
{
    /// <summary>The rewrites, in their order. Each returns whether it changed anything; it is done until it does not.</summary>
    private static readonly IReadOnlyList<Func<SpecGraph, SpecLayer, bool>> s_rewrites =
    [
        AffineRewrites.Merge,
        ActivationPatterns.HardSigmoid,
        ActivationPatterns.Products,
        ActivationPatterns.Gelu,
        NormPatterns.Layer,
        CellPatterns.Lstm,
        AffineRewrites.FoldIntoNorm,
        AffineRewrites.FoldIntoProduct,
        AffineRewrites.Write,
        WindowPatterns.Padding,
        WindowPatterns.LastState,
        MovePatterns.JoinedParts,
        MovePatterns.SingleStep,
        ActivationPatterns.FoldActivation,
    ];

    /// <exception cref="ImportException">A computation is left that no layer does.</exception>
    public static void Run(SpecGraph graph)
    {
        graph.RemoveUnread();
        foreach (Func<SpecGraph, SpecLayer, bool> rewrite in s_rewrites)
        {
            for (int i = 0; i < graph.Layers.Count; i++)
            {
                if (!rewrite(graph, graph.Layers[i]))
                    continue;
                graph.RemoveUnread();
                graph.Order();
                i = -1; // what was changed may be part of something that was passed
            }
        }

        if (graph.Layers.Find(static l => l.Kind == Interim.Erf) is { } erf)
            throw new ImportException("it computes the error function apart from a gelu, which no layer does", [$"Erf{(erf.Origins.Count > 0 ? $" '{erf.Origins[0]}'" : "")}: there is no layer for it by itself"]);
    }
}
