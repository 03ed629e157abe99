using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Cli.Sweep;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>NAME.sweep.csv: what is in it, and what is made of one that is there.</summary>
public sealed class SweepFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_have_the_values_the_figures_and_the_state()
    {
        SweepPlan plan = Plans.Of("hidden.units=2,3", "hidden.activation=relu,tanh");
        var trainer = new FakeTrainer { Folds = 2, Score = static (n, f) => (n.Units() / 4.0) + f, Before = FailAt3("=cmd, \"x\"") };
        string[] lines = new SweepCsv(plan, 2, "id").Write(plan.Run(trainer).Outcomes).Split('\n');
        Assert.Equal(
            "hidden.units,hidden.activation,score,validation loss,training loss,F1,\"log loss, mean\",epochs,best epoch,parameters,seconds,"
            + "standard deviation,state,variant", lines[0]);
        Assert.StartsWith("2,relu,1,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",20,10.5,19,", lines[1], StringComparison.Ordinal);
        Assert.Matches(@",0\.7071067811865\d*,,v[0-9a-f]{16}$", lines[1]);
        Assert.Matches(@"^3,relu,,,,,,,,,,,""'=cmd, """"x"""""",v[0-9a-f]{16}$", lines[3]);
        Assert.Equal("", lines[5]);
    }

    [Fact]
    public void What_is_read_writes_the_same_file_again_in_any_culture()
    {
        SweepPlan plan = Plans.Of("hidden.units=2,3,4", "l2=-0,1e-3");
        var csv = new SweepCsv(plan, 1, "id");
        string text = csv.Write(plan.Run(new FakeTrainer { Before = FailAt3("-1 is = @odd") }).Outcomes);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator, german.NumberFormat.NegativeSign) = (",", ".", "−");
            CultureInfo.CurrentCulture = german;
            Assert.Equal(text, csv.Write(csv.Read(text).Outcomes!));
            Assert.Equal(text, csv.Write(csv.Read(text.ReplaceLineEndings("\r\n")).Outcomes!));
            Assert.Equal("-1 is = @odd", csv.Read(text).Outcomes![2].State);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_text_that_a_spreadsheet_would_run_is_defused_and_a_number_is_not()
    {
        Assert.Equal(["'=1+1", "'@x", "'-x", "'+x", "'\tx", "relu", "'", ""], new[] { "=1+1", "@x", "-x", "+x", "\tx", "relu", "'", "" }.Select(CsvRow.Text));
        Assert.All(["=1+1", "@x", "-x", "'x", "'", "relu", ""], static t => Assert.Equal(t, CsvRow.PlainText(CsvRow.Text(t))));
        SweepPlan plan = Plans.Of("seed=-5,5");
        Assert.StartsWith("-5,", new SweepCsv(plan, 1, "id").Write(plan.Run(new FakeTrainer()).Outcomes).Split('\n')[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 3 (hidden.units=3) is damaged: a cell is no number", "\n3,", "\n3,x")]
    [InlineData("line 2 is damaged: it has 11 cells, but the header has 12", "\n2,", "\n2")]
    [InlineData("it is not of a sweep over hidden.units", "hidden.units", "hidden.activation")]
    [InlineData("it is not of a sweep over hidden.units", "epochs", "epoche")]
    [InlineData("it is not of a sweep over hidden.units", null, "")]
    [InlineData("it is not of a sweep over hidden.units", null, "\0\u0001")]
    [InlineData("it is not of a sweep over hidden.units", null, "\"")]
    [InlineData("is of no variant of this sweep", ",,v", ",,w")]
    public void A_file_that_is_damaged_or_of_another_sweep_is_never_gone_on_with_nor_lost(string message, string? before, string after)
    {
        SweepPlan plan = Plans.Of("hidden.units=2,3,4");
        var csv = new SweepCsv(plan, 1, "id");
        string text = csv.Write(plan.Run(new FakeTrainer()).Outcomes);
        int at = before is null ? 0 : text.IndexOf(before, StringComparison.Ordinal);
        text = before is null ? after : string.Concat(text.AsSpan(0, at), after, text.AsSpan(at + before.Length));
        string path = _folder.Write("net.sweep.csv", text);

        var file = new SweepFile(path, csv, 3);
        (IReadOnlyList<SweepOutcome>? outcomes, string? problem) = file.Open(resume: true);
        Assert.Null(outcomes);
        Assert.Contains(message, problem, StringComparison.Ordinal);
        Assert.Contains("name another by -o, or remove the file", problem, StringComparison.Ordinal);
        Assert.Contains("which would be lost", file.Open(resume: false).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_folds_or_networks_are_another_sweep()
    {
        SweepPlan plan = Plans.Of("hidden.units=2,3,4");
        IReadOnlyList<SweepOutcome> outcomes = plan.Run(new FakeTrainer()).Outcomes;
        var csv = new SweepCsv(plan, 1, "id");
        Assert.Contains("is of no variant of this sweep", csv.Read(new SweepCsv(plan, 1, "other data").Write(outcomes)).Problem, StringComparison.Ordinal);
        Assert.NotNull(csv.Read(new SweepCsv(plan, 3, "id").Write(outcomes)).Problem);
        SweepPlan wider = Plans.Of("hidden.units=2,3,4,5");
        Assert.Equal([0, 1, 2], new SweepCsv(wider, 1, "id").Read(csv.Write(outcomes)).Outcomes!.Select(static o => o.Variant.Index));
        string more = new SweepCsv(wider, 1, "id").Write(wider.Run(new FakeTrainer()).Outcomes);
        Assert.Contains("line 5 (hidden.units=5)", csv.Read(more).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_had_an_error_is_trained_again_and_what_diverged_is_not()
    {
        SweepPlan plan = Plans.Of("hidden.units=2,3,4");
        var csv = new SweepCsv(plan, 1, "id");
        string text = csv.Write(plan.Run(new FakeTrainer { Before = static (n, _) =>
        {
            if (n.Units() > 2)
                throw n.Units() == 3 ? FakeTrainer.Diverged() : new IOException("the disk is full");
        } }).Outcomes);
        var file = new SweepFile(_folder.Write("net.sweep.csv", text), csv, 3);
        Assert.Equal([0, 1], file.Open(resume: true).Outcomes!.Select(static o => o.Variant.Index));
    }

    private static Action<Compiler.Binding.Network, int> FailAt3(string message) => (network, _) =>
    {
        if (network.Units() == 3)
            throw new IOException(message);
    };
}
