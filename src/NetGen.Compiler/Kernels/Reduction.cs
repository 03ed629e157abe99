using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>How the values along an axis become one.</summary>
internal enum ReductionKind
{
    Sum,
    Max,
    Min,
}

/// <summary>
/// y = the sum, times a scale, or the largest or smallest, of f(x, …) over some axes, for each place of the others.
/// Derivative of a value's own reduction: of the sum dx = scale dy; of the largest dx = dy / n at each of the n elements that are as large, which is PyTorch's
/// amax. A NaN may be passed over by the largest and the smallest: minima and maxima of processors differ in that.
/// </summary>
/// <param name="Text">What it is, for people.</param>
internal sealed record Reduction(string Name, ReductionKind Kind, PlacedAxes Axes, Buffer Y, Access YAccess, Expr Function, float Scale, string Text)
    : Kernel(Name)
{
    private static readonly Expr s_x = Expr.Var("x"), s_y = Expr.Var("y"), s_dy = Expr.Var("dy");

    public override IEnumerable<Operand> Operands => [.. Axes.Sources.Select(static s => new Operand(s.Buffer, Access.Read)), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Y, YAccess, Text);

    public override void Differentiate(IGradients gradients)
    {
        PlacedSource x = Axes.Sources[0];
        if (gradients.Wanted(x.Buffer) is not { } dx)
            return;
        Buffer dy = gradients.Of(Y);
        string name = KernelNames.Gradient(Name, "");
        PlacedAxes Of(EquatableArray<int> result, params PlacedSource[] sources) => PlacedAxes.Of(Axes.Sizes, result, sources, x.Strides);
        if (Kind == ReductionKind.Sum)
        {
            gradients.Add(new Broadcast(name, Of(x.Strides, new PlacedSource("dy", dy, Axes.Result)), dx.Buffer, dx.Access, Scale * s_dy,
                $"{(Scale == 1 ? "" : CSharpLiteral.Shortest(Scale) + " ")}{dy.Name}"));
            return;
        }

        // Nothing is beyond the largest: what is not below it is as large.
        Expr Where(Expr then) => Kind == ReductionKind.Max ? Expr.Select(s_y, s_x, 0, then) : Expr.Select(s_x, s_y, 0, then);
        var y = new PlacedSource("y", Y, Axes.Result);
        var share = new Buffer(dy.Named("Share"), Y.Size, BufferRole.Activation);
        var ties = new Buffer(Y.Named("Ties"), Y.Size, BufferRole.Activation);
        gradients.Add(new Reduction(KernelNames.Gradient(Name, "Ties"), ReductionKind.Sum, Of(Axes.Result, x, y), ties, Access.Overwrite, Where(1), 1,
            $"how many of {x.Buffer.Name} are {Y.Name}"));
        gradients.Add(new Combine(KernelNames.Gradient(Name, "Share"), EquatableArray.Of(dy, ties), share, Access.Overwrite,
            Combine.Variable(0) / Combine.Variable(1), $"{dy.Name} / {ties.Name}"));
        gradients.Add(new Broadcast(
            name, Of(x.Strides, x, y, new PlacedSource("share", share, Axes.Result)), dx.Buffer, dx.Access, Where(Expr.Var("share")),
                $"{share.Name} where {x.Buffer.Name} is {Y.Name}"));
    }

    /// <summary>Not where it reads, or adds to, what all samples share.</summary>
    public override bool EmitLanes(LaneWriter w)
    {
        if (Axes.Places > Tuning.Samples.PlacesWrittenOut || Operands.Any(static o => o.Buffer.Role is BufferRole.Parameter or BufferRole.ParameterGradient))
            return false;
        var sums = new Dictionary<int, Term>();
        foreach (int[] at in Axes.Elements())
        {
            Term value = Axes.Value(Function, k => w.Read(Axes.Sources[k].Buffer, at[k]));
            int y = at[Axes.Sources.Count];
            sums[y] = sums.TryGetValue(y, out Term? before) ? w.Code.Let("joined", Join(before, value)) : value;
        }

        foreach (KeyValuePair<int, Term> sum in sums.OrderBy(static s => s.Key))
            w.Write(new Operand(Y, YAccess), sum.Key, Scale == 1 ? sum.Value : sum.Value * Term.All(Scale));
        return true;
    }

    private Term Join(Term a, Term b) => Kind switch
    {
        ReductionKind.Sum => a + b,
        ReductionKind.Max => Term.Of(Operation.MaxNative, a, b),
        _ => Term.Of(Operation.MinNative, a, b),
    };

    public override void Emit(KernelWriter w) => w.Vectors(Axes.Inner, v => ReductionVectors.Write(v, this, Join));
}
