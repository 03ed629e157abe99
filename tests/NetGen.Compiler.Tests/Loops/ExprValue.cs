using System;
using NetGen.Compiler.Ir;
using NetGen.Reference;

namespace NetGen.Compiler.Tests.Loops;

/// <summary>The value of a formula, in double.</summary>
internal static class ExprValue
{
    public static double Of(Expr e, Func<string, double> variable) => e switch
    {
        Constant c => (float)c.Value,
        Variable v => variable(v.Name),
        Negate n => -Of(n.Operand, variable),
        Binary b => Of(b.Operator, Of(b.Left, variable), Of(b.Right, variable)),
        Select s => Of(Of(s.Left, variable) > Of(s.Right, variable) ? s.Then : s.Otherwise, variable),
        Call c => Call(c.Function, Of(c.Operand, variable)),
        _ => throw new NotSupportedException($"no value of {e.GetType().Name}"),
    };

    private static double Of(BinaryOperator of, double a, double b) => of switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.Max => Math.Max(a, b),
        _ => Math.Min(a, b),
    };

    public static double Call(Function function, double x) => function switch
    {
        Function.Exp => Math.Exp(x),
        Function.ExpM1 => Precise.ExpM1(x),
        Function.Log => Math.Log(x),
        Function.LogP1 => Precise.Log1P(x),
        Function.Sqrt => Math.Sqrt(x),
        Function.Abs => Math.Abs(x),
        Function.Tanh => Math.Tanh(x),
        Function.Sigmoid => Precise.Sigmoid(x),
        Function.Softplus => Precise.Softplus(x),
        Function.Gelu => ReferenceActivation.Gelu.Value(x),
        Function.GeluDerivative => ReferenceActivation.Gelu.Derivative(x),
        Function.Mish => ReferenceActivation.Mish.Value(x),
        Function.MishDerivative => ReferenceActivation.Mish.Derivative(x),
        Function.Sin => Math.Sin(x),
        Function.Cos => Math.Cos(x),
        _ => throw new NotSupportedException($"no value of {function}"),
    };
}
