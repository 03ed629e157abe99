using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>
/// How long inference takes on a class of machine, by a linear model of what its kernels do (<see cref="KernelWork"/>): see docs/estimates.md for how it was
/// fitted and how far off it is.
/// </summary>
/// <param name="Layers">In the network's order.</param>
internal sealed record TimeEstimate(Machine Machine, IReadOnlyList<LayerTime> Layers)
{
    /// <summary>The batch that is estimated.</summary>
    public const int Samples = 64;

    /// <summary>Nanoseconds of one sample.</summary>
    public double One => Layers.Sum(static l => l.One);

    /// <summary>Nanoseconds of each sample of a batch.</summary>
    public double OfBatch => Layers.Sum(static l => l.OfBatch);

    /// <summary>What the figures are, and how much they are worth.</summary>
    /// <param name="machines">In words.</param>
    public static string Description(string machines) =>
        $"ns: estimated for one sample, and for each of {Samples}, on {machines}; within 30 % for three quarters of our benchmarks. "
        + "Measure before you rely on it.";

    public static TimeEstimate Of(Program program, ChooseStrategy strategies, Machine machine)
    {
        ILookup<string, double[]> one = ByLayer(program, strategies, machine.Lanes, isBatch: false);
        ILookup<string, double[]> batch = ByLayer(program, strategies, machine.Lanes, isBatch: true);
        LayerTime Of(string layer) => new(layer, Nanoseconds(one[layer], machine.One), Nanoseconds(batch[layer], machine.Batch));
        return new TimeEstimate(machine, [.. program.Network.Layers.Select(l => Of(l.Name))]);
    }

    /// <summary>The work of each kernel of inference by its layer; what belongs to none, the last copy to the caller, is the last one's.</summary>
    public static ILookup<string, double[]> ByLayer(Program program, ChooseStrategy strategies, int lanes, bool isBatch)
    {
        var work = new KernelWork(Math.Min(lanes, strategies.Widest.Count), strategies.IsTiny, isBatch);
        string last = program.Network.Layers.Last().Name;
        // What was fused for the printer is counted as it was lowered.
        Kernel[] kernels = [.. FuseCells.Apart(program.Inference)];
        long bytes = kernels.Sum(static k => KernelWork.BytesOf(k));
        return kernels.ToLookup(k => k.Layer ?? last, k => work.Of(k, bytes));
    }

    /// <summary>For people: two digits, since no more are known.</summary>
    public static string Text(double nanoseconds)
    {
        double rounded = Rounded(nanoseconds, 2);
        return rounded < 10 ? CSharpLiteral.Shortest(rounded) : CSharpLiteral.Grouped((long)rounded);
    }

    /// <summary>A number with so many digits.</summary>
    public static double Rounded(double number, int digits)
    {
        if (number <= 0)
            return 0;
        int places = digits - 1 - (int)Math.Floor(Math.Log10(number));
        double unit = Math.Pow(10, Math.Abs(places));
        return places > 0 ? Math.Round(number * unit) / unit : Math.Round(number / unit) * unit;
    }

    private static double Nanoseconds(IEnumerable<double[]> work, IReadOnlyList<double> costs) =>
        work.Sum(w => w.Zip(costs, static (amount, cost) => amount * cost).Sum());
}

/// <summary>Estimated nanoseconds of one layer.</summary>
/// <param name="One">Of one sample.</param>
/// <param name="OfBatch">Of each sample of a batch of <see cref="TimeEstimate.Samples"/>.</param>
internal sealed record LayerTime(string Layer, double One, double OfBatch);
