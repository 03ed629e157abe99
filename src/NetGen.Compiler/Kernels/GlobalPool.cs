using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y[c] = the largest element, or the mean, of channel c, over values with their channels innermost, or over planes.
/// Derivative (<see cref="GlobalPoolGradient"/>): dy at the first of the largest elements, or dy / n at each of the n.
/// </summary>
/// <param name="Positions">Elements of a channel.</param>
/// <param name="IsPlanes">They stand together (<see cref="Planes"/>).</param>
internal sealed record GlobalPool(string Name, bool IsMax, Buffer X, Buffer Y, int Positions, bool IsPlanes = false) : Kernel(Name)
{
    /// <summary>So many sums hide the latency of an addition.</summary>
    private const int MostSums = 8;

    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Y.Name} = {Pool.What(IsMax)} of each channel of {X.Name}";

    private int Channels => Y.Size;

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new GlobalPoolGradient(KernelNames.Gradient(Name, ""), IsMax, X, Y, gradients.Of(Y), dx.Buffer, dx.Access, Positions, IsPlanes));
    }

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors && IsPlanes)
            GlobalPoolPlanes.Emit(w, this);
        else if (w.HasVectors)
            w.Vectors(Channels, Write);
        else
            EmitScalar(w);
    }

    private void EmitScalar(KernelWriter w) => w.ForEach(w.Local("channel"), Channels, channel =>
    {
        w.Code.Line(IsMax ? "float largest = float.NegativeInfinity;" : "double sum = 0.0;");
        string x = w.At(X, Planes.Index(IsPlanes, Positions, Channels, "k", channel));
        using (w.Code.Block(KernelWriter.Loop("k", Positions)))
            w.Code.Line(IsMax ? $"largest = global::System.Math.Max(largest, {x});" : $"sum += {x};");
        w.Code.Line($"{w.At(Y, channel)} = {(IsMax ? "largest" : Invariant($"(float)(sum / {Positions})"))};");
    });

    private void Write(VectorCode v) => v.OverSeveral(Channels, MostSums, once: false, [("xs", v.Start(X)), ("ys", v.Start(Y))], parts =>
    {
        // Of few channels, several positions at a time.
        int atOnce = Math.Min(Positions, Math.Max(1, MostSums / parts.Length));
        Address x = parts[0].At[0];
        Term Load(Address at, int position, int k) => v.Load(at + (position * Channels) + (parts[k].At[0].Offset - x.Offset), parts[k].Part);
        Local[][] joined = [.. Enumerable.Range(0, atOnce).Select(position =>
            parts.Select((_, k) => v.Code.Variable(IsMax ? "largest" : "sum", Load(x, position, k))).ToArray())];
        void Add(Address at, int count)
        {
            for (int position = 0; position < count; position++)
            {
                for (int k = 0; k < parts.Length; k++)
                    v.Code.Set(joined[position][k], PoolVectors.Join(IsMax, new Get(joined[position][k]), Load(at, position, k)));
            }
        }

        int trips = (Positions / atOnce) - 1;
        v.Repeat(trips, [("xAt", x + (atOnce * Channels), atOnce * Channels)], at => Add(at[0], atOnce), isWrittenOut: trips <= 2);
        Add(x + ((trips + 1) * atOnce * Channels), Positions % atOnce);
        for (int k = 0; k < parts.Length; k++)
        {
            Term all = PoolVectors.JoinAll(v, IsMax, [.. joined.Select(j => new Get(j[k]))]);
            v.Store(parts[k].At[1], parts[k].Part, IsMax ? all : all * PoolVectors.ShareOf(Positions));
        }
    });
}

/// <summary>dx = dy at the first of the largest elements of each channel, which x and y tell; or dy / n at each of the n.</summary>
internal sealed record GlobalPoolGradient(string Name, bool IsMax, Buffer X, Buffer Y, Buffer Dy, Buffer Dx, Access DxAccess, int Positions, bool IsPlanes = false) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => IsMax
        ? [new(X, Access.Read), new(Y, Access.Read), new(Dy, Access.Read), new(Dx, DxAccess)]
        : [new(Dy, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, IsMax ? $"{Dy.Name} at the largest of each channel" : Invariant($"{Dy.Name} / {Positions}"));

    public bool Adds => DxAccess == Access.Accumulate;

    private int Channels => Dy.Size;

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors && IsPlanes)
            GlobalPoolPlanes.Emit(w, this);
        else if (w.HasVectors)
            w.Vectors(Channels, Write);
        else
            EmitScalar(w);
    }

    private void EmitScalar(KernelWriter w) => w.ForEach(w.Local("channel"), Channels, channel =>
    {
        string at = Planes.Index(IsPlanes, Positions, Channels, "k", channel);
        string rest = w.Local("rest");
        w.Code.Line(IsMax ? $"float {rest} = {w.At(Dy, channel)};" : Invariant($"float {rest} = {w.At(Dy, channel)} / {Positions};"));
        using (w.Code.Block(KernelWriter.Loop("k", Positions)))
        {
            string assign = Adds ? "+=" : "=";
            if (!IsMax)
            {
                w.Code.Line($"{w.At(Dx, at)} {assign} {rest};");
                return;
            }

            string isLargest = w.Local("isLargest");
            w.Code.Line($"bool {isLargest} = {w.At(X, at)} == {w.At(Y, channel)};");
            w.Code.Line($"{w.At(Dx, at)} {assign} {isLargest} ? {rest} : 0f;");
            w.Code.Line("// A second largest element gets nothing.");
            w.Code.Line($"{rest} = {isLargest} ? 0f : {rest};");
        }
    });

    private void Write(VectorCode v)
    {
        List<(string, Address)> places = [("dxs", v.Start(Dx)), ("dys", v.Start(Dy))];
        if (IsMax)
            places.AddRange([("xs", v.Start(X)), ("ys", v.Start(Y))]);
        // What is kept of each channel: what it gives, and its largest element.
        v.OverSeveral(Channels, IsMax ? 4 : 8, Adds, places, parts =>
        {
            Local[] rest = [.. parts.Select(p => IsMax
                ? v.Code.Variable("rest", v.Load(p.At[1], p.Part))
                : v.Code.Variable("share", v.Load(p.At[1], p.Part) * PoolVectors.ShareOf(Positions)))];
            Term[] largest = IsMax ? [.. parts.Select(p => v.Code.Let("largest", v.Load(p.At[3], p.Part)))] : [];
            List<(string, Address, Offset)> moving = [("dxAt", parts[0].At[0], Channels)];
            if (IsMax)
                moving.Add(("xAt", parts[0].At[2], Channels));
            v.Repeat(Positions, moving, place =>
            {
                for (int k = 0; k < parts.Length; k++)
                {
                    Part part = parts[k].Part;
                    Offset beside = parts[k].At[0].Offset - parts[0].At[0].Offset;
                    Term given = new Get(rest[k]);
                    if (IsMax)
                    {
                        Term isLargest = v.Code.Let("isLargest", Term.Of(Operation.Equal, v.Load(place[1] + beside, part), largest[k]));
                        given &= isLargest;
                        v.Store(place[0] + beside, part, Adds ? v.Load(place[0] + beside, part) + given : given);
                        // A second largest element gets nothing.
                        v.Code.Set(rest[k], Term.Of(Operation.AndNot, new Get(rest[k]), isLargest));
                    }
                    else
                        v.Store(place[0] + beside, part, Adds ? v.Load(place[0] + beside, part) + given : given);
                }
            }, isWrittenOut: Positions <= 4);
        });
    }
}
