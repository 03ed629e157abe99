using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;

namespace NetGen.Compiler.Layers.Cells;

/// <summary>One of the formulas of a cell, over its inputs and the results before it.</summary>
/// <param name="Variable">What the result is called.</param>
/// <param name="Derivative">Of a formula of one variable, as in <see cref="UnitOutput"/>.</param>
/// <param name="IsKept">Backward reads the result.</param>
internal sealed record UnitFormula(string Variable, Expr Formula, Expr? Derivative = null, bool IsKept = true);

/// <summary>The formulas of a cell, in order.</summary>
internal sealed class UnitFormulas
{
    private readonly List<UnitFormula> _all = [];

    public IReadOnlyList<UnitFormula> All => _all;

    public Expr Add(string variable, Expr formula)
    {
        _all.Add(new UnitFormula(variable, formula));
        return Expr.Var(variable);
    }

    /// <summary>
    /// An activation of an argument. What is read several times, or by backward too, has a name; of a tanh or a sigmoid, backward reads the result alone.
    /// </summary>
    public Expr Add(string variable, ElementwiseActivation activation, Expr argument)
    {
        if (activation.Formula == Map.X0 && argument is Variable)
            return argument;
        Expr y = Expr.Var(variable);
        Expr derivative = activation.Derivative ?? activation.Formula.Derivative("x").Replace(activation.Formula, Expr.Var("y"));
        bool readsArgument = derivative.Contains(Map.X0);
        if (argument is not Variable && (readsArgument || activation.Formula.Parts().Count(static p => p == Map.X0) > 1))
        {
            _all.Add(new UnitFormula(variable + "Sum", argument, IsKept: readsArgument));
            argument = Expr.Var(variable + "Sum");
        }

        Expr? own = activation.Derivative?.Replace(Map.X0, argument).Replace(Expr.Var("y"), y);
        _all.Add(new UnitFormula(variable, activation.Formula.Replace(Map.X0, argument), own));
        return y;
    }
}
