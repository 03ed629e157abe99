using System.Linq;
using NetGen.Training;

namespace NetGen.Examples;

/// <summary>Linear autoregression by least squares: weights · window + constant, the best that a linear forecast can do.</summary>
internal sealed class Autoregression
{
    private readonly double[] weights; // the last one is the constant's

    public Autoregression(TargetDataset data) =>
        weights = LeastSquares.Solve(
            [.. Enumerable.Range(0, data.Count).Select(i => (double[])[.. data.FeaturesOf(i).ToArray().Select(x => (double)x), 1])],
            [.. data.Targets.ToArray().Select(y => (double)y)]);

    /// <summary>The forecast from each window.</summary>
    public float[] Predict(TargetDataset data) =>
        [.. Enumerable.Range(0, data.Count).Select(i => (float)(data.FeaturesOf(i).ToArray().Zip(weights, (x, w) => x * w).Sum() + weights[^1]))];
}
