using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Tests.Loops;
using Xunit;

namespace NetGen.Compiler.Tests.Ir;

/// <summary>Formulas: what they are written as, and their derivatives.</summary>
public sealed class ExprTests
{
    private static readonly Expr x = Expr.Var("x"), y = Expr.Var("y");

    private static readonly Dictionary<string, Expr> s_simplified = new()
    {
        ["x"] = 0.0 + ((x + 0.0) - 0.0),
        ["-x"] = 0.0 - x,
        ["x * y"] = 1.0 * (x * y) * 1.0,
        ["-(x * y)"] = -1.0 * (x * y),
        ["0"] = 0.0 * (x / y),
        ["6 * x"] = 2.0 * (3.0 * x),
        ["2 * x"] = x * 2.0,
        ["-(x / y)"] = -x / y,
        ["x / y"] = x / y / 1.0,
        ["-(y * x)"] = y * -x,
        ["x + y"] = x - -y,
        ["y"] = -(-y),
        ["x > 0 ? 2 * y : 0"] = Expr.Select(x, 0, 2.0, 0.0) * y,
        ["3"] = Expr.Select(x, y, 3.0, 3.0),
    };

    public static TheoryData<string> Simplified => [.. s_simplified.Keys];

    [Theory]
    [MemberData(nameof(Simplified))]
    public void A_formula_is_simplified_as_it_is_made(string text) => Assert.Equal(text, ExprPrinter.Describe(s_simplified[text]));

    private static readonly Dictionary<string, (Expr Formula, double[] At)> s_differentiable = new()
    {
        ["a sum of products"] = ((2.0 * x * x) + (x * y) - (y / 3.0), [-1.5, 0.25, 2]),
        ["a quotient"] = ((x + y) / (1.0 + (x * x)), [-1, 0.5, 3]),
        ["a quotient by a constant"] = (x * x / y, [-1, 2]),
        ["a larger one"] = (Expr.Max(x, 0) + (0.5 * x), [-1, 1]),
        ["a larger of two"] = (Expr.Max(x * x, 2.0 * x), [-1, 1, 3]),
        ["a choice"] = (Expr.Select(x, 1.0, x * x * x, -x), [0.5, 1.5]),
        ["nested calls"] = (Expr.Call(Function.Tanh, Expr.Call(Function.Softplus, 2.0 * x)), [-2, 0.1, 1]),
        ["exp"] = (Expr.Call(Function.Exp, -x), [-1, 1]),
        ["expm1"] = (Expr.Call(Function.ExpM1, x * x), [-1, 0.5]),
        ["log"] = (Expr.Call(Function.Log, x), [0.25, 3]),
        ["logp1"] = (Expr.Call(Function.LogP1, x * x), [-1, 0.5]),
        ["sqrt"] = (Expr.Call(Function.Sqrt, 1.0 + (x * x)), [-1, 2]),
        ["abs"] = (x * Expr.Call(Function.Abs, x), [-2, 1]),
        ["sigmoid"] = (Expr.Call(Function.Sigmoid, x), [-3, 0, 1]),
        ["gelu"] = (Expr.Call(Function.Gelu, x), [-1, 0.5]),
        ["mish"] = (Expr.Call(Function.Mish, x), [-1, 0.5]),
    };

    public static TheoryData<string> Differentiable => [.. s_differentiable.Keys];

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void A_derivative_is_the_slope(string name)
    {
        (Expr formula, double[] places) = s_differentiable[name];
        Expr derivative = formula.Derivative("x");
        foreach (double at in places)
        {
            double ValueAt(Expr e, double value) => ExprValue.Of(e, v => v == "x" ? value : 1.25);
            double slope = (ValueAt(formula, at + 1e-5) - ValueAt(formula, at - 1e-5)) / 2e-5;

            Assert.NotEqual(0, slope);
            Assert.Equal(slope, ValueAt(derivative, at), 1e-7 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Fact]
    public void A_derivative_by_another_variable_is_0() => Assert.Equal(0.0, Expr.Call(Function.Tanh, x * x).Derivative("y"));

    /// <summary>Backward needs only what forward put out.</summary>
    [Fact]
    public void The_derivative_of_relu_is_of_its_output() => Assert.DoesNotContain(x, Expr.Max(x, 0).Derivative("x").Replace(Expr.Max(x, 0), y).Parts());

    [Fact]
    public void What_is_replaced_is_simplified_again()
    {
        Assert.Equal("y", ExprPrinter.Describe((-x).Replace(x, -y)));
        Assert.Equal("f + f * y", ExprPrinter.Describe(((x * x) + (x * x * y)).Replace(x * x, Expr.Var("f"))));
    }

    [Fact]
    public void A_formula_knows_its_parts()
    {
        Expr formula = Expr.Select(x, y, Expr.Call(Function.Exp, x), 2.0);

        Assert.Equal(6, formula.Parts().Count());
        Assert.True(formula.Contains(Expr.Call(Function.Exp, x)));
        Assert.False(formula.Contains(Expr.Call(Function.Exp, y)));
    }
}
