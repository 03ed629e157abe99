using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
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
    private const int Sums = 8;

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
            w.PerWidth(Channels, Lanes.Eight, v => EmitVectors(v));
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

    private void EmitVectors(VectorWriter v) =>
        GlobalPoolVectors.ForEachGroup(v, Channels, Sums, once: false, [("xs", v.Start(X)), ("ys", v.Start(Y))], (at, chunks) =>
        {
            // Of few channels, several positions at a time.
            int at1 = Math.Min(Positions, Math.Max(1, Sums / chunks.Count));
            string[][] results = new string[at1][];
            for (int position = 0; position < at1; position++)
                results[position] = [.. chunks.Select(chunk => Declare(v, v.Load(at[0].At(position * Channels), chunk)))];
            void Add(Place x, int count)
            {
                for (int position = 0; position < count; position++)
                {
                    for (int c = 0; c < chunks.Count; c++)
                        Join(v, chunks[c], results[position][c], v.Load(x.At(position * Channels), chunks[c]));
                }
            }

            int trips = (Positions / at1) - 1;
            v.Repeat(trips, [("xAt", at[0].At(at1 * Channels), at1 * Channels)], x => Add(x[0], at1), writtenOut: trips <= 2);
            Add(at[0].At((trips + 1) * at1 * Channels), Positions % at1);
            for (int c = 0; c < chunks.Count; c++)
            {
                string all = PoolVectors.JoinAll(chunks[c].Lanes, IsMax, [.. results.Select(r => r[c])]);
                v.Store(at[1], chunks[c], IsMax ? all : $"({all}) * {chunks[c].Lanes.Broadcast(CSharpLiteral.Float((float)(1.0 / Positions)))}");
            }
        });

    private string Declare(VectorWriter v, string value)
    {
        string local = v.Kernel.Local(IsMax ? "largest" : "sum");
        v.Code.Line($"var {local} = {value};");
        return local;
    }

    private void Join(VectorWriter v, Chunk chunk, string result, string value) =>
        v.Code.Line(IsMax ? $"{result} = {PoolVectors.Join(chunk.Lanes, true, result, value)};" : $"{result} += {value};");
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
            w.PerWidth(Channels, Lanes.Eight, v => EmitVectors(v));
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

    private void EmitVectors(VectorWriter v)
    {
        List<(string, Place)> places = [("dxs", v.Start(Dx)), ("dys", v.Start(Dy))];
        if (IsMax)
            places.AddRange([("xs", v.Start(X)), ("ys", v.Start(Y))]);
        // What is kept of each channel: what it gives, and its largest element.
        GlobalPoolVectors.ForEachGroup(v, Channels, IsMax ? 4 : 8, Adds, places, (at, chunks) =>
        {
            string Declare(string name, string value)
            {
                string local = v.Kernel.Local(name);
                v.Code.Line($"var {local} = {value};");
                return local;
            }

            string[] rest = [.. chunks.Select(c => IsMax
                ? Declare("rest", v.Load(at[1], c))
                : Declare("share", $"{v.Load(at[1], c)} * {c.Lanes.Broadcast(CSharpLiteral.Float((float)(1.0 / Positions)))}"))];
            string[] largest = IsMax ? [.. chunks.Select(c => Declare("largest", v.Load(at[3], c)))] : [];
            List<(string, Place, int)> moving = [("dxAt", at[0], Channels)];
            if (IsMax)
                moving.Add(("xAt", at[2], Channels));
            v.Repeat(Positions, moving, place =>
            {
                for (int c = 0; c < chunks.Count; c++)
                {
                    string given = rest[c];
                    string isLargest = "";
                    if (IsMax)
                    {
                        isLargest = Declare("isLargest", $"{chunks[c].Lanes.Class}.Equals({v.Load(place[1], chunks[c])}, {largest[c]})");
                        given = $"({rest[c]} & {isLargest})";
                    }

                    v.Store(place[0], chunks[c], Adds ? $"{v.Load(place[0], chunks[c])} + {given}" : given);
                    // A second largest element gets nothing.
                    if (IsMax)
                        v.Code.Line($"{rest[c]} = {chunks[c].Lanes.Class}.AndNot({rest[c]}, {isLargest});");
                }
            }, writtenOut: Positions <= 4);
        });
    }
}

/// <summary>What global pools share.</summary>
internal static class GlobalPoolVectors
{
    /// <summary>Runs a body for so many vectors of channels at a time as stay in registers: a loop over whole groups, then what is left.</summary>
    public static void ForEachGroup(
        VectorWriter v, int channels, int vectors, bool once, IReadOnlyList<(string Name, Place Start)> places, Action<Place[], IReadOnlyList<Chunk>> body)
    {
        List<Chunk> chunks = PoolVectors.ChunksOf(channels, v.Lanes, once);
        int regular = chunks.TakeWhile((c, k) => c.IsWhole && c.Lanes == v.Lanes && c.Offset == k * v.Lanes.Count).Count() / vectors;
        List<Chunk> group = [.. chunks.Take(vectors)];
        v.Repeat(regular, [.. places.Select(p => (p.Name, p.Start, vectors * v.Lanes.Count))], at => body(at, group), writtenOut: false);
        List<Chunk> left = [.. chunks.Skip(regular * vectors)];
        for (int k = 0; k < left.Count; k += vectors)
            body([.. places.Select(static p => p.Start)], [.. left.Skip(k).Take(vectors)]);
    }
}
