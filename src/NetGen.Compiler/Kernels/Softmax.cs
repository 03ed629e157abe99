using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>Over which elements a softmax runs: <c>Groups</c> groups of <c>Classes</c> elements, <c>Stride</c> apart.</summary>
/// <remarks>The last axis: stride 1, one group after another. The channels of [C, …]: stride and groups are the positions.</remarks>
internal readonly record struct SoftmaxAxis(int Groups, int Classes, int Stride)
{
    /// <summary>Code over the classes of each group: whole vectors of them where they are neighbours, else one at a time.</summary>
    public void Emit(KernelWriter w, Action<VectorCode> write, bool returns = false)
    {
        if (Stride == 1)
            w.Vectors(Classes, write, returns, isFew: Classes is > 8 and <= Tuning.Norms.ClassesInRegisters);
        else
            w.Numbers(write);
    }

    /// <summary>Runs a body for every group, with where it begins in each buffer.</summary>
    public void ForEachGroup(VectorCode v, IReadOnlyList<(string Name, Buffer Buffer)> buffers, Action<Address[]> body)
    {
        int step = Stride == 1 ? Classes : 1;
        v.Repeat(Groups, [.. buffers.Select(b => (b.Name + "At", v.Start(b.Buffer), (Offset)step))], body, index: "group");
    }
}

/// <summary>
/// y = e^x / sum e^x over each group, with the largest x taken away first, so that nothing overflows.
/// Derivative: dx = y (dy - sum y dy) (<see cref="SoftmaxGradient"/>).
/// </summary>
internal sealed record Softmax(string Name, Buffer X, Buffer Y, SoftmaxAxis Axis) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override bool IsWorthLanes => Axis.Groups == 1 && X.Size <= Tuning.Samples.ClassesAsLanes;

    public override long Statements => 16L * Y.Size;

    public override string Formula => $"{Y.Name} = softmax({X.Name})" + (Axis.Groups > 1 ? Invariant($", over each of {Axis.Groups} groups") : "");

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new SoftmaxGradient(KernelNames.Gradient(Name, ""), Y, gradients.Of(Y), dx.Buffer, dx.Access, Axis));
    }

    public override void Emit(KernelWriter w) =>
        Axis.Emit(w, v => Axis.ForEachGroup(v, [("x", X), ("y", Y)], at => SoftmaxVectors.Write(v, at[0], at[1], Axis)));

    public override bool EmitLanes(LaneWriter w)
    {
        if (Axis.Groups > 1)
            return false;
        Term max = LargestOf(w, X);
        Term[] e = [.. Enumerable.Range(0, X.Size).Select(k => w.Code.Let("e", Term.Call(Function.Exp, w.Read(X, k) - max)))];
        Term share = w.Code.Let("share", Term.One / e.Aggregate(static (a, b) => a + b));
        for (int k = 0; k < e.Length; k++)
            w.Write(Y, k, e[k] * share);
        return true;
    }

    /// <summary>Every sample's largest element.</summary>
    public static Term LargestOf(LaneWriter w, Buffer x)
    {
        Local max = w.Code.Variable("max", w.Read(x, 0));
        for (int k = 1; k < x.Size; k++)
            w.Code.Set(max, Term.Of(Operation.MaxNative, new Get(max), w.Read(x, k)));
        return new Get(max);
    }
}

/// <summary>dx = y (dy - sum y dy) over each group.</summary>
internal sealed record SoftmaxGradient(string Name, Buffer Y, Buffer Dy, Buffer Dx, Access DxAccess, SoftmaxAxis Axis) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Y, Access.Read), new(Dy, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, $"{Y.Name} ({Dy.Name} - {Y.Name}·{Dy.Name})");

    public override void Emit(KernelWriter w) => Axis.Emit(w, v => Axis.ForEachGroup(v, [("y", Y), ("dy", Dy), ("dx", Dx)], at =>
    {
        Term dot = v.Code.Let("dot", Term.All(v.Sum(
            Axis.Classes, [("yK", at[0]), ("dyK", at[1])], static (v, place, part) => v.LoadZeroed(place[0], part) * v.LoadZeroed(place[1], part), Axis.Stride)));
        v.Over(Axis.Classes, once: DxAccess != Access.Overwrite, Axis.Stride, [("yK", at[0]), ("dyK", at[1]), ("dxK", at[2])], (place, part) =>
        {
            Term value = v.Load(place[0], part) * (v.Load(place[1], part) - dot);
            v.Store(place[2], part, DxAccess == Access.Accumulate ? v.Load(place[2], part) + value : value);
        });
    }));
}
