using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>What each kernel computes, as plain loops in double.</summary>
internal static partial class KernelDefinitions
{
    /// <summary>Does to the data what the kernel's formula says, and gives back the loss where the kernel has one.</summary>
    public static double? Run(Kernel kernel, KernelData d)
    {
        switch (kernel)
        {
            case Affine k:
                Affine(k, d, k.Y, 0);
                return null;
            case AffineInputGradient k:
                ForEach(k.Rows, k.Inputs, (row, i) =>
                    d.Put(k.Dx, (row * k.Inputs) + i, InputGradient(d, k.WeightOrder, k.Weight, k.Dy, k.Inputs, k.Outputs, row, i), k.DxAccess));
                return null;
            case AffineWeightGradient k:
                ForEach(k.Inputs, k.Outputs, (i, o) => d.Put(k.Dw, WeightIndex(k.WeightOrder, k.Inputs, k.Outputs, i, o),
                    Sum(k.Rows, row => d.Read(k.Dy, (row * k.Outputs) + o) * d.Read(k.X, (row * k.Inputs) + i)), Access.Accumulate));
                return null;
            case AffineBiasGradient k:
                ForEach(k.Outputs, o => d.Put(k.Db, o, Sum(k.Rows, row => d.Read(k.Dy, (row * k.Outputs) + o)), Access.Accumulate));
                return null;
            case AffineUpdate k:
                AffineUpdate(k, d);
                return null;
            case Update k:
                ForEach(k.Weight.Size, e => Step(d, k.Rule, k.Weight, k.Kept, e, new() { ["g"] = d.Read(k.Gradient, e) }));
                return null;
            case PenaltyGradient k:
                ForEach(k.Weight.Size, e => d.Put(k.Gradient, e, 2 * k.L2 * d.Read(k.Weight, e), Access.Accumulate));
                return null;
            case Map k:
                ForEach(k.Y.Size, e => d.Put(k.Y, e, d.Value(k.Function, new Dictionary<string, double> { ["x"] = d.Read(k.X, e) })));
                return null;
            case MapGradient k:
                ForEach(k.Dx.Size, e => d.Put(k.Dx, e, d.Value(k.Function, new[] { ("x", k.X), ("y", k.Y), ("dy", k.Dy) }
                    .Where(v => k.Function.Contains(Expr.Var(v.Item1))).ToDictionary(static v => v.Item1, v => d.Read(v.Item2, e))), k.DxAccess));
                return null;
            case Combine k:
                ForEach(k.Y.Size, e => d.Put(k.Y, e,
                    d.Value(k.Function, k.Xs.Select((x, n) => ($"x{n}", d.Read(x, e))).ToDictionary(static v => v.Item1, static v => v.Item2)), k.YAccess));
                return null;
            case Gather k:
                ForEach(k.Indices, k.Columns, (row, column) =>
                    d.Put(k.Y, (row * k.Columns) + column, d.Read(k.Weight, ((int)d.Read(k.X, row) * k.Columns) + column)));
                return null;
            case Scatter k:
                ForEach(k.Indices, k.Columns, (row, column) =>
                    d.Put(k.Dw, ((int)d.Read(k.X, row) * k.Columns) + column, d.Read(k.Dy, (row * k.Columns) + column), Access.Accumulate));
                return null;
            case SquaredNorm k:
                return Sum(k.Gradient.Size, e => Math.Pow(k.ClipValue is { } most ? Math.Clamp(d.Read(k.Gradient, e), -most, most) : d.Read(k.Gradient, e), 2));
            case Clear k:
                d.Begin(k.Y, Access.Overwrite);
                return null;
            case Rearrange k:
                Rearrange(k, d);
                return null;
            case UnitMap k:
                for (int sample = 0; sample < d.Samples; sample++)
                    Units(k, d, sample, static (_, _) => null);
                return null;
            case GatedProduct k:
                GatedProduct(k, d);
                return null;
            default:
                return RunOfWindows(kernel, d) || RunOfNorms(kernel, d) || RunOfPlaces(kernel, d) || RunOfMoves(kernel, d) ? null : LossOf(kernel, d);
        }
    }

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    private static void ForEach(int count, Action<int> body)
    {
        for (int k = 0; k < count; k++)
            body(k);
    }

    private static void ForEach(int rows, int columns, Action<int, int> body) => ForEach(rows, row => ForEach(columns, column => body(row, column)));

    /// <summary>Neighbouring outputs stand together, or neighbouring inputs.</summary>
    private static int WeightIndex(WeightOrder order, int inputs, int outputs, int i, int o) => order == WeightOrder.OutputsTogether ? (i * outputs) + o : (o * inputs) + i;

    private static void Affine(Affine k, KernelData d, Buffer y, int at) =>
        ForEach(k.Rows, k.Outputs, (row, o) => d.Put(y, at + (row * k.Outputs) + o, AffineSum(k, d, row, o)));

    private static double AffineSum(Affine k, KernelData d, int row, int o)
    {
        double sum = (k.Bias is null ? 0 : d.Read(k.Bias, o)) + Sum(k.Inputs, i =>
            d.Read(k.Weight, WeightIndex(k.WeightOrder, k.Inputs, k.Outputs, i, o)) * d.Read(k.X, (row * k.Inputs) + i));
        return Activated(k.Epilogue, sum, d);
    }

    private static double Activated(Expr? epilogue, double sum, KernelData d) => epilogue is null ? sum
        : d.Value(epilogue, epilogue.Parts().OfType<Variable>().Select(static v => v.Name).Distinct().ToDictionary(static v => v, _ => sum));

    private static double InputGradient(KernelData d, WeightOrder order, Buffer weight, Buffer dy, int inputs, int outputs, int row, int i) =>
        Sum(outputs, o => d.Read(weight, WeightIndex(order, inputs, outputs, i, o)) * d.Read(dy, (row * outputs) + o));

    private static void AffineUpdate(AffineUpdate k, KernelData d)
    {
        if (k.Dx is { } dx)
            ForEach(k.Inputs, i => d.Put(dx, i, InputGradient(d, k.WeightOrder, k.Weight, k.Dy, k.Inputs, k.Outputs, 0, i), k.DxAccess));
        ForEach(k.Inputs, k.Outputs, (i, o) => Step(d, k.Rule, k.Weight, k.Kept, WeightIndex(k.WeightOrder, k.Inputs, k.Outputs, i, o),
            new() { ["x"] = d.Read(k.X, i), ["dy"] = d.Read(k.Dy, o) }));
    }

    /// <summary>An optimizer's step of one element.</summary>
    private static void Step(KernelData d, UpdateRule rule, Buffer weight, IReadOnlyList<Buffer> kept, int e, Dictionary<string, double> known)
    {
        Dictionary<string, Buffer> buffers = rule.Kept.Select((name, n) => (name, kept[n])).ToDictionary(static p => p.name, static p => p.Item2);
        buffers["w"] = weight;
        foreach ((string name, Buffer buffer) in buffers)
            known[name] = d.Read(buffer, e);
        d.Assign(rule.Steps.Select(s => (s.Variable, s.Formula, buffers.TryGetValue(s.Variable, out Buffer? to)
            ? (Action<double>)(value => d.Put(to, e, value)) : null)), known);
    }

    private static void Rearrange(Rearrange k, KernelData d)
    {
        if (k.Fill is { } fill)
            Array.Fill(d.After[k.Y.Name], fill);
        void Walk(int axis, int from, int to)
        {
            if (axis == k.Axes.Count)
                d.Put(k.Y, to, d.Read(k.X, from), k.YAccess);
            else
                ForEach(k.Axes[axis].Size, place => Walk(axis + 1, from + (place * k.Axes[axis].From), to + (place * k.Axes[axis].To)));
        }

        Walk(0, k.From, k.To);
    }

    /// <param name="given">An input that is not in memory, for a unit; null where it is.</param>
    private static void Units(UnitMap k, KernelData d, int sample, Func<UnitInput, int, double?> given) => ForEach(k.Units, unit =>
    {
        Dictionary<string, double> known = k.Inputs.ToDictionary(static i => i.Variable, i => given(i, unit) ?? d.Read(i.Buffer, i.Offset + unit, sample));
        d.Assign(k.Outputs.Select(o => (o.Variable, o.Formula, o.Buffer is { } to
            ? (Action<double>)(value => d.Put(to, o.Offset + unit, value, o.Access, sample)) : null)), known);
    });

    private static void GatedProduct(GatedProduct k, KernelData d)
    {
        if (k.KeepsSums)
            Affine(k.Product, d, k.Product.Y, 0);
        Units(k.Units, d, 0, (input, unit) => new[] { k.Product, k.Features }.FirstOrDefault(p => p?.Y == input.Buffer) is { } product
            ? AffineSum(product, d, 0, input.Offset + unit) : null);
    }
}
