using System;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>
/// Costs, none below 0, by which sums of work come near what was measured. The error is the logarithm of their ratio, so half and twice as much are as far
/// off; its weight falls with it, so that one network that the model has no idea of does not bend the others.
/// </summary>
internal static class RelativeFit
{
    private const int Rounds = 60, Sweeps = 1000;

    /// <summary>An error below this is as good as none.</summary>
    private const double LeastError = 0.15;

    private const double LeastRatio = 0.05;

    /// <param name="work">Of each measurement, by its sort.</param>
    public static double[] Of(double[][] work, double[] measured)
    {
        double[][] rows = [.. work.Select((w, k) => w.Select(x => x / measured[k]).ToArray())];
        double[] costs = new double[work[0].Length], weights = [.. measured.Select(static _ => 1.0)];
        for (int round = 0; round < Rounds; round++)
        {
            Solve(rows, weights, costs);
            for (int k = 0; k < rows.Length; k++)
            {
                // (p - m)² / (p m) is nearly the square of the logarithm of p / m.
                double ratio = Math.Max(LeastRatio, Sum(rows[k], costs));
                weights[k] = 1 / (ratio * Math.Max(LeastError, Math.Abs(Math.Log(ratio))));
            }
        }

        return costs;
    }

    /// <summary>The sum of work at these costs.</summary>
    public static double Sum(double[] work, double[] costs) => work.Zip(costs, static (w, c) => w * c).Sum();

    /// <summary>Weighted least squares of rows · costs = 1, one cost after another until none moves any more.</summary>
    private static void Solve(double[][] rows, double[] weights, double[] costs)
    {
        int n = costs.Length;
        double[] right = new double[n];
        double[][] normal = [.. right.Select(_ => new double[n])];
        for (int k = 0; k < rows.Length; k++)
        {
            for (int i = 0; i < n; i++)
            {
                right[i] += weights[k] * rows[k][i];
                for (int j = 0; j < n; j++)
                    normal[i][j] += weights[k] * rows[k][i] * rows[k][j];
            }
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            for (int i = 0; i < n; i++)
            {
                if (normal[i][i] > 0)
                    costs[i] = Math.Max(0, costs[i] + ((right[i] - Sum(normal[i], costs)) / normal[i][i]));
            }
        }
    }
}
