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
    /// <summary>An elementwise function, over one variable, of what it computes.</summary>
    public Expr? Epilogue { get; init; }

    public override IEnumerable<Operand> Operands => [.. Axes.Sources.Select(static s => new Operand(s.Buffer, Access.Read)), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Y, YAccess, Text);

    public override Kernel? WithEpilogue(Buffer x, Buffer y, Expr function, string name) =>
        x != Y || YAccess != Access.Overwrite || Epilogue is not null ? null : this with { Y = y, Epilogue = function, Text = $"{name}({Text})" };

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
            w.Write(new Operand(Y, YAccess), at[Axes.Sources.Count], ValueOf(w.Code, k => w.Read(Axes.Sources[k].Buffer, at[k])));
        return true;
    }

    public override void Emit(KernelWriter w) => w.Vectors(Axes.Inner, v =>
    {
        Address[] starts = [.. Axes.Sources.Select(s => v.Start(s.Buffer)), v.Start(Y)];
        int inner = Axes.Count - 1;
        // Few neighbours, and values that are the same in every row of them: those stay in registers from row to row.
        bool goesDown = !v.IsOfNumbers && inner > 0 && Axes.Inner <= Tuning.Norms.NeighboursInRegisters
            && Axes.Sources.Any(s => s.Strides[inner] != 0 && s.Strides[inner - 1] == 0);
        if (goesDown)
            Axes.Over(v, Enumerable.Range(0, inner - 1), starts, from => WriteDown(v, from, inner));
        else
            Axes.Over(v, Enumerable.Range(0, inner), starts, from => WriteRow(v, from, inner));
    });

    /// <summary>The innermost axis, a vector of neighbours at a time.</summary>
    private void WriteRow(VectorCode v, Address[] from, int inner)
    {
        // What is the same for all of the neighbours is in every lane.
        int[] moving = Moving(inner);
        Dictionary<int, Term> same = Enumerable.Range(0, Axes.Sources.Count).Except(moving)
            .ToDictionary(static b => b, b => (Term)v.Code.Let(Axes.HintOf(b), v.All(from[b])));
        v.OverSeveral(Axes.Inner, Tuning.Pools.PlaneVectors, once: YAccess == Access.Accumulate, [.. moving.Select(b => (Axes.HintOf(b) + "At", from[b]))],
            parts =>
        {
            foreach ((Address[] at, Part part) in parts)
                Store(v, at[at.Length - 1], part,
                    k => same.TryGetValue(k, out Term? one) ? one : v.Code.Let(Axes.HintOf(k), v.Load(at[System.Array.IndexOf(moving, k)], part)));
        });
    }

    /// <summary>The same neighbours of every row, then the next ones.</summary>
    private void WriteDown(VectorCode v, Address[] from, int inner)
    {
        int[] moving = Moving(inner);
        v.OverSeveral(Axes.Inner, Tuning.Norms.NeighboursAtOnce, once: YAccess == Access.Accumulate,
            [.. moving.Select(b => (Axes.HintOf(b) + "At", from[b]))], parts =>
        {
            Term LoadOf(Address[] at, int k, Part part, Address[] elsewhere) =>
                v.Code.Let(Axes.HintOf(k), Axes.StrideOf(k, inner) == 0 ? v.All(elsewhere[k]) : v.Load(at[System.Array.IndexOf(moving, k)], part));
            Dictionary<int, Term>[] same = [.. parts.Select(p => Enumerable.Range(0, Axes.Sources.Count).Where(k => Axes.StrideOf(k, inner - 1) == 0)
                .ToDictionary(static k => k, k => LoadOf(p.At, k, p.Part, from)))];
            Address[] first = [.. from];
            for (int m = 0; m < moving.Length; m++)
                first[moving[m]] = parts[0].At[m];
            Axes.Over(v, [inner - 1], first, row =>
            {
                for (int p = 0; p < parts.Length; p++)
                {
                    // The vectors stand as far apart in every row as where they begin.
                    Offset behind = parts[p].At[0].Offset - parts[0].At[0].Offset;
                    Part part = parts[p].Part;
                    Dictionary<int, Term> known = same[p];
                    Store(v, row[Axes.Sources.Count] + behind, part, k => known.TryGetValue(k, out Term? one) ? one
                        : v.Code.Let(Axes.HintOf(k), Axes.StrideOf(k, inner) == 0 ? v.All(row[k]) : v.Load(row[k] + behind, part)));
                }
            });
        });
    }

    /// <summary>The buffers that have neighbours along an axis, the result last.</summary>
    private int[] Moving(int axis) => [.. Enumerable.Range(0, Axes.Sources.Count + 1).Where(b => Axes.StrideOf(b, axis) != 0)];

    private void Store(VectorCode v, Address y, Part part, System.Func<int, Term> value)
    {
        Term result = ValueOf(v.Code, value);
        v.Store(y, part, YAccess == Access.Accumulate ? v.Load(y, part) + result : result);
    }

    private Term ValueOf(CodeBuilder code, System.Func<int, Term> value)
    {
        Term result = Axes.Value(Function, value);
        if (Epilogue is null)
            return result;
        Term whole = code.Let("value", result);
        return ExprTerms.Of(Epilogue, _ => whole);
    }
}
