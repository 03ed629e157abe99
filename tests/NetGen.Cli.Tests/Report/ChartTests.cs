using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using NetGen.Cli.Report;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Report;

/// <summary>Curves and other drawings: that they show the numbers.</summary>
public sealed class ChartTests
{
    [Fact]
    public void Lines_go_through_their_points_and_are_broken_where_one_is_not_finite()
    {
        double[] values = [0, 1, double.NaN, 3, double.PositiveInfinity, 4, 2];
        Mark[] points = [.. values.Select(static (y, x) => new Mark(x, y))];
        var chart = new Chart("a", "b", "x", Axis.Linear(0, 6), Axis.Linear(0, 4), [new ChartSeries("s", SeriesKind.Line, 1, points)]);
        Assert.Equal("""
            <path class="line c1" d="M0 250L166.7 187.5M833.3 0L1000 125"/>
            <path class="point c1" d="M500 62.5h0"/>

            """.ReplaceLineEndings("\n"), MarkDrawing.Draw(chart));
    }

    [Fact]
    public void Bars_stand_on_the_ground()
    {
        Mark[] points = [new Mark(0.5, 1), new Mark(1.5, 4)];
        var chart = new Chart("a", "b", "x", Axis.Linear(0, 2), Axis.Linear(0, 4), [new ChartSeries("s", SeriesKind.Bars, 1, points)]);
        Assert.Equal("<path class=\"bars c1\" d=\"M25 187.5h450v62.5H25zM525 0h450v250H525z\"/>\n", MarkDrawing.Draw(chart));
    }

    [Fact]
    public void Long_curves_keep_their_ends_and_their_extremes()
    {
        var random = new Random(1);
        Mark[] points = [.. Enumerable.Range(0, 123_457).Select(k => new Mark(k, random.NextDouble()))];
        points[77_777] = points[77_777] with { Y = -5 };
        points[88_888] = points[88_888] with { Y = 9 };
        points[99_999] = points[99_999] with { Y = double.NaN };
        IReadOnlyList<Mark> few = Decimation.Of(points);

        Assert.InRange(few.Count, 1_500, Decimation.MostPoints);
        Assert.Equal((points[0], points[^1]), (few[0], few[^1]));
        Assert.Contains(points[77_777], few);
        Assert.Contains(points[88_888], few);
        Assert.All(few.Zip(few.Skip(1)), static pair => Assert.True(pair.First.X < pair.Second.X));
        Assert.All(few, m => Assert.Equal(points[(int)m.X], m));
        Mark[] start = points[..Decimation.MostPoints];
        Assert.Same(start, Decimation.Of(start));
    }

    [Theory]
    [InlineData(0.1, 1, false)]
    [InlineData(0.01, 1, true)]
    [InlineData(1e-12, 1e6, true)]
    [InlineData(-1, 1000, false)]
    [InlineData(0, 1000, false)]
    public void An_axis_is_logarithmic_where_the_range_asks_for_it(double low, double high, bool isLog)
    {
        var axis = Axis.Around([high, low, double.NaN, double.PositiveInfinity], mayBeLog: true);
        Assert.Equal(isLog, axis.IsLog);
        Assert.False(Axis.Around([low, high]).IsLog);
        Assert.InRange(axis.Place(low), 0, 0.1);
        Assert.InRange(axis.Place(high), 0.9, 1);
        Assert.InRange(axis.Ticks.Count, 3, 12);
        Assert.All(axis.Ticks, t => Assert.InRange(t.Value, axis.Low, axis.High));
        Assert.Equal(axis.Ticks.Select(static t => t.Label).Distinct(), axis.Ticks.Select(static t => t.Label));
    }

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-0.3, 0.3, "−0.3 −0.2 −0.1 0 0.1 0.2 0.3")]
    [InlineData(0.9991, 0.9999, "0.9992 0.9994 0.9996 0.9998")]
    [InlineData(0, 3e7, "0 5M 10M 15M 20M 25M 30M")]
    [InlineData(0, 2e-5, "0 5e-6 1e-5 1.5e-5 2e-5")]
    public void Ticks_are_round_and_short(double low, double high, string labels) =>
        Assert.Equal(labels, string.Join(' ', Axis.Linear(low, high).Ticks.Select(static t => t.Label)));

    [Fact]
    public void Few_epochs_have_whole_ticks()
    {
        Assert.Equal(["1", "2", "3"], Axis.Counted(1, 3).Ticks.Select(static t => t.Label));
        Assert.Equal(["1"], Axis.Counted(1, 1).Ticks.Select(static t => t.Label));
        Assert.InRange(Axis.Around([5, 5]).Place(5), 0.3, 0.7);
    }

    [Fact]
    public void Losses_metrics_rate_and_steps_each_have_a_drawing()
    {
        ReportPage page = ReportPage.Of(SampleReports.Iris());
        Assert.Equal(["Loss", "Accuracy", "F1", "Training loss by step", "Learning rate"], Titles(page.Section("curves")));
        Assert.Equal(["line c1", "line c2"], Paths(page.Chart("Loss")).Select(static p => p.Class));
        Assert.Equal(60, Paths(page.Chart("Loss"))[0].D.Count(static c => c is 'M' or 'L'));
        Assert.Contains("cross_entropy, log scale", page.Chart("Loss").Value, StringComparison.Ordinal);
        Assert.Contains("kept: epoch 43", page.Chart("Loss").Value, StringComparison.Ordinal);
        Assert.Equal(["line c2"], Paths(page.Chart("Accuracy")).Select(static p => p.Class));
        Assert.Equal(["trace c1", "line c1"], Paths(page.Chart("Training loss by step")).Select(static p => p.Class));
        EpochReport kept = SampleReports.Iris().Curves.Epochs[42];
        Assert.Contains($"{Figures.Text(kept.ValidationLoss)} at epoch 43", page.Section("curves").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_measured_on_the_training_data_is_drawn_as_well()
    {
        ReportModel model = SampleReports.Iris();
        var measured = new Dictionary<string, double> { ["F1"] = 0.9, ["AUC"] = 0.95 };
        EpochReport[] epochs = [.. model.Curves.Epochs.Select(e => e with { MeasuredTrainLoss = 0.1, TrainMetrics = measured })];
        ReportPage page = ReportPage.Of(model with { Curves = model.Curves with { Epochs = epochs } });
        Assert.Equal(["line c1", "line c2", "line c3"], Paths(page.Chart("Loss")).Select(static p => p.Class));
        Assert.Equal(["line c1", "line c2"], Paths(page.Chart("F1")).Select(static p => p.Class));
        Assert.Equal(["line c1"], Paths(page.Chart("AUC")).Select(static p => p.Class));
    }

    [Fact]
    public void A_rate_that_never_changes_is_a_sentence()
    {
        ReportModel model = SampleReports.Iris();
        EpochReport[] epochs = [.. model.Curves.Epochs.Select(static e => e with { LearningRate = 0.01f })];
        ReportPage page = ReportPage.Of(model with { Curves = model.Curves with { Epochs = epochs } });
        Assert.DoesNotContain(page.All("h3"), static h => h.Value == "Learning rate");
        Assert.Contains("The learning rate was 0.01 throughout.", page.Section("curves").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_diverged_is_drawn_as_far_as_it_came()
    {
        ReportModel model = SampleReports.Iris();
        EpochReport[] epochs =
        [
            .. model.Curves.Epochs.Select(static e => e.Epoch < 4 ? e : e with { TrainLoss = double.NaN, ValidationLoss = double.PositiveInfinity }),
        ];
        ReportPage page = ReportPage.Of(model with { Curves = new TrainingCurves(epochs, [new StepLoss(1, double.NaN)]) });
        Assert.Equal([3, 3], Paths(page.Chart("Loss")).Select(static p => p.D.Count(static c => c is 'M' or 'L')));
        Assert.All(page.Root.Descendants(ReportPage.GraphicsName("path")), static p => Assert.DoesNotContain('N', (string)p.Attribute("d")!));
        Assert.Contains("no finite value", (string?)page.Chart("Training loss by step").Attribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_a_long_run_has_the_first_the_last_and_the_epoch_that_was_kept()
    {
        ReportModel model = SampleReports.Long(5_000) with { Run = SampleReports.Long(5_000).Run with { KeptEpoch = 4_321 } };
        string[][] table = ReportPage.Of(model).Table("Figures by epoch");
        Assert.InRange(table.Length, 25, 40);
        Assert.Equal(["1", "5,000"], [table[1][0], table[^1][0]]);
        Assert.Equal("kept", table.Single(static r => r[0] == "4,321")[^1]);
    }

    [Fact]
    public void Outputs_are_drawn_against_targets_and_their_residuals_as_bars()
    {
        ReportModel model = SampleReports.Regression() with { Values = [new ValueFacts("price", [0, 10, 20, double.NaN], [1, 10, 22, 5])] };
        ReportPage page = ReportPage.Of(model);
        XElement scatter = page.Chart("price: output against target"), bars = page.Chart("price: residuals");
        Assert.Equal(["reference c1", "dots c1"], Paths(scatter).Select(static p => p.Class));
        Assert.Equal(3, Paths(scatter)[1].D.Count(static c => c == 'M'));
        // Residuals 1, 0, 2: R² = 1 − 5 / 200.
        Assert.Contains("R² 0.975", (string?)scatter.Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("3 residuals from 0 to 2, mean 1.", (string?)bars.Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(3, Paths(bars)[0].D.Split('z', StringSplitOptions.RemoveEmptyEntries).Count(static b => !b.Contains("v0H", StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_outputs_have_a_table_and_of_many_the_worst_are_drawn()
    {
        ValueFacts Values(int k) => new($"y{k}", [0, 1, 2, 3], [0, 1, 2, 3 + (0.1 * k)]);
        ReportPage page = ReportPage.Of(SampleReports.Regression() with { Values = [.. Enumerable.Range(0, 9).Select(Values)] });
        string[][] table = page.Table("Figures of each output");
        Assert.Equal(["y0", "y1", "y2", "y3", "y4", "y5", "y6", "y7", "y8"], table.Skip(1).Select(static r => r[0]));
        Assert.Equal(["y8", "0.4", "0.2", "0.872", "0.2", "4"], table[^1]);
        Assert.Equal(["y8", "y7", "y6", "y5"], Titles(page.Section("values")).Select(static t => t.Split(':')[0]).Distinct());
    }

    private static IEnumerable<string> Titles(XElement section) =>
        section.Descendants().Where(static e => e.Name.LocalName == "h3").Select(static h => h.Value);

    private static (string Class, string D)[] Paths(XElement chart) =>
        [.. chart.Descendants(ReportPage.GraphicsName("path")).Select(static p => ((string)p.Attribute("class")!, (string)p.Attribute("d")!))];
}
