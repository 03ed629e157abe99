using System;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Loops;

/// <summary>Formulas over vectors as terms.</summary>
internal static class ExprTerms
{
    /// <summary>The variable that stands for a formula's random number.</summary>
    public const string RandomVariable = "random";

    /// <param name="variable">What a variable stands for: a vector.</param>
    /// <param name="kind">What the vectors are.</param>
    public static Term Of(Expr formula, Func<string, Term> variable, Kind kind = Kind.Vector)
    {
        Term Of(Expr e) => e switch
        {
            Constant c => Term.All((float)c.Value, kind),
            Variable v => variable(v.Name),
            Ir.Random => variable(RandomVariable),
            Negate n => -Of(n.Operand),
            Binary b => OfBinary(b),
            Ir.Select s => Term.Of(Operation.Select, Term.Of(Operation.Greater, Of(s.Left), Of(s.Right)), Of(s.Then), Of(s.Otherwise)),
            Call { Function: Function.Abs } c => Term.Of(Operation.Abs, Of(c.Operand)),
            Call { Function: Function.Sqrt } c => Term.Of(Operation.Sqrt, Of(c.Operand)),
            Call c => Term.Call(c.Function, Of(c.Operand)),
            _ => throw new InvalidOperationException($"no term for {e.GetType().Name}"),
        };

        Term OfBinary(Binary b) => b.Operator switch
        {
            // One rounding and one instruction instead of two.
            BinaryOperator.Add when (Product(b.Right) ?? Product(b.Left)) is { } product =>
                Term.MultiplyAdd(Of(product.Left), Of(product.Right), Of(ReferenceEquals(product, b.Right) ? b.Left : b.Right)),
            BinaryOperator.Add => Of(b.Left) + Of(b.Right),
            BinaryOperator.Subtract => Of(b.Left) - Of(b.Right),
            BinaryOperator.Multiply => Of(b.Left) * Of(b.Right),
            BinaryOperator.Divide => Of(b.Left) / Of(b.Right),
            // The second operand where either is no number: with the constant first, a NaN stays one, in one instruction.
            _ when b.Right is Constant => Term.Of(b.Operator == BinaryOperator.Max ? Operation.MaxNative : Operation.MinNative, Of(b.Right), Of(b.Left)),
            _ => Term.Of(b.Operator == BinaryOperator.Max ? Operation.Max : Operation.Min, Of(b.Left), Of(b.Right)),
        };

        return Of(formula);
    }

    /// <summary>A formula over what the method is given as numbers.</summary>
    public static Term OfNumbers(Expr formula) => OfNumbers(formula, static name => new Argument(name, Kind.Float));

    public static Term OfNumbers(Expr formula, Func<string, Term> variable)
    {
        Term Of(Expr e) => e switch
        {
            Constant c => new FloatNumber((float)c.Value),
            Variable v => variable(v.Name),
            Negate n => -Of(n.Operand),
            Binary { Operator: BinaryOperator.Add } b => Of(b.Left) + Of(b.Right),
            Binary { Operator: BinaryOperator.Subtract } b => Of(b.Left) - Of(b.Right),
            Binary { Operator: BinaryOperator.Multiply } b => Of(b.Left) * Of(b.Right),
            Binary { Operator: BinaryOperator.Divide } b => Of(b.Left) / Of(b.Right),
            Call { Function: Function.Sqrt } c => Term.Of(Operation.Sqrt, Of(c.Operand)),
            _ => throw new InvalidOperationException($"no number is {e.GetType().Name}"),
        };

        return Of(formula);
    }

    private static Binary? Product(Expr e) => e is Binary { Operator: BinaryOperator.Multiply } b ? b : null;
}
