using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Passes;

/// <summary>
/// How many samples are worked on at once, and the memory that takes: 64, 32 or 16 where their values stay in caches, else 8, or 1 where convolutions prevail.
/// </summary>
/// <param name="Samples">Of one block; null where it is all of the batch, because some kernel is over the batch.</param>
/// <param name="Floats">Of scratch for each sample.</param>
/// <param name="Batch">Floats of scratch for what is computed once for all samples.</param>
/// <param name="Panel">Floats of scratch for a panel of a matrix, and for packed weights before it.</param>
internal sealed record Blocks(int? Samples, int Floats, int Batch, int Panel)
{
    /// <summary>Floats of the weights that scans have packed.</summary>
    public static int PackedSize(IEnumerable<Kernel> kernels) => PackedWeight.Within(kernels).Sum(static p => p.Size);

    /// <summary>Up to how many samples inference takes one by one; 0 where blocks are as good for any number.</summary>
    public static int OneByOne(IReadOnlyList<Kernel> kernels) =>
        kernels.Any(static k => k is Scan) || !kernels.Any(static k => k is Affine) ? 0
        : kernels.OfType<Affine>().Any(static a => a.WeightOrder == WeightOrder.OutputsTogether && (long)a.Inputs * a.Outputs > Tuning.Dense.StreamAbove) ? Tuning.Samples.FewOfStreams
        : Tuning.Samples.FewSamples;

    /// <summary>Floats of scratch for a block of constant size.</summary>
    public int Scratch => (Samples!.Value * Floats) + Panel;

    /// <param name="limit">Floats for the values of a block.</param>
    public static Blocks For(IReadOnlyList<Kernel> kernels, MemoryPlan plan, int limit)
    {
        // A large weight is read, and packed, once for each block: beside it the block's values are few.
        long weight = kernels.OfType<Affine>().Where(static a => a.Rows == 1).Select(static a => (long)a.Inputs * a.Outputs).DefaultIfEmpty().Max();
        int samples = new[] { 64, 32, 16 }.FirstOrDefault(n => (long)n * plan.Size <= Math.Max(limit, weight / Tuning.Samples.ShareOfWeight));
        // All steps of a sequence are many values: as many samples as a cache holds, at least a tile of them unless memory would be wasted.
        if (samples == 0 && kernels.Any(static k => k is Scan))
            samples = new[] { 16, 8, 4, 2, 1 }.FirstOrDefault(n => (long)n * plan.Size <= (n > Tuning.Samples.LeastOfScan ? Tuning.Samples.ScanCache : Tuning.Samples.ScanLimit) || n == 1);
        int panel = kernels.SelectMany(static k => k.WithParts).Select(PanelOf).DefaultIfEmpty().Max() + PackedSize(kernels);
        // Samples of a dense layer share what is read of its weight; those of a convolution share it in one sample already, and want its values in near caches.
        int least = 2 * kernels.Where(IsOfConvolution).Sum(static k => k.MultiplyAdds) > kernels.Sum(static k => k.MultiplyAdds) ? 1 : 8;
        return new Blocks(kernels.Any(static k => k.IsOverBatch) ? null : samples == 0 ? least : samples, plan.Size, plan.BatchSize, panel);
    }

    private static bool IsOfConvolution(Kernel kernel) =>
        kernel is Correlate or CorrelateTransposed or CorrelateWeightGradient or SparseWeightGradient or SparseInputGradient;

    private static int PanelOf(Kernel kernel) => kernel switch
    {
        Affine { SharesWeight: true } a when a.WeightOrder != WeightOrder.OutputsTogether || (long)a.Inputs * a.Outputs > Tuning.Matrices.PackAbove => PanelFor(a.Inputs),
        AffineInputGradient { WeightOrder: WeightOrder.OutputsTogether } g => PanelFor(g.Outputs),
        AffineInputGradient g when (long)g.Inputs * g.Outputs > Tuning.Matrices.PackAbove => PanelFor(g.Outputs),
        _ => 0,
    };

    private static int PanelFor(int depth) => (int)Math.Min(Tuning.Matrices.PanelSize, 2L * 16 * depth);

    /// <summary>
    /// Whether a block's gradients can go into the parameters as a step at once: the step is w - learningRate g, and no kernel
    /// reads a parameter after its gradient is known.
    /// </summary>
    public static bool CanStep(Network network, IReadOnlyList<Kernel> backward)
    {
        UpdateRule rule = network.Optimizer.Rule;
        Expr plain = Expr.Var("w") - (Expr.Var("learningRate") * Expr.Var("g"));
        if (network.Optimizer.ClipNorm is not null || network.Optimizer.ClipValue is not null || network.L2 != 0 || rule.Kept.Count > 0 || rule.Steps.Count != 1 || rule.Steps[0].Formula != plain)
            return false;
        for (int k = 0; k < backward.Count; k++)
        {
            foreach (Ir.Buffer gradient in backward[k].Operands.Where(static o => o.Buffer.Role == BufferRole.ParameterGradient).Select(static o => o.Buffer))
            {
                string parameter = gradient.Stem;
                if (backward[k] is not (AffineWeightGradient or AffineBiasGradient or CorrelateWeightGradient)
                    || backward.Skip(k + 1).Any(later => later.Operands.Any(o => o.Buffer.Name == parameter || o.Buffer == gradient)))
                    return false;
            }
        }

        return true;
    }
}
