using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Pools window after window, by vectors of neighbouring channels (of neighbouring outputs, where windows are one element apart), or by numbers. Windows that
/// reach beyond an edge are cut there: nothing is copied into a padded buffer.
/// </summary>
internal static class PoolLoops
{
    /// <param name="X">Where it begins in the buffers of the input's shape.</param>
    /// <param name="Y">Its place in the buffers of the output's shape.</param>
    /// <param name="Rows">How many rows it has, at run time where an edge may cut it.</param>
    /// <param name="Counted">Its places up to the end of the padding, where those may be fewer than all.</param>
    private sealed record Window(VectorCode V, PoolWindows Of, Address[] X, Address[] Y, Term Rows, Term Columns, bool IsWhole, Term? Counted = null)
    {
        public bool IsWrittenOut => IsWhole && Of.Taps <= Tuning.Pools.TapsWrittenOut;

        /// <summary>What one element counts in the mean.</summary>
        public Term Share(bool countsEdges) => IsWhole || (countsEdges && Counted is null) ? ShareOf(Of.Taps)
            : countsEdges ? Term.All(new FloatNumber(1f) / Counted!)
            : Term.All(new FloatNumber(1f) / (Rows is IntNumber { Value: 1 } ? Columns : Rows * Columns));

        /// <summary>Runs a body for every vector of the window's neighbouring outputs, with the addresses of X and Y.</summary>
        public void ForEachVector(bool once, IReadOnlyList<string> names, Action<Address[], Part> body)
        {
            (string, Address)[] addresses = [.. X.Concat(Y).Select((a, k) => (names[k], a))];
            if (IsWrittenOut && Of.Taps <= Tuning.Pools.TapsAtOnce / 2)
                V.OverSeveral(Of.Stretch, Math.Min(4, Tuning.Pools.TapsAtOnce / (int)Of.Taps), once, addresses, parts => Array.ForEach(parts, p => body(p.At, p.Part)));
            else
                V.OverInOneLoop(Of.Stretch, once, addresses, body);
        }

        /// <summary>Runs a body for every tap in row-major order, at which place it is told.</summary>
        public void ForEachTap(IReadOnlyList<(string Name, Address Start)> at, Action<Address[]> body)
        {
            if (!IsWrittenOut)
            {
                ForEachRow(at, row => ForEachColumn([.. at.Select((p, k) => (p.Name, row[k]))], body));
                return;
            }

            for (int tap = 0; tap < Of.Taps; tap++)
            {
                int offset = Of.OffsetOf(tap);
                body([.. at.Select(p => p.Start + offset)]);
            }
        }

        public void ForEachRow(IReadOnlyList<(string Name, Address Start)> at, Action<Address[]> body) =>
            V.Repeat(Rows, [.. at.Select(p => (p.Name + "Row", p.Start, (Offset)Of.InputRow))], body, isWrittenOut: false);

        public void ForEachColumn(IReadOnlyList<(string Name, Address Start)> at, Action<Address[]> body) =>
            V.Repeat(Columns, [.. at.Select(p => (p.Name + "Tap", p.Start, (Offset)Of.InnerChannels))], body, isWrittenOut: false);
    }

    public static void Emit(KernelWriter w, Pool pool) => w.Vectors(pool.Windows.Stretch, v =>
        ForEachWindow(v, pool.Windows, [("x", v.Start(pool.X))], [("y", v.Start(pool.Y))], window =>
            window.ForEachVector(once: false, ["xs", "ys"], (at, part) =>
            {
                Term joined = Reduce(v, window, pool.IsMax, at[0], part);
                v.Store(at[1], part, pool.IsMax ? joined : joined * window.Share(pool.CountsEdges));
            })));

    public static void Emit(KernelWriter w, PoolGradient gradient)
    {
        w.Vectors(gradient.Windows.Stretch, v =>
        {
            List<(string, Address)> xs = [("dx", v.Start(gradient.Dx))], ys = [("dy", v.Start(gradient.Dy))];
            if (gradient.IsMax)
            {
                xs.Add(("x", v.Start(gradient.X)));
                ys.Add(("y", v.Start(gradient.Y)));
            }

            string[] names = gradient.IsMax ? ["dxs", "xs", "dys", "ys"] : ["dxs", "dys"];
            ForEachWindow(v, gradient.Windows, xs, ys, window =>
                window.ForEachVector(gradient.Adds, names, (at, part) => WriteGradient(v, window, gradient, at, part)));
        });
    }

    public static void Emit(KernelWriter w, PoolArgMax k) => w.Vectors(k.Windows.Stretch, v =>
        ForEachWindow(v, k.Windows, [("x", v.Start(k.X))], [("y", v.Start(k.Y)), ("places", v.Start(k.Places))], window =>
            window.ForEachVector(once: false, ["xs", "ys", "placesAt"], (at, part) =>
            {
                // From the last on, so that the first that is the largest is the one that stays.
                Term largest = v.Code.Let("largest", v.Load(at[1], part));
                int tap = (int)k.Windows.Taps - 1;
                Local place = v.Code.Variable("place", Term.All((float)k.PlaceOf(tap)));
                while (--tap >= 0)
                {
                    Term isLargest = Term.Of(Operation.Equal, v.Load(at[0] + k.Windows.OffsetOf(tap), part), largest);
                    v.Code.Set(place, Term.Of(Operation.Select, isLargest, Term.All((float)k.PlaceOf(tap)), new Get(place)));
                }

                v.Store(at[2], part, new Get(place));
            })));

    /// <summary>The larger of two, or their sum.</summary>
    public static Term Join(bool isMax, Term a, Term b) => isMax ? Term.Of(Operation.MaxNative, a, b) : a + b;

    /// <summary>The largest, or the sum, of all: pairs first, so that few wait for each other.</summary>
    public static Term JoinAll(VectorCode v, bool isMax, IReadOnlyList<Term> values)
    {
        Term JoinPair(int k) => k + 1 < values.Count ? v.Code.Let(isMax ? "larger" : "pair", Join(isMax, values[k], values[k + 1])) : values[k];
        while (values.Count > 2)
            values = [.. Enumerable.Range(0, (values.Count + 1) / 2).Select(k => JoinPair(2 * k))];
        return values.Count == 1 ? values[0] : Join(isMax, values[0], values[1]);
    }

    /// <summary>What one of so many elements counts in their mean.</summary>
    public static Term ShareOf(long elements, Kind kind = Kind.Vector) => Term.All((float)(1.0 / elements), kind);

    /// <summary>The largest, or the sum, of one vector's elements over the window: a row at a time.</summary>
    private static Term Reduce(VectorCode v, Window window, bool isMax, Address x, Part part)
    {
        PoolWindows of = window.Of;
        if (v.IsOfNumbers && !isMax)
            return SumOfNumbers(v, window, x);
        Term Row(Address row) => JoinAll(v, isMax, [.. Enumerable.Range(0, of.Columns.Size).Select(k => v.Load(row + (k * of.InnerChannels), part))]);
        string name = isMax ? "largest" : "sum";
        if (window.IsWrittenOut)
        {
            Local ofRows = v.Code.Variable(name, Row(x));
            for (int row = 1; row < of.Rows.Size; row++)
                v.Code.Set(ofRows, Join(isMax, new Get(ofRows), Row(x + (row * of.InputRow))));
            return new Get(ofRows);
        }

        Term start = isMax ? Term.All(float.NegativeInfinity) : Term.Zero;
        Local joined = v.Code.Variable(name, start);
        window.ForEachRow([("xs", x)], row =>
        {
            if (window.IsWhole && of.Columns.Size <= Tuning.Pools.TapsWrittenOut)
            {
                v.Code.Set(joined, Join(isMax, new Get(joined), Row(row[0])));
                return;
            }

            // The sum of each row by itself: fewer roundings meet in one sum.
            Local ofRow = isMax || window.Rows is IntNumber { Value: 1 } ? joined : v.Code.Variable("rowSum", start);
            window.ForEachColumn([("xs", row[0])], tap => v.Code.Set(ofRow, Join(isMax, new Get(ofRow), v.Load(tap[0], part))));
            if (ofRow != joined)
                v.Code.Increase(joined, new Get(ofRow));
        });
        return new Get(joined);
    }

    /// <summary>One lane adds up all of a window: in double.</summary>
    private static Term SumOfNumbers(VectorCode v, Window window, Address x)
    {
        if (window.IsWrittenOut)
            return JoinAll(v, false, [.. Enumerable.Range(0, (int)window.Of.Taps).Select(tap => v.Load(x + window.Of.OffsetOf(tap)))]);
        Local sum = v.Code.Variable("sum", new DoubleNumber(0));
        window.ForEachTap([("xs", x)], tap => v.Code.Increase(sum, v.Load(tap[0])));
        return Term.Of(Operation.ToFloat, new Get(sum));
    }

    private static void WriteGradient(VectorCode v, Window window, PoolGradient gradient, Address[] at, Part part)
    {
        Address dx = at[0], dy = at[gradient.IsMax ? 2 : 1];
        void Give(Address to, Term value) => v.Store(to, part, gradient.Adds ? v.Load(to, part) + value : value);
        if (!gradient.IsMax)
        {
            Term share = v.Code.Let("share", v.Load(dy, part) * window.Share(gradient.CountsEdges));
            window.ForEachTap([("dxs", dx)], tap => Give(tap[0], share));
            return;
        }

        // What is given away is 0 from there on, so that a second largest element gets nothing.
        Term largest = v.Code.Let("largest", v.Load(at[3], part));
        Local rest = v.Code.Variable("rest", v.Load(dy, part));
        window.ForEachTap([("dxs", dx), ("xs", at[1])], tap =>
        {
            Term isLargest = v.Code.Let("isLargest", Term.Of(Operation.Equal, v.Load(tap[1], part), largest));
            Give(tap[0], new Get(rest) & isLargest);
            v.Code.Set(rest, Term.Of(Operation.AndNot, new Get(rest), isLargest));
        });
    }

    /// <summary>Runs a body for every window: for those within the edges by constants, for those that an edge may cut by what is computed of them.</summary>
    /// <param name="xs">Buffers of the input's shape.</param>
    /// <param name="ys">Buffers of the output's shape.</param>
    private static void ForEachWindow(
        VectorCode v, PoolWindows windows, IReadOnlyList<(string Name, Address Start)> xs, IReadOnlyList<(string Name, Address Start)> ys, Action<Window> body)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        if (windows.PlaneCount > 1)
        {
            int input = rows.Length * columns.Length, output = rows.Windows * columns.Windows;
            v.Repeat(windows.PlaneCount, [.. xs.Concat(ys).Select((p, k) => (p.Name + "Of", p.Start, (Offset)(k < xs.Count ? input : output)))], at => ForEachWindow(
                v, windows with { Channels = 1 }, [.. xs.Select((p, k) => (p.Name, at[k]))], [.. ys.Select((p, k) => (p.Name, at[xs.Count + k]))], body), isWrittenOut: false, "channel");
            return;
        }

        if (windows.IsClipped)
        {
            ForEachClipped(v, windows, xs, ys, body);
            return;
        }

        int inRow = windows.IsRowAtOnce ? 1 : columns.Windows;
        void Along(int count, string index, string what, IReadOnlyList<Address> starts, int x, int y, Action<Address[]> each) => v.Repeat(
            count, [.. xs.Concat(ys).Select((p, k) => (p.Name + what, starts[k], (Offset)(k < xs.Count ? x : y)))], each, isWrittenOut: false, index);
        Along(rows.Windows, "row", "Rows", [.. xs.Concat(ys).Select(static p => p.Start)], rows.Stride * windows.InputRow, windows.OutputRow, row =>
            Along(inRow, "column", "At", row, columns.Stride * windows.InnerChannels, windows.InnerChannels, at =>
                body(new Window(v, windows, [.. at.Take(xs.Count)], [.. at.Skip(xs.Count)], rows.Size, columns.Size, true))));
    }

    private static void ForEachClipped(
        VectorCode v, PoolWindows windows, IReadOnlyList<(string Name, Address Start)> xs, IReadOnlyList<(string Name, Address Start)> ys, Action<Window> body)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        // Outputs follow each other through all rows.
        Memory[] y = [.. ys.Select(p => v.Code.Enter(p.Name + "At", p.Start.Memory, v.Number(p.Start.Offset)))];
        AlongAxis(v, rows, "row", row =>
        {
            (Term top, Term height) = Cut(v, rows, row, "top", "rows");
            if (windows.IsRowAtOnce)
                WriteWindow(row, top, height, null, IsWhole(rows, row));
            else
                AlongAxis(v, columns, "column", column => WriteWindow(row, top, height, column, IsWhole(rows, row).Concat(IsWhole(columns, column))));
        });

        void WriteWindow(Term row, Term top, Term height, Term? column, IEnumerable<Term> isWhole)
        {
            void Of(Term left, Term width, Term rowCount, bool whole)
            {
                Term place = Term.Index(top, columns.Length, left), first = windows.InnerChannels == 1 ? place : place * windows.InnerChannels;
                Address[] x = [.. xs.Select(p => new Address(v.Code.Enter(p.Name + "At", p.Start.Memory, first)))];
                Term? counted = windows.IsBeyond && !whole ? v.Code.Let("counted", PoolTerms.Counted(rows, row) * (column is null ? columns.Size : PoolTerms.Counted(columns, column))) : null;
                body(new Window(v, windows, x, [.. y.Select(static p => new Address(p))], rowCount, width, whole, counted));
            }

            void OfCut()
            {
                (Term left, Term width) = column is null ? (0, columns.Size) : Cut(v, columns, column, "left", "columns");
                Of(left, width, height, false);
            }

            // Where a window lies within the edges, its first column needs no care.
            void OfWhole() => Of(column is null ? 0 : PoolTerms.Start(columns, column), columns.Size, rows.Size, true);
            if (windows.HasWhole)
                v.Code.If(isWhole.Aggregate(static (a, b) => a & b), OfWhole, OfCut);
            else
                OfCut();
            foreach (Memory place in y)
                v.Code.Add(new Advance(place, windows.Stretch));
        }
    }

    /// <summary>A loop over the windows along an axis.</summary>
    private static void AlongAxis(VectorCode v, PoolAxis axis, string index, Action<Term> body)
    {
        if (axis == PoolAxis.None)
            body(0);
        else
            v.Code.For(index, axis.Windows, 1, body);
    }

    /// <summary>The first element that a window sees along an axis, and how many those are.</summary>
    private static (Term First, Term Count) Cut(VectorCode v, PoolAxis axis, Term index, string first, string count)
    {
        if (axis == PoolAxis.None)
            return (0, 1);
        Term from = v.Code.Let(first, PoolTerms.First(axis, index));
        return (from, axis.IsClipped ? v.Code.Let(count, PoolTerms.End(axis, index) - from) : axis.Size);
    }

    /// <summary>What holds of a window that lies within the ends of an axis; nothing where that is all of them.</summary>
    private static IEnumerable<Term> IsWhole(PoolAxis axis, Term index)
    {
        if (axis.FirstWhole > 0)
            yield return Term.Of(Operation.GreaterOrEqual, index, (int)axis.FirstWhole);
        if (axis.EndOfWhole < axis.Windows)
            yield return Term.Of(Operation.Less, index, (int)axis.EndOfWhole);
    }
}

/// <summary>Where windows stand along an axis, as terms over the index of one.</summary>
internal static class PoolTerms
{
    /// <summary>Where it begins, which may be before its axis.</summary>
    public static Term Start(PoolAxis axis, Term index) => axis.Before == 0 ? Strided(axis, index) : Strided(axis, index) - (Term)axis.Before;

    /// <summary>The first element of the axis that it sees.</summary>
    public static Term First(PoolAxis axis, Term index) => axis.Before == 0 ? Start(axis, index) : Term.Of(Operation.Max, Start(axis, index), 0);

    /// <summary>Behind the last one.</summary>
    public static Term End(PoolAxis axis, Term index)
    {
        int beyond = axis.Size - axis.Before;
        Term end = beyond < 0 ? Strided(axis, index) - (Term)(-beyond) : Strided(axis, index) + beyond;
        return axis.IsClipped ? Term.Of(Operation.Min, end, axis.Length) : end;
    }

    /// <summary>How many of its places lie before the end of the padding.</summary>
    public static Term Counted(PoolAxis axis, Term index) =>
        axis.Beyond == 0 ? axis.Size : Term.Of(Operation.Min, axis.Size, (Term)(((axis.Windows - 1) * axis.Stride) + axis.Size - axis.Beyond) - Strided(axis, index));

    private static Term Strided(PoolAxis axis, Term index) => axis.Stride == 1 ? index : index * axis.Stride;
}
