using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>
/// The product of a step of time and the cell that reads its sums become one kernel, whose sums stay in registers; in Step, so does the product of the
/// features.
/// For targets with vectors: elsewhere the two are as fast apart.
/// </summary>
internal static class FuseCells
{
    public static Program Run(Program program) => program with
    {
        Inference = Run(program.Inference, []),
        Step = program.Step is { } step && Run(step.Kernels, []) is var kernels ? step with { Kernels = kernels, Plan = PlanMemory.Run(kernels, step.Output) } : null,
        Training = program.Training is { } training
            ? training with
            {
                Evaluation = Run(training.Evaluation, []),
                Forward = Run(training.Forward, []),
                Backward = Run(training.Backward, []),
                Step = training.Step is { } fused ? Run(fused, []) : null,
            }
            : null,
    };

    /// <summary>The kernels with the two apart again.</summary>
    public static IEnumerable<Kernel> Apart(IEnumerable<Kernel> kernels) => kernels.SelectMany(static k => k switch
    {
        GatedProduct g => g.Apart,
        Scan scan => [scan with { Body = Apart(scan.Body).ToEquatable() }],
        _ => (Kernel[])[k],
    });

    /// <param name="rows">Of the scan whose body they are: what is a part of a larger buffer is read from there.</param>
    private static IReadOnlyList<Kernel> Run(IReadOnlyList<Kernel> kernels, IReadOnlyCollection<Row> rows, bool isScan = false)
    {
        var result = new List<Kernel>();
        foreach (Kernel kernel in kernels)
        {
            if (kernel is Scan scan)
                result.Add(scan with { Body = Run([.. scan.Body], scan.Rows, isScan: true).ToEquatable() });
            else if (kernel is UnitMap units && result.LastOrDefault() is Affine { Rows: 1, Epilogue: null } product && CanFuse(product, units))
            {
                bool keeps = rows.Any(r => r.Part == product.Y) || kernels.Any(k => k != kernel && k != product && k.Operands.Any(o => o.Buffer == product.Y));
                if (!keeps)
                    units = units with { Free = product.Y };
                if (!GatedProduct.Fits(product.Outputs, units.Units))
                {
                    result.Add(units);
                    continue;
                }

                result.RemoveAt(result.Count - 1);
                if (isScan && (long)product.Inputs * product.Outputs > Tuning.Dense.StreamAbove)
                    product = product with { Alternates = true };
                Affine? features = result.LastOrDefault() is Affine { Rows: 1, Epilogue: null } before && CanFuse(before, units) && IsOwn(before) ? before : null;
                if (features is not null)
                    result.RemoveAt(result.Count - 1);
                result.Add(new GatedProduct(units.Name, product, features, units, keeps));

                bool IsOwn(Affine of) => of.Outputs == product.Outputs && !rows.Any(r => r.Part == of.Y) && !kernels.Any(k => k != units && k != of && k != kernel && k.Operands.Any(o => o.Buffer == of.Y));
            }
            else
                result.Add(kernel);
        }

        return result;
    }

    private static bool CanFuse(Affine product, UnitMap units) =>
        product.WeightOrder == WeightOrder.OutputsTogether
        && units.Inputs.Any(i => i.Buffer == product.Y) && units.Outputs.All(o => o.Access == Access.Overwrite && o.Buffer != product.Y);
}
