using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// layer_norm: y = w (x - mean) / sqrt(variance + epsilon) + b over the last axis, with the biased variance; and rms_norm:
/// y = w x / sqrt(mean of x^2 + epsilon), which has neither mean nor b.
/// </summary>
internal sealed class ReferenceNormalization(string name, ReferenceShape input, double epsilon, bool centers, double[]? weight, double[]? bias)
    : ReferenceLayer(input)
{
    private readonly int _size = input.Sizes[^1];

    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[x.Length];
        for (int row = 0; row < x.Length; row += _size)
        {
            (double[] normal, _) = Normalize(x.AsSpan(row, _size).ToArray());
            for (int i = 0; i < _size; i++)
                y[row + i] = (weight is null ? 1 : weight[i]) * normal[i] + (bias is null ? 0 : bias[i]);
        }

        return y;
    }

    /// <summary>
    /// With n = (x - m) / s: dx = (w dy - mean(w dy) - n mean(n w dy)) / s, the middle term only where the mean is taken off.
    /// </summary>
    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dx = new double[x.Length];
        double[]? dw = weight is null ? null : pass.Gradients![name + ".weight"], db = bias is null ? null : pass.Gradients![name + ".bias"];
        for (int row = 0; row < x.Length; row += _size)
        {
            (double[] normal, double deviation) = Normalize(x.AsSpan(row, _size).ToArray());
            double[] dn = [.. Enumerable.Range(0, _size).Select(i => (weight is null ? 1 : weight[i]) * dy[row + i])];
            double along = dn.Zip(normal, (d, n) => d * n).Average(), mean = centers ? dn.Average() : 0;
            for (int i = 0; i < _size; i++)
            {
                if (dw is not null)
                    dw[i] += dy[row + i] * normal[i];
                if (db is not null)
                    db[i] += dy[row + i];
                dx[row + i] = (dn[i] - mean - normal[i] * along) / deviation;
            }
        }

        return dx;
    }

    private (double[] Normal, double Deviation) Normalize(double[] x)
    {
        double mean = centers ? x.Average() : 0;
        double deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + epsilon);
        return (Array.ConvertAll(x, v => (v - mean) / deviation), deviation);
    }
}
