namespace NetGen.Reference;

/// <summary>y = x where x > 0, else w x, with one w, or one for each feature (or channel).</summary>
internal sealed class ReferencePrelu(string name, ReferenceShape input, double[] weight) : ReferenceLayer(input)
{
    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[x.Length];
        ForEach((i, w) => y[i] = x[i] > 0 ? x[i] : weight[w] * x[i]);
        return y;
    }

    /// <summary>dx = dy or w dy, by the side of x; dw is the sum of x dy where x is not above 0.</summary>
    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dx = new double[x.Length], dw = pass.Gradients![name + ".weight"];
        ForEach((i, w) =>
        {
            dx[i] = x[i] > 0 ? dy[i] : weight[w] * dy[i];
            dw[w] += x[i] > 0 ? 0 : x[i] * dy[i];
        });
        return dx;
    }

    /// <summary>Every element, and its weight.</summary>
    private void ForEach(System.Action<int, int> body)
    {
        for (int position = 0; position < Output.Positions; position++)
        {
            for (int feature = 0; feature < Output.Features; feature++)
                body(Output.IndexOf(position, feature), weight.Length == 1 ? 0 : feature);
        }
    }
}
