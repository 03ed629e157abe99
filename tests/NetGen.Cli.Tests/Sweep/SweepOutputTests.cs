using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetGen.Cli.Output;
using NetGen.Cli.Sweep;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>What a sweep prints, for people and for programs.</summary>
public sealed class SweepOutputTests
{
    private static readonly FakeTrainer s_units = new()
    {
        Score = static (n, _) => Math.Round((n.Units() / 10.0) - n.Optimizer.LearningRate, 4),
        Before = static (n, _) =>
        {
            if (n.Optimizer.LearningRate == 1 && n.Units() == 2)
                throw FakeTrainer.Diverged();
        },
    };

    [Fact]
    public void A_pipe_gets_a_plain_grid_with_the_best_marked_and_no_escapes()
    {
        string text = Written(Plans.Of("hidden.units=2,4,8", "optimizer.sgd.learning_rate=0.01,0.1,1").Report(s_units), isLive: false);
        Assert.Equal("""
            accuracy by hidden.units (rows) and optimizer.sgd.learning_rate (columns); higher is better
                 0.01       0.1         1
            2      0.19      0.10  diverged
            4      0.39      0.30     -0.60
            8      0.79*     0.70     -0.20

            best: --set hidden.units=8 --set optimizer.sgd.learning_rate=0.01, accuracy 0.79
            next: --set hidden.units=8 --set optimizer.sgd.learning_rate=0.1, accuracy 0.7
            the best hidden.units, 8, is the largest tried: try larger ones
            the best optimizer.sgd.learning_rate, 0.01, is the smallest tried: try smaller ones
            1 variant diverged: the loss became infinite; a smaller learning rate or clip_norm may help

            """, text, ignoreWhiteSpaceDifferences: true);
        // Columns stand below one another.
        string[] lines = text.Split('\n');
        Assert.Equal(lines[1].IndexOf("0.01", StringComparison.Ordinal), lines[2].IndexOf("0.19", StringComparison.Ordinal));
        Assert.Equal(lines[1].Length, lines[3].Length);
    }

    [Fact]
    public void A_terminal_with_colours_gets_them_by_score_and_one_without_none()
    {
        SweepReport report = Plans.Of("hidden.units=2,4,8", "optimizer.sgd.learning_rate=0.01,0.1,1").Report(s_units);
        string coloured = Written(report, isLive: true, hasColour: true);
        Assert.Equal(8, Regex.Count(coloured, @"\u001b\[48;5;\d+;38;5;(16|231)(;1)?m"));
        Assert.Contains("\u001b[48;5;227;38;5;16;1m", coloured, StringComparison.Ordinal);
        string plain = string.Join('\n', Regex.Replace(coloured, "\u001b\\[[0-9;]*m", "").Split('\n').Select(static l => l.TrimEnd()));
        Assert.Equal(Written(report, isLive: true), plain);
        Assert.DoesNotContain('\u001b', Written(report, isLive: true));
    }

    [Fact]
    public void A_grid_that_does_not_fit_a_terminal_becomes_a_list()
    {
        SweepReport report = Plans.Of("hidden.units=2,4", "seed=linear:1:30:30").Report(s_units);
        Assert.Contains("accuracy by hidden.units, seed; higher is better", Written(report, isLive: true), StringComparison.Ordinal);
        Assert.Contains("(rows)", Written(report, isLive: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Over_one_path_there_is_a_list_with_bars_where_somebody_looks()
    {
        SweepReport report = Plans.Of("hidden.units=2,8,4").Report(s_units);
        string live = Written(report, isLive: true);
        string[] bars = [.. live.Split('\n').Skip(2).Take(3).Select(static l => new string('█', l.Count(static c => c == '█')))];
        Assert.Equal([1, 24, 9], bars.Select(static b => b.Length));
        string plain = Written(report, isLive: false);
        Assert.DoesNotContain('█', plain);
        Assert.Matches(@"\n +8 +0\.7\* +", plain);
        Assert.Single(Regex.Matches(plain, @"\*"));
        string notes = "best: --set hidden.units=8, accuracy 0.7\nnext: --set hidden.units=4, accuracy 0.3\nthe best hidden.units, 8, is the largest tried";
        Assert.Contains(notes, plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_three_paths_a_cell_is_the_best_over_the_third()
    {
        var trainer = new FakeTrainer { HigherIsBetter = false, Measure = "loss", Score = static (n, _) => n.Units() + n.Seed };
        SweepReport report = Plans.Of("hidden.units=3,5", "l2=0,0.1", "seed=7,4,9").Report(trainer);
        Assert.Equal(["7", "7", "9", "9"], report.Grid!.Cells.SelectMany(static r => r.Select(static c => c.Text)));
        // Of the two of 7, the one with the smaller validation loss.
        Assert.Equal([false, true, false, false], report.Grid.Cells.SelectMany(static r => r.Select(static c => c.IsBest)));
        string text = Written(report, isLive: false);
        Assert.Contains("lower is better; each is the best over seed", text, StringComparison.Ordinal);
        // Seeds have no order, and two values no middle.
        Assert.DoesNotContain("tried", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hidden.units=4,6,8", 6, null)]
    [InlineData("hidden.units=4,6,8", 4, "the best hidden.units, 4, is the smallest tried: try smaller ones")]
    [InlineData("hidden.units=8,6,4", 8, "the best hidden.units, 8, is the largest tried: try larger ones")]
    [InlineData("hidden.units=4,8", 8, null)]
    [InlineData("hidden.repeat=1,2,3", 4, null)]
    public void The_edge_of_a_range_is_told(string set, int best, string? note)
    {
        bool isDepth = set.Contains("repeat", StringComparison.Ordinal);
        SweepReport report = Plans.Of(set).Report(new FakeTrainer { Score = (n, _) => isDepth ? -n.Layers.Count : -Math.Abs(n.Units() - best) });
        Assert.Equal(note, report.Notes.FirstOrDefault(static n => n.Contains("tried", StringComparison.Ordinal)));
    }

    [Fact]
    public void Zero_is_no_edge() =>
        Assert.DoesNotContain(
            Plans.Of("l2=0,0.1,0.2").Report(new FakeTrainer { Score = static (n, _) => -n.L2 }).Notes,
            static n => n.Contains("tried", StringComparison.Ordinal));

    [Fact]
    public void Folds_that_scatter_more_than_the_best_two_differ_are_told()
    {
        SweepReport report = Plans.Of("hidden.units=2,4").Report(new FakeTrainer { Folds = 3, Score = static (n, f) => (n.Units() / 100.0) + f });
        Assert.Equal("best: --set hidden.units=4, accuracy 1.04 ± 1 over 3 folds", report.Notes[0]);
        Assert.Contains(report.Notes, static n => n.StartsWith("the two are closer together than one deviation", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_all_failed_nothing_is_the_best()
    {
        SweepReport report = Plans.Of("hidden.units=2,4", "l2=0,1").Report(new FakeTrainer { Before = static (_, _) => throw new IOException("no data") });
        Assert.Null(report.Best);
        Assert.Equal(["no variant has a result", "4 variants failed, as hidden.units=2 l2=0: no data"], report.Notes);
        Assert.Contains("failed", Written(report, isLive: true, hasColour: true), StringComparison.Ordinal);
        XDocument.Parse(SweepHeatMap.Write(report));
    }

    [Fact]
    public void What_shells_would_take_apart_is_in_quotes_to_be_typed_again()
    {
        SweepReport report = Plans.Of("optimizer={sgd: 0.1},{sgd: 0.2}").Report(new FakeTrainer { Score = static (n, _) => n.Optimizer.LearningRate });
        Assert.StartsWith("best: --set 'optimizer={sgd: 0.2}', accuracy", report.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_every_result_and_no_number_that_is_none()
    {
        SweepReport report = Plans.Of("hidden.units=2,4", "optimizer.sgd.learning_rate=0.01,1", "hidden.activation=relu,tanh").Report(s_units);
        VariantFigures odd = report.Outcomes[0].Figures! with { TrainingLoss = double.PositiveInfinity };
        report = new SweepReport("net", "accuracy", true, 1, report.Axes, [report.Outcomes[0] with { Figures = odd }, .. report.Outcomes.Skip(1)]);
        using var output = new StringWriter();
        SweepJson.Write(report, output);
        using JsonDocument json = JsonDocument.Parse(output.ToString());
        JsonElement[] variants = [.. json.RootElement.GetProperty("variants").EnumerateArray()];
        Assert.Equal(8, variants.Length);
        Assert.Equal(
            """{"hidden.units":4,"optimizer.sgd.learning_rate":0.01,"hidden.activation":"tanh"}""",
            JsonSerializer.Serialize(variants[5].GetProperty("values")));
        Assert.Equal(JsonValueKind.Null, variants[0].GetProperty("trainingLoss").ValueKind);
        Assert.Equal(JsonValueKind.Null, variants[2].GetProperty("score").ValueKind);
        Assert.Equal("diverged", variants[2].GetProperty("state").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("best").GetInt32());
        Assert.Equal(0.39, variants[4].GetProperty("score").GetDouble());
        Assert.Equal(2, variants[4].GetProperty("figures").EnumerateObject().Count());
        Assert.Equal("accuracy", json.RootElement.GetProperty("measure").GetString());
    }

    [Fact]
    public void The_heat_map_is_well_formed_and_all_text_in_it_is_escaped()
    {
        var trainer = new FakeTrainer
        {
            Measure = "a<b & \"c\"",
            Score = static (n, _) => n.Units(),
            Before = static (n, _) =>
            {
                if (n.Seed == 2)
                    throw new IOException("<script>\0\u001b");
            },
        };
        SweepReport report = Plans.Of("hidden.units=2,4,8", "seed=1,2").Report(trainer);
        string html = SweepHeatMap.Write(report);
        XElement table = XElement.Parse(html);
        Assert.Equal("table", table.Name.LocalName);
        Assert.Equal("a<b & \"c\" by hidden.units (rows) and seed (columns); higher is better", table.Element("caption")!.Value);
        XElement[] cells = [.. table.Descendants("td")];
        Assert.Equal(["2", "failed", "4", "failed", "8 *", "failed"], cells.Select(static c => c.Value));
        Assert.Equal(["r1", "zero", "r4", "zero", "r10 best", "zero"], cells.Select(static c => c.Attribute("class")!.Value));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("hidden.units=2 seed=2: <script>\uFFFD\uFFFD", cells[1].Attribute("title")!.Value, StringComparison.Ordinal);
        Assert.Equal(2, XElement.Parse(SweepHeatMap.Write(Plans.Of("hidden.units=2,4").Report(trainer))).Descendants("td").Count());
    }

    [Fact]
    public void One_result_far_off_does_not_leave_the_others_in_one_colour()
    {
        var trainer = new FakeTrainer { HigherIsBetter = false, Score = static (n, _) => n.Units() == 5 ? 1e9 : n.Units() };
        SweepReport report = Plans.Of("hidden.units=1,2,3,4,5").Report(trainer);
        double[] shades = [.. report.Outcomes.Select(o => report.Shade(o)!.Value)];
        Assert.Equal(1, shades[0]);
        Assert.Equal(0, shades[4]);
        Assert.True(shades[0] - shades[1] > 0.1 && shades[1] - shades[2] > 0.1 && shades[2] - shades[3] > 0.1);
    }

    [Theory]
    [InlineData("0.5000|0.1250|0.9999", 0.5, 0.125, 0.99987)]
    [InlineData("120|3000|0", 120, 3000, 0)]
    [InlineData("1|2|3", 1, 2, 3)]
    [InlineData("0.001235|123.5|1", 0.00123456, 123.456, 1)]
    [InlineData("1.5E-09|2E-09|3E-09", 1.5e-9, 2e-9, 3e-9)]
    public void Scores_have_their_points_below_one_another_unless_they_are_far_apart(string texts, double first, double second, double third)
    {
        double[] scores = [first, second, third];
        SweepReport report = Plans.Of("hidden.units=1,2,3").Report(new FakeTrainer { Score = (n, _) => scores[n.Units() - 1] });
        Assert.Equal(texts, string.Join('|', report.Outcomes.Select(report.TextOf)));
    }

    private static string Written(SweepReport report, bool isLive, bool hasColour = false)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using var terminal = new Terminal(output, TextWriter.Null, isLive, hasColour) { Width = 100 };
        SweepText.Write(report, terminal);
        return output.ToString();
    }
}
