using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Models;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>gallery</c>: one call on one sample, for each network of the examples that comes with weights, beside ONNX Runtime, which gets the exported model.
/// </summary>
internal static class GalleryCommand
{
    public const string Usage = "gallery [--net TEXT] [--rounds N] [--core N] [--markdown FILE], built with -p:OnnxRuntime=true";

    /// <summary>Samples that take turns; even, see <see cref="OnnxGalleryRun"/>.</summary>
    private const int Samples = 16;

    /// <summary>Of a round, for each of the two: less than a thread runs before it is another's turn, so that most rounds are whole where a core is shared.</summary>
    private const double Nanoseconds = 500_000;

    /// <summary>Of outputs that differ by rounding, over the largest output.</summary>
    private const double Tolerance = 1e-4;

    private static readonly IReadOnlyList<string> s_columns = ["network", "parameters", "NetGen, µs", "ONNX Runtime, µs", "ratio", "spread of the ratio"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        int core = Affinity.LastCore(), rounds = 301;
        string? net = null, markdown = null;
        for (int k = 0; k < arguments.Length; k += 2)
        {
            string value = k + 1 < arguments.Length ? arguments[k + 1] : "";
            bool isRight = value.Length > 0 && arguments[k] switch
            {
                "--net" => (net = value).Length > 0,
                "--markdown" => (markdown = value).Length > 0,
                "--rounds" => int.TryParse(value, CultureInfo.InvariantCulture, out rounds) && rounds > 0,
                "--core" => int.TryParse(value, CultureInfo.InvariantCulture, out core) && core >= 0,
                _ => false,
            };
            if (!isRight)
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }
        }

        using var onnx = new OnnxRuntimePeer();
        if (onnx.Version is null)
        {
            Console.Error.WriteLine($"ONNX Runtime is not there; write {onnx.InstallCommand}");
            return 1;
        }

        foreach (string missing in GalleryNets.Missing())
            Console.Error.WriteLine($"{missing}: no network of {nameof(GalleryNets)} has these weights");
        Affinity.Pin(core);
        GalleryNet[] chosen = [.. GalleryNets.All.Where(n => net is null || n.Name.Contains(net, StringComparison.OrdinalIgnoreCase))];
        List<IReadOnlyList<string>> rows = [];
        bool isRightEverywhere = true;
        foreach (GalleryNet one in chosen)
        {
            (IReadOnlyList<string> row, bool isRight) = Measure(one, rounds);
            rows.Add(row);
            isRightEverywhere &= isRight;
            Console.Error.WriteLine($"{one.Name} is measured");
        }

        string circumstances = $"{DateTime.UtcNow:yyyy-MM-dd}, {ProcessorName.Value}, core {core}; ONNX Runtime {onnx.Version}, inputs and outputs bound; "
            + $"medians of {rounds} rounds, in which the two take turns. The spread is the distance of the quartiles.";
        ConsoleReport.Write(s_columns, rows);
        Console.WriteLine(circumstances);
        if (markdown is not null)
            File.WriteAllText(markdown, MarkdownReport.Table(s_columns, rows) + circumstances + "\n");
        return isRightEverywhere ? 0 : 1;
    }

    private static (IReadOnlyList<string> Row, bool IsRight) Measure(GalleryNet net, int rounds)
    {
        string spec = net.SpecText();
        Network network = Check(spec), forOnnx = net.StepSpec is { } step ? Check(step) : network;
        using Stream stream = net.OpenWeights();
        NetworkWeights weights = NetworkWeights.Read(stream, net.Weights, network);
        int size = net.StepSpec is null ? network.Input.Size : forOnnx.Inputs[0].Shape.Size;
        var random = new System.Random(1);
        float[] inputs = [.. Enumerable.Range(0, Samples * size).Select(_ => (float)(2 * random.NextDouble() - 1))];

        using var ours = new OursGalleryRun(spec, weights, inputs, net.StepSpec is not null);
        using var theirs = new OnnxGalleryRun(forOnnx, weights, inputs, Samples, net.StepSpec is not null);
        float[] given = ours.Outputs(), expected = theirs.Outputs();
        double largest = expected.Max(MathF.Abs), deviation = given.Length != expected.Length ? double.PositiveInfinity
            : given.Zip(expected, static (a, b) => float.IsNaN(a) ? double.PositiveInfinity : Math.Abs(a - b)).Max() / Math.Max(largest, 1);
        string parameters = Words.Whole(ours.ParameterCount);
        if (!(deviation < Tolerance))
            return ([net.Name, parameters, string.Create(CultureInfo.InvariantCulture, $"WRONG: {deviation:0.0e+0} apart"), "", "", ""], false);

        long ourCalls = CallsOf(ours), theirCalls = CallsOf(theirs);
        double[] our = new double[rounds], their = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            our[round] = ours.Time(ourCalls) / ourCalls;
            their[round] = theirs.Time(theirCalls) / theirCalls;
        }

        double[] ratios = [.. our.Zip(their, static (a, b) => a / b).Order()];
        return ([
            net.Name, parameters, Microseconds(Median(our)), Microseconds(Median(their)), Words.Ratio(Median(ratios)),
            Words.Percent((ratios[3 * rounds / 4] - ratios[rounds / 4]) / Median(ratios)),
        ], true);
    }

    /// <summary>How many calls a round takes, once all is compiled and warm.</summary>
    private static long CallsOf(IGalleryRun run)
    {
        run.Time(2000);
        const int Probe = 10;
        return Math.Max(1, (long)(Nanoseconds * Probe / Enumerable.Range(0, 20).Min(_ => run.Time(Probe))));
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static string Microseconds(double ns) => (ns / 1000).ToString(ns < 10_000 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static Network Check(string spec)
    {
        CheckResult result = NetworkCompiler.Check(spec);
        return result.Network ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Select(static d => d.ToString("spec.yaml"))));
    }
}
