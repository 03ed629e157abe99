using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Loops;

/// <summary>Assignments to the elements of a vector, in order: a later one sees what an earlier one gave.</summary>
internal static class AssignmentTerms
{
    /// <param name="at">Where a buffer's elements stand.</param>
    /// <param name="values">What the variables are so far; gets what is assigned.</param>
    public static void Write(VectorCode v, Part part, IReadOnlyList<Assignment> assignments, Func<Ir.Buffer, Address> at, Dictionary<string, Term> values)
    {
        for (int k = 0; k < assignments.Count; k++)
        {
            Assignment a = assignments[k];
            Term value = ExprTerms.Of(a.Formula, name => values[name]);
            if (a.Accumulate)
                value = a.Formula is Binary { Operator: BinaryOperator.Multiply } product
                    ? Term.MultiplyAdd(ExprTerms.Of(product.Left, name => values[name]), ExprTerms.Of(product.Right, name => values[name]), v.Load(at(a.Target!), part))
                    : v.Load(at(a.Target!), part) + value;
            bool isReadLater = assignments.Skip(k + 1).Any(later => later.Formula.Contains(Expr.Var(a.Variable)));
            if (a.Target is null || isReadLater)
                values[a.Variable] = value = v.Code.Let(a.Target is null ? a.Variable : "new" + NameScope.Pascal(a.Variable), value);
            if (a.Target is { } target)
                v.Store(at(target), part, value);
        }
    }
}
