using System;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Dialects;

/// <summary>In what a formula is computed.</summary>
internal enum Precision
{
    Float,
    Double,

    /// <summary>Over a whole vector of floats; every variable is one.</summary>
    Vector,
}

/// <summary>Prints a formula as a C# expression or, without a dialect, as it stands in a comment.</summary>
internal sealed class ExprPrinter(Dialect? dialect, Precision precision, Func<string, string> name, Lanes lanes = default)
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
        Call c when precision == Precision.Vector => dialect!.Call(c.Function, lanes, Print(c.Operand)),
        Call c => dialect?.Call(c.Function, precision == Precision.Double, Print(c.Operand)) ?? $"{c.Function}({Print(c.Operand)})",
        _ => throw new InvalidOperationException($"no way to print {e.GetType().Name}"),
    };

    private string Print(Binary b, int outer)
    {
        // One rounding and one instruction instead of two.
        if (precision == Precision.Vector && b.Operator == BinaryOperator.Add && (Product(b.Right) ?? Product(b.Left)) is { } product)
            return lanes.MultiplyAdd(Print(product.Left), Print(product.Right), Print(ReferenceEquals(product, b.Right) ? b.Left : b.Right));
        (string sign, int level, int right) = b.Operator switch
        {
            BinaryOperator.Add => (" + ", Sum, Sum),
            BinaryOperator.Subtract => (" - ", Sum, ProductLevel),
            BinaryOperator.Multiply => (" * ", ProductLevel, Unary),
            _ => (" / ", ProductLevel, Unary),
        };
        return Wrap(Operand(b.Left, b.Operator, level) + sign + Operand(b.Right, b.Operator, right), level, outer);
    }

    private static Binary? Product(Expr e) => e is Binary { Operator: BinaryOperator.Multiply } b ? b : null;

    /// <summary>A number that multiplies a vector needs no vector of its own.</summary>
    private string Operand(Expr e, BinaryOperator of, int level) =>
        precision == Precision.Vector && of == BinaryOperator.Multiply && e is Constant c ? CSharpLiteral.Float((float)c.Value) : Print(e, level);

    private string Limit(Binary b) => precision == Precision.Vector
        // The second operand where either is no number: with the constant first, a NaN stays one, in one instruction.
        ? b.Right is Constant ? $"{lanes.Class}.{b.Operator}Native({Print(b.Right)}, {Print(b.Left)})" : $"{lanes.Class}.{b.Operator}({Print(b.Left)}, {Print(b.Right)})"
        : $"global::System.Math.{b.Operator}({Print(b.Left)}, {Print(b.Right)})";

    private string Choice(Select s, int outer)
    {
        if (precision == Precision.Vector)
            return $"{lanes.Class}.ConditionalSelect({lanes.Class}.GreaterThan({Print(s.Left)}, {Print(s.Right)}), {Print(s.Then)}, {Print(s.Otherwise)})";
        return Wrap($"{Print(s.Left, Sum)} > {Print(s.Right, Sum)} ? {Print(s.Then)} : {Print(s.Otherwise)}", 0, outer);
    }

    private string Number(double value, int outer)
    {
        if (precision == Precision.Vector)
            return value == 0 ? lanes.Zero : value == 1 ? lanes.Type + ".One" : lanes.Broadcast(CSharpLiteral.Float((float)value));
        string text = dialect is null ? CSharpLiteral.Shortest((float)value)
            : precision == Precision.Double ? CSharpLiteral.Double(value) : CSharpLiteral.Float((float)value);
        return text[0] == '-' ? Wrap(text, Unary, outer) : text;
    }

    private static string Wrap(string text, int level, int outer) => level < outer ? "(" + text + ")" : text;
}
