using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>The loss of one sample as a function of what it reads (outputs or logits) and the targets.</summary>
internal abstract class ReferenceLoss
{
    public abstract double Value(double[] f, double[] y);

    /// <summary>dL/df.</summary>
    public abstract double[] Gradient(double[] f, double[] y);
}

/// <summary>A term per output; their sum, or their mean over the outputs.</summary>
internal sealed class ElementwiseLoss(Func<double, double, double> term, Func<double, double, double> derivative, bool mean) : ReferenceLoss
{
    public override double Value(double[] f, double[] y) => f.Zip(y, term).Sum() / (mean ? f.Length : 1);

    public override double[] Gradient(double[] f, double[] y) => [.. f.Zip(y, (a, b) => derivative(a, b) / (mean ? f.Length : 1))];

    public static ElementwiseLoss SquaredError() => new((f, y) => (f - y) * (f - y), (f, y) => 2 * (f - y), false);

    public static ElementwiseLoss HalfSquaredError() => new((f, y) => 0.5 * (f - y) * (f - y), (f, y) => f - y, false);

    public static ElementwiseLoss MeanSquaredError() => new((f, y) => (f - y) * (f - y), (f, y) => 2 * (f - y), true);

    public static ElementwiseLoss MeanAbsoluteError() => new((f, y) => Math.Abs(f - y), (f, y) => Math.Sign(f - y), true);

    /// <summary>e^2 / 2 up to delta, then the line that continues it, delta |e| - delta^2 / 2 (Huber 1964, as in Keras).</summary>
    public static ElementwiseLoss Huber(double delta) => new(
        (f, y) => Math.Abs(f - y) <= delta ? 0.5 * (f - y) * (f - y) : delta * Math.Abs(f - y) - 0.5 * delta * delta,
        (f, y) => Math.Abs(f - y) <= delta ? f - y : delta * Math.Sign(f - y),
        true);

    public static ElementwiseLoss Hinge() => new(
        (f, y) => Math.Max(0, 1 - y * f),
        (f, y) => 1 - y * f > 0 ? -y : 0,
        false);

    /// <summary>
    /// -y log f - (1 - y) log(1 - f), each log at least -100, and the derivative (f - y) / (f (1 - f)) with a denominator of
    /// at least 1e-12, both as in PyTorch.
    /// </summary>
    public static ElementwiseLoss BinaryCrossEntropy() => new(
        (f, y) => -y * Math.Max(Math.Log(f), -100) - (1 - y) * Math.Max(Precise.Log1P(-f), -100),
        (f, y) => (f - y) / Math.Max(f * (1 - f), 1e-12),
        true);

    /// <summary>
    /// The same with f = sigmoid(z): y softplus(-z) + (1 - y) softplus(z). Its derivative sigmoid(z) - y is written
    /// (1 - y) sigmoid(z) - y sigmoid(-z), which keeps its relative accuracy where sigmoid(z) is all but y.
    /// </summary>
    public static ElementwiseLoss BinaryCrossEntropyWithLogits() => new(
        (z, y) => y * Precise.Softplus(-z) + (1 - y) * Precise.Softplus(z),
        (z, y) => (1 - y) * Precise.Sigmoid(z) - y * Precise.Sigmoid(-z),
        true);
}

/// <summary>
/// -sum over k of y[k] log softmax(z)[k], the mean over the positions (steps of a sequence), on logits.
/// </summary>
internal sealed class CategoricalCrossEntropy(ReferenceShape shape) : ReferenceLoss
{
    public override double Value(double[] z, double[] y)
    {
        double total = 0;
        for (int p = 0; p < shape.Positions; p++)
        {
            // logsumexp(z) - z[k] = (z[top] - z[k]) + log(1 + sum of the others' exp(z[i] - z[top])): no term cancels another.
            int top = Top(z, p);
            double max = z[shape.IndexOf(p, top)];
            double others = 0;
            for (int i = 0; i < shape.Features; i++)
                others += i == top ? 0 : Math.Exp(z[shape.IndexOf(p, i)] - max);
            for (int k = 0; k < shape.Features; k++)
                total += y[shape.IndexOf(p, k)] * (max - z[shape.IndexOf(p, k)] + Precise.Log1P(others));
        }

        return total / shape.Positions;
    }

    /// <summary>
    /// dz[j] = s[j] sum(y) - y[j], which is f - y for targets that sum to 1, written
    /// s[j] (sum of the other y) - y[j] (1 - s[j]), with 1 - s[j] as the sum of the other exponentials over their total.
    /// </summary>
    public override double[] Gradient(double[] z, double[] y)
    {
        double[] dz = new double[z.Length];
        for (int p = 0; p < shape.Positions; p++)
        {
            double max = z[shape.IndexOf(p, Top(z, p))];
            double[] e = [.. Enumerable.Range(0, shape.Features).Select(k => Math.Exp(z[shape.IndexOf(p, k)] - max))];
            double sum = e.Sum();
            for (int j = 0; j < shape.Features; j++)
            {
                double otherTargets = 0, otherExponentials = 0;
                for (int k = 0; k < shape.Features; k++)
                {
                    otherTargets += k == j ? 0 : y[shape.IndexOf(p, k)];
                    otherExponentials += k == j ? 0 : e[k];
                }

                dz[shape.IndexOf(p, j)] =
                    (e[j] / sum * otherTargets - y[shape.IndexOf(p, j)] * (otherExponentials / sum)) / shape.Positions;
            }
        }

        return dz;
    }

    private int Top(double[] z, int position)
    {
        int top = 0;
        for (int k = 1; k < shape.Features; k++)
        {
            if (z[shape.IndexOf(position, k)] > z[shape.IndexOf(position, top)])
                top = k;
        }

        return top;
    }
}

/// <summary>-sum over k of y[k] f[k] with f = log_softmax(z), the mean over the positions: what cross-entropy is on logarithms, literally.</summary>
internal sealed class NegativeLogLikelihood(int positions) : ReferenceLoss
{
    /// <summary>A target of 0 counts nothing, even where the logarithm is infinite.</summary>
    public override double Value(double[] f, double[] y) => -f.Zip(y, (a, b) => b == 0 ? 0 : a * b).Sum() / positions;

    public override double[] Gradient(double[] f, double[] y) => [.. y.Select(b => -b / positions)];
}
