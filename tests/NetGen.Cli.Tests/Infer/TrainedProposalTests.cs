using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Cli.Infer;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Infer;

/// <summary>What proposals are worth: they are compiled and trained, and tested on rows that they never saw.</summary>
public sealed class TrainedProposalTests
{
    [Theory]
    [InlineData("iris.csv", 5, 0.93)] // 0.96 on average
    [InlineData("diabetes.csv", 5, 0.4)] // R2: 0.49 on average, as good as least squares
    [InlineData("digits.csv", 1, 0.96)] // 0.989 on average; two dense layers have 0.967
    public void The_examples_are_learned_as_they_are(string name, int seeds, double atLeast)
    {
        Trial trial = Of(Trial.Example(name));

        Assert.InRange(Enumerable.Range(1, seeds).Average(trial.Run), atLeast, 1);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e8)]
    public void The_unit_of_a_target_does_not_matter(double unit)
    {
        using var folder = new TemporaryFolder();
        double score = Of(Scaled(folder, unit)).Run(1);

        Assert.InRange(score, 0.4, 1);
        Assert.Equal(Of(Scaled(folder, 1)).Run(1), score, 0.02);
    }

    [Fact]
    public void Several_targets_texts_and_gaps_are_learned_together()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        string file = folder.Write("a.csv", "kind,x,z,low,high\n" + string.Concat(Enumerable.Range(0, 800).Select(_ =>
        {
            int kind = random.Next(3);
            double x = random.NextDouble(), z = random.NextDouble(), low = 4 * x * x + kind - 50, high = 500 + 3 * (kind - 1) * z + x;
            string gap = random.Next(20) == 0 ? "" : x.ToString("G6", CultureInfo.InvariantCulture);
            return FormattableString.Invariant($"k{kind},{gap},{z:G6},{low:F2},{high:F2}\n");
        })));

        Assert.InRange(Of(file, "low", "high").Run(1), 0.8, 1);
    }

    private static string Scaled(TemporaryFolder folder, double unit)
    {
        IEnumerable<string> lines = File.ReadLines(Trial.Example("diabetes.csv")).Select((line, i) =>
        {
            int at = line.LastIndexOf(',') + 1;
            return i == 0 ? line : line[..at] + (unit * double.Parse(line[at..], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture);
        });
        return folder.Write("scaled.csv", string.Join('\n', lines));
    }

    private static Trial Of(string file, params string[] answers)
    {
        Proposal? proposal = SpecProposal.Of(CsvSummary.Read(file), new CsvOptions(), answers, null, out string? problem);
        Assert.Null(problem);
        return new Trial(file, proposal!);
    }
}
