using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>Of a network that gives numbers: outputs against targets, and how the residuals are distributed.</summary>
internal static class ValueSection
{
    /// <summary>The outputs that are drawn; of more, those that fit worst.</summary>
    private const int MostDrawn = 4;

    private const int MostRows = 100, MostDots = 1_500, MostBars = 40;

    public static Action<HtmlText>? Of(ReportModel model)
    {
        Fit[] fits = [.. model.Values.Select(Fit.Of).Where(static f => f.Targets.Count > 0)];
        return fits.Length == 0 ? null : html => Write(html, fits, model.MeasuredOn);
    }

    private static void Write(HtmlText html, Fit[] fits, string set)
    {
        html.Text("p", $"On the {set} set, in the units of the data. A residual is the output less the target.", ("class", "text soft"));
        if (fits.Length > 1)
            Table(fits).Write(html);
        if (fits.Length > MostDrawn)
            html.Text("p", $"Drawn are the {MostDrawn} outputs with the lowest R².", ("class", "text soft"));
        using (html.Element("div", ("class", "charts")))
        {
            // A stable order, so that equal ones come in the outputs' order.
            foreach (Fit fit in fits.Length <= MostDrawn ? fits : fits.OrderBy(static f => f.R2).Take(MostDrawn))
            {
                ChartSvg.Write(html, Scatter(fit));
                ChartSvg.Write(html, Histogram(fit));
            }
        }
    }

    private static DataTable Table(Fit[] fits) => new("Figures of each output",
        fits.Length > MostRows ? $"The first {MostRows} of {Figures.Count(fits.Length)} outputs." : "",
        [
            new("output"), new("RMSE", IsNumber: true), new("MAE", IsNumber: true), new("R²", IsNumber: true), new("mean residual", IsNumber: true),
            new("samples", IsNumber: true),
        ],
        [.. fits.Take(MostRows).Select(static f => (IReadOnlyList<string>)
        [
            f.Name, Figures.Text(f.Rmse), Figures.Text(f.Mae), Figures.Text(f.R2), Figures.Text(f.Residuals.Average()), Figures.Count(f.Targets.Count),
        ])]);

    private static Chart Scatter(Fit fit)
    {
        var axis = Axis.Around(fit.Targets.Concat(fit.Outputs));
        int every = (fit.Targets.Count + MostDots - 1) / MostDots;
        Mark[] points = [.. Enumerable.Range(0, fit.Targets.Count).Where(k => k % every == 0).Select(k => new Mark(fit.Targets[k], fit.Outputs[k]))];
        return new Chart($"{fit.Name}: output against target",
            $"Outputs against targets of {Figures.Count(fit.Targets.Count, "sample")}; targets from {Figures.Text(fit.Targets.Min())} "
                + $"to {Figures.Text(fit.Targets.Max())}; R² {Figures.Text(fit.R2)}.",
            "target", axis, axis,
        [
            new ChartSeries("exact", SeriesKind.Reference, 1, [new Mark(axis.Low, axis.Low), new Mark(axis.High, axis.High)]),
            new ChartSeries("sample", SeriesKind.Dots, 1, points, $"R² {Figures.Text(fit.R2)}"),
        ])
        {
            YName = "output",
            IsSquare = true,
        };
    }

    private static Chart Histogram(Fit fit)
    {
        double low = fit.Residuals.Min(), high = fit.Residuals.Max();
        if (low == high)
            (low, high) = (low - 0.5, high + 0.5);
        // The rule of Rice: 2 n^(1/3) bars.
        int bars = Math.Clamp((int)(2 * Math.Cbrt(fit.Residuals.Count)), 5, MostBars);
        double width = (high - low) / bars;
        int[] counts = new int[bars];
        foreach (double residual in fit.Residuals)
            counts[Math.Min((int)((residual - low) / width), bars - 1)]++;

        double margin = width / 2;
        Mark[] points = [.. counts.Select((n, k) => new Mark(low + ((k + 0.5) * width), n))];
        return new Chart($"{fit.Name}: residuals",
            $"Histogram of {Figures.Count(fit.Residuals.Count, "residual")} from {Figures.Text(low)} to {Figures.Text(high)}, "
                + $"mean {Figures.Text(fit.Residuals.Average())}.",
            "output less target", Axis.Linear(low - margin, high + margin), Axis.Linear(0, counts.Max() * 1.05),
            [new ChartSeries("samples", SeriesKind.Bars, 1, points, $"RMSE {Figures.Text(fit.Rmse)}")])
        {
            Marked = low < 0 && high > 0 ? new Tick(0, "no error") : null,
            IsSquare = true,
        };
    }

    /// <summary>An output's finite samples, and how well it fits.</summary>
    private sealed record Fit(string Name, IReadOnlyList<double> Targets, IReadOnlyList<double> Outputs, IReadOnlyList<double> Residuals)
    {
        public double Rmse => Math.Sqrt(Residuals.Average(static r => r * r));

        public double Mae => Residuals.Average(Math.Abs);

        /// <summary>1 − Σ(output − target)² / Σ(target − mean)²; NaN of targets that are all the same.</summary>
        public double R2 { get; } = DeterminationOf(Targets, Residuals);

        public static Fit Of(ValueFacts values)
        {
            int[] finite = [.. Enumerable.Range(0, values.Targets.Count).Where(k => double.IsFinite(values.Targets[k]) && double.IsFinite(values.Outputs[k]))];
            return new Fit(values.Name, [.. finite.Select(k => values.Targets[k])], [.. finite.Select(k => values.Outputs[k])],
                [.. finite.Select(k => values.Outputs[k] - values.Targets[k])]);
        }

        private static double DeterminationOf(IReadOnlyList<double> targets, IReadOnlyList<double> residuals)
        {
            if (targets.Count == 0)
                return double.NaN;
            double mean = targets.Average(), spread = targets.Sum(t => (t - mean) * (t - mean));
            return spread > 0 ? 1 - (residuals.Sum(static r => r * r) / spread) : double.NaN;
        }
    }
}
