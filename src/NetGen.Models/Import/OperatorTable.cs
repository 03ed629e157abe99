using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Import.Operators;

namespace NetGen.Models.Import;

/// <summary>Every operator that becomes layers, and how.</summary>
internal static class OperatorTable
{
    /// <summary>The sorts of operators, and what those become.</summary>
    public static readonly IReadOnlyList<(string Sort, string Becomes, IReadOnlyList<(string Name, Action<OperatorContext> Import)> Operators)> Sorts =
    [
        ("products", "`dense`; of two computed matrices, `multiply` and `reduce_sum`", [.. Products.All]),
        ("convolutions", "`conv1d`, `conv2d`, `conv_transpose1d`, `conv_transpose2d`, with `zero_pad` or `slice` where padding is uneven", [.. Conv.All]),
        ("pools and resizing", "the pools; `global_average_pool`, `global_max_pool`; `upsample1d`, `upsample2d` by whole factors", [.. Pools.All]),
        ("norms", "`batch_norm`, `instance_norm`, `group_norm`, `layer_norm`, `rms_norm`", [.. Norms.All]),
        ("recurrent layers", "`lstm`, `gru`, `simple_rnn`, `bidirectional`; a step for many states at once, `dense` and its formulas", [.. Recurrent.All]),
        ("joins", "`add`, `subtract`, `multiply`, `divide`, `maximum`, `minimum`, `average`, `concat`, `power`; with constants, a bias or weight, `rescaling`, `normalization`, or a frozen `batch_norm`", [.. Joins.All]),
        ("elementwise", "activations, most of them as `activation` of the layer before; `clip`, `rescaling`, `prelu`", [.. Elementwise.All]),
        ("reductions", "`reduce_mean`, `reduce_sum`, `reduce_max`, `reduce_min`; `softmax`, `log_softmax`", [.. Reductions.All]),
        ("moves", "nothing where a layer can read elements as they stand; else `reshape`, `flatten`, `permute`, `slice`, `concat`, `pad`, `repeat_vector`, `embedding`, `pixel_shuffle`", [.. Moves.All]),
    ];

    private static readonly Dictionary<string, Action<OperatorContext>> s_operators = Sorts.SelectMany(static s => s.Operators).ToDictionary(static o => o.Name, static o => o.Import);

    /// <summary>Operators that only constants are given to: the arithmetic of shapes.</summary>
    private static readonly string[] s_folded =
        ["And", "Ceil", "Constant", "ConstantOfShape", "CumSum", "Equal", "Floor", "Greater", "GreaterOrEqual", "If", "Less", "LessOrEqual", "Mod", "NonZero", "Not", "Or", "Range", "Round", "Shape", "Sign", "Size"];

    /// <summary>Operators of heads that choose an action: what they choose from is given instead.</summary>
    private static readonly string[] s_dropped = ["ArgMax", "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"];

    /// <summary>All sorts, those that become no layers included, each with the names of its operators in order.</summary>
    public static IEnumerable<(string Sort, string Becomes, IReadOnlyList<string> Names)> All =>
    [
        .. Sorts.Select(static s => (s.Sort, s.Becomes, (IReadOnlyList<string>)[.. s.Operators.Select(static o => o.Name).Order(StringComparer.Ordinal)])),
        ("arithmetic of shapes", "nothing: it is carried out at import, as everything is that depends on constants alone", s_folded),
        ("choices and draws", "nothing: at the end of a network, what it chooses from is given instead", s_dropped),
    ];

    public static Action<OperatorContext>? Find(string name) => s_operators.GetValueOrDefault(name);

    public static bool IsFolded(string name) => s_folded.Contains(name);
}
