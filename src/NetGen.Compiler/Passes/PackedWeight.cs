using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Passes;

/// <summary>
/// A weight that a scan multiplies by at every step, for a block of samples: it is copied once, before the first step, into the panels in which the product
/// reads it, one behind the other.
/// </summary>
/// <param name="Name">What the copy is called.</param>
/// <param name="Of">The kernel that multiplies by it.</param>
/// <param name="Columns">Of the matrix as the product sees it.</param>
/// <param name="RowStep">From a row of it to the next in the weight's memory.</param>
/// <param name="ColumnStep">The same from column to column.</param>
internal sealed record PackedWeight(string Name, Kernel Of, Buffer Weight, int Columns, int Depth, int RowStep, int ColumnStep)
{
    /// <summary>
    /// One sample reads the copy as well: of a weight as it lies a gradient would be sums over lanes, four of which are stored at once, and a processor hands a
    /// load what was just stored only where one store covers it. Beyond the first cache both wait for the weight alike, and the copy is not worth it.
    /// </summary>
    public bool ServesOneSample => Of is AffineInputGradient && (long)Columns * Depth <= Tuning.Dense.StreamAbove;

    /// <summary>Floats of the copy, whatever the width of vectors.</summary>
    public int Size => (Columns + 31) / 32 * 32 * Depth;

    /// <summary>What a kernel multiplies by, packed; null where it is no product, or too narrow for vectors.</summary>
    public static PackedWeight? For(Kernel kernel)
    {
        PackedWeight? packed = kernel switch
        {
            Affine { Rows: 1, Epilogue: null, WeightOrder: WeightOrder.OutputsTogether } a => new(a.Weight.Named("Packed"), a, a.Weight, a.Outputs, a.Inputs, a.Outputs, 1),
            Affine { Rows: 1, Epilogue: null } a => new(a.Weight.Named("Packed"), a, a.Weight, a.Outputs, a.Inputs, 1, a.Inputs),
            GatedProduct g => For(g.Product),
            AffineInputGradient { Rows: 1, WeightOrder: WeightOrder.OutputsTogether } g => new(g.Weight.Named("Turned"), g, g.Weight, g.Inputs, g.Outputs, 1, g.Outputs),
            AffineInputGradient { Rows: 1 } g => new(g.Weight.Named("Turned"), g, g.Weight, g.Inputs, g.Outputs, g.Inputs, 1),
            _ => null,
        };
        return packed is { Columns: >= 4 } ? packed : null;
    }

    /// <summary>All that the kernels' scans multiply by, each once.</summary>
    public static IEnumerable<PackedWeight> Within(IEnumerable<Kernel> kernels) => kernels.OfType<Scan>().Where(static s => StepsOf(s) >= Tuning.Matrices.LeastSteps)
        .SelectMany(static s => s.WithParts).Select(For).OfType<PackedWeight>().GroupBy(static p => p.Name).Select(static g => g.First());

    private static long StepsOf(Scan scan) => scan.Steps * scan.Within.OfType<Scan>().Select(StepsOf).DefaultIfEmpty(1).Max();
}
