using System;
using System.Collections.Generic;

namespace NetGen.Compiler.Ir;

/// <summary>
/// A scalar formula: what an elementwise kernel, a loss or an optimizer's step computes for one element.
/// It is a value, knows its derivative, and is printed by <c>ExprPrinter</c>.
/// </summary>
internal abstract record Expr
{
    public static Expr operator +(Expr a, Expr b) => (a, b) switch
    {
        (Constant { Value: 0 }, _) => b,
        (_, Constant { Value: 0 }) => a,
        _ => new Binary(BinaryOperator.Add, a, b),
    };

    public static Expr operator -(Expr a, Expr b) => (a, b) switch
    {
        (_, Constant { Value: 0 }) => a,
        (Constant { Value: 0 }, _) => -b,
        (_, Negate n) => a + n.Operand,
        _ => new Binary(BinaryOperator.Subtract, a, b),
    };

    public static Expr operator *(Expr a, Expr b) => (a, b) switch
    {
        (Constant { Value: 0 }, _) or (_, Constant { Value: 0 }) => 0,
        (Constant { Value: 1 }, _) => b,
        (_, Constant { Value: 1 }) => a,
        (Constant { Value: -1 }, _) => -b,
        (_, Constant { Value: -1 }) => -a,
        (Constant x, Constant y) => x.Value * y.Value,
        (Negate n, _) => -(n.Operand * b),
        (_, Negate n) => -(a * n.Operand),
        // A choice between constants is made between the products: 0 where it is 0, whatever the other factor.
        (_, Select { Then: Constant, Otherwise: Constant } s) => Select(s.Left, s.Right, a * s.Then, a * s.Otherwise),
        (Select { Then: Constant, Otherwise: Constant }, _) => b * a,
        // A constant factor stands in front, and only once.
        (Constant x, Binary { Operator: BinaryOperator.Multiply, Left: Constant y } p) => (x.Value * y.Value) * p.Right,
        (not Constant, Constant) => b * a,
        _ => new Binary(BinaryOperator.Multiply, a, b),
    };

    public static Expr operator /(Expr a, Expr b) => (a, b) switch
    {
        (Constant { Value: 0 }, _) => 0,
        (_, Constant { Value: 1 }) => a,
        (Negate n, _) => -(n.Operand / b),
        _ => new Binary(BinaryOperator.Divide, a, b),
    };

    public static Expr operator -(Expr a) => a switch
    {
        Constant c => -c.Value,
        Negate n => n.Operand,
        _ => new Negate(a),
    };

    public static implicit operator Expr(double value) => new Constant(value);

    public static Expr Var(string name) => new Variable(name);

    /// <summary>The larger of two; a NaN stays one.</summary>
    public static Expr Max(Expr a, Expr b) => new Binary(BinaryOperator.Max, a, b);

    /// <summary>The smaller of two; a NaN stays one. Formulas that hold it with a constant say their derivative themselves.</summary>
    public static Expr Min(Expr a, Expr b) => new Binary(BinaryOperator.Min, a, b);

    /// <summary><paramref name="then"/> where a &gt; b, else <paramref name="otherwise"/>.</summary>
    public static Expr Select(Expr a, Expr b, Expr then, Expr otherwise) =>
        then == otherwise ? then : new Select(a, b, then, otherwise);

    public static Expr Call(Function function, Expr x) => new Call(function, x);

    /// <summary>The derivative by a variable.</summary>
    public Expr Derivative(string variable) => this switch
    {
        Constant or Random => 0,
        Variable v => v.Name == variable ? 1 : 0,
        Negate n => -n.Operand.Derivative(variable),
        Binary b => DerivativeOf(b, b.Left.Derivative(variable), b.Right.Derivative(variable)),
        Select s => Select(s.Left, s.Right, s.Then.Derivative(variable), s.Otherwise.Derivative(variable)),
        Call c => DerivativeOf(c) * c.Operand.Derivative(variable),
        _ => throw new InvalidOperationException($"no derivative of {GetType().Name}"),
    };

    private static Expr DerivativeOf(Binary e, Expr da, Expr db) => e.Operator switch
    {
        BinaryOperator.Add => da + db,
        BinaryOperator.Subtract => da - db,
        BinaryOperator.Multiply => (da * e.Right) + (e.Left * db),
        BinaryOperator.Divide => db == 0 ? da / e.Right : (da / e.Right) - (e.Left / e.Right * db / e.Right),
        // Against 0 the sign of the maximum itself decides, so that backward needs only what forward put out.
        BinaryOperator.Max when e.Right == 0 => Select(e, 0, da, 0),
        BinaryOperator.Max when e.Right is Constant => Select(e.Left, e.Right, da, db),
        // Equal ones share.
        BinaryOperator.Max => Select(e.Left, e.Right, da, Select(e.Right, e.Left, db, da == db ? da : 0.5 * (da + db))),
        BinaryOperator.Min when e.Right is not Constant => Select(e.Right, e.Left, da, Select(e.Left, e.Right, db, da == db ? da : 0.5 * (da + db))),
        _ => throw new InvalidOperationException($"no derivative of {e.Operator}"),
    };

    private static Expr DerivativeOf(Call e)
    {
        Expr x = e.Operand;
        return e.Function switch
        {
            Function.Exp => e,
            Function.ExpM1 => new Call(Function.Exp, x),
            Function.Log => 1.0 / x,
            Function.LogP1 => 1.0 / (1.0 + x),
            Function.Sqrt => 0.5 / (Expr)e,
            Function.Abs => Select(x, 0, 1, Select(0, x, -1, 0)),
            Function.Tanh => 1.0 - ((Expr)e * e),
            Function.Sigmoid => (Expr)e * (1.0 - (Expr)e),
            Function.Softplus => new Call(Function.Sigmoid, x),
            Function.Gelu => new Call(Function.GeluDerivative, x),
            Function.Mish => new Call(Function.MishDerivative, x),
            Function.Sin => new Call(Function.Cos, x),
            Function.Cos => -(Expr)new Call(Function.Sin, x),
            _ => throw new InvalidOperationException($"no derivative of {e.Function}"),
        };
    }

    /// <summary>This formula with every occurrence of one replaced by another.</summary>
    public Expr Replace(Expr what, Expr with) => this == what ? with : this switch
    {
        Negate n => -n.Operand.Replace(what, with),
        Binary b => b with { Left = b.Left.Replace(what, with), Right = b.Right.Replace(what, with) },
        Select s => new Select(s.Left.Replace(what, with), s.Right.Replace(what, with), s.Then.Replace(what, with), s.Otherwise.Replace(what, with)),
        Call c => c with { Operand = c.Operand.Replace(what, with) },
        _ => this,
    };

    /// <summary>Every part of the formula, itself included.</summary>
    public IEnumerable<Expr> Parts()
    {
        yield return this;
        Expr[] operands = this switch
        {
            Negate n => [n.Operand],
            Binary b => [b.Left, b.Right],
            Select s => [s.Left, s.Right, s.Then, s.Otherwise],
            Call c => [c.Operand],
            _ => [],
        };
        foreach (Expr operand in operands)
        {
            foreach (Expr part in operand.Parts())
                yield return part;
        }
    }

    public bool Contains(Expr part)
    {
        foreach (Expr candidate in Parts())
        {
            if (candidate == part)
                return true;
        }

        return false;
    }
}

internal enum BinaryOperator { Add, Subtract, Multiply, Divide, Max, Min }

/// <summary>The elementary functions, each with its derivative (in <see cref="Expr"/>) and its C# (in the dialects).</summary>
internal enum Function
{
    Exp,

    /// <summary>e^x - 1, exact near 0.</summary>
    ExpM1,
    Log,

    /// <summary>log(1 + x), exact near 0.</summary>
    LogP1,
    Sqrt,
    Abs,
    Tanh,

    /// <summary>1 / (1 + e^-x), with full relative accuracy on both sides.</summary>
    Sigmoid,

    /// <summary>log(1 + e^x), with full relative accuracy on both sides.</summary>
    Softplus,

    /// <summary>x Φ(x), where Φ(x) = (1 + erf(x / √2)) / 2, with full relative accuracy on both sides.</summary>
    Gelu,

    /// <summary>Φ(x) + x φ(x), where φ(x) = e^(-x² / 2) / √(2π). Formulas hold it as a derivative only.</summary>
    GeluDerivative,

    /// <summary>x tanh(log(1 + e^x)), with full relative accuracy on both sides.</summary>
    Mish,

    /// <summary>The derivative of mish. Formulas hold it as a derivative only.</summary>
    MishDerivative,

    /// <summary>Of radians, with full relative accuracy next to its roots too.</summary>
    Sin,
    Cos,
}

internal sealed record Constant(double Value) : Expr;

internal sealed record Variable(string Name) : Expr;

internal sealed record Negate(Expr Operand) : Expr;

internal sealed record Binary(BinaryOperator Operator, Expr Left, Expr Right) : Expr;

/// <summary>Then where Left &gt; Right, else Otherwise (also where either is NaN).</summary>
internal sealed record Select(Expr Left, Expr Right, Expr Then, Expr Otherwise) : Expr;

internal sealed record Call(Function Function, Expr Operand) : Expr;

/// <summary>
/// A uniform number in [0, 1): a hash of (seed, stream, sample, element). It costs no memory, because backward
/// computes it again, and depends on neither threads nor lanes.
/// </summary>
internal sealed record Random : Expr;
