using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>A layer that reads one value, each sample by itself.</summary>
internal abstract class ReferenceLayer(ReferenceShape output) : ReferenceOperation(output)
{
    public abstract double[] Forward(double[] x, ReferencePass pass);

    /// <summary>From dL/dy to dL/dx; what this sample gives to the parameters' gradients is added to <see cref="ReferencePass.Gradients"/>.</summary>
    public abstract double[] Backward(double[] x, double[] dy, ReferencePass pass);

    public sealed override double[][] Forward(double[][][] inputs, ReferencePass pass) =>
        [.. inputs[0].Select((x, sample) => Forward(x, pass with { Sample = sample }))];

    public sealed override double[][][] Backward(double[][][] inputs, double[][] dy, ReferencePass pass) =>
        [[.. inputs[0].Select((x, sample) => Backward(x, dy[sample], pass with { Sample = sample }))]];
}

/// <summary>y[o] = sum over i of w[o, i] x[i] + b[o]; of a sequence, at each step.</summary>
/// <param name="weightName">The parameter that the weight is, which may be another layer's.</param>
/// <param name="isTransposed">It holds w[o, i] as its element [i, o].</param>
internal sealed class ReferenceDense(string name, ReferenceShape input, int units, double[] weight, double[]? bias, string weightName, bool isTransposed)
    : ReferenceLayer(new ReferenceShape([.. input.Sizes[..^1], units], false))
{
    private readonly int _in = input.Sizes[^1];
    private readonly int _steps = input.Length / input.Sizes[^1];

    private int At(int o, int i) => isTransposed ? i * units + o : o * _in + i;

    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[_steps * units];
        for (int t = 0; t < _steps; t++)
        {
            for (int o = 0; o < units; o++)
            {
                double sum = bias is null ? 0 : bias[o];
                for (int i = 0; i < _in; i++)
                    sum += weight[At(o, i)] * x[t * _in + i];
                y[t * units + o] = sum;
            }
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dw = pass.Gradients![weightName];
        double[]? db = bias is null ? null : pass.Gradients[name + ".bias"];
        double[] dx = new double[x.Length];
        for (int t = 0; t < _steps; t++)
        {
            for (int o = 0; o < units; o++)
            {
                double d = dy[t * units + o];
                if (db is not null)
                    db[o] += d;
                for (int i = 0; i < _in; i++)
                {
                    dw[At(o, i)] += d * x[t * _in + i];
                    dx[t * _in + i] += d * weight[At(o, i)];
                }
            }
        }

        return dx;
    }
}

/// <summary>In training, each element times its given multiplier, 0 or 1 / (1 - rate); in inference, the identity.</summary>
internal sealed class ReferenceDropout(string name, ReferenceShape input, double rate) : ReferenceLayer(input)
{
    public string Name => name;

    public double Rate => rate;

    public override double[] Forward(double[] x, ReferencePass pass) =>
        pass.Masks is null || !pass.Masks.TryGetValue(name, out double[]? mask)
            ? x
            : [.. x.Select((value, i) => value * mask[pass.Sample * x.Length + i])];

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass) => Forward(dy, pass);
}

/// <summary>y = f(x), element by element.</summary>
internal sealed class ReferenceElementwise(ReferenceShape input, ReferenceActivation activation, string kind) : ReferenceLayer(input)
{
    public string Kind => kind;

    public override double[] Forward(double[] x, ReferencePass pass) => Array.ConvertAll(x, v => activation.Value(v));

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass) =>
        [.. x.Select((value, i) => dy[i] * activation.Derivative(value))];
}

/// <summary>y[j] = exp(x[j]) / sum over k of exp(x[k]), over the features of each position.</summary>
internal sealed class ReferenceSoftmax(ReferenceShape input) : ReferenceLayer(input)
{
    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[x.Length];
        for (int p = 0; p < Output.Positions; p++)
        {
            double max = double.NegativeInfinity;
            for (int k = 0; k < Output.Features; k++)
                max = Math.Max(max, x[Output.IndexOf(p, k)]);
            double sum = 0;
            for (int k = 0; k < Output.Features; k++)
                sum += Math.Exp(x[Output.IndexOf(p, k)] - max);
            for (int k = 0; k < Output.Features; k++)
                y[Output.IndexOf(p, k)] = Math.Exp(x[Output.IndexOf(p, k)] - max) / sum;
        }

        return y;
    }

    /// <summary>dx[j] = sum over k of y[j] y[k] (dy[j] - dy[k]): the Jacobian y[j] ([j = k] - y[k]) without its cancelling ones.</summary>
    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] y = Forward(x, pass);
        double[] dx = new double[x.Length];
        for (int p = 0; p < Output.Positions; p++)
        {
            for (int j = 0; j < Output.Features; j++)
            {
                double sum = 0;
                for (int k = 0; k < Output.Features; k++)
                    sum += y[Output.IndexOf(p, k)] * (dy[Output.IndexOf(p, j)] - dy[Output.IndexOf(p, k)]);
                dx[Output.IndexOf(p, j)] = y[Output.IndexOf(p, j)] * sum;
            }
        }

        return dx;
    }
}
