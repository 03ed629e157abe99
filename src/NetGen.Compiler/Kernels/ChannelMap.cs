using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>A variable of a formula, and what it is read from.</summary>
internal readonly record struct Source(string Variable, Buffer Buffer);

/// <summary>
/// y = f(x, …; c, …) for each row of x and each channel, where some variables are the same for every row: channels stand innermost, or each is a plane of its rows.
/// Derivative: dx = dy ∂f/∂x, such a kernel too, and for a trained parameter dc = sum over the rows of dy ∂f/∂c (<see cref="ChannelSum"/>). What is hoisted is
/// taken as it is and has no gradient.
/// </summary>
/// <param name="Values">Variables with a value for each row and channel.</param>
/// <param name="PerChannel">Variables with a value for each channel.</param>
/// <param name="Hoisted">What is computed once for each channel, by name, over those and each other.</param>
/// <param name="Text">The formula for people.</param>
/// <param name="IsPlanes">The rows of each channel stand together (<see cref="Planes"/>).</param>
internal sealed record ChannelMap(
    string Name, EquatableArray<Source> Values, EquatableArray<Source> PerChannel, EquatableArray<(string Name, Expr Formula)> Hoisted,
    Buffer Y, Access YAccess, Expr Function, int Rows, int Channels, string Text, bool IsPlanes = false) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands =>
        [.. Values.Concat(PerChannel).Select(static s => new Operand(s.Buffer, Access.Read)), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Y, YAccess, Text) + (Rows > 1 && Channels > 1 ? Invariant($", for each of {Channels} channels") : "");

    public override void Differentiate(IGradients gradients)
    {
        foreach (Source x in Values)
        {
            if (gradients.Wanted(x.Buffer) is { } dx)
                gradients.Add(Gradient(x.Variable, gradients.Of(Y), dx));
        }

        foreach (Source c in PerChannel)
        {
            if (c.Buffer.Role == BufferRole.Parameter && gradients.WantedParameter(c.Buffer) is { } dc)
                gradients.Add(new ChannelSum(KernelNames.Gradient(Name, NameScope.Pascal(c.Variable)), Gradient(c.Variable, gradients.Of(Y), new Operand(dc, Access.Accumulate))));
        }
    }

    /// <summary>dy ∂f/∂x for one of the variables.</summary>
    private ChannelMap Gradient(string variable, Buffer dy, Operand dx)
    {
        Expr derivative = Expr.Var("dy") * Function.Derivative(variable);
        EquatableArray<(string Name, Expr Formula)> hoisted = Needed(derivative);
        bool IsRead(Source s) => derivative.Contains(Expr.Var(s.Variable)) || hoisted.Any(h => h.Formula.Contains(Expr.Var(s.Variable)));
        return new ChannelMap(
            KernelNames.Gradient(Name, "Input"), Values.Where(IsRead).Prepend(new Source("dy", dy)).ToEquatable(), PerChannel.Where(IsRead).ToEquatable(), hoisted,
            dx.Buffer, dx.Access, derivative, Rows, Channels, ExprPrinter.Describe(derivative), IsPlanes);
    }

    private EquatableArray<(string Name, Expr Formula)> Needed(Expr formula)
    {
        var needed = new List<(string Name, Expr Formula)>();
        foreach ((string Name, Expr Formula) h in Hoisted.Reverse())
        {
            if (formula.Contains(Expr.Var(h.Name)) || needed.Any(n => n.Formula.Contains(Expr.Var(h.Name))))
                needed.Insert(0, h);
        }

        return needed.ToEquatable();
    }

    /// <summary>
    /// Roots and quotients are computed once for a block. Not of planes, where they are few: there it costs more to read a channel of one sample after another,
    /// which stand a power of two apart, than to compute them again.
    /// </summary>
    public override bool EmitBlock(BlockWriter w)
    {
        if (Hoisted.Count == 0 || Channels == 1 || IsPlanes)
            return false;
        w.OverSamples(this);
        return true;
    }

    public override void EmitOverBatch(KernelWriter w, System.Func<Buffer, int> stride) =>
        w.PerWidth(Channels, Lanes.Eight, v => ChannelLoop.ForEach(v, Channels, canRepeat: YAccess == Access.Overwrite,
            [.. Values.Select(s => v.Start(s.Buffer)), .. PerChannel.Select(s => v.Start(s.Buffer)), v.Start(Y)], (at, chunk) =>
            {
                System.Func<string, string> outer = DeclareOuter(v, at, chunk);
                Planes.ForEachSample(v, [.. Values.Select((s, k) => (at[k].At(chunk.Offset), stride(s.Buffer))), (at[at.Length - 1].At(chunk.Offset), stride(Y))],
                    of => EmitRows(v, of, chunk with { Offset = 0 }, outer));
            }));

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors && IsPlanes)
        {
            PlaneMap.Emit(w, this);
            return;
        }

        if (w.HasVectors && Channels == 1)
        {
            w.PerWidth(Rows, Lanes.Eight, v =>
            {
                System.Func<string, string> single = DeclareSingle(v);
                v.ForEach(YAccess == Access.Overwrite ? Chunk.Overlapping(Rows, v.Lanes) : Chunk.Disjoint(Rows, v.Lanes), [.. Values.Select(s => (s.Variable + "At", v.Start(s.Buffer))), ("yAt", v.Start(Y))],
                    (at, chunk) => v.Store(at[Values.Count], chunk, Print(v, at, chunk, Single(chunk, single))));
            });
            return;
        }

        if (w.HasVectors)
        {
            w.PerWidth(Channels, Lanes.Eight, v => ChannelLoop.ForEach(v, Channels, canRepeat: YAccess == Access.Overwrite,
                [.. Values.Select(s => v.Start(s.Buffer)), .. PerChannel.Select(s => v.Start(s.Buffer)), v.Start(Y)], (at, chunk) => EmitVectors(v, at, chunk)));
            return;
        }

        using (w.Code.Block(KernelWriter.Loop("k", Channels)))
        {
            foreach (Source s in PerChannel)
                w.Code.Line($"float {s.Variable} = {w.At(s.Buffer, "k")};");
            foreach ((string name, Expr formula) in Hoisted)
                w.Code.Line($"float {name} = {w.Print(formula, Precision.Float)};");
            w.ForEachRow("row", Rows, row =>
            {
                string index = Planes.Index(IsPlanes, Rows, Channels, row, "k");
                string Read(string variable) => Values.FirstOrDefault(s => s.Variable == variable) is { Buffer: { } buffer } ? w.At(buffer, index) : variable;
                w.Code.Line($"{w.At(Y, index)} {(YAccess == Access.Accumulate ? "+=" : "=")} {w.Print(Function, Precision.Float, Read)};");
            });
        }
    }

    private void EmitVectors(VectorWriter v, Place[] at, Chunk chunk)
    {
        System.Func<string, string> outer = DeclareOuter(v, at, chunk);
        EmitRows(v, [.. at.Take(Values.Count), at[at.Length - 1]], chunk, outer);
    }

    private void EmitRows(VectorWriter v, Place[] moving, Chunk chunk, System.Func<string, string> outer) =>
        v.Repeat(Rows, [.. moving.Select((m, k) => (k < Values.Count ? Values[k].Variable + "At" : "yAt", m, Channels))],
            row => v.Store(row[Values.Count], chunk, Print(v, row, chunk, outer)), writtenOut: Rows <= 4);

    /// <summary>Declares what is the same for every row, for a vector of channels; gives back how it is called.</summary>
    /// <param name="at">Where the channels begin in each value's buffer, then in those with a value for each channel.</param>
    public System.Func<string, string> DeclareOuter(VectorWriter v, Place[] at, Chunk chunk)
    {
        var names = new Dictionary<string, string>();
        string Name(string variable) => names.TryGetValue(variable, out string? local) ? local : variable;
        void Declare(string variable, string value)
        {
            string local = v.Kernel.Local(variable);
            v.Code.Line($"var {local} = {value};");
            names[variable] = local;
        }

        for (int k = 0; k < PerChannel.Count; k++)
            Declare(PerChannel[k].Variable, v.Load(at[Values.Count + k], chunk));
        foreach ((string name, Expr formula) in Hoisted)
            Declare(name, v.Print(formula, chunk.Lanes, Name));
        return Name;
    }

    /// <summary>The same for a single channel: declares floats.</summary>
    /// <param name="at">Where the channel stands in each buffer that has one value of it; their starts where it is not given.</param>
    public System.Func<string, string> DeclareSingle(VectorWriter v, Place[]? at = null)
    {
        var names = new Dictionary<string, string>();
        string Name(string variable) => names.TryGetValue(variable, out string? local) ? local : variable;
        void Declare(string variable, string value)
        {
            string local = v.Kernel.Local(variable);
            v.Code.Line($"float {local} = {value};");
            names[variable] = local;
        }

        for (int k = 0; k < PerChannel.Count; k++)
            Declare(PerChannel[k].Variable, (at?[k] ?? v.Start(PerChannel[k].Buffer)).Element);
        foreach ((string name, Expr formula) in Hoisted)
            Declare(name, v.Kernel.Print(formula, Precision.Float, Name));
        return Name;
    }

    /// <summary>A single channel's floats, in every lane.</summary>
    public static System.Func<string, string> Single(Chunk chunk, System.Func<string, string> single) => variable => chunk.Lanes.Broadcast(single(variable));

    /// <summary>The formula for a vector, with what was there before it where it adds; declares what it reads.</summary>
    /// <param name="at">Where the values stand, and then the result where it adds.</param>
    public string Print(VectorWriter v, Place[] at, Chunk chunk, System.Func<string, string> outer)
    {
        var names = new Dictionary<string, string>();
        for (int k = 0; k < Values.Count; k++)
        {
            string local = v.Kernel.Local(Values[k].Variable);
            v.Code.Line($"var {local} = {v.Load(at[k], chunk)};");
            names[Values[k].Variable] = local;
        }

        string Name(string variable) => variable == "before" ? v.Load(at[Values.Count], chunk) : names.TryGetValue(variable, out string? local) ? local : outer(variable);
        return v.Print(YAccess == Access.Accumulate ? new Binary(BinaryOperator.Add, Expr.Var("before"), Function) : Function, chunk.Lanes, Name);
    }
}

/// <summary>How kernels walk along channels.</summary>
internal static class ChannelLoop
{
    /// <summary>A body for every vector of channels: a loop over whole ones, then what is left.</summary>
    /// <param name="canRepeat">A channel may be computed twice.</param>
    /// <param name="places">Where the channels begin in each buffer.</param>
    public static void ForEach(VectorWriter v, int channels, bool canRepeat, Place[] places, System.Action<Place[], Chunk> body)
    {
        List<Chunk> chunks = canRepeat ? Chunk.Overlapping(channels, v.Lanes) : Chunk.Disjoint(channels, v.Lanes);
        int regular = chunks.TakeWhile((c, k) => c.IsWhole && c.Lanes == v.Lanes && c.Offset == k * v.Lanes.Count).Count();
        v.Repeat(regular, [.. places.Select((p, k) => (Invariant($"at{k}"), p, v.Lanes.Count))], at => body(at, new Chunk(0, v.Lanes, v.Lanes.Count)), writtenOut: regular <= 1);
        foreach (Chunk chunk in chunks.Skip(regular))
            body(places, chunk);
    }
}
