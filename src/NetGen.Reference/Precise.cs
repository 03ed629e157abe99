using System;

namespace NetGen.Reference;

/// <summary>
/// Elementary functions without cancellation or overflow, accurate to a few units in the last place of a double (the normal distribution to 1e-14).
/// (<see cref="double.LogP1(double)"/> and <see cref="double.ExpM1(double)"/> are the naive formulas, so they are not used.)
/// </summary>
internal static class Precise
{
    /// <summary>log(1 + x), by Kahan: the rounding error of 1 + x is divided out again.</summary>
    public static double Log1P(double x)
    {
        double u = 1 + x;
        if (u == 1)
            return x;
        if (double.IsPositiveInfinity(u))
            return u;
        return Math.Log(u) * (x / (u - 1));
    }

    /// <summary>exp(x) - 1, by Kahan, as <see cref="Log1P"/>.</summary>
    public static double ExpM1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double v = u - 1;
        if (v == -1 || double.IsPositiveInfinity(u))
            return v;
        return v * (x / Math.Log(u));
    }

    /// <summary>1 / (1 + exp(-x)), with the relative accuracy kept in the left tail.</summary>
    public static double Sigmoid(double x)
    {
        if (x >= 0)
            return 1 / (1 + Math.Exp(-x));
        double e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>log(1 + exp(x)).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x)));

    /// <summary>e^(-x² / 2) / √(2π), the density of the normal distribution.</summary>
    public static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>
    /// The normal distribution: the integral of its density up to x, with the relative accuracy kept in the left tail. There it is
    /// Laplace's continued fraction, φ(t) / (t + 1 / (t + 2 / (t + ...))) with t = -x; elsewhere the series
    /// 1/2 + φ(x) (x + x^3 / 3 + x^5 / (3 5) + ...).
    /// </summary>
    public static double NormalDistribution(double x)
    {
        if (x > 2)
            return 1 - NormalDistribution(-x);
        if (x < -2)
        {
            double fraction = -x;
            for (int k = 10 + (int)(400 / (x * x)); k > 0; k--)
                fraction = k / fraction - x;
            return NormalDensity(x) / fraction;
        }

        double sum = 0;
        double term = x;
        for (int k = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); k += 2)
        {
            sum += term;
            term *= x * x / k;
        }

        return 0.5 + NormalDensity(x) * sum;
    }
}
