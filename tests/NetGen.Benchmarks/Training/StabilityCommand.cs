using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Training;
using ScottPlot;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>stability</c>: trains on the digits twice from one seed, once with one of the samples replaced, and shows how far the weights and the losses
/// are apart after each step:
/// the experiment behind docs/training.md's section on the stability of SGD.
/// </summary>
internal static class StabilityCommand
{
    public const string Usage = "stability --data digits.csv [--samples N] [--steps N] [--replaced N] [--markdown FILE] [--svg FILE]";

    private static readonly float[] s_rates = [0.01f, 0.03f, 0.1f, 0.3f];

    private static readonly string[] s_columns = ["network", "learning rate", "steps", "distance of the weights", "over the learning rate and steps", "difference of the losses"];

    public static int Run(ReadOnlySpan<string> arguments)
    {
        string file = "", markdown = "", svg = "";
        int samples = 200, steps = 5000, replaced = 8;
        LabeledDataset digits;
        try
        {
            for (int k = 0; k < arguments.Length; k += 2)
            {
                string name = arguments[k], value = k + 1 < arguments.Length ? arguments[k + 1] : throw new ArgumentException($"{name} needs a value");
                switch (name)
                {
                    case "--data": file = value; break;
                    case "--samples": samples = Number(name, value); break;
                    case "--steps": steps = Number(name, value); break;
                    case "--replaced": replaced = Number(name, value); break;
                    case "--markdown": markdown = value; break;
                    case "--svg": svg = value; break;
                    default: throw new ArgumentException($"unknown option {name}");
                }
            }

            digits = file == "" ? throw new ArgumentException("--data is missing: digits.csv of the examples' data") : Dataset.FromCsv(file, label: "digit");
        }
        catch (Exception e) when (e is ArgumentException or IOException or DatasetException)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(Usage);
            return 2;
        }

        float[] pixels = digits.Features.ToArray();
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] /= 16;
        digits = digits.WithFeatures(pixels);
        var curves = new List<Curve>();
        foreach (float rate in s_rates)
            curves.Add(Measure("linear", seed => new NetDIGITS_LINEAR(seed), digits, samples, steps, replaced, rate));
        foreach (float rate in s_rates)
            curves.Add(Measure("hidden", seed => new NetDIGITS_HIDDEN(seed), digits, samples, steps, replaced, rate));

        List<IReadOnlyList<string>> rows = [];
        foreach (Curve curve in curves)
            foreach (int step in new[] { 10, 100, 1000, steps }.Where(step => step <= steps).Distinct())
                rows.Add(
                [
                    curve.Net, curve.Rate.ToString(CultureInfo.InvariantCulture), Words.Whole(step), Text(curve.Distances[step - 1]),
                    Text(curve.Distances[step - 1] / (curve.Rate * step)), Text(curve.Losses[step - 1]),
                ]);
        string[] circumstances =
        [
            $"{Words.Whole(samples)} of the digits, batches of 1, plain SGD; linear is 64-10 with softmax, hidden is 64-32-10; the means over {replaced} replaced samples",
            "the loss is the mean over the digits that neither run is trained on",
        ];
        ConsoleReport.Write(s_columns, rows);
        foreach (string line in circumstances)
            Console.WriteLine(line);
        if (markdown != "")
            File.WriteAllText(markdown, MarkdownReport.Table(s_columns, rows) + string.Concat(circumstances.Select(line => $"- {line}\n")));
        if (svg != "")
            Draw(curves).SaveSvg(svg, 900, 420);
        return 0;
    }

    private static Curve Measure<TNet>(string name, Func<int, TNet> create, LabeledDataset digits, int samples, int steps, int replaced, float rate) where TNet : class, IClassifierNetwork<TNet>
    {
        var distances = new double[steps];
        var losses = new double[steps];
        LabeledDataset rest = digits.Subset([.. Enumerable.Range(samples + replaced, 500)]);
        int[] all = [.. Enumerable.Range(0, samples)];
        for (int sample = 0; sample < replaced; sample++)
        {
            int[] others = [.. all];
            others[sample * samples / replaced] = samples + sample;
            (float[][] weights, double[] loss) = Train(create(1), digits.Subset(all), rest, steps, rate);
            (float[][] otherWeights, double[] otherLoss) = Train(create(1), digits.Subset(others), rest, steps, rate);
            for (int step = 0; step < steps; step++)
            {
                double squares = 0;
                for (int i = 0; i < weights[step].Length; i++)
                    squares += (weights[step][i] - (double)otherWeights[step][i]) * (weights[step][i] - (double)otherWeights[step][i]);
                distances[step] += Math.Sqrt(squares) / replaced;
                losses[step] += Math.Abs(loss[step] - otherLoss[step]) / replaced;
            }
        }

        Console.Error.WriteLine($"{name}, rate {rate.ToString(CultureInfo.InvariantCulture)}: trained");
        return new(name, rate, distances, losses);
    }

    private static (float[][] Weights, double[] Losses) Train<TNet>(TNet net, LabeledDataset train, LabeledDataset rest, int steps, float rate) where TNet : class, IClassifierNetwork<TNet>
    {
        var watch = new Watch<TNet>(net, rest, steps);
        net.Fit(train, options: new TrainingOptions { Steps = steps, BatchSize = 1, LearningRate = rate, Seed = 1, Callbacks = [watch] });
        return (watch.Weights, watch.Losses);
    }

    private static Plot Draw(List<Curve> curves)
    {
        var plot = new Plot();
        Color[] colors = [Color.FromHex("#9ec5f4"), Color.FromHex("#5596e6"), Color.FromHex("#1f6ac2"), Color.FromHex("#0a3069")];
        foreach (Curve curve in curves)
        {
            // Points at equal distances on the logarithmic axis.
            int[] at = [.. Enumerable.Range(0, 60).Select(i => (int)Math.Round(Math.Pow(curve.Distances.Length, i / 59.0))).Distinct().Where(step => curve.Distances[step - 1] > 0)];
            var line = plot.Add.Scatter(at.Select(step => Math.Log10(step)).ToArray(), at.Select(step => Math.Log10(curve.Distances[step - 1])).ToArray());
            line.LegendText = $"{(curve.Net == "linear" ? "64-10" : "64-32-10")}, rate {curve.Rate.ToString(CultureInfo.InvariantCulture)}";
            (line.Color, line.LineWidth, line.MarkerSize) = (colors[Array.IndexOf(s_rates, curve.Rate)], 2, 0);
            line.LinePattern = curve.Net == "linear" ? LinePattern.Solid : LinePattern.Dashed;
        }

        plot.Title("How far two runs are apart that differ in one sample");
        plot.XLabel("steps");
        plot.YLabel("distance of the weights");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = Power, IntegerTicksOnly = true };
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = Power, IntegerTicksOnly = true };
        plot.ShowLegend(Edge.Right);
        return plot;
    }

    private static string Power(double exponent) => Math.Pow(10, exponent).ToString("#,##0.#####", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("g3", CultureInfo.InvariantCulture);

    private static int Number(string option, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
        ? number
        : throw new ArgumentException($"{option} {value}: not a whole number of at least 1");

    private sealed record Curve(string Net, float Rate, double[] Distances, double[] Losses);

    private sealed class Watch<TNet>(TNet net, LabeledDataset rest, int steps) : TrainingCallback where TNet : class, IClassifierNetwork<TNet>
    {
        private double _loss;

        public float[][] Weights { get; } = new float[steps][];

        public double[] Losses { get; } = new double[steps];

        public override void AfterStep(TrainingStatus status)
        {
            Weights[status.Step - 1] = net.Parameters.ToArray();
            // The loss over all of the rest is ten times as dear as the step.
            if (status.Step % 100 == 0 || status.Step is 10 || status.Step == steps)
                _loss = net.Evaluate(rest).Loss;
            Losses[status.Step - 1] = _loss;
        }
    }
}
