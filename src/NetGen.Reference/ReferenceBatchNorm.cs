using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// y = w (x - mean) / sqrt(variance + epsilon) + b for each feature (or channel; a vector's element): in training with the mean
/// and the biased variance over the samples and positions of the batch, else with the running ones.
/// </summary>
/// <param name="isFrozen">Running statistics serve in training too, and stay as they are.</param>
internal sealed class ReferenceBatchNorm(
    string name, ReferenceShape input, double epsilon, bool isFrozen, double[]? weight, double[]? bias, double[] runningMean, double[] runningVariance)
    : ReferenceOperation(input)
{
    public override double[][] Forward(double[][][] inputs, ReferencePass pass)
    {
        double[][] x = inputs[0], y = Array.ConvertAll(x, sample => new double[sample.Length]);
        for (int c = 0; c < runningMean.Length; c++)
        {
            (double mean, double variance) = Statistics(x, c, pass);
            ForEach(x, c, (n, i) => y[n][i] = (weight is null ? 1 : weight[c]) * (x[n][i] - mean) / Math.Sqrt(variance + epsilon)
                + (bias is null ? 0 : bias[c]));
        }

        return y;
    }

    /// <summary>
    /// With u = (x - mean) / s: dx = w (dy - mean(dy) - u mean(u dy)) / s where mean and variance are the batch's, else w dy / s.
    /// The places of the running statistics take the batch's mean and unbiased variance.
    /// </summary>
    public override double[][][] Backward(double[][][] inputs, double[][] dy, ReferencePass pass)
    {
        double[][] x = inputs[0], dx = Array.ConvertAll(x, sample => new double[sample.Length]);
        for (int c = 0; c < runningMean.Length; c++)
        {
            (double mean, double variance) = Statistics(x, c, pass);
            double deviation = Math.Sqrt(variance + epsilon), sum = 0, along = 0;
            ForEach(x, c, (n, i) =>
            {
                sum += dy[n][i];
                along += dy[n][i] * (x[n][i] - mean) / deviation;
            });
            if (weight is not null)
                pass.Gradients![name + ".weight"][c] += along;
            if (bias is not null)
                pass.Gradients![name + ".bias"][c] += sum;
            int count = x.Length * Output.Positions;
            if (UsesBatch(pass))
            {
                pass.Gradients![name + ".running_mean"][c] = mean;
                pass.Gradients[name + ".running_var"][c] = variance * count / (count - 1);
            }
            else
            {
                (sum, along) = (0, 0);
            }

            ForEach(x, c, (n, i) => dx[n][i] =
                (weight is null ? 1 : weight[c]) * (dy[n][i] - sum / count - (x[n][i] - mean) / deviation * along / count) / deviation);
        }

        return [dx];
    }

    private bool UsesBatch(ReferencePass pass) => pass.IsTraining && !isFrozen;

    private (double Mean, double Variance) Statistics(double[][] x, int feature, ReferencePass pass)
    {
        if (!UsesBatch(pass))
            return (runningMean[feature], runningVariance[feature]);
        int count = x.Length * Output.Positions;
        if (count < 2)
            throw new ArgumentException("one value has no variance", nameof(x));
        double mean = 0, variance = 0;
        ForEach(x, feature, (n, i) => mean += x[n][i] / count);
        ForEach(x, feature, (n, i) => variance += (x[n][i] - mean) * (x[n][i] - mean) / count);
        return (mean, variance);
    }

    private void ForEach(double[][] x, int feature, Action<int, int> action)
    {
        for (int n = 0; n < x.Length; n++)
        {
            for (int p = 0; p < Output.Positions; p++)
                action(n, Output.IndexOf(p, feature));
        }
    }
}
