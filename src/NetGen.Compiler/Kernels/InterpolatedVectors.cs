using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// The code of <see cref="Upsample"/> where what lies between neighbours is interpolated. Between two neighbours there are as many outputs as the factor; of
/// an odd one the last is the second neighbour itself. Before the first element and behind the last, outputs are these.
/// </summary>
internal sealed class InterpolatedVectors(UpsampledPlanes planes)
{
    /// <summary>Along one axis.</summary>
    /// <param name="Count">Elements, each of which is a stretch.</param>
    /// <param name="Size">Of a stretch.</param>
    private readonly record struct Line(int Count, int Factor, int Size)
    {
        /// <summary>Outputs that are the first element alone.</summary>
        public int Before => (Factor + 1) / 2;

        /// <summary>Outputs that are the last element alone, but for those between it and the one before it.</summary>
        public int After => Factor - Before;

        /// <summary>The share of the second of two neighbours in an output between them.</summary>
        public float Second(int k) => (float)((Before + k + 0.5) / Factor) - 0.5f;
    }

    private Line Columns => new(planes.Columns, planes.Across, planes.Inner);

    private Line Rows => new(planes.Rows, planes.Down, planes.WideRow);

    /// <summary>Neighbours of a row are interpolated by vectors.</summary>
    private static bool IsOfNeighbours(Line line, int count) => line is { Size: 1, Factor: 2 or 3 or 4 } && count >= VectorCode.FewestLanes;

    private int Fewest(bool isBack)
    {
        int neighbours = planes.Columns - (isBack ? 2 : 1);
        bool isOfNeighbours = planes.Across > 1 && IsOfNeighbours(Columns, neighbours);
        int[] stretches = [planes.Down > 1 ? planes.WideRow : 0, planes.Inner > 1 ? planes.Inner : isOfNeighbours ? neighbours : 0];
        return stretches.Where(static s => s >= VectorCode.FewestLanes).DefaultIfEmpty(1).Min();
    }

    public void Emit(KernelWriter w, Ir.Buffer x, Ir.Buffer y) => w.Vectors(Fewest(isBack: false), v =>
        v.Repeat(planes.Outer, [("xOf", v.Start(x), planes.Rows * planes.Row), ("yOf", v.Start(y), planes.Rows * planes.Down * planes.WideRow)], at =>
        {
            if (planes.Down == 1)
                WriteLine(v, Columns, at[0], at[1]);
            else if (planes.Across == 1)
                WriteLine(v, Rows, at[0], at[1]);
            else
                WriteBoth(v, at[0], at[1]);
        }, isWrittenOut: false));

    /// <summary>
    /// Both ways. A row that is interpolated along itself waits where the last of the outputs that are it alone will stand, or one of those. What lies between
    /// it and the next one is made of the two, from the last rows to the first, and the row that waits is the last to be written.
    /// </summary>
    private void WriteBoth(VectorCode v, Address x, Address y)
    {
        Line rows = Rows;
        int wait = rows.Before - 1, step = rows.Factor * rows.Size;
        Address first = y + (wait * rows.Size), last = first + ((rows.Count - 1) * step);
        // Elements that are put side by side are written by halves and quarters of vectors, which take a while to be read as whole ones.
        bool isAhead = planes.Inner == 1;
        if (isAhead)
            v.Repeat(rows.Count, [("xRow", x, planes.Row), ("yRow", first, step)], at => WriteLine(v, Columns, at[0], at[1]), isWrittenOut: false);
        else
            WriteLine(v, Columns, x + ((rows.Count - 1) * planes.Row), last);
        Repeat(v, rows, last, last + rows.Size, rows.After);
        (string, Address, Offset) yRows = ("yRow", last + -step, -step), xRows = ("xRow", x + ((rows.Count - 2) * planes.Row), -planes.Row);
        v.Repeat(rows.Count - 1, isAhead ? [yRows] : [yRows, xRows], at =>
        {
            if (!isAhead)
                WriteLine(v, Columns, at[1], at[0]);
            WriteBetween(v, rows, at[0], at[0] + step, at[0] + rows.Size, inPlace: true);
        }, isWrittenOut: false);
        Repeat(v, rows, first, y, wait);
    }

    /// <summary>Along one axis: the first, what is between each two, the last.</summary>
    private static void WriteLine(VectorCode v, Line line, Address x, Address y)
    {
        Repeat(v, line, x, y, line.Before);
        if (IsOfNeighbours(line, line.Count - 1) && !v.IsOfNumbers)
        {
            v.Over(line.Count - 1, once: false, [("xs", x, 1), ("ys", y + line.Before, line.Factor)], (at, _) =>
            {
                (Term first, Term second) = (v.Code.Let("first", v.Load(at[0])), v.Code.Let("second", v.Load(at[0] + 1)));
                Term apart = v.Code.Let("apart", Term.Of(Operation.Subtract, second, first));
                IEnumerable<Term> between = Enumerable.Range(0, line.Factor).Select(k => v.Code.Let("between", Between(first, second, apart, new Share(line.Second(k)))));
                VectorCopy.WriteByTurns(v, [.. between], at[1]);
            });
        }
        else
        {
            v.Repeat(line.Count - 1, [("from", x, line.Size), ("to", y + (line.Before * line.Size), line.Factor * line.Size)], at =>
                WriteBetween(v, line, at[0], at[0] + line.Size, at[1], inPlace: false), isWrittenOut: false);
        }

        Repeat(v, line, x + ((line.Count - 1) * line.Size), y + (((line.Count * line.Factor) - line.After) * line.Size), line.After);
    }

    /// <summary>A stretch at so many places.</summary>
    private static void Repeat(VectorCode v, Line line, Address from, Address to, int count) => v.Repeat(count, [("copy", to, line.Size)], at =>
        VectorCopy.WriteAny(v, line.Size, from, at[0], adds: false), isWrittenOut: count <= 2);

    /// <summary>All between two stretches.</summary>
    /// <param name="inPlace">The last of them stands where the second stretch does.</param>
    private static void WriteBetween(VectorCode v, Line line, Address first, Address second, Address to, bool inPlace)
    {
        // In place an odd factor leaves the last as it is.
        int count = inPlace && line.Factor % 2 == 1 ? line.Factor - 1 : line.Factor;
        OverStretch(v, line, once: inPlace && count == line.Factor, [("first", first), ("second", second), ("to", to)], (at, load, store) =>
        {
            (Term a, Term b) = (v.Code.Let("a", load(at[0])), v.Code.Let("b", load(at[1])));
            Term apart = v.Code.Let("apart", Term.Of(Operation.Subtract, b, a));
            ForEachShare(v, line, count, at[2], (place, share) => store(place, Between(a, b, apart, share)));
        });
    }

    private static Term Between(Term first, Term second, Term apart, Share share) =>
        share.Of(first.Kind) is { } part ? MultiplyAdd(apart, part, first) : second;

    private static Term MultiplyAdd(Term a, Term b, Term c) => a.Kind == Kind.Float ? (a * b) + c : Term.MultiplyAdd(a, b, c);

    /// <summary>A share that is known, or computed.</summary>
    private readonly record struct Share(float Known, Term? Computed = null)
    {
        public bool IsNothing => Computed is null && Known == 0;

        public Share Rest => Computed is null ? new Share(1 - Known) : new Share(0, Term.Of(Operation.Subtract, new FloatNumber(1), Computed));

        /// <summary>In all lanes; null where it is everything.</summary>
        public Term? Of(Kind kind) => Computed is null && Known == 1 ? null : In(Computed ?? new FloatNumber(Known), kind);

        private static Term In(Term share, Kind kind) => kind == Kind.Float ? share : Term.All(share);
    }

    /// <summary>
    /// Runs a body for each output between two neighbours, with where it stands and the second one's share: written out, or in a loop where there are many.
    /// </summary>
    private static void ForEachShare(VectorCode v, Line line, int count, Address start, Action<Address, Share> body)
    {
        if (line.Factor <= Tuning.Moves.SharesWrittenOut)
        {
            for (int k = 0; k < count; k++)
                body(start + (k * line.Size), new Share(line.Second(k)));
            return;
        }

        v.Code.For("between", count, 1, k =>
        {
            Term share = v.Code.Let("share", (Term.Of(Operation.ToFloat, k) * new FloatNumber(1f / line.Factor)) + new FloatNumber(line.Second(0)));
            Term at = v.Number(start.Offset) + (k * line.Size);
            body(new Address(v.Code.Enter("at", start.Memory, at)), new Share(0, share));
        });
    }

    /// <summary>Runs a body over a stretch, by vectors, or for each of the few elements that it is.</summary>
    private static void OverStretch(
        VectorCode v, Line line, bool once, IReadOnlyList<(string Hint, Address From)> addresses,
        Action<Address[], Func<Address, Term>, Action<Address, Term>> body)
    {
        if (line.Size > 1 && !v.IsFew(line.Size))
        {
            v.Over(line.Size, once, addresses, (at, part) => body(at, a => v.Load(a, part), (a, value) => v.Store(a, part, value)));
            return;
        }

        for (int k = 0; k < line.Size; k++)
            body([.. addresses.Select(a => a.From + k)], v.Element, v.StoreElement);
    }

    public void EmitGradient(KernelWriter w, UpsampleGradient gradient) => w.Vectors(Fewest(isBack: true), v =>
    {
        Address dx = v.Start(gradient.Dx), dy = v.Start(gradient.Dy);
        v.Repeat(planes.Outer, [("dxOf", dx, planes.Rows * planes.Row), ("dyOf", dy, planes.Rows * planes.Down * planes.WideRow)], at =>
        {
            if (planes.Down == 1)
                SumLine(v, Columns, at[0], at[1], gradient.Adds);
            else if (planes.Across == 1)
                SumLine(v, Rows, at[0], at[1], gradient.Adds);
            else
                SumBoth(v, gradient, at[0], at[1]);
        }, isWrittenOut: false);
    });

    private void SumBoth(VectorCode v, UpsampleGradient gradient, Address dx, Address dy)
    {
        Line rows = Rows;
        Address room = v.Start(gradient.OfRow!);
        ForEachElement(v, rows, dx, planes.Row, dy, (to, from, isFirst, isLast) =>
        {
            SumElement(v, rows, room, from, isFirst, isLast, adds: false);
            SumLine(v, Columns, to, room, gradient.Adds);
        });
    }

    /// <summary>What each element along an axis gave to.</summary>
    private static void SumLine(VectorCode v, Line line, Address dx, Address dy, bool adds)
    {
        int inside = line.Count - 2;
        if (!IsOfNeighbours(line, inside) || v.IsOfNumbers)
        {
            ForEachElement(v, line, dx, line.Size, dy, (to, from, isFirst, isLast) => SumElement(v, line, to, from, isFirst, isLast, adds));
            return;
        }

        SumElement(v, line, dx, dy, true, false, adds);
        v.Over(inside, once: adds, [("dxs", dx + 1, 1), ("dys", dy + line.Before, line.Factor)], (at, part) =>
        {
            IReadOnlyList<Term> before = VectorCopy.LoadByTurns(v, line.Factor, at[1]), after = VectorCopy.LoadByTurns(v, line.Factor, at[1] + line.Factor);
            IEnumerable<Term?> terms = Enumerable.Range(0, line.Factor)
                .SelectMany(k => new[] { Times(before[k], line.Second(k)), Times(after[k], 1 - line.Second(k)) });
            Term sum = PoolLoops.JoinAll(v, false, [.. terms.OfType<Term>()]);
            v.Store(at[0], part, adds ? v.Load(at[0]) + sum : sum);
        });
        SumElement(v, line, dx + (line.Count - 1), dy + (line.Before + ((line.Count - 2) * line.Factor)), false, true, adds);
    }

    /// <summary>Runs a body for each element with where the outputs begin that it gave to, and whether it is the first or the last.</summary>
    private static void ForEachElement(VectorCode v, Line line, Address dx, int step, Address dy, Action<Address, Address, bool, bool> body)
    {
        body(dx, dy, true, line.Count == 1);
        if (line.Count == 1)
            return;
        int wide = line.Factor * line.Size;
        v.Repeat(
            line.Count - 2, [("to", dx + step, step), ("from", dy + (line.Before * line.Size), wide)],
            at => body(at[0], at[1], false, false), isWrittenOut: false);
        body(dx + ((line.Count - 1) * step), dy + ((line.Before * line.Size) + ((line.Count - 2) * wide)), false, true);
    }

    /// <summary>The sum of what one element gave to: its shares of what is before it and behind it, and at the ends what it is alone.</summary>
    private static void SumElement(VectorCode v, Line line, Address dx, Address dy, bool isFirst, bool isLast, bool adds) =>
        OverStretch(v, line, once: adds, [("dxs", dx), ("dys", dy)], (at, load, store) =>
        {
            Term start = load(at[1]).Kind == Kind.Float ? new FloatNumber(0) : Term.Zero;
            Local sum = v.Code.Variable("sum", adds ? load(at[0]) : start);
            Address of = at[1];
            void Alone(int count)
            {
                bool isWrittenOut = count <= Tuning.Moves.SharesWrittenOut;
                v.Repeat(count, [("alone", of, line.Size)], place => v.Code.Increase(sum, load(place[0])), isWrittenOut);
                of += count * line.Size;
            }

            void Shared(bool isSecond)
            {
                ForEachShare(v, line, line.Factor, of, (place, share) =>
                {
                    Share given = isSecond ? share : share.Rest;
                    if (!given.IsNothing)
                        v.Code.Set(sum, given.Of(load(place).Kind) is { } part ? MultiplyAdd(load(place), part, new Get(sum)) : new Get(sum) + load(place));
                });
                of += line.Factor * line.Size;
            }

            if (isFirst)
                Alone(line.Before);
            else
                Shared(isSecond: true);
            if (isLast)
                Alone(line.After);
            else
                Shared(isSecond: false);
            store(at[0], new Get(sum));
        });

    /// <summary>A vector times a known share; null where that is 0.</summary>
    private static Term? Times(Term value, float share) => share == 0 ? null : share == 1 ? value : value * Term.All(share);
}
