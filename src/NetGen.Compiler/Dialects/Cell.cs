using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// Assignments as they are printed inside of a loop over vectors: what does not change in the loop (numbers, and variables
/// that are one value for all of it) is multiplied before it, and what is taken away is a product added with the other sign,
/// so that a step is one multiply-add.
/// </summary>
internal sealed class Cell
{
    private readonly List<(string Name, Expr Formula)> _hoisted = [];

    /// <param name="isOuter">Whether a variable keeps its value throughout the loop.</param>
    public Cell(IReadOnlyList<Assignment> assignments, Func<string, bool> isOuter)
    {
        IsOuter = isOuter;
        Assignments = [.. assignments.Select(a => a with { Formula = Rewrite(a.Formula) })];
    }

    public Func<string, bool> IsOuter { get; }

    public IReadOnlyList<Assignment> Assignments { get; }

    /// <summary>What is computed before the loop, by name.</summary>
    public IReadOnlyList<(string Name, Expr Formula)> Hoisted => _hoisted;

    private Expr Rewrite(Expr e) => e switch
    {
        Binary { Operator: BinaryOperator.Multiply } product => Product(product, negate: false),
        Binary { Operator: BinaryOperator.Subtract, Right: Binary { Operator: BinaryOperator.Multiply } product } difference
            when Factors(product).Any(IsOuterFactor) && !Factors(product).All(IsOuterFactor) =>
            new Binary(BinaryOperator.Add, Rewrite(difference.Left), Product(product, negate: true)),
        Variable v when IsOuter(v.Name) => Hoist(v),
        Negate n => new Negate(Rewrite(n.Operand)),
        Binary b => b with { Left = Rewrite(b.Left), Right = Rewrite(b.Right) },
        Select s => s with { Left = Rewrite(s.Left), Right = Rewrite(s.Right), Then = Rewrite(s.Then), Otherwise = Rewrite(s.Otherwise) },
        Call c => c with { Operand = Rewrite(c.Operand) },
        _ => e,
    };

    private Expr Product(Expr product, bool negate)
    {
        Expr[] factors = [.. Factors(product)];
        Expr[] outer = [.. factors.Where(IsOuterFactor)];
        Expr[] inner = [.. factors.Where(f => !IsOuterFactor(f)).Select(Rewrite)];
        if (outer.Length == 0 || outer.All(static f => f is Constant))
            return factors.Skip(1).Aggregate(Rewrite(factors[0]), (a, b) => new Binary(BinaryOperator.Multiply, a, Rewrite(b)));
        Expr common = outer.Skip(1).Aggregate(outer[0], static (a, b) => a * b);
        return inner.Aggregate(Hoist(negate ? -common : common), static (a, b) => new Binary(BinaryOperator.Multiply, a, b));
    }

    private bool IsOuterFactor(Expr e) => e is Constant || (e is Variable v && IsOuter(v.Name));

    private static IEnumerable<Expr> Factors(Expr e) =>
        e is Binary { Operator: BinaryOperator.Multiply } b ? Factors(b.Left).Concat(Factors(b.Right)) : [e];

    private Expr Hoist(Expr formula)
    {
        int known = _hoisted.FindIndex(h => h.Formula == formula);
        if (known >= 0)
            return Expr.Var(_hoisted[known].Name);
        string name = Invariant($"factor{_hoisted.Count}");
        _hoisted.Add((name, formula));
        return Expr.Var(name);
    }
}
