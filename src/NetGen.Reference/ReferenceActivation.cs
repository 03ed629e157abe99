using System;

namespace NetGen.Reference;

/// <summary>An elementwise function and its derivative, both of the function's argument.</summary>
/// <remarks>
/// At a kink the derivative is PyTorch's: relu'(0) = 0, leaky_relu'(0) = its slope, elu'(0) = alpha, selu'(0) the same times its scale;
/// 0 at both ends of relu6 and hard_sigmoid, at those of hard_swish -1/2 and 1;
/// abs'(0) = 0, and sqrt'(0) infinite.
/// </remarks>
internal sealed record ReferenceActivation(Func<double, double> Value, Func<double, double> Derivative)
{
    public static readonly ReferenceActivation Linear = new(x => x, _ => 1);

    public static readonly ReferenceActivation Relu = new(x => x > 0 ? x : 0, x => x > 0 ? 1 : 0);

    public static readonly ReferenceActivation Sigmoid = new(Precise.Sigmoid, x => Precise.Sigmoid(x) * Precise.Sigmoid(-x));

    /// <summary>The derivative is 1 / cosh^2, since 1 - tanh^2 would cancel in the tails.</summary>
    public static readonly ReferenceActivation Tanh = new(Math.Tanh, x => 1 / Math.Cosh(x) / Math.Cosh(x));

    public static readonly ReferenceActivation Softplus = new(Precise.Softplus, Precise.Sigmoid);

    public static readonly ReferenceActivation Relu6 = new(x => Math.Clamp(x, 0, 6), x => x is > 0 and < 6 ? 1 : 0);

    public static readonly ReferenceActivation HardSigmoid = new(x => Math.Clamp(x + 3, 0, 6) / 6, x => x is > -3 and < 3 ? 1.0 / 6 : 0);

    public static readonly ReferenceActivation HardSwish = new(
        x => x * (Math.Clamp(x + 3, 0, 6) / 6),
        x => x < -3 ? 0 : x >= 3 ? 1 : (x / 3) + 0.5);

    public static readonly ReferenceActivation Selu = new(
        x => 1.0507009873554804934193349852946 * Elu(1.6732632423543772848170429916717).Value(x),
        x => 1.0507009873554804934193349852946 * Elu(1.6732632423543772848170429916717).Derivative(x));

    public static readonly ReferenceActivation Gelu = new(
        x => x * Precise.NormalDistribution(x),
        x => Precise.NormalDistribution(x) + (x * Precise.NormalDensity(x)));

    /// <summary>x (1 + tanh u) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3), where (1 + tanh u) / 2 is the sigmoid of 2u.</summary>
    public static readonly ReferenceActivation GeluByTanh = new(
        x => x * Precise.Sigmoid(GeluArgument(x)),
        x => Precise.Sigmoid(GeluArgument(x))
            + (x * Precise.Sigmoid(GeluArgument(x)) * Precise.Sigmoid(-GeluArgument(x)) * Math.Sqrt(8 / Math.PI) * (1 + (3 * 0.044715 * x * x))));

    public static readonly ReferenceActivation Silu = new(
        x => x * Precise.Sigmoid(x),
        x => Precise.Sigmoid(x) + (x * Precise.Sigmoid(x) * Precise.Sigmoid(-x)));

    /// <summary>x tanh(s) with s = softplus(x), whose derivative is tanh(s) + x sigmoid(x) / cosh(s)^2.</summary>
    public static readonly ReferenceActivation Mish = new(
        x => x * Math.Tanh(Precise.Softplus(x)),
        x => Math.Tanh(Precise.Softplus(x)) + (x / Math.Cosh(Precise.Softplus(x)) / Math.Cosh(Precise.Softplus(x)) * Precise.Sigmoid(x)));

    public static readonly ReferenceActivation Softsign = new(x => x / (1 + Math.Abs(x)), x => 1 / (1 + Math.Abs(x)) / (1 + Math.Abs(x)));

    public static readonly ReferenceActivation Exp = new(Math.Exp, Math.Exp);

    public static readonly ReferenceActivation Log = new(Math.Log, x => 1 / x);

    public static readonly ReferenceActivation Sqrt = new(Math.Sqrt, x => 1 / (2 * Math.Sqrt(x)));

    public static readonly ReferenceActivation Square = new(x => x * x, x => 2 * x);

    public static readonly ReferenceActivation Abs = new(Math.Abs, x => x > 0 ? 1 : x < 0 ? -1 : 0);

    public static readonly ReferenceActivation Reciprocal = new(x => 1 / x, x => -1 / (x * x));

    public static readonly ReferenceActivation Sin = new(Math.Sin, Math.Cos);

    public static readonly ReferenceActivation Cos = new(Math.Cos, x => -Math.Sin(x));

    public static ReferenceActivation LeakyRelu(double negativeSlope) =>
        new(x => x > 0 ? x : negativeSlope * x, x => x > 0 ? 1 : negativeSlope);

    public static ReferenceActivation Elu(double alpha) =>
        new(x => x > 0 ? x : alpha * Precise.ExpM1(x), x => x > 0 ? 1 : alpha * Math.Exp(x));

    private static double GeluArgument(double x) => Math.Sqrt(8 / Math.PI) * (x + (0.044715 * x * x * x));
}
