using System;

namespace NetGen.Testing.Reference;

/// <summary>An elementwise function and its derivative, both of the function's argument.</summary>
/// <remarks>At a kink the derivative is PyTorch's: relu'(0) = 0, leaky_relu'(0) = its slope, elu'(0) = alpha.</remarks>
internal sealed record ReferenceActivation(Func<double, double> Value, Func<double, double> Derivative)
{
    public static readonly ReferenceActivation Linear = new(x => x, _ => 1);

    public static readonly ReferenceActivation Relu = new(x => x > 0 ? x : 0, x => x > 0 ? 1 : 0);

    public static readonly ReferenceActivation Sigmoid = new(Precise.Sigmoid, x => Precise.Sigmoid(x) * Precise.Sigmoid(-x));

    /// <summary>The derivative is 1 / cosh^2, since 1 - tanh^2 would cancel in the tails.</summary>
    public static readonly ReferenceActivation Tanh = new(Math.Tanh, x => 1 / Math.Cosh(x) / Math.Cosh(x));

    public static readonly ReferenceActivation Softplus = new(Precise.Softplus, Precise.Sigmoid);

    public static ReferenceActivation LeakyRelu(double negativeSlope) =>
        new(x => x > 0 ? x : negativeSlope * x, x => x > 0 ? 1 : negativeSlope);

    public static ReferenceActivation Elu(double alpha) =>
        new(x => x > 0 ? x : alpha * Precise.ExpM1(x), x => x > 0 ? 1 : alpha * Math.Exp(x));
}
