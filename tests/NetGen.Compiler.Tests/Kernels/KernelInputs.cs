using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>What a kernel reads: numbers that are drawn, and indices, places and largest elements that are legal.</summary>
internal sealed class KernelInputs(System.Random random, Kernel kernel)
{
    public double[] Of(Buffer buffer, int length) => [.. Enumerable.Range(0, length).Select(_ => Draw(buffer))];

    /// <summary>What follows from other inputs.</summary>
    public void Finish(Dictionary<string, double[]> before)
    {
        IEnumerable<(int Y, int[] Xs)>? windows = kernel switch
        {
            PoolGradient { IsMax: true } k => KernelDefinitions.WindowsOf(k.Windows),
            PoolArgMax k => KernelDefinitions.WindowsOf(k.Windows),
            _ => null,
        };
        if (windows is null)
            return;
        (Buffer x, Buffer y) = kernel switch
        {
            PoolGradient k => (k.X, k.Y),
            PoolArgMax k => (k.X, k.Y),
            _ => throw new NotSupportedException(),
        };
        foreach ((int output, int[] seen) in windows)
            before[y.Name][output] = seen.Max(at => before[x.Name][at]);
    }

    private double Draw(Buffer buffer) => kernel switch
    {
        Gather k when buffer == k.X => random.Next(k.Weight.Size / k.Columns),
        Scatter k when buffer == k.X => random.Next(k.Dw.Size / k.Columns),
        SoftmaxCrossEntropy k when buffer == k.Target => random.Next(3) == 0 ? 0 : random.Next(16) / 16.0,
        SparseWeightGradient k when buffer == k.Dy.Places => DrawPlace(k.Dy),
        SparseInputGradient k when buffer == k.Dy.Places => DrawPlace(k.Dy),
        // Logarithms and roots of what is below 0 are no numbers, which nothing is equal to.
        Map k when TakesPositives(k.Function) => (1 + random.Next(1024)) / 1024.0,
        MapGradient k when TakesPositives(k.Function) => (1 + random.Next(1024)) / 1024.0,
        // Few different numbers, so that some are equal.
        PoolGradient or PoolArgMax => random.Next(-6, 7) / 4.0,
        // Roots are taken of what an optimizer keeps, and of variances.
        _ when buffer.Role == BufferRole.State || buffer.Name.EndsWith("RunningVar", StringComparison.Ordinal) || buffer.Name.EndsWith("Variance", StringComparison.Ordinal) => (1 + random.Next(1024)) / 1024.0,
        // Eight bits, which every storage holds; none of them is 0, at which formulas have kinks.
        _ => (random.Next(128) + 128) / 256.0 * (random.Next(2) == 0 ? 1 : -1) * (1 << random.Next(2)),
    };

    private static bool TakesPositives(Expr formula) => formula.Parts().Any(static p => p is Call { Function: Function.Log or Function.Sqrt });

    private double DrawPlace(SparseGradient dy)
    {
        int tap = random.Next((int)dy.Pool.Taps);
        return (tap / dy.Pool.Columns.Size * dy.Geometry.Line) + (tap % dy.Pool.Columns.Size * dy.Geometry.Step);
    }
}
