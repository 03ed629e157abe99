using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>y[j] = x[j] - log(sum over k of exp(x[k])), over the features of each position.</summary>
internal sealed class ReferenceLogSoftmax(ReferenceShape input) : ReferenceLayer(input)
{
    /// <summary>x[j] - x[top] - log(1 + the sum of the others' exp(x[k] - x[top])): no term cancels another.</summary>
    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[x.Length];
        for (int p = 0; p < Output.Positions; p++)
        {
            int[] at = Features(p);
            int top = at.MaxBy(i => x[i]);
            double logSum = Precise.Log1P(at.Where(i => i != top).Sum(i => Math.Exp(x[i] - x[top])));
            foreach (int i in at)
                y[i] = x[i] - x[top] - logSum;
        }

        return y;
    }

    /// <summary>dx[j] = dy[j] (1 - s[j]) - s[j] sum of the other dy, where s is the softmax and 1 - s[j] the sum of the other s.</summary>
    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] s = [.. Forward(x, pass).Select(Math.Exp)];
        double[] dx = new double[x.Length];
        for (int p = 0; p < Output.Positions; p++)
        {
            int[] at = Features(p);
            foreach (int j in at)
            {
                int[] others = [.. at.Where(i => i != j)];
                dx[j] = dy[j] * others.Sum(i => s[i]) - s[j] * others.Sum(i => dy[i]);
            }
        }

        return dx;
    }

    private int[] Features(int position) => [.. Enumerable.Range(0, Output.Features).Select(k => Output.IndexOf(position, k))];
}
