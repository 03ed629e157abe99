using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>That the compiler's time estimates are as near to stored medians as docs/estimates.md says. Nothing is timed.</summary>
public class EstimateTests
{
    [Theory]
    [InlineData("x64 with AVX2", false)]
    [InlineData("x64 with AVX2", true)]
    [InlineData("x64 with AVX-512", false)]
    [InlineData("x64 with AVX-512", true)]
    public void Three_quarters_of_the_networks_are_within_30_percent(string machine, bool isBatch)
    {
        double[] errors =
        [
            .. MeasuredTime.Stored().Where(t => t.Machine == machine && t.IsBatch == isBatch)
                .Select(t => FitEstimatesCommand.Error(t.Nanoseconds, t.Estimate())).Order(),
        ];
        Assert.InRange(errors.Length, 35, 100);
        Assert.InRange(errors[errors.Length / 2], 0, 0.15);
        Assert.InRange(errors[errors.Length * 3 / 4], 0, 0.3);
    }

    [Fact]
    public void Every_network_of_the_suites_is_among_them()
    {
        Suite[] suites = [Suite.Networks, Suite.Shapes, Suite.MemoryBound, Suite.Sequences, Suite.Crossover];
        IEnumerable<string> nets = suites.SelectMany(s => s.Nets).Select(n => n.Name);
        foreach (IGrouping<string, MeasuredTime> machine in MeasuredTime.Stored().Where(t => !t.IsBatch).GroupBy(t => t.Machine))
            Assert.Equal(nets.Order(), machine.Select(t => t.Net).Order());
    }

    [Fact]
    public void A_fit_finds_the_costs_that_times_were_made_of()
    {
        double[][] work = [.. Enumerable.Range(1, 20).Select(k => new double[] { k, k * k % 7, 1 })];
        double[] costs = RelativeFit.Of(work, [.. work.Select(w => (2 * w[0]) + (0.5 * w[1]))]);
        Assert.Equal([2, 0.5, 0], costs.Select(c => System.Math.Round(c, 3)));
    }

    [Fact]
    public void No_cost_is_below_0_and_one_odd_time_does_not_bend_the_others()
    {
        double[][] work = [.. Enumerable.Range(1, 20).Select(k => new double[] { k, 20 - k })];
        double[] times = [.. work.Select(w => 3 * w[0])];
        times[10] *= 20;
        double[] costs = RelativeFit.Of(work, times);
        Assert.All(costs, c => Assert.InRange(c, 0, 3.3));
        Assert.InRange(costs[0], 2.7, 3.3);
    }
}
