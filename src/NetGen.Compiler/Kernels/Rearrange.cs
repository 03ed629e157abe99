using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>An axis that is walked in two buffers at once, with the stride of each.</summary>
/// <param name="From">May be negative: the axis begins at its last element then.</param>
internal readonly record struct WalkedAxis(int Size, int From, int To);

/// <summary>
/// y[to + sum of k To] = x[from + sum of k From] for each place k of the axes: transposition, padding, concatenation, cutting, reversal, each of which moves
/// an element of x at most once. Elements of y that nothing is moved to become the fill, or keep what they hold where there is none.
/// Derivative: the same the other way, dx[from + …] = dy[to + …].
/// </summary>
/// <param name="Axes">The outermost first, none of a single element; those that follow each other in both buffers are one.</param>
/// <param name="Fill">What the rest of y becomes; null where other kernels write it.</param>
/// <param name="What">What it is called, for people.</param>
internal sealed record Rearrange(
    string Name, Buffer X, Buffer Y, Access YAccess, EquatableArray<WalkedAxis> Axes, int From, int To, float? Fill, string What) : Kernel(Name)
{
    /// <summary>It puts elements by turns, or takes such apart, all over (<see cref="PackedAxes"/>); else a matrix is turned now and then, which a method does.</summary>
    public bool IsByTurns { get; init; }

    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => !IsView ? KernelNames.Assign(Y, YAccess, $"{What}({X.Name})")
        : Y.Size < X.Size ? $"{Y.Name} = {X.Name}{PartOf(From, Y.Size)}" : $"{Y.Name}{PartOf(To, X.Size)} = {X.Name}";

    private static string PartOf(int from, int size) => System.FormattableString.Invariant($"[{from}..{from + size}]");

    /// <summary>Axes in the order in which they are best walked.</summary>
    public static EquatableArray<WalkedAxis> Ordered(IEnumerable<WalkedAxis> axes)
    {
        var merged = new List<WalkedAxis>();
        foreach (WalkedAxis axis in axes.Where(static a => a.Size > 1).OrderByDescending(static a => a.To))
        {
            if (merged.Count > 0 && merged[merged.Count - 1] is var outer && outer.From == axis.Size * axis.From && outer.To == axis.Size * axis.To)
                merged[merged.Count - 1] = new WalkedAxis(outer.Size * axis.Size, axis.From, axis.To);
            else
                merged.Add(axis);
        }

        return merged.ToEquatable();
    }

    /// <summary>A part of the caller's memory as a value of its own.</summary>
    public static Rearrange Take(string name, Buffer from, Buffer part, int offset) =>
        new(name, from, part, Access.Overwrite, Ordered([new WalkedAxis(part.Size, 1, 1)]), offset, 0, null, "part") { IsView = true };

    /// <summary>A value as a part of the caller's memory.</summary>
    public static Rearrange Put(string name, Buffer part, Buffer to, int offset) =>
        new(name, part, to, Access.Overwrite, Ordered([new WalkedAxis(part.Size, 1, 1)]), 0, offset, null, "part") { IsView = true };

    /// <summary>It only moves a part of the caller's memory: of one sample, the part itself can serve.</summary>
    public bool IsView { get; init; }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is not { } dx)
            return;
        // An axis that goes back in x goes back in y instead.
        WalkedAxis[] backwards = [.. Axes.Where(static a => a.From < 0)];
        int from = To + backwards.Sum(static a => (a.Size - 1) * a.To), to = From + backwards.Sum(static a => (a.Size - 1) * a.From);
        EquatableArray<WalkedAxis> back = Ordered(Axes.Select(static a => a.From < 0 ? new WalkedAxis(a.Size, -a.To, -a.From) : new WalkedAxis(a.Size, a.To, a.From)));
        // What was cut off has no gradient.
        bool isCut = Axes.Aggregate(1L, static (size, a) => size * a.Size) < X.Size;
        gradients.Add(new Rearrange(KernelNames.Gradient(Name, ""), gradients.Of(Y), dx.Buffer, dx.Access, back, from, to, isCut && dx.Access == Access.Overwrite ? 0 : null, What + " back")
        {
            IsByTurns = IsByTurns,
        });
    }

    public override bool EmitLanes(LaneWriter w)
    {
        if (!IsView)
            return false;
        for (int k = 0; k < System.Math.Min(X.Size, Y.Size); k++)
            w.Write(Y, To + k, w.Read(X, From + k));
        return true;
    }

    public override void Emit(KernelWriter w)
    {
        if (Fill is { } fill && !(w.HasVectors && EmitEdges(w, fill)))
            Kernels.Fill.Emit(w, Y, fill);
        if (IsByTurns && w.Dialect.HasVectors && YAccess != Access.Accumulate && PackedAxes.Of(Axes) is { } packed)
            w.Vectors(packed.Long.Size, v => OverAxes(v, packed.Others, (x, y) => packed.Write(v, x, y)));
        else if (w.HasVectors && YAccess != Access.Accumulate && Axes.Count >= 2 && Axes.FirstOrDefault(static a => a.From == 1) is { Size: > 1 } across
            && Axes.FirstOrDefault(static a => a.To == 1) is { Size: > 1 } down && across != down)
            EmitTransposes(w, down, across);
        else
            EmitMoves(w);
    }

    private void EmitMoves(KernelWriter w)
    {
        // Where the innermost axis is one stretch in both, vectors copy it, in reverse order perhaps; else element by element.
        bool copies = Axes.Count > 0 && Axes[Axes.Count - 1] is { From: 1 or -1, To: 1, Size: >= 4 };
        int outer = copies ? Axes.Count - 1 : Axes.Count;
        bool adds = YAccess == Access.Accumulate;
        if (w.Dialect.HasVectors && !adds && Axes.Count > 0 && Axes[Axes.Count - 1] is { From: 2, To: 1, Size: > 4 } halves)
        {
            w.Vectors(halves.Size - 1, v => OverAxes(v, Axes.Take(Axes.Count - 1), (x, y) => VectorCopy.WriteHalf(v, halves.Size, x, y)));
            return;
        }

        // One element after another has no width.
        w.Vectors(copies ? Axes[outer].Size : 1, v => OverAxes(v, Axes.Take(outer), (x, y) =>
        {
            if (copies && Axes[outer].From < 0)
                VectorCopy.WriteReversed(v, Axes[outer].Size, x, y, adds);
            else if (copies)
                VectorCopy.Write(v, Axes[outer].Size, x, y, adds);
            else
                v.StoreElement(y, adds ? v.Element(y) + v.Element(x) : v.Element(x));
        }));
    }

    /// <summary>For each place of some axes, a loop in a loop.</summary>
    private void OverAxes(VectorCode v, IEnumerable<WalkedAxis> axes, Action<Address, Address> body)
    {
        WalkedAxis[] walked = [.. axes];
        void Within(int axis, Address x, Address y)
        {
            if (axis == walked.Length)
            {
                body(x, y);
                return;
            }

            (int size, int from, int to) = walked[axis];
            v.Repeat(size, [("xAt", x, from), ("yAt", y, to)], at => Within(axis + 1, at[0], at[1]), isWrittenOut: false);
        }

        Within(0, v.Start(X) + From, v.Start(Y) + To);
    }

    /// <summary>Fills what nothing is moved to, if that is less than what something is: before all, between the lines, and behind.</summary>
    private bool EmitEdges(KernelWriter w, float fill)
    {
        // Elements from the first to behind the last of all inner axes, for each axis on.
        int[] spans = new int[Axes.Count + 1];
        spans[Axes.Count] = 1;
        for (int axis = Axes.Count - 1; axis >= 0; axis--)
            spans[axis] = ((Axes[axis].Size - 1) * Axes[axis].To) + spans[axis + 1];
        long moved = Axes.Aggregate(1L, static (size, a) => size * a.Size);
        if (2 * moved < Y.Size || Enumerable.Range(0, Axes.Count).Any(axis => Axes[axis].To < spans[axis + 1]))
            return false;

        w.Vectors(Y.Size, v =>
        {
            void Line(Address at, int count)
            {
                if (count >= v.Widest)
                    Kernels.Fill.Write(v, at, count, fill);
                else if (count > 0)
                    Short(v, at, count, fill);
            }

            void Between(int axis, Address at)
            {
                if (axis == Axes.Count)
                    return;
                int gap = Axes[axis].To - spans[axis + 1];
                if (gap > 0)
                    v.Repeat(Axes[axis].Size - 1, [("gapAt", at + spans[axis + 1], Axes[axis].To)], gapAt => Line(gapAt[0], gap), isWrittenOut: false);
                if (Enumerable.Range(axis + 1, Axes.Count - axis - 1).Any(inner => Axes[inner].To > spans[inner + 1]))
                    v.Repeat(Axes[axis].Size, [("lineAt", at, Axes[axis].To)], lineAt => Between(axis + 1, lineAt[0]), isWrittenOut: false);
            }

            Line(v.Start(Y), To);
            Between(0, v.Start(Y) + To);
            Line(v.Start(Y) + (To + spans[0]), Y.Size - To - spans[0]);
        });
        w.Code.Line();
        return true;
    }

    /// <summary>Fewer elements than the widest vectors hold.</summary>
    private static void Short(VectorCode v, Address at, int count, float fill)
    {
        Term four = Term.All(fill, Kind.Four);
        if (count < VectorCode.FewestLanes)
            v.Store(at, new Part.First(count), four);
        for (int done = 0; done + VectorCode.FewestLanes <= count; done += VectorCode.FewestLanes)
            v.Store(at + done, four);
        if (count > VectorCode.FewestLanes && count % VectorCode.FewestLanes != 0)
            v.Store(at + (count - VectorCode.FewestLanes), four);
    }

    /// <summary>Neighbours in one buffer stand apart in the other, and the other way round: matrices are turned, for each place of the other axes.</summary>
    private void EmitTransposes(KernelWriter w, WalkedAxis down, WalkedAxis across)
    {
        w.Dialect.Use(Helper.Transpose);
        w.Vectors(1, v => OverAxes(v, Axes.Where(a => a != down && a != across), (x, y) => v.Code.Call(
            "Transpose", down.Size, across.Size, Passed.At(x.Memory, v.Number(x.Offset)), down.From, Passed.At(y.Memory, v.Number(y.Offset)), across.To)));
    }
}
