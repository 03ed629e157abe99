using System;

namespace NetGen.Reference;

/// <summary>y[t] = row x[t] of the weight: a table of vectors, looked up by index. Each row's gradient is the sum over the places that read it.</summary>
internal sealed class ReferenceEmbedding(string name, ReferenceShape input, int rows, int columns, double[] weight)
    : ReferenceLayer(new ReferenceShape([input.Length, columns], false))
{
    /// <summary>The indices that there are: 0 to this, less one.</summary>
    public int Rows => rows;

    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[x.Length * columns];
        for (int t = 0; t < x.Length; t++)
            Array.Copy(weight, Row(x[t]) * columns, y, t * columns, columns);
        return y;
    }

    /// <summary>An index has no gradient: 0.</summary>
    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dw = pass.Gradients![name + ".weight"];
        for (int t = 0; t < x.Length; t++)
        {
            for (int k = 0; k < columns; k++)
                dw[Row(x[t]) * columns + k] += dy[t * columns + k];
        }

        return new double[x.Length];
    }

    private int Row(double index) =>
        index >= 0 && index < rows && index == Math.Floor(index)
            ? (int)index
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"{name} has the rows 0 to {rows - 1}");
}
