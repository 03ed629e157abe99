using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = log softmax(x) = (x - max) - log(1 + rest) over each group, where rest is the sum of e^(x - max) over all but the largest x: near 0 too
/// y keeps its digits.
/// Derivative: dx = dy - e^y sum dy (<see cref="LogSoftmaxGradient"/>).
/// </summary>
internal sealed record LogSoftmax(string Name, Buffer X, Buffer Y, SoftmaxAxis Axis) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override bool IsWorthLanes => Axis.Groups == 1 && X.Size <= Tuning.Samples.ClassesAsLanes;

    public override long Statements => 16L * Y.Size;

    public override string Formula => $"{Y.Name} = log_softmax({X.Name})" + (Axis.Groups > 1 ? Invariant($", over each of {Axis.Groups} groups") : "");

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new LogSoftmaxGradient(KernelNames.Gradient(Name, ""), Y, gradients.Of(Y), dx.Buffer, dx.Access, Axis));
    }

    public override void Emit(KernelWriter w) =>
        Axis.Emit(w, v => Axis.ForEachGroup(v, [("x", X), ("y", Y)], at => SoftmaxVectors.WriteLog(v, at[0], at[1], Axis)));

    /// <summary>
    /// The sum of the e but for a largest one, of which each is 1. The ones first: 1 - 1 is exact, and what is added after it keeps its digits.
    /// </summary>
    public static Term RestOf(LaneWriter w, Term[] e)
    {
        Local rest = w.Code.Variable("rest", -Term.One);
        foreach (Term value in e)
            w.Code.Increase(rest, Term.One & Term.Of(Operation.Equal, value, Term.One));
        foreach (Term value in e)
            w.Code.Increase(rest, Term.Of(Operation.AndNot, value, Term.Of(Operation.Equal, value, Term.One)));
        return new Get(rest);
    }

    public override bool EmitLanes(LaneWriter w)
    {
        if (Axis.Groups > 1)
            return false;
        Term max = Softmax.LargestOf(w, X);
        Term[] below = [.. Enumerable.Range(0, X.Size).Select(k => w.Code.Let("below", w.Read(X, k) - max))];
        Term[] e = [.. below.Select(b => w.Code.Let("e", Term.Call(Function.Exp, b)))];
        Term logSum = w.Code.Let("logSum", Term.Call(Function.LogP1, RestOf(w, e)));
        for (int k = 0; k < X.Size; k++)
            w.Write(Y, k, below[k] - logSum);
        return true;
    }
}

/// <summary>dx = dy - e^y sum dy over each group.</summary>
internal sealed record LogSoftmaxGradient(string Name, Buffer Y, Buffer Dy, Buffer Dx, Access DxAccess, SoftmaxAxis Axis) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Y, Access.Read), new(Dy, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => 0;

    public override long Statements => 16L * Y.Size;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, $"{Dy.Name} - e^{Y.Name} sum {Dy.Name}");

    public override void Emit(KernelWriter w) => Axis.Emit(w, v => Axis.ForEachGroup(v, [("y", Y), ("dy", Dy), ("dx", Dx)], at =>
    {
        Term sum = v.Code.Let("sumAll", Term.All(v.Sum(Axis.Classes, [("dyK", at[1])], static (v, place, part) => v.LoadZeroed(place[0], part), Axis.Stride)));
        v.Over(Axis.Classes, once: DxAccess != Access.Overwrite, Axis.Stride, [("yK", at[0]), ("dyK", at[1]), ("dxK", at[2])], (place, part) =>
        {
            Term value = v.Load(place[1], part) - (Term.Call(Function.Exp, v.Load(place[0], part)) * sum);
            v.Store(place[2], part, DxAccess == Access.Accumulate ? v.Load(place[2], part) + value : value);
        });
    }));

    public override bool EmitLanes(LaneWriter w)
    {
        if (Axis.Groups > 1)
            return false;
        Term sum = w.Code.Let("sum", Enumerable.Range(0, Y.Size).Select(k => w.Read(Dy, k)).Aggregate(static (a, b) => a + b));
        for (int k = 0; k < Y.Size; k++)
            w.Write(new Operand(Dx, DxAccess), k, w.Read(Dy, k) - (Term.Call(Function.Exp, w.Read(Y, k)) * sum));
        return true;
    }
}
