using System;

namespace NetGen.Reference;

/// <summary>normalization: y = (x - mean) / sqrt(variance) for each feature (or channel; a vector's element), by statistics that are given.</summary>
internal sealed class ReferenceStandardization(ReferenceShape input, double[] mean, double[] variance) : ReferenceLayer(input)
{
    public override double[] Forward(double[] x, ReferencePass pass) => Of((i, feature) => (x[i] - mean[feature]) / Math.Sqrt(variance[feature]));

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass) => Of((i, feature) => dy[i] / Math.Sqrt(variance[feature]));

    private double[] Of(Func<int, int, double> element)
    {
        double[] y = new double[Output.Length];
        for (int position = 0; position < Output.Positions; position++)
        {
            for (int feature = 0; feature < Output.Features; feature++)
                y[Output.IndexOf(position, feature)] = element(Output.IndexOf(position, feature), feature);
        }

        return y;
    }
}

/// <summary>rescaling: y = scale x + offset.</summary>
internal sealed class ReferenceRescaling(ReferenceShape input, double scale, double offset) : ReferenceLayer(input)
{
    public override double[] Forward(double[] x, ReferencePass pass) => Array.ConvertAll(x, v => scale * v + offset);

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass) => Array.ConvertAll(dy, d => scale * d);
}
