using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>An axis that is walked in two buffers at once, with the stride of each.</summary>
internal readonly record struct WalkedAxis(int Size, int From, int To);

/// <summary>
/// y[to + sum of k To] = x[from + sum of k From] for each place k of the axes: transposition, padding, concatenation, cutting, each of which moves an
/// element of x at most once. Elements of y that nothing is moved to become the fill, or keep what they hold where there is none.
/// Derivative: the same the other way, dx[from + …] = dy[to + …].
/// </summary>
/// <param name="Axes">The outermost first, none of a single element; those that follow each other in both buffers are one.</param>
/// <param name="Fill">What the rest of y becomes; null where other kernels write it.</param>
/// <param name="What">What it is called, for people.</param>
internal sealed record Rearrange(
    string Name, Buffer X, Buffer Y, Access YAccess, EquatableArray<WalkedAxis> Axes, int From, int To, float? Fill, string What) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, YAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Y, YAccess, $"{What}({X.Name})");

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

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is not { } dx)
            return;
        EquatableArray<WalkedAxis> back = Ordered(Axes.Select(static a => new WalkedAxis(a.Size, a.To, a.From)));
        // What was cut off has no gradient.
        bool isCut = Axes.Aggregate(1L, static (size, a) => size * a.Size) < X.Size;
        gradients.Add(new Rearrange(KernelNames.Gradient(Name, ""), gradients.Of(Y), dx.Buffer, dx.Access, back, To, From, isCut && dx.Access == Access.Overwrite ? 0 : null, What + " back"));
    }

    public override void Emit(KernelWriter w)
    {
        if (Fill is { } fill && !(w.HasVectors && EmitEdges(w, fill)))
            Kernels.Fill.Emit(w, Y, fill);
        if (w.HasVectors)
            EmitVectors(w);
        else
            EmitScalar(w, 0, From, To, [], []);
    }

    private void EmitScalar(KernelWriter w, int axis, int from, int to, List<string> fromTerms, List<string> toTerms)
    {
        if (axis == Axes.Count)
        {
            string source = w.At(X, IndexOf(fromTerms, from));
            w.Code.Line($"{w.At(Y, IndexOf(toTerms, to))} {(YAccess == Access.Accumulate ? "+=" : "=")} {source};");
            return;
        }

        WalkedAxis walked = Axes[axis];
        string index = Invariant($"k{axis}");
        using (w.Code.Block(KernelWriter.Loop(index, walked.Size)))
            EmitScalar(w, axis + 1, from, to, [.. fromTerms, Term(index, walked.From)], [.. toTerms, Term(index, walked.To)]);
    }

    private static string Term(string index, int stride) => stride == 1 ? index : Invariant($"{index} * {stride}");

    private static string IndexOf(List<string> terms, int offset) =>
        terms.Count == 0 ? Invariant($"{offset}") : string.Join(" + ", terms) + (offset == 0 ? "" : Invariant($" + {offset}"));

    private void EmitVectors(KernelWriter w)
    {
        if (YAccess != Access.Accumulate && Axes.Count >= 2 && Axes.FirstOrDefault(static a => a.From == 1) is { Size: > 1 } across
            && Axes.FirstOrDefault(static a => a.To == 1) is { Size: > 1 } down && across != down)
        {
            EmitTransposes(w, down, across);
            return;
        }

        // Where the innermost axis is one stretch in both, vectors copy it; else element by element.
        bool copies = Axes.Count > 0 && Axes[Axes.Count - 1] is { From: 1, To: 1, Size: >= 4 };
        int outer = copies ? Axes.Count - 1 : Axes.Count;
        void Print(VectorWriter v, int axis, Place x, Place y)
        {
            if (axis < outer)
            {
                WalkedAxis walked = Axes[axis];
                v.Repeat(walked.Size, [("xAt", x, walked.From), ("yAt", y, walked.To)], at => Print(v, axis + 1, at[0], at[1]), writtenOut: false);
                return;
            }

            if (!copies)
            {
                v.Code.Line($"{y.Element} {(YAccess == Access.Accumulate ? "+=" : "=")} {x.Element};");
                return;
            }

            bool adds = YAccess == Access.Accumulate;
            v.ForEach(adds ? Chunk.Disjoint(Axes[axis].Size, v.Lanes) : Chunk.Overlapping(Axes[axis].Size, v.Lanes), [("xAt", x), ("yAt", y)],
                (at, chunk) => v.Store(at[1], chunk, adds ? $"{v.Load(at[1], chunk)} + {v.Load(at[0], chunk)}" : v.Load(at[0], chunk)));
        }

        // One element after another has no width.
        if (copies)
            w.PerWidth(Axes[outer].Size, Lanes.Eight, v => Print(v, 0, v.Start(X).At(From), v.Start(Y).At(To)));
        else
            w.PerWidth(1, Lanes.Four, v => Print(v, 0, v.Start(X).At(From), v.Start(Y).At(To)));
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

        w.PerWidth(Y.Size, Lanes.Eight, v =>
        {
            string value = v.Kernel.Local("fill");
            v.Code.Line($"var {value} = {v.Lanes.Broadcast(CSharpLiteral.Float(fill))};");
            void Line(Place at, int count)
            {
                // The start of a vector is one of half its width.
                string Part(Chunk chunk) => chunk.Lanes == v.Lanes ? value : chunk.Lanes.Broadcast(CSharpLiteral.Float(fill));
                if (count > 0)
                    v.ForEach(count < Lanes.Four.Count ? Chunk.Disjoint(count, v.Lanes) : Chunk.Overlapping(count, v.Lanes), [("fillAt", at)], (place, chunk) => v.Store(place[0], chunk, Part(chunk)));
            }

            void Between(int axis, Place at)
            {
                if (axis == Axes.Count)
                    return;
                int gap = Axes[axis].To - spans[axis + 1];
                if (gap > 0)
                    v.Repeat(Axes[axis].Size - 1, [("gapAt", at.At(spans[axis + 1]), Axes[axis].To)], gapAt => Line(gapAt[0], gap), writtenOut: false);
                if (Enumerable.Range(axis + 1, Axes.Count - axis - 1).Any(inner => Axes[inner].To > spans[inner + 1]))
                    v.Repeat(Axes[axis].Size, [("lineAt", at, Axes[axis].To)], lineAt => Between(axis + 1, lineAt[0]), writtenOut: false);
            }

            Line(v.Start(Y), To);
            Between(0, v.Start(Y).At(To));
            Line(v.Start(Y).At(To + spans[0]), Y.Size - To - spans[0]);
        });
        w.Code.Line();
        return true;
    }

    /// <summary>Neighbours in one buffer stand apart in the other, and the other way round: matrices are turned, for each place of the other axes.</summary>
    private void EmitTransposes(KernelWriter w, WalkedAxis down, WalkedAxis across)
    {
        w.Dialect.Use(Helper.Transpose);
        WalkedAxis[] outer = [.. Axes.Where(a => a != down && a != across)];
        void Print(VectorWriter v, int axis, Place x, Place y)
        {
            if (axis == outer.Length)
                v.Code.Line(Invariant($"Transpose({down.Size}, {across.Size}, {VectorDialect.Reference(x.Reference, x.Offset)}, {down.From}, {VectorDialect.Reference(y.Reference, y.Offset)}, {across.To});"));
            else
                v.Repeat(outer[axis].Size, [("xAt", x, outer[axis].From), ("yAt", y, outer[axis].To)], at => Print(v, axis + 1, at[0], at[1]), writtenOut: false);
        }

        w.PerWidth(1, Lanes.Four, v => Print(v, 0, v.Start(X).At(From), v.Start(Y).At(To)));
    }
}
