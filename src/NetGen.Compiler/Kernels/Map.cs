using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = f(x) for each element, with f over the variable x; it may hold a random leaf, told apart by the stream.
/// Derivative: dx = dy f'(x), in which f(x) itself is read from y (<see cref="MapGradient"/>).
/// </summary>
/// <param name="Stream">Tells the random numbers of this layer from those of others; 0 where there is none.</param>
/// <param name="FormulaName">What f is called, for people.</param>
/// <param name="Derivative">f' over x and y, where that of the formula as it stands will not do.</param>
internal sealed record Map(string Name, Buffer X, Buffer Y, Expr Function, string FormulaName, int Stream = 0, Expr? Derivative = null) : Kernel(Name)
{
    public static readonly Expr X0 = Expr.Var("x");

    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override IEnumerable<Scalar> Scalars => RandomLeaf.ScalarsOf(Function);

    public override long MultiplyAdds => 0;

    public override long Statements => 16L * Y.Size;

    public override string Formula => $"{Y.Name} = {(Function == X0 ? X.Name : $"{FormulaName}({X.Name})")}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is not { } dx)
            return;
        Expr derivative = Derivative ?? Function.Derivative("x").Replace(Function, Expr.Var("y"));
        gradients.Add(new MapGradient(
            KernelNames.Gradient(Name, ""), X, Y, gradients.Of(Y), dx.Buffer, dx.Access, Expr.Var("dy") * derivative, FormulaName, Stream));
    }

    public override bool EmitBlock(BlockWriter w)
    {
        Buffer[] buffers = [.. Operands.Select(static o => o.Buffer).Distinct()];
        if (Scalars.Any() || !w.AreAlike(buffers))
            return false;
        w.Elementwise(this, buffers);
        return true;
    }

    public override bool EmitLanes(LaneWriter w)
    {
        if (Scalars.Any())
            return false;
        w.WriteEach(Y, [X], k =>
        {
            Term x = w.ReadAt(X, k);
            return ExprTerms.Of(Function, _ => x);
        });
        return true;
    }

    public override void EmitElements(KernelWriter w) =>
        new ElementwiseVectors(new Dictionary<string, Buffer> { ["x"] = X }, [new Assignment("y", Y, Function)]).EmitCounted(w);

    public override void Emit(KernelWriter w) => w.Elementwise(
        Y.Size, new Dictionary<string, Buffer> { ["x"] = X }, [new Assignment("y", Y, Function)], RandomLeaf.Of(Function, Stream));
}

/// <summary>dx = dy f'(x), over the variables x, y and dy; reads only what the formula holds.</summary>
internal sealed record MapGradient(
    string Name, Buffer X, Buffer Y, Buffer Dy, Buffer Dx, Access DxAccess, Expr Function, string FormulaName, int Stream) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands
    {
        get
        {
            foreach (KeyValuePair<string, Buffer> input in Inputs)
                yield return new Operand(input.Value, Access.Read);
            yield return new Operand(Dx, DxAccess);
        }
    }

    public override IEnumerable<Scalar> Scalars => RandomLeaf.ScalarsOf(Function);

    public override long MultiplyAdds => 0;

    public override long Statements => 16L * Dx.Size;

    public override string Formula =>
        KernelNames.Assign(Dx, DxAccess, $"{Dy.Name} {FormulaName}'" + (Function.Contains(Expr.Var("x")) ? $"({X.Name})" : Function.Contains(Expr.Var("y")) ? $", from {Y.Name}" : ""));

    private Dictionary<string, Buffer> Inputs
    {
        get
        {
            var inputs = new Dictionary<string, Buffer>();
            foreach ((string variable, Buffer buffer) in new[] { ("x", X), ("y", Y), ("dy", Dy) })
            {
                if (Function.Contains(Expr.Var(variable)))
                    inputs[variable] = buffer;
            }

            return inputs;
        }
    }

    public override bool EmitBlock(BlockWriter w)
    {
        Buffer[] buffers = [.. Operands.Select(static o => o.Buffer)];
        if (Scalars.Any() || !w.AreAlike(buffers))
            return false;
        w.Elementwise(this, buffers);
        return true;
    }

    public override bool EmitLanes(LaneWriter w)
    {
        if (Scalars.Any())
            return false;
        Dictionary<string, Buffer> inputs = Inputs;
        string[] read = [.. inputs.Keys.Where(v => Function.Contains(Expr.Var(v)))];
        w.WriteEach(new Operand(Dx, DxAccess), read.Select(v => inputs[v]), k =>
        {
            Dictionary<string, Term> values = read.ToDictionary(static v => v, v => w.ReadAt(inputs[v], k));
            return ExprTerms.Of(Function, v => values[v]);
        });
        return true;
    }

    public override void EmitElements(KernelWriter w) =>
        new ElementwiseVectors(Inputs, [new Assignment("dx", Dx, Function, DxAccess == Access.Accumulate)]).EmitCounted(w);

    public override void Emit(KernelWriter w) => w.Elementwise(
        Dx.Size, Inputs, [new Assignment("dx", Dx, Function, DxAccess == Access.Accumulate)], RandomLeaf.Of(Function, Stream));
}

/// <summary>What a formula's random leaf asks for.</summary>
internal static class RandomLeaf
{
    private static readonly Expr Leaf = new Random();

    public static IEnumerable<Scalar> ScalarsOf(Expr formula) => formula.Contains(Leaf) ? [Scalar.Seed] : [];

    /// <summary>The stream of a formula that holds random numbers.</summary>
    public static int? Of(Expr formula, int stream) => formula.Contains(Leaf) ? stream : null;
}
