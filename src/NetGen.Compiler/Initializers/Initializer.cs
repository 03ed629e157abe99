using System;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Initializers;

/// <summary>What a parameter starts from. Element k of the parameter, in presented order, is a function of (seed, parameter, k).</summary>
internal abstract record Initializer;

internal sealed record ConstantInitializer(float Value) : Initializer;

/// <summary>Uniform in [From, To].</summary>
internal sealed record UniformInitializer(double From, double To) : Initializer;

internal sealed record NormalInitializer(double Mean, double Deviation) : Initializer;

/// <summary>Normal, but within two deviations of the mean (before the truncation narrows them, as in Keras).</summary>
internal sealed record TruncatedNormalInitializer(double Mean, double Deviation) : Initializer;

/// <summary>
/// The rows, or the columns if they are fewer, are orthonormal, times the gain:
/// A. Saxe, J. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of learning" (2013).
/// </summary>
/// <param name="Blocks">Each of so many equal stretches of rows is such a matrix: one for each gate of a recurrent layer.</param>
internal sealed record OrthogonalInitializer(double Gain, int Blocks = 1) : Initializer;

/// <summary>One number in a stretch of a vector, and 0 elsewhere.</summary>
internal sealed record StretchInitializer(int From, int Count, float Value) : Initializer;

/// <summary>The numbers themselves, of a vector.</summary>
internal sealed record ValuesInitializer(EquatableArray<float> Values) : Initializer;

/// <summary>How many values meet in one unit, and how many units one value reaches: what the scaled initializers go by.</summary>
internal readonly record struct Fans(long In, long Out)
{
    /// <summary>
    /// Of a parameter of shape [out, in]; of one of [out, in, kernel…], both times the kernel's elements; of a vector, both are its length.
    /// As in Keras.
    /// </summary>
    public static Fans Of(EquatableArray<int> shape)
    {
        if (shape.Count == 1)
            return new Fans(shape[0], shape[0]);
        long elements = 1;
        for (int axis = 2; axis < shape.Count; axis++)
            elements *= shape[axis];
        return new Fans(shape[1] * elements, shape[0] * elements);
    }

    public double Average => (In + (double)Out) / 2;
}

/// <summary>The variance-scaling family: variance = scale / fan.</summary>
internal static class VarianceScaling
{
    /// <summary>The standard deviation of a normal variable cut at ±2, which the truncated forms make up for.</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    public static Initializer Uniform(double scale, double fan)
    {
        double limit = Math.Sqrt(3.0 * scale / fan);
        return new UniformInitializer(-limit, limit);
    }

    public static Initializer TruncatedNormal(double scale, double fan) =>
        new TruncatedNormalInitializer(0, Math.Sqrt(scale / fan) / TruncatedDeviation);
}
