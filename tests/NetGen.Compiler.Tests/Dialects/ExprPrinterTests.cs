using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;
using Xunit;

namespace NetGen.Compiler.Tests.Dialects;

/// <summary>Formulas as C#: parentheses where they are needed, and no others.</summary>
public sealed class ExprPrinterTests
{
    private static readonly Expr a = Expr.Var("a"), b = Expr.Var("b"), c = Expr.Var("c");

    private static readonly Dictionary<string, Expr> s_floats = new()
    {
        ["(a + b) * c"] = (a + b) * c,
        ["a * b + c"] = (a * b) + c,
        ["a - (b - c)"] = a - (b - c),
        ["a - b - c"] = a - b - c,
        ["a / (b * c)"] = a / (b * c),
        ["a / b / c"] = a / b / c,
        ["a * (b / c)"] = a * (b / c),
        ["-(a + b)"] = -(a + b),
        ["-a / b"] = new Binary(BinaryOperator.Divide, -a, b),
        ["a - -2f"] = new Binary(BinaryOperator.Subtract, a, -2.0),
        ["a * -2f"] = new Binary(BinaryOperator.Multiply, a, -2.0),
        ["(a > b ? a : 0f) + c"] = Expr.Select(a, b, a, 0.0) + c,
        ["a > b + 1f ? a : b > 0f ? b : c"] = Expr.Select(a, b + 1.0, a, Expr.Select(b, 0.0, b, c)),
        ["global::System.Math.Max(a + b, c) * c"] = Expr.Max(a + b, c) * c,
        ["global::System.MathF.Exp(-(a * b))"] = Expr.Call(Function.Exp, -(a * b)),
        ["0.1f * a"] = 0.1 * a,
    };

    public static TheoryData<string> Floats => [.. s_floats.Keys];

    [Theory]
    [MemberData(nameof(Floats))]
    public void In_floats(string text) => Assert.Equal(text, Print(s_floats[text], Precision.Float));

    [Theory]
    [InlineData("0.1 * a", 0.1)]
    [InlineData("3.0 * a", 3.0)]
    public void In_doubles(string text, double factor) => Assert.Equal(text, Print(factor * a, Precision.Double));

    [Fact]
    public void A_variable_is_what_it_is_called_and_no_other()
    {
        string text = new ExprPrinter(Dialect.For(Target.Net10), Precision.Float, static name => name == "a" ? "x[k]" : name).Print(a + b);

        Assert.Equal("x[k] + b", text);
    }

    private static string Print(Expr e, Precision precision) => new ExprPrinter(Dialect.For(Target.Net10), precision, static name => name).Print(e);
}
