using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>
/// The rewrite behind the one-sample training step: where the gradient of a parameter is computed by one kernel and read
/// only by its update, the two become one, and the gradient is held nowhere. The ordering rule: whatever else reads the
/// parameter reads it before the update writes it, so the input gradient, which reads the same weight, joins in.
/// </summary>
/// <remarks>
/// It refuses by itself where a gradient is needed whole: several kernels add to it (shared weights), it is a sum over
/// rows, or something else reads it (the norm that clipping takes).
/// </remarks>
internal sealed class FuseUpdates
{
    private readonly Kernel?[] _kernels;
    private readonly Dictionary<Buffer, List<int>> _users = [];

    private FuseUpdates(IReadOnlyList<Kernel> kernels)
    {
        _kernels = [.. kernels];
        for (int k = 0; k < _kernels.Length; k++)
        {
            foreach (Operand operand in kernels[k].Operands)
            {
                if (!_users.TryGetValue(operand.Buffer, out List<int>? users))
                    _users[operand.Buffer] = users = [];
                users.Add(k);
            }
        }
    }

    /// <param name="kernels">Backward of one sample, then all that reads the gradients, then the updates.</param>
    /// <returns>The fused kernels, in which no gradient of a parameter is left; null where one has to be.</returns>
    public static IReadOnlyList<Kernel>? Run(IReadOnlyList<Kernel> kernels)
    {
        var pass = new FuseUpdates(kernels);
        for (int k = 0; k < kernels.Count; k++)
        {
            if (kernels[k] is Update update && !pass.TryFuse(update, k))
                return null;
        }

        return [.. pass._kernels.OfType<Kernel>()];
    }

    private bool TryFuse(Update update, int updateAt)
    {
        List<int> users = [.. _users[update.Gradient].Where(k => k != updateAt)];
        int penaltyAt = users.FindIndex(k => _kernels[k] is PenaltyGradient) is >= 0 and int found ? users[found] : -1;
        users.Remove(penaltyAt);
        if (users.Count != 1)
            return false;

        int producerAt = users[0];
        Expr penalty = penaltyAt >= 0 ? PenaltyGradient.Term(((PenaltyGradient)_kernels[penaltyAt]!).L2) : 0;
        List<int> readers = _users[update.Weight];
        int inputAt = readers.FindIndex(k => _kernels[k] is AffineInputGradient) is >= 0 and int reader ? readers[reader] : -1;
        Kernel? fused = _kernels[producerAt] switch
        {
            AffineWeightGradient { Rows: 1 } g => FuseWeight(update, g, inputAt < 0 ? null : (AffineInputGradient)_kernels[inputAt]!, penalty),
            AffineBiasGradient { Rows: 1 } g => update with { Name = KernelNames.Stem(g.Of) + "BiasStep", Gradient = g.Dy, Rule = update.Rule.WithGradient(Expr.Var("g") + penalty, "gradient") },
            _ => null,
        };
        if (fused is null)
            return false;

        int at = inputAt >= 0 ? inputAt : producerAt;
        int[] joined = [inputAt, producerAt, penaltyAt, updateAt];
        // The ordering rule: no reader of the old parameter may be left behind the place of the update.
        if (readers.Any(k => k > at && !joined.Contains(k)))
            return false;
        foreach (int k in joined.Where(static k => k >= 0))
            _kernels[k] = null;
        _kernels[at] = fused;
        return true;
    }

    private static AffineUpdate FuseWeight(Update update, AffineWeightGradient g, AffineInputGradient? input, Expr penalty)
    {
        UpdateRule rule = update.Rule.WithGradient((Expr.Var("dy") * Expr.Var("x")) + penalty, "gradient");
        return new AffineUpdate(
            KernelNames.Stem(g.Of) + "WeightStep", g.X, g.Dy, update.Weight, input?.Dx, input?.DxAccess ?? Access.Read, update.Kept, rule, g.Inputs, g.Outputs)
        {
            WeightOrder = g.WeightOrder,
        };
    }
}
