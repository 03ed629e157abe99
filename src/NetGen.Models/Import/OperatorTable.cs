using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Import.Operators;

namespace NetGen.Models.Import;

/// <summary>Every operator that becomes layers, and how.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Action<OperatorContext>> s_operators =
        new[] { Elementwise.All, Joins.All, Products.All, Conv.All, Pools.All, Norms.All, Moves.All, Reductions.All, Recurrent.All }
            .SelectMany(static all => all).ToDictionary(static pair => pair.Item1, static pair => pair.Item2);

    /// <summary>Operators that only constants are given to: the arithmetic of shapes.</summary>
    private static readonly string[] s_folded =
        ["And", "Ceil", "Constant", "ConstantOfShape", "CumSum", "Equal", "Floor", "Greater", "GreaterOrEqual", "If", "Less", "LessOrEqual", "Mod", "NonZero", "Not", "Or", "Range", "Round", "Shape", "Sign", "Size"];

    /// <summary>Operators of heads that choose an action: what they choose from is given instead.</summary>
    private static readonly string[] s_dropped = ["ArgMax", "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"];

    /// <summary>The names of all, and what becomes of each.</summary>
    public static IEnumerable<(string Name, string Becomes)> All =>
        s_operators.Keys.Select(static n => (n, "layers"))
            .Concat(s_folded.Select(static n => (n, "carried out at import")))
            .Concat(s_dropped.Select(static n => (n, "dropped at the end of a network")))
            .OrderBy(static pair => pair.Item1, StringComparer.Ordinal);

    public static Action<OperatorContext>? Find(string name) => s_operators.GetValueOrDefault(name);

    public static bool IsFolded(string name) => s_folded.Contains(name);
}
