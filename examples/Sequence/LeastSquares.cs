using System;

namespace NetGen.Examples;

/// <summary>Linear least squares.</summary>
internal static class LeastSquares
{
    /// <summary>
    /// The w that makes |A w - y| least, by Householder's QR: neighbours in a smooth series are nearly equal, and the
    /// normal equations would lose half of what digits that leaves.
    /// </summary>
    /// <param name="a">The rows of A; overwritten.</param>
    /// <param name="y">A value for each row; overwritten.</param>
    public static double[] Solve(double[][] a, double[] y)
    {
        int columns = a[0].Length;
        double[] diagonal = new double[columns];
        for (int k = 0; k < columns; k++)
        {
            // The mirror that turns what is left of column k onto its first element; its vector stays in the column.
            double square = 0;
            for (int i = k; i < a.Length; i++)
                square += a[i][k] * a[i][k];
            diagonal[k] = -Math.CopySign(Math.Sqrt(square), a[k][k]);
            double scale = 1 / (square - diagonal[k] * a[k][k]);
            a[k][k] -= diagonal[k];

            // What is right of it, and y, in the same mirror.
            double[] products = new double[columns + 1];
            for (int i = k; i < a.Length; i++)
            {
                for (int j = k + 1; j < columns; j++)
                    products[j] += a[i][k] * a[i][j];
                products[columns] += a[i][k] * y[i];
            }

            for (int i = k; i < a.Length; i++)
            {
                double part = scale * a[i][k];
                for (int j = k + 1; j < columns; j++)
                    a[i][j] -= part * products[j];
                y[i] -= part * products[columns];
            }
        }

        double[] w = new double[columns];
        for (int k = columns - 1; k >= 0; k--)
        {
            double sum = y[k];
            for (int j = k + 1; j < columns; j++)
                sum -= a[k][j] * w[j];
            w[k] = sum / diagonal[k];
        }

        return w;
    }
}
