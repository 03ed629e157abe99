using System;

namespace NetGen.Testing.Reference;

/// <summary>
/// Elementary functions without cancellation or overflow, accurate to a few units in the last place of a double.
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
}
