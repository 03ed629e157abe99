using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Passes;
using nietras.SeparatedValues;

namespace NetGen.Benchmarks;

/// <summary>The median of one network's inference on a class of machine.</summary>
/// <param name="Samples">Of a call.</param>
/// <param name="Nanoseconds">Of each sample.</param>
internal sealed record MeasuredTime(string Machine, string Net, int Samples, double Nanoseconds)
{
    private const string Header = "machine,net,samples,nanoseconds";

    public bool IsBatch => Samples > 1;

    private string Line => string.Create(CultureInfo.InvariantCulture, $"{Machine},{Net},{Samples},{Nanoseconds:0.###}");

    /// <summary>The ones that the compiler's estimates were fitted to.</summary>
    public static IReadOnlyList<MeasuredTime> Stored() => [.. Rows(Resources.Text("medians.csv")).Select(static r => new MeasuredTime(
        r["machine"], r["net"], int.Parse(r["samples"], CultureInfo.InvariantCulture), Number(r["nanoseconds"])))];

    /// <summary>Our inference from what the suites' <c>--csv</c> wrote.</summary>
    public static IEnumerable<MeasuredTime> Read(Machine machine, string file) =>
        from row in Rows(File.ReadAllText(file))
        where row["peer"] == OursPeer.PeerName && row["median_ns"] != "" && row["task"].StartsWith("infer", StringComparison.Ordinal)
        let samples = int.Parse(row["task"].AsSpan("infer".Length), CultureInfo.InvariantCulture)
        select new MeasuredTime(machine.Name, row["net"].Split(':')[0], samples, Number(row["median_ns"]) / samples);

    public static string Write(IEnumerable<MeasuredTime> times) =>
        string.Concat(times.Select(static t => t.Line).Prepend(Header).Select(static line => line + "\n"));

    /// <summary>What the compiler estimates of the same.</summary>
    public double Estimate()
    {
        (Compiler.Passes.Program program, ChooseStrategy strategies) = Compiled();
        TimeEstimate estimate = TimeEstimate.Of(program, strategies, Compiler.Passes.Machine.All.Single(m => m.Name == Machine));
        return IsBatch ? estimate.OfBatch : estimate.One;
    }

    /// <summary>How much of each sort of work its network is.</summary>
    public double[] Work(Machine machine, bool isBatch)
    {
        (Compiler.Passes.Program program, ChooseStrategy strategies) = Compiled();
        double[][] kernels = [.. TimeEstimate.ByLayer(program, strategies, machine.Lanes, isBatch).SelectMany(static layer => layer)];
        return [.. Enumerable.Range(0, KernelWork.Kinds).Select(k => kernels.Sum(w => w[k]))];
    }

    private (Compiler.Passes.Program Program, ChooseStrategy Strategies) Compiled()
    {
        Compiler.Passes.Program program = Compiler.Passes.Program.Of(NetworkCompiler.Check(Resources.Text(Net.ToLowerInvariant() + ".yaml")).Network!);
        return (program, new ChooseStrategy(program, hasVectors: true));
    }

    private static IEnumerable<Dictionary<string, string>> Rows(string text)
    {
        using SepReader reader = Sep.New(',').Reader(o => o with { Unescape = true }).FromText(text);
        List<Dictionary<string, string>> rows = [];
        foreach (SepReader.Row row in reader)
        {
            Dictionary<string, string> cells = [];
            foreach (string name in reader.Header.ColNames)
                cells[name] = row[name].ToString();
            rows.Add(cells);
        }

        return rows;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
