using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Runs;
using Spectre.Console;
using Xunit;

namespace NetGen.Cli.Tests.Runs;

public sealed class BrailleChartTests
{
    [Fact]
    public void A_falling_line_goes_from_the_upper_left_to_the_lower_right_and_the_ends_are_named()
    {
        IReadOnlyList<string> lines = BrailleChart.Draw("loss", [new Curve("training", [4, 3, 2, 1], Color.Aqua)], 29, 4);

        string[] plain = [.. lines.Select(Markup.Remove)];
        Assert.Equal(5, plain.Length);
        Assert.Contains("loss  training", plain[0], StringComparison.Ordinal);
        Assert.StartsWith("       4 ", plain[1], StringComparison.Ordinal);
        Assert.StartsWith("       1 ", plain[4], StringComparison.Ordinal);
        Assert.NotEqual(' ', plain[1][9]);
        Assert.Equal(' ', plain[1][^1]);
        Assert.NotEqual(' ', plain[4][^1]);
        Assert.Equal(' ', plain[4][9]);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { double.NaN })]
    [InlineData(new[] { 0.0, 0.0 })]
    [InlineData(new[] { double.PositiveInfinity, 1, -1 })]
    [InlineData(new[] { 1e-9, 1.0, 1e9, 0 })]
    public void Any_numbers_can_be_drawn(double[] values) => Assert.Equal(9, BrailleChart.Draw("x", [new Curve("c", values, Color.Red)], 40, 8).Count);

    [Fact]
    public void Very_many_epochs_are_drawn_by_their_means() =>
        Assert.Equal(9, BrailleChart.Draw("x", [new Curve("c", [.. Enumerable.Range(0, 100_000).Select(static i => 1.0 / (i + 1))], Color.Red)], 60, 8).Count);
}
