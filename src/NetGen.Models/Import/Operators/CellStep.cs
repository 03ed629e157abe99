using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>
/// One step of a recurrent layer for many states at once, as networks have it that go through the places of an image: products with the weights for each row,
/// and the cell's formulas. A recurrent layer of a spec has one state.
/// </summary>
internal static class CellStep
{
    private static readonly Constant s_one = Constant.Scalar(1, ElementKind.Float);

    /// <summary>The states after the step, [rows, units]: h, and c of an lstm.</summary>
    /// <param name="x">[rows, features].</param>
    /// <param name="h">[rows, units]; null for zeros.</param>
    /// <param name="cell">Likewise.</param>
    /// <param name="w">[gates units, features], in ONNX's order.</param>
    /// <param name="r">[gates units, units].</param>
    /// <param name="bias">For the weights, then for the recurrent ones; null for zeros.</param>
    public static (Variable H, Variable? C) Of(OperatorContext c, string kind, Variable x, Variable? h, Variable? cell, Constant w, Constant r, double[]? bias, bool resetsAfter)
    {
        int units = r.Shape[1], gates = r.Shape[0] / units;
        float[]? Bias(int from) => bias is null ? null : [.. bias.Skip(from * gates * units).Take(gates * units).Select(static b => (float)b)];
        Variable ofInput = Products.Dense(c, x, ConstantOperators.Transposed(w, [1, 0]), Bias(0));
        Variable? ofState = h is null ? null : Products.Dense(c, h, ConstantOperators.Transposed(r, [1, 0]), Bias(1));
        if (h is null && bias is not null)
            ofInput = Affine.Of(c, ofInput, s_one, new Constant([gates * units], [.. bias.Skip(gates * units)], ElementKind.Float), standardizes: false);
        Variable Part(Variable all, int gate) => Moves.Sliced(c, all, new SliceRange(1, gate * units, 1, units));
        Variable Sum(int gate) => ofState is null ? Part(ofInput, gate) : Join(c, "add", Part(ofInput, gate), Part(ofState, gate));
        switch (kind)
        {
            case "lstm":
                Variable input = c.Map(Sum(0), "sigmoid"), output = c.Map(Sum(1), "sigmoid"), forget = c.Map(Sum(2), "sigmoid"), candidate = c.Map(Sum(3), "tanh");
                Variable next = Join(c, "multiply", input, candidate);
                if (cell is not null)
                    next = Join(c, "add", Join(c, "multiply", forget, cell), next);
                return (Join(c, "multiply", output, c.Map(next, "tanh")), next);
            case "gru" when resetsAfter || h is null:
                Variable update = c.Map(Sum(0), "sigmoid"), reset = c.Map(Sum(1), "sigmoid");
                if (h is null && bias is not null && resetsAfter && bias.Skip(3 * units + 2 * units).Any(static b => b != 0))
                    throw new UnsupportedNodeException("it goes through many sequences at once, from a state of zeros whose bias is reset");
                Variable fresh = c.Map(ofState is null ? Part(ofInput, 2) : Join(c, "add", Part(ofInput, 2), Join(c, "multiply", reset, Part(ofState, 2))), "tanh");
                // (1 - z) n + z h is n + z (h - n).
                Variable difference = h is null ? Affine.Of(c, fresh, -1, 0) : Join(c, "subtract", h, fresh);
                return (Join(c, "add", fresh, Join(c, "multiply", update, difference)), null);
            case "simple_rnn":
                return (c.Map(Sum(0), "tanh"), null);
            default:
                throw new UnsupportedNodeException("it goes through many sequences at once, with a reset gate on the state (linear_before_reset = 0)");
        }
    }

    private static Variable Join(OperatorContext c, string kind, params IReadOnlyList<Variable> values) => Joins.Join(c, kind, values);
}
