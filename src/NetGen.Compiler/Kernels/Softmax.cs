using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>Over which elements a softmax runs: <c>Groups</c> groups of <c>Classes</c> elements, <c>Stride</c> apart.</summary>
/// <remarks>The last axis: stride 1, one group after another. The channels of [C, …]: stride and groups are the positions.</remarks>
internal readonly record struct SoftmaxAxis(int Groups, int Classes, int Stride)
{
    /// <summary>The index of class <paramref name="c"/> in group <paramref name="group"/>.</summary>
    public string Index(string group, string c)
    {
        if (Groups == 1)
            return c;
        return Stride == 1 ? Invariant($"{group} * {Classes} + {c}") : Invariant($"{c} * {Stride} + {group}");
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

    /// <summary>More classes than this fill their vectors by themselves.</summary>
    public const int LanesUpTo = 16;

    public override bool IsWorthLanes => Axis.Groups == 1 && X.Size <= LanesUpTo;

    public override long Statements => 16L * Y.Size;

    public override string Formula => $"{Y.Name} = softmax({X.Name})" + (Axis.Groups > 1 ? Invariant($", over each of {Axis.Groups} groups") : "");

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new SoftmaxGradient(KernelNames.Gradient(Name, ""), Y, gradients.Of(Y), dx.Buffer, dx.Access, Axis));
    }

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors && Axis.Stride == 1)
            w.Vectors(Axis.Classes, v => v.Repeat(Axis.Groups, [("xAt", v.Start(X), Axis.Classes), ("yAt", v.Start(Y), Axis.Classes)], at => SoftmaxVectors.Write(v, at[0], at[1], Axis.Classes)));
        else
            EmitScalar(w);
    }

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

    private void EmitScalar(KernelWriter w) => w.ForEachRow("group", Axis.Groups, group =>
    {
        string at = Axis.Index(group, "k");
        w.Code.Line($"float max = {w.At(X, Axis.Index(group, "0"))};");
        using (w.Code.Block(Invariant($"for (int k = 1; k < {Axis.Classes}; k++)")))
            w.Code.Line($"max = global::System.Math.Max(max, {w.At(X, at)});");
        w.Code.Line();
        w.Code.Line("float sum = 0f;");
        using (w.Code.Block(KernelWriter.Loop("k", Axis.Classes)))
        {
            w.Code.Line($"float e = {w.Dialect.Call(Function.Exp, false, $"{w.At(X, at)} - max")};");
            w.Code.Line($"{w.At(Y, at)} = e;");
            w.Code.Line("sum += e;");
        }

        w.Code.Line();
        using (w.Code.Block(KernelWriter.Loop("k", Axis.Classes)))
            w.Code.Line($"{w.At(Y, at)} /= sum;");
    });
}

/// <summary>dx = y (dy - sum y dy) over each group.</summary>
internal sealed record SoftmaxGradient(string Name, Buffer Y, Buffer Dy, Buffer Dx, Access DxAccess, SoftmaxAxis Axis) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Y, Access.Read), new(Dy, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, $"{Y.Name} ({Dy.Name} - {Y.Name}·{Dy.Name})");

    public override void Emit(KernelWriter w) => w.ForEachRow("group", Axis.Groups, group =>
    {
        string at = Axis.Index(group, "k");
        w.Code.Line("float dot = 0f;");
        using (w.Code.Block(KernelWriter.Loop("k", Axis.Classes)))
            w.Code.Line($"dot += {w.At(Y, at)} * {w.At(Dy, at)};");
        w.Code.Line();
        using (w.Code.Block(KernelWriter.Loop("k", Axis.Classes)))
            w.Code.Line($"{w.At(Dx, at)} {(DxAccess == Access.Accumulate ? "+=" : "=")} {w.At(Y, at)} * ({w.At(Dy, at)} - dot);");
    });
}
