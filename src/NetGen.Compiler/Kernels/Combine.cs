using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = f(x0, x1, …) for each element of several buffers of one size.
/// Derivative: dxk = dy ∂f/∂xk, each of which is such a kernel too.
/// </summary>
/// <param name="Xs">What f's variables x0, x1, … are read from, each buffer once.</param>
/// <param name="Text">The same for people, over the buffers' names.</param>
internal sealed record Combine(string Name, EquatableArray<Buffer> Xs, Buffer Y, Access YAccess, Expr Function, string Text) : Kernel(Name)
{
    /// <summary>y = x, or y += x.</summary>
    public static Combine Copy(string name, Buffer x, Buffer y, Access access) => new(name, EquatableArray.Of(x), y, access, Variable(0), x.Name);

    public static Expr Variable(int k) => Expr.Var(Invariant($"x{k}"));

    public override IEnumerable<Operand> Operands => [.. Xs.Select(static x => new Operand(x, Access.Read)), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override long Statements => 16L * Y.Size;

    public override string Formula => KernelNames.Assign(Y, YAccess, Text);

    private Dictionary<string, Buffer> Inputs => Xs.Select(static (x, k) => (x, k)).ToDictionary(static p => Invariant($"x{p.k}"), static p => p.x);

    private Assignment[] Assignments => [new Assignment("y", Y, Function, YAccess == Access.Accumulate)];

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        for (int k = 0; k < Xs.Count; k++)
        {
            if (gradients.Wanted(Xs[k]) is not { } dx)
                continue;
            Expr derivative = Expr.Var("dy") * Function.Derivative(Invariant($"x{k}"));
            // The gradient reads dy, and of the inputs what is left in the formula.
            List<Buffer> read = [dy];
            Expr formula = derivative.Replace(Expr.Var("dy"), Variable(Xs.Count));
            for (int i = 0; i < Xs.Count; i++)
            {
                if (!derivative.Contains(Variable(i)))
                    continue;
                formula = formula.Replace(Variable(i), Expr.Var(Invariant($"v{read.Count}")));
                read.Add(Xs[i]);
            }

            formula = formula.Replace(Variable(Xs.Count), Variable(0));
            for (int i = 1; i < read.Count; i++)
                formula = formula.Replace(Expr.Var(Invariant($"v{i}")), Variable(i));
            string text = dy.Name + string.Concat(read.Skip(1).Select(static b => " " + b.Name));
            gradients.Add(new Combine(
                KernelNames.Gradient(Name, "") + (Xs.Count > 1 ? Invariant($"Of{NameScope.Pascal(Xs[k].Name)}") : ""), read.ToEquatable(), dx.Buffer, dx.Access, formula, text));
        }
    }

    public override bool EmitBlock(BlockWriter w)
    {
        Buffer[] buffers = [.. Operands.Select(static o => o.Buffer)];
        if (!w.AreAlike(buffers))
            return false;
        w.Elementwise(this, buffers);
        return true;
    }

    public override bool EmitLanes(LaneWriter w)
    {
        Dictionary<string, Buffer> inputs = Inputs;
        w.WriteEach(new Operand(Y, YAccess), inputs.Values, k =>
        {
            Dictionary<string, Term> values = inputs.ToDictionary(static i => i.Key, i => w.ReadAt(i.Value, k));
            return ExprTerms.Of(Function, v => values[v]);
        });
        return true;
    }

    public override void EmitElements(KernelWriter w) => new ElementwiseVectors(Inputs, Assignments).EmitCounted(w);

    public override void Emit(KernelWriter w) => w.Elementwise(Y.Size, Inputs, Assignments);
}
