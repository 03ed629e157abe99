using System;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Dialects;

/// <summary>In what a formula is computed.</summary>
internal enum Precision
{
    Float,
    Double,

    /// <summary>Over a whole vector of floats; scalars stand only as factors.</summary>
    Vector,
}

/// <summary>Prints a formula as a C# expression or, without a dialect, as it stands in a comment.</summary>
internal sealed class ExprPrinter(Dialect? dialect, Precision precision, Func<string, string> name)
{
    private const int Sum = 1, Product = 2, Unary = 3;

    public string Print(Expr e) => Print(e, 0);

    /// <summary>A formula for people.</summary>
    public static string Describe(Expr e) => new ExprPrinter(null, Precision.Float, static n => n).Print(e);

    /// <summary>Whether a formula can be computed over a whole vector; <paramref name="isScalar"/> says which variables are one number for all lanes.</summary>
    public static bool IsVectorisable(Expr e, Func<string, bool> isScalar) => e switch
    {
        Variable v => !isScalar(v.Name),
        Negate n => IsVectorisable(n.Operand, isScalar),
        Binary { Operator: BinaryOperator.Multiply } b =>
            (IsVectorisable(b.Left, isScalar) || IsFactor(b.Left, isScalar)) && (IsVectorisable(b.Right, isScalar) || IsFactor(b.Right, isScalar)),
        Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } b => IsVectorisable(b.Left, isScalar) && IsVectorisable(b.Right, isScalar),
        Binary { Operator: BinaryOperator.Max, Right: Constant { Value: 0 } } b => IsVectorisable(b.Left, isScalar),
        Select { Right: Constant { Value: 0 }, Otherwise: Constant { Value: 0 } } s => IsVectorisable(s.Left, isScalar) && IsVectorisable(s.Then, isScalar),
        Select { Right: Constant { Value: 0 } } s =>
            IsVectorisable(s.Left, isScalar) && IsVectorisable(s.Then, isScalar) && IsVectorisable(s.Otherwise, isScalar),
        _ => false,
    };

    private static bool IsFactor(Expr e, Func<string, bool> isScalar) => e is Constant || (e is Variable v && isScalar(v.Name));

    private string Print(Expr e, int outer) => e switch
    {
        Constant c => Number(c.Value, outer),
        Variable v => name(v.Name),
        Ir.Random => name("random"),
        Negate n => Wrap("-" + Print(n.Operand, Unary), Unary, outer),
        Binary { Operator: BinaryOperator.Max } b => Maximum(b),
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
            BinaryOperator.Subtract => (" - ", Sum, Product),
            BinaryOperator.Multiply => (" * ", Product, Unary),
            _ => (" / ", Product, Unary),
        };
        return Wrap(Print(b.Left, level) + sign + Print(b.Right, right), level, outer);
    }

    private string Maximum(Binary b) => precision == Precision.Vector
        ? $"{Dialect.Vector}.Max({Print(b.Left)}, {Dialect.VectorOfFloat}.Zero)"
        : $"global::System.Math.Max({Print(b.Left)}, {Print(b.Right)})";

    private string Choice(Select s, int outer)
    {
        if (precision == Precision.Vector)
        {
            string otherwise = s.Otherwise is Constant ? Dialect.VectorOfFloat + ".Zero" : Print(s.Otherwise);
            return $"{Dialect.Vector}.ConditionalSelect({Dialect.Vector}.GreaterThan({Print(s.Left)}, {Dialect.VectorOfFloat}.Zero), {Print(s.Then)}, {otherwise})";
        }

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
