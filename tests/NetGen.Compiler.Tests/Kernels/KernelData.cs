using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Tests.Loops;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>What a kernel's definition reads and writes, in double. Everything is read as it was before the kernel.</summary>
/// <param name="before">The elements of each buffer, by its name.</param>
/// <param name="stride">How far apart the same element of neighbouring samples stands.</param>
internal sealed class KernelData(IReadOnlyDictionary<string, double[]> before, IReadOnlyDictionary<string, double> numbers, int samples,
    Func<Buffer, int> stride)
{
    public Dictionary<string, double[]> After { get; } = before.ToDictionary(static b => b.Key, static b => (double[])b.Value.Clone());

    public int Samples { get; } = samples;

    public double Number(string name) => numbers[name];

    public double Read(Buffer buffer, int k, int sample = 0) => before[buffer.Name][IndexOf(buffer, k, sample)];

    public void Put(Buffer buffer, int k, double value, Access access = Access.Overwrite, int sample = 0)
    {
        ref double element = ref After[buffer.Name][IndexOf(buffer, k, sample)];
        element = access == Access.Accumulate ? element + value : value;
    }

    /// <summary>Begins what is summed up in place: 0 where it does not add to what is there.</summary>
    public void Begin(Buffer buffer, Access access)
    {
        if (access == Access.Overwrite)
            Array.Clear(After[buffer.Name]);
    }

    /// <summary>Assignments to one element, in order: each sees what those before it gave.</summary>
    /// <param name="known">The variables' values; gets what is assigned.</param>
    public void Assign(IEnumerable<(string Variable, Expr Formula, Action<double>? Put)> assignments, Dictionary<string, double> known)
    {
        foreach ((string variable, Expr formula, Action<double>? put) in assignments)
        {
            double value = Value(formula, known);
            known[variable] = value;
            put?.Invoke(value);
        }
    }

    /// <summary>A formula over variables, and what the kernel is handed.</summary>
    public double Value(Expr formula, IReadOnlyDictionary<string, double> known) =>
        ExprValue.Of(formula, name => known.TryGetValue(name, out double value) ? value : numbers[name]);

    private int IndexOf(Buffer buffer, int k, int sample) => (sample * stride(buffer)) + k;
}
