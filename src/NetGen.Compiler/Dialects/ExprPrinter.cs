using System;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Dialects;

/// <summary>In what a formula is computed.</summary>
internal enum Precision
{
    Float,
    Double,
}

/// <summary>Prints a formula as a C# expression or, without a dialect, as it stands in a comment.</summary>
internal sealed class ExprPrinter(Dialect? dialect, Precision precision, Func<string, string> name)
{
    private const int Sum = 1, ProductLevel = 2, Unary = 3;

    public string Print(Expr e) => Print(e, 0);

    /// <summary>A formula for people.</summary>
    public static string Describe(Expr e) => new ExprPrinter(null, Precision.Float, static n => n).Print(e);

    private string Print(Expr e, int outer) => e switch
    {
        Constant c => Number(c.Value, outer),
        Variable v => name(v.Name),
        Ir.Random => name("random"),
        Negate n => Wrap("-" + Print(n.Operand, Unary), Unary, outer),
        Binary { Operator: BinaryOperator.Max or BinaryOperator.Min } b => Limit(b),
        Binary b => Print(b, outer),
        Select s => Choice(s, outer),
        Call c => dialect?.Call(c.Function, precision == Precision.Double, Print(c.Operand)) ?? $"{c.Function}({Print(c.Operand)})",
        _ => throw new InvalidOperationException($"no way to print {e.GetType().Name}"),
    };

    private string Print(Binary b, int outer)
    {
        (string sign, int level, int right) = b.Operator switch
        {
            BinaryOperator.Add => (" + ", Sum, Sum),
            BinaryOperator.Subtract => (" - ", Sum, ProductLevel),
            BinaryOperator.Multiply => (" * ", ProductLevel, Unary),
            _ => (" / ", ProductLevel, Unary),
        };
        return Wrap(Print(b.Left, level) + sign + Print(b.Right, right), level, outer);
    }

    private string Limit(Binary b) => $"global::System.Math.{b.Operator}({Print(b.Left)}, {Print(b.Right)})";

    private string Choice(Select s, int outer)
    {
        return Wrap($"{Print(s.Left, Sum)} > {Print(s.Right, Sum)} ? {Print(s.Then)} : {Print(s.Otherwise)}", 0, outer);
    }

    private string Number(double value, int outer)
    {
        string text = dialect is null ? CSharpLiteral.Shortest((float)value)
            : precision == Precision.Double ? CSharpLiteral.Double(value) : CSharpLiteral.Float((float)value);
        return text[0] == '-' ? Wrap(text, Unary, outer) : text;
    }

    private static string Wrap(string text, int level, int outer) => level < outer ? "(" + text + ")" : text;
}
