using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>A loss times a number.</summary>
internal sealed class WeightedLoss(ReferenceLoss loss, double weight) : ReferenceLoss
{
    public override double Value(double[] f, double[] y) => weight * loss.Value(f, y);

    public override double[] Gradient(double[] f, double[] y) => Array.ConvertAll(loss.Gradient(f, y), g => weight * g);
}

/// <summary>
/// A categorical loss of other targets: first each is multiplied by its class's weight, so that a sample of one class has the loss times that class's weight;
/// then a share s of a position's targets is spread evenly over its classes, y (1 - s) + sum(y) s / n, which is Keras's y (1 - s) + s / n for targets that sum to 1.
/// </summary>
internal sealed class ReweightedTargets(ReferenceLoss loss, ReferenceShape shape, double smoothing, double[] classWeights) : ReferenceLoss
{
    public override double Value(double[] f, double[] y) => loss.Value(f, Of(y));

    public override double[] Gradient(double[] f, double[] y) => loss.Gradient(f, Of(y));

    private double[] Of(double[] y)
    {
        double[] targets = new double[y.Length];
        for (int p = 0; p < shape.Positions; p++)
        {
            double[] weighted = [.. Enumerable.Range(0, shape.Features).Select(k => (classWeights.Length == 0 ? 1 : classWeights[k]) * y[shape.IndexOf(p, k)])];
            double sum = weighted.Sum();
            for (int k = 0; k < shape.Features; k++)
                targets[shape.IndexOf(p, k)] = weighted[k] * (1 - smoothing) + sum * smoothing / shape.Features;
        }

        return targets;
    }
}

/// <summary>
/// -p y log f - (1 - y) log(1 - f), the mean over the outputs, with a p for all, or one for each feature, and y smoothed to y (1 - s) + s / 2. On probabilities
/// each log is at least -100 and the derivative's denominator at least 1e-12, as without.
/// </summary>
internal sealed class WeightedBinaryCrossEntropy(ReferenceShape shape, double smoothing, double[] positive, bool onLogits) : ReferenceLoss
{
    public override double Value(double[] f, double[] y) => Of(f, y, (x, p, t, not) => onLogits
        ? p * t * Precise.Softplus(-x) + not * Precise.Softplus(x)
        : -p * t * Math.Max(Math.Log(x), -100) - not * Math.Max(Precise.Log1P(-x), -100)).Sum();

    public override double[] Gradient(double[] f, double[] y) => Of(f, y, (x, p, t, not) => onLogits
        ? not * Precise.Sigmoid(x) - p * t * Precise.Sigmoid(-x)
        : (not * x - p * t * (1 - x)) / Math.Max(x * (1 - x), 1e-12));

    private double[] Of(double[] f, double[] y, Func<double, double, double, double, double> term)
    {
        double[] values = new double[f.Length];
        for (int position = 0; position < shape.Positions; position++)
        {
            for (int k = 0; k < shape.Features; k++)
            {
                int i = shape.IndexOf(position, k);
                values[i] = term(f[i], positive[positive.Length == 1 ? 0 : k], y[i] * (1 - smoothing) + smoothing / 2, (1 - y[i]) * (1 - smoothing) + smoothing / 2) / f.Length;
            }
        }

        return values;
    }
}
