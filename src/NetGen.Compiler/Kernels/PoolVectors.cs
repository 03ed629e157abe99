using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Pools over whole vectors of neighbouring channels (of neighbouring outputs, where windows are one element apart). Windows that reach beyond an edge are cut
/// there: nothing is copied into a padded buffer.
/// </summary>
internal static class PoolVectors
{
    /// <summary>Up to so many taps of a window are written out; above, they are loops.</summary>
    private const int WrittenOut = 16;

    /// <param name="X">Where it begins in the buffers of the input's shape.</param>
    /// <param name="Y">Its place in the buffers of the output's shape.</param>
    /// <param name="Rows">How many rows it has, at run time where an edge may cut it.</param>
    private sealed record Window(VectorWriter V, PoolWindows Of, Place[] X, Place[] Y, string Rows, string Columns, bool IsWhole)
    {
        public bool IsWrittenOut => IsWhole && Of.Taps <= WrittenOut;

        /// <summary>Runs a body for every tap in row-major order, at which place it is told.</summary>
        public void ForEachTap(IReadOnlyList<(string Name, Place Start)> at, Action<Place[]> body)
        {
            if (IsWrittenOut)
            {
                for (int tap = 0; tap < Of.Taps; tap++)
                {
                    int offset = (tap / Of.Columns.Size * Of.InputRow) + (tap % Of.Columns.Size * Of.Channels);
                    body([.. at.Select(p => p.Start.At(offset))]);
                }

                return;
            }

            ForEachRow(at, row => ForEachColumn([.. at.Select((p, k) => (p.Name, row[k]))], body));
        }

        public void ForEachRow(IReadOnlyList<(string Name, Place Start)> at, Action<Place[]> body) => Loop(Rows, "Row", Of.InputRow, at, body);

        public void ForEachColumn(IReadOnlyList<(string Name, Place Start)> at, Action<Place[]> body) => Loop(Columns, "Tap", Of.Channels, at, body);

        /// <summary>A loop whose count may be known at run time only.</summary>
        private void Loop(string count, string what, int stride, IReadOnlyList<(string Name, Place Start)> at, Action<Place[]> body)
        {
            if (count == "1")
            {
                body([.. at.Select(static p => p.Start)]);
                return;
            }

            Place[] moving = [.. at.Select(p => new Place(V.Kernel.Local(p.Name + what), 0))];
            for (int k = 0; k < moving.Length; k++)
                V.Code.Line($"ref float {moving[k].Reference} = {VectorDialect.Reference(at[k].Start.Reference, at[k].Start.Offset)};");
            string index = V.Kernel.Local("k");
            using (V.Code.Block($"for (int {index} = 0; {index} < {count}; {index}++)"))
            {
                body(moving);
                foreach (Place place in moving)
                    V.Code.Line($"{place.Reference} = {VectorDialect.Reference(place.Reference, stride)};");
            }
        }
    }

    public static void Emit(KernelWriter w, Pool pool) => w.PerWidth(pool.Windows.Stretch, Lanes.Eight, v =>
        ForEachWindow(v, pool.Windows, [("x", v.Start(pool.X))], [("y", v.Start(pool.Y))], window =>
            v.ForEach(ChunksOf(pool.Windows.Stretch, v.Lanes, once: false), [("xs", window.X[0]), ("ys", window.Y[0])], (at, chunk) =>
            {
                string value = Reduce(v, window, pool.IsMax, at[0], chunk);
                v.Store(at[1], chunk, pool.IsMax ? value : $"{value} * {Share(window, chunk.Lanes, pool.CountsEdges)}");
            })));

    public static void Emit(KernelWriter w, PoolGradient gradient)
    {
        if (gradient.Clears)
            Fill.Emit(w, gradient.Dx, 0);
        PoolWindows windows = gradient.Windows;
        w.PerWidth(windows.Stretch, Lanes.Eight, v =>
        {
            List<(string, Place)> xs = [("dx", v.Start(gradient.Dx))], ys = [("dy", v.Start(gradient.Dy))];
            if (gradient.IsMax)
            {
                xs.Add(("x", v.Start(gradient.X)));
                ys.Add(("y", v.Start(gradient.Y)));
            }

            ForEachWindow(v, windows, xs, ys, window =>
                v.ForEach(ChunksOf(windows.Stretch, v.Lanes, gradient.Adds), [.. window.X.Select((p, k) => (k == 0 ? "dxs" : "xs", p)), .. window.Y.Select((p, k) => (k == 0 ? "dys" : "ys", p))],
                    (at, chunk) => EmitGradient(v, window, gradient, at, chunk)));
        });
    }

    public static void Emit(KernelWriter w, PoolArgMax k) => w.PerWidth(k.Windows.Stretch, Lanes.Eight, v =>
        ForEachWindow(v, k.Windows, [("x", v.Start(k.X))], [("y", v.Start(k.Y)), ("places", v.Start(k.Places))], window =>
            v.ForEach(ChunksOf(k.Windows.Stretch, v.Lanes, once: false), [("xs", window.X[0]), ("ys", window.Y[0]), ("placesAt", window.Y[1])], (at, chunk) =>
            {
                // From the last on, so that the first that is the largest is the one that stays.
                string largest = v.Kernel.Local("largest"), place = v.Kernel.Local("place");
                v.Code.Line($"var {largest} = {v.Load(at[1], chunk)};");
                int tap = (int)k.Windows.Taps - 1;
                v.Code.Line($"var {place} = {chunk.Lanes.Broadcast(Invariant($"{k.PlaceOf(tap)}f"))};");
                while (--tap >= 0)
                {
                    Place x = at[0].At((tap / k.Windows.Columns.Size * k.Windows.InputRow) + (tap % k.Windows.Columns.Size * k.Windows.Channels));
                    v.Code.Line($"{place} = {chunk.Lanes.Class}.ConditionalSelect({chunk.Lanes.Class}.Equals({v.Load(x, chunk)}, {largest}), {chunk.Lanes.Broadcast(Invariant($"{k.PlaceOf(tap)}f"))}, {place});");
                }

                v.Store(at[2], chunk, place);
            })));

    /// <summary>Vectors that cover neighbours; fewer than four are one vector each, of which the first lane counts.</summary>
    /// <param name="once">No element may be in two of them.</param>
    public static List<Chunk> ChunksOf(int count, Lanes lanes, bool once) =>
        count < 4 ? [.. Enumerable.Range(0, count).Select(static k => new Chunk(k, Lanes.Four, 1))]
        : once ? Chunk.Disjoint(count, lanes)
        : Chunk.Overlapping(count, lanes);

    /// <summary>The larger of two, or their sum, as an expression.</summary>
    public static string Join(Lanes lanes, bool isMax, string a, string b) => isMax ? $"{lanes.Class}.MaxNative({a}, {b})" : $"{a} + {b}";

    /// <summary>The largest, or the sum, of all: pairs first, so that few wait for each other.</summary>
    public static string JoinAll(Lanes lanes, bool isMax, IReadOnlyList<string> values)
    {
        if (values.Count == 1)
            return values[0];
        int half = (values.Count + 1) / 2;
        string second = JoinAll(lanes, isMax, [.. values.Skip(half)]);
        return Join(lanes, isMax, JoinAll(lanes, isMax, [.. values.Take(half)]), isMax || values.Count - half == 1 ? second : $"({second})");
    }

    /// <summary>What one element counts in the mean.</summary>
    private static string Share(Window window, Lanes lanes, bool countsEdges) => window.IsWhole || countsEdges
        ? lanes.Broadcast(CSharpLiteral.Float((float)(1.0 / window.Of.Taps)))
        : lanes.Broadcast($"1f / ({window.Rows} * {window.Columns})");

    /// <summary>The largest, or the sum, of one vector's elements over the window: a row at a time.</summary>
    private static string Reduce(VectorWriter v, Window window, bool isMax, Place x, Chunk chunk)
    {
        PoolWindows of = window.Of;
        Lanes lanes = chunk.Lanes;
        string Row(Place row) => JoinAll(lanes, isMax, [.. Enumerable.Range(0, of.Columns.Size).Select(k => v.Load(row.At(k * of.Channels), chunk))]);
        string result = v.Kernel.Local(isMax ? "largest" : "sum");
        if (window.IsWrittenOut)
        {
            v.Code.Line($"var {result} = {Row(x)};");
            for (int row = 1; row < of.Rows.Size; row++)
                v.Code.Line(isMax ? $"{result} = {Join(lanes, true, result, Row(x.At(row * of.InputRow)))};" : $"{result} += {Row(x.At(row * of.InputRow))};");
            return result;
        }

        string start = isMax ? lanes.Broadcast("float.NegativeInfinity") : lanes.Zero;
        v.Code.Line($"var {result} = {start};");
        window.ForEachRow([("xs", x)], row =>
        {
            if (window.IsWhole && of.Columns.Size <= WrittenOut)
            {
                v.Code.Line(isMax ? $"{result} = {Join(lanes, true, result, Row(row[0]))};" : $"{result} += {Row(row[0])};");
                return;
            }

            // The sum of each row by itself: fewer roundings meet in one sum.
            string ofRow = isMax || window.Rows == "1" ? result : v.Kernel.Local("rowSum");
            if (ofRow != result)
                v.Code.Line($"var {ofRow} = {start};");
            window.ForEachColumn([("xs", row[0])], tap => v.Code.Line(isMax ? $"{result} = {Join(lanes, true, result, v.Load(tap[0], chunk))};" : $"{ofRow} += {v.Load(tap[0], chunk)};"));
            if (ofRow != result)
                v.Code.Line($"{result} += {ofRow};");
        });
        return result;
    }

    private static void EmitGradient(VectorWriter v, Window window, PoolGradient gradient, Place[] at, Chunk chunk)
    {
        Lanes lanes = chunk.Lanes;
        Place dx = at[0], dy = at[gradient.IsMax ? 2 : 1];
        string Added(Place place, string value) => gradient.Adds ? $"{v.Load(place, chunk)} + {value}" : value;
        if (!gradient.IsMax)
        {
            string share = v.Kernel.Local("share");
            v.Code.Line($"var {share} = {v.Load(dy, chunk)} * {Share(window, lanes, gradient.CountsEdges)};");
            window.ForEachTap([("dxs", dx)], tap => v.Store(tap[0], chunk, Added(tap[0], share)));
            return;
        }

        // What is given away is 0 from there on, so that a second largest element gets nothing.
        string largest = v.Kernel.Local("largest"), rest = v.Kernel.Local("rest");
        v.Code.Line($"var {largest} = {v.Load(at[3], chunk)};");
        v.Code.Line($"var {rest} = {v.Load(dy, chunk)};");
        string isLargest = window.IsWrittenOut ? v.Kernel.Local("isLargest") : "";
        bool declared = false;
        window.ForEachTap([("dxs", dx), ("xs", at[1])], tap =>
        {
            if (isLargest == "")
                isLargest = v.Kernel.Local("isLargest");
            v.Code.Line($"{(declared ? "" : "var ")}{isLargest} = {lanes.Class}.Equals({v.Load(tap[1], chunk)}, {largest});");
            v.Store(tap[0], chunk, Added(tap[0], $"({rest} & {isLargest})"));
            v.Code.Line($"{rest} = {lanes.Class}.AndNot({rest}, {isLargest});");
            declared = true;
        });
    }

    /// <summary>Runs a body for every window: for those within the edges by constants, for those that an edge may cut by what is computed of them.</summary>
    /// <param name="xs">Buffers of the input's shape.</param>
    /// <param name="ys">Buffers of the output's shape.</param>
    private static void ForEachWindow(
        VectorWriter v, PoolWindows windows, IReadOnlyList<(string Name, Place Start)> xs, IReadOnlyList<(string Name, Place Start)> ys, Action<Window> body)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        if (windows.IsClipped)
        {
            ForEachClipped(v, windows, xs, ys, body);
            return;
        }

        int inRow = windows.IsRowAtOnce ? 1 : columns.Windows;
        string Size(int size) => Invariant($"{size}");
        v.Repeat(rows.Windows, [.. xs.Select(p => (p.Name + "Rows", p.Start, rows.Stride * windows.InputRow)), .. ys.Select(p => (p.Name + "Rows", p.Start, windows.OutputRow))],
            row => v.Repeat(inRow, [.. xs.Select((p, k) => (p.Name + "At", row[k], columns.Stride * windows.Channels)), .. ys.Select((p, k) => (p.Name + "At", row[xs.Count + k], windows.Channels))],
                at => body(new Window(v, windows, [.. at.Take(xs.Count)], [.. at.Skip(xs.Count)], Size(rows.Size), Size(columns.Size), true)), writtenOut: false), writtenOut: false);
    }

    private static void ForEachClipped(
        VectorWriter v, PoolWindows windows, IReadOnlyList<(string Name, Place Start)> xs, IReadOnlyList<(string Name, Place Start)> ys, Action<Window> body)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        // Outputs follow each other through all rows.
        Place[] y = [.. ys.Select(p => new Place(v.Kernel.Local(p.Name + "At"), 0))];
        for (int k = 0; k < y.Length; k++)
            v.Code.Line($"ref float {y[k].Reference} = {VectorDialect.Reference(ys[k].Start.Reference, ys[k].Start.Offset)};");
        AlongAxis(v, rows, "row", row =>
        {
            (string top, string height) = EmitCut(v, rows, row, "top", "rows");
            if (windows.IsRowAtOnce)
                EmitWindow(top, height, "", IsWhole(rows, row));
            else
                AlongAxis(v, columns, "column", column => EmitWindow(top, height, column, IsWhole(rows, row).Concat(IsWhole(columns, column))));
        });

        void EmitWindow(string top, string height, string column, IEnumerable<string> isWhole)
        {
            void Of(string left, string width, string rowCount, bool whole)
            {
                string first = top == "0" ? left : left == "0" ? $"{top} * {columns.Length}" : $"{top} * {columns.Length} + {left}";
                Place[] x = [.. xs.Select(p => new Place(v.Kernel.Local(p.Name + "At"), 0))];
                for (int k = 0; k < x.Length; k++)
                    v.Code.Line($"ref float {x[k].Reference} = {VectorDialect.Reference(xs[k].Start.Reference, windows.Channels == 1 ? first : $"({first}) * {windows.Channels}")};");
                body(new Window(v, windows, x, y, rowCount, width, whole));
            }

            void Cut()
            {
                (string left, string width) = column == "" ? ("0", Invariant($"{columns.Size}")) : EmitCut(v, columns, column, "left", "columns");
                Of(left, width, height, false);
            }

            if (windows.HasWhole)
            {
                // Where a window lies within the edges, its first column needs no care.
                using (v.Code.Block($"if ({string.Join(" && ", isWhole)})"))
                    Of(column == "" ? "0" : PoolScalars.Start(columns, column), Invariant($"{columns.Size}"), Invariant($"{rows.Size}"), true);
                using (v.Code.Block("else"))
                    Cut();
            }
            else
            {
                Cut();
            }

            foreach (Place place in y)
                v.Code.Line($"{place.Reference} = {VectorDialect.Reference(place.Reference, windows.Stretch)};");
        }
    }

    /// <summary>A loop over the windows along an axis.</summary>
    private static void AlongAxis(VectorWriter v, PoolAxis axis, string index, Action<string> body)
    {
        if (axis == PoolAxis.None)
        {
            body("0");
            return;
        }

        index = v.Kernel.Local(index);
        using (v.Code.Block(KernelWriter.Loop(index, axis.Windows)))
            body(index);
    }

    /// <summary>The first element that a window sees along an axis, and how many those are.</summary>
    private static (string First, string Count) EmitCut(VectorWriter v, PoolAxis axis, string index, string first, string count)
    {
        if (axis == PoolAxis.None)
            return ("0", "1");
        first = v.Kernel.Local(first);
        v.Code.Line($"int {first} = {PoolScalars.First(axis, index)};");
        if (!axis.IsClipped)
            return (first, Invariant($"{axis.Size}"));
        count = v.Kernel.Local(count);
        v.Code.Line($"int {count} = {PoolScalars.End(axis, index)} - {first};");
        return (first, count);
    }

    /// <summary>What holds of a window that lies within the ends of an axis; nothing where that is all of them.</summary>
    private static IEnumerable<string> IsWhole(PoolAxis axis, string index)
    {
        if (axis.FirstWhole > 0)
            yield return Invariant($"{index} >= {axis.FirstWhole}");
        if (axis.EndOfWhole < axis.Windows)
            yield return Invariant($"{index} < {axis.EndOfWhole}");
    }
}
