using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>Pools of pairs over planes, a vector of outputs at a time: of two vectors of each row.</summary>
internal static class PairPoolVectors
{
    /// <summary>A vector of outputs.</summary>
    /// <param name="First">Where the first half of its windows begins in the upper row.</param>
    /// <param name="Second">The same for the other half.</param>
    /// <param name="Output">Where it stands.</param>
    private readonly record struct Unit(Lanes Lanes, int First, int Second, int Output);

    public static void Emit(KernelWriter w, PairPool pool)
    {
        w.Dialect.Use(pool.IsMax ? Helper.PairMaxima : Helper.PairSums);
        ForEachUnit(w, pool.Windows, once: false, [("x", pool.X)], [("y", pool.Y)], (v, xs, ys, unit) =>
        {
            Lanes lanes = unit.Lanes;
            string Rows(int at)
            {
                string upper = v.Load(xs[0].At(at), new Chunk(0, lanes, lanes.Count));
                return pool.Windows.Rows.Size == 1 ? upper : PoolVectors.Join(lanes, pool.IsMax, upper, v.Load(xs[0].At(at + pool.Windows.Columns.Length), new Chunk(0, lanes, lanes.Count)));
            }

            string both = $"{(pool.IsMax ? "PairMaxima" : "PairSums")}({Rows(unit.First)}, {Rows(unit.Second)})";
            v.Store(ys[0].At(unit.Output), lanes, pool.IsMax ? both : $"{both} * {Share(lanes, pool.Windows)}");
        }, null);
    }

    public static void Emit(KernelWriter w, PairPoolGradient gradient)
    {
        List<(string, Ir.Buffer)> xs = [("dx", gradient.Dx)], ys = [("dy", gradient.Dy)];
        if (gradient.IsMax)
        {
            xs.Add(("x", gradient.X));
            ys.Add(("y", gradient.Y));
        }

        ForEachUnit(w, gradient.Windows, once: gradient.Adds, xs, ys,
            (v, x, y, unit) => EmitGradient(v, gradient, x, y, unit),
            (v, x, y, column) => PairPoolScalars.Emit(v.Kernel, gradient,
                k => VectorDialect.ElementOf(x[x.Length - 1].Reference, Tap(gradient, column, k)), VectorDialect.ElementOf(y[y.Length - 1].Reference, column),
                VectorDialect.ElementOf(y[0].Reference, column), k => VectorDialect.ElementOf(x[0].Reference, Tap(gradient, column, k))));
    }

    private static string Tap(PairPoolGradient gradient, string column, int tap) => Invariant($"2 * {column} + {PairPoolScalars.OffsetOf(gradient.Windows, tap)}");

    private static string Share(Lanes lanes, PoolWindows windows) => lanes.Broadcast(CSharpLiteral.Float((float)(1.0 / windows.Taps)));

    private static void EmitGradient(VectorWriter v, PairPoolGradient gradient, Place[] xs, Place[] ys, Unit unit)
    {
        Lanes lanes = unit.Lanes;
        var whole = new Chunk(0, lanes, lanes.Count);
        string Declare(string name, string value)
        {
            string local = v.Kernel.Local(name);
            v.Code.Line($"var {local} = {value};");
            return local;
        }

        // What belongs to a window stands at both of its columns.
        string Twice(string value, int half) =>
            $"{lanes.Class}.Shuffle({value}, {lanes.Class}.Create({string.Join(", ", Enumerable.Range(0, lanes.Count).Select(k => Invariant($"{(half * lanes.Count / 2) + (k / 2)}")))}))";
        void Give(int at, string value)
        {
            Place place = xs[0].At(at);
            v.Store(place, whole, gradient.Adds ? $"{v.Load(place, whole)} + {value}" : value);
        }

        int line = gradient.Windows.Columns.Length;
        bool hasRows = gradient.Windows.Rows.Size == 2;
        string dy = Declare("dy", v.Load(ys[0].At(unit.Output), whole));
        if (!gradient.IsMax)
        {
            string share = Declare("share", $"{dy} * {Share(lanes, gradient.Windows)}");
            for (int half = 0; half < 2; half++)
            {
                string given = Declare("given", Twice(share, half));
                int at = half == 0 ? unit.First : unit.Second;
                Give(at, given);
                if (hasRows)
                    Give(at + line, given);
            }

            return;
        }

        string largest = Declare("largest", v.Load(ys[1].At(unit.Output), whole));
        for (int half = 0; half < 2; half++)
        {
            int at = half == 0 ? unit.First : unit.Second;
            string given = Declare("given", Twice(dy, half)), most = Declare("most", Twice(largest, half));
            // The first of two neighbours that are equal is the one.
            string First(string isLargest) => $"{lanes.Class}.AndNot({isLargest}, {lanes.Class}.AsSingle({lanes.Class}.ShiftLeft({lanes.Class}.AsUInt64({isLargest}), 32)))";
            string above = Declare("isAbove", $"{lanes.Class}.Equals({v.Load(xs[1].At(at), whole)}, {most})");
            above = Declare("above", First(above));
            Give(at, $"({given} & {above})");
            if (!hasRows)
                continue;
            string neighbours = $"{lanes.Class}.Shuffle({above}, {lanes.Class}.Create({string.Join(", ", Enumerable.Range(0, lanes.Count).Select(static k => Invariant($"{k ^ 1}")))}))";
            string below = Declare("isBelow", $"{lanes.Class}.Equals({v.Load(xs[1].At(at + line), whole)}, {most})");
            below = Declare("below", $"{lanes.Class}.AndNot({First(below)}, {above} | {neighbours})");
            Give(at + line, $"({given} & {below})");
        }
    }

    /// <summary>Runs a body for every vector of outputs, and another for each output that is left over where none may be computed twice.</summary>
    /// <param name="xs">Buffers of the input's shape, with names for where a row begins in them.</param>
    /// <param name="ys">Buffers of the output's shape.</param>
    private static void ForEachUnit(
        KernelWriter w, PoolWindows windows, bool once, IReadOnlyList<(string Name, Ir.Buffer Buffer)> xs, IReadOnlyList<(string Name, Ir.Buffer Buffer)> ys,
        Action<VectorWriter, Place[], Place[], Unit> body, Action<VectorWriter, Place[], Place[], string>? one)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        int step = rows.Size * columns.Length;
        // Where no row is left over, the windows run on from one plane to the next.
        bool runsOn = rows.Length == rows.Size * rows.Windows;
        int planes = runsOn ? 1 : windows.Channels, lines = runsOn ? windows.Channels * rows.Windows : rows.Windows;
        // Two lines of four outputs are a vector of eight.
        bool inPairs = columns.Windows == 4 && lines % 2 == 0;
        w.PerWidth(inPairs ? 8 : columns.Windows, Lanes.Eight, v =>
        {
            bool joins = inPairs && v.Lanes == Lanes.Eight;
            int atOnce = joins ? 2 : 1;
            Unit[] units = joins
                ? [new Unit(v.Lanes, 0, step, 0)]
                : [.. (once ? Chunk.Disjoint(columns.Windows, v.Lanes) : Chunk.Overlapping(columns.Windows, v.Lanes)).Where(static c => c.IsWhole).Select(static c => new Unit(c.Lanes, 2 * c.Offset, (2 * c.Offset) + c.Lanes.Count, c.Offset))];
            int done = joins ? columns.Windows : units.Max(static u => u.Output + u.Lanes.Count);
            IReadOnlyList<(string, Place, int)> Moving(IReadOnlyList<Place> starts, string what, int x, int y) =>
                [.. xs.Concat(ys).Select((b, k) => (b.Name + what, starts[k], k < xs.Count ? x : y))];
            v.Repeat(planes, Moving([.. xs.Concat(ys).Select(b => v.Start(b.Buffer))], "Of", rows.Length * columns.Length, rows.Windows * columns.Windows), plane =>
                v.Repeat(lines / atOnce, Moving(plane, "At", atOnce * step, atOnce * columns.Windows), at =>
                {
                    Place[] x = [.. at.Take(xs.Count)], y = [.. at.Skip(xs.Count)];
                    int regular = units.Length <= 4 ? 0 : units.TakeWhile((u, k) => u.Lanes == v.Lanes && u.Output == k * v.Lanes.Count).Count();
                    v.Repeat(regular, [.. at.Select((p, k) => ("of" + (k < xs.Count ? "X" : "Y"), p, (k < xs.Count ? 2 : 1) * v.Lanes.Count))],
                        of => body(v, [.. of.Take(xs.Count)], [.. of.Skip(xs.Count)], units[0]), writtenOut: false);
                    foreach (Unit unit in units.Skip(regular))
                        body(v, x, y, unit);
                    if (done < columns.Windows)
                    {
                        string column = v.Kernel.Local("column");
                        using (v.Code.Block(Invariant($"for (int {column} = {done}; {column} < {columns.Windows}; {column}++)")))
                            one!(v, [.. x.Select(p => Named(v, p))], [.. y.Select(p => Named(v, p))], column);
                    }
                }, writtenOut: false), writtenOut: false);
        });
    }

    /// <summary>A place as a reference of its own, from which elements are counted at run time.</summary>
    private static Place Named(VectorWriter v, Place place)
    {
        if (place.Offset == 0)
            return place;
        string name = v.Kernel.Local("from");
        v.Code.Line($"ref float {name} = {VectorDialect.Reference(place.Reference, place.Offset)};");
        return new Place(name, 0);
    }
}
