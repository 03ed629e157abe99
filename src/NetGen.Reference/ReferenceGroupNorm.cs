using System;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// y = w (x - mean) / sqrt(variance + epsilon) + b, with the mean and the biased variance over all positions of the features (or channels; a vector's elements)
/// of a group, which are neighbours.
/// </summary>
internal sealed class ReferenceGroupNorm(string name, ReferenceShape input, int groups, double epsilon, double[]? weight, double[]? bias)
    : ReferenceLayer(input)
{
    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[x.Length];
        for (int group = 0; group < groups; group++)
        {
            (int Element, int Feature)[] members = Members(group);
            (double[] normal, _) = Normalize(x, members);
            for (int k = 0; k < members.Length; k++)
                y[members[k].Element] = Weight(members[k].Feature) * normal[k] + (bias is null ? 0 : bias[members[k].Feature]);
        }

        return y;
    }

    /// <summary>With n = (x - m) / s and g = w dy: dx = (g - mean(g) - n mean(g n)) / s, the means over the group.</summary>
    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dx = new double[x.Length];
        for (int group = 0; group < groups; group++)
        {
            (int Element, int Feature)[] members = Members(group);
            (double[] normal, double deviation) = Normalize(x, members);
            double[] g = [.. members.Select(m => Weight(m.Feature) * dy[m.Element])];
            double mean = g.Average(), along = g.Zip(normal, (a, n) => a * n).Average();
            for (int k = 0; k < members.Length; k++)
            {
                (int element, int feature) = members[k];
                dx[element] = (g[k] - mean - normal[k] * along) / deviation;
                if (weight is not null)
                    pass.Gradients![name + ".weight"][feature] += dy[element] * normal[k];
                if (bias is not null)
                    pass.Gradients![name + ".bias"][feature] += dy[element];
            }
        }

        return dx;
    }

    private double Weight(int feature) => weight is null ? 1 : weight[feature];

    private (int Element, int Feature)[] Members(int group)
    {
        int size = Output.Features / groups;
        return [.. Enumerable.Range(group * size, size)
            .SelectMany(feature => Enumerable.Range(0, Output.Positions).Select(position => (Output.IndexOf(position, feature), feature)))];
    }

    private (double[] Normal, double Deviation) Normalize(double[] x, (int Element, int Feature)[] members)
    {
        double mean = members.Average(m => x[m.Element]);
        double deviation = Math.Sqrt(members.Average(m => (x[m.Element] - mean) * (x[m.Element] - mean)) + epsilon);
        return ([.. members.Select(m => (x[m.Element] - mean) / deviation)], deviation);
    }
}
