using System.Collections.Generic;

namespace NetGen.Benchmarks;

/// <summary>Our time over the best peer's of the same run that we want to have at most.</summary>
internal static class Goals
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<double>> s_ratios = new Dictionary<string, IReadOnlyList<double>>
    {
        // by network: infer1, infer64, step1, step32
        ["A"] = [0.92, 0.60, 1.00, 0.60],
        ["B"] = [0.92, 0.20, 0.80, 0.33],
        ["C"] = [0.85, 0.45, 0.85, 0.30],
        ["D"] = [1.00, 0.95, 0.96, 0.60],
        ["E"] = [0.80, 0.65, 0.75, 0.50],
        ["F"] = [0.40, 0.45, 0.50, 0.40],
    };

    /// <summary>A shape alone, or a sequence, is to be at least as fast as the best.</summary>
    private const double OfOthers = 1;

    /// <summary>Our time over the bound of layers that move memory.</summary>
    public const double OverTraffic = 2;

    public static double Ratio(BenchmarkNet net, BenchmarkTask task)
    {
        if (!s_ratios.TryGetValue(net.Name, out IReadOnlyList<double>? ratios))
            return OfOthers;
        int column = 0;
        while (Suite.Networks.Tasks[column] != task)
            column++;
        return ratios[column];
    }
}
