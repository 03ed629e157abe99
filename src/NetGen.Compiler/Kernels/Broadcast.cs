using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = f(x0, x1, …) at each place of some axes, along which some of the values are the same: a number for each channel beside its plane, or for each step
/// beside its features.
/// Derivative: dxk = dy ∂f/∂xk, summed up over the axes along which xk is the same (<see cref="Reduction"/>).
/// </summary>
/// <param name="Text">The formula for people, over the buffers' names.</param>
internal sealed record Broadcast(string Name, PlacedAxes Axes, Buffer Y, Access YAccess, Expr Function, string Text) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [.. Axes.Sources.Select(static s => new Operand(s.Buffer, Access.Read)), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Y, YAccess, Text);

    public override void Differentiate(IGradients gradients)
    {
        Buffer dy = gradients.Of(Y);
        foreach (PlacedSource source in Axes.Sources)
        {
            if (gradients.Wanted(source.Buffer) is not { } dx)
                continue;
            Expr formula = Expr.Var("dy") * Function.Derivative(source.Variable);
            string name = KernelNames.Gradient(Name, "") + (Axes.Sources.Count > 1 ? "Of" + NameScope.Pascal(source.Buffer.Name) : "");
            PlacedSource[] read = [new("dy", dy, Axes.Result), .. Axes.Sources.Where(s => formula.Contains(Expr.Var(s.Variable)))];
            string text = string.Join(" ", read.Select(static s => s.Buffer.Name));
            // In the order of the axes that there are, which is that of the result.
            PlacedAxes axes = PlacedAxes.Of(Axes.Sizes, source.Strides, read, Axes.Result);
            gradients.Add(source.Strides.All(static s => s != 0)
                ? new Broadcast(name, axes, dx.Buffer, dx.Access, formula, text)
                : new Reduction(name, ReductionKind.Sum, axes, dx.Buffer, dx.Access, formula, 1, "sum of " + text));
        }
    }

    /// <summary>Not where it reads, or adds to, what all samples share.</summary>
    public override bool EmitLanes(LaneWriter w)
    {
        if (Axes.Places > Tuning.Samples.PlacesWrittenOut || Operands.Any(static o => o.Buffer.Role is BufferRole.Parameter or BufferRole.ParameterGradient))
            return false;
        foreach (int[] at in Axes.Elements())
            w.Write(new Operand(Y, YAccess), at[Axes.Sources.Count], Axes.Value(Function, k => w.Read(Axes.Sources[k].Buffer, at[k])));
        return true;
    }

    public override void Emit(KernelWriter w)
    {
        int inner = Axes.Count - 1, count = Axes.Sources.Count;
        w.Vectors(Axes.Inner, v => Axes.Over(v, Enumerable.Range(0, inner), [.. Axes.Sources.Select(s => v.Start(s.Buffer)), v.Start(Y)], from =>
        {
            // What is the same for all of the innermost axis is in every lane.
            var same = new Dictionary<int, Term>();
            int[] moving = [.. Enumerable.Range(0, count + 1).Where(b => Axes.StrideOf(b, inner) != 0)];
            foreach (int b in Enumerable.Range(0, count).Except(moving))
                same[b] = v.Code.Let(Axes.HintOf(b), v.All(from[b]));
            v.OverSeveral(Axes.Inner, Tuning.Pools.PlaneVectors, once: YAccess == Access.Accumulate, [.. moving.Select(b => (Axes.HintOf(b) + "At", from[b]))], parts =>
            {
                foreach ((Address[] at, Part part) in parts)
                {
                    Address y = at[at.Length - 1];
                    Term value = Axes.Value(Function, k => same.TryGetValue(k, out Term? one) ? one
                        : v.Code.Let(Axes.HintOf(k), v.Load(at[System.Array.IndexOf(moving, k)], part)));
                    v.Store(y, part, YAccess == Access.Accumulate ? v.Load(y, part) + value : value);
                }
            });
        }));
    }
}
