using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>Pools of pairs over planes, a vector of outputs at a time: of two vectors of each row.</summary>
internal static class PoolPairs
{
    /// <summary>A vector of outputs.</summary>
    /// <param name="X">Where the first half of its windows begins, in the upper row.</param>
    /// <param name="Y">Where it stands.</param>
    /// <param name="Second">From the first half of its windows to the other.</param>
    private sealed record Unit(Address[] X, Address[] Y, Offset Second, Part Part);

    public static void Emit(KernelWriter w, Pool pool) => ForEachUnit(w, pool.Windows, once: false, [("x", pool.X)], [("y", pool.Y)], (v, unit) =>
    {
        Term Rows(Address at) => pool.Windows.Rows.Size == 1 ? v.Load(at) : PoolLoops.Join(pool.IsMax, v.Load(at), v.Load(at + pool.Windows.Columns.Length));
        Term first = v.Code.Let("first", Rows(unit.X[0])), second = v.Code.Let("second", Rows(unit.X[0] + unit.Second));
        Term joined = Term.Of(pool.IsMax ? Operation.PairMaxima : Operation.PairSums, first, second);
        v.Store(unit.Y[0], unit.Part, pool.IsMax ? joined : joined * PoolLoops.ShareOf(pool.Windows.Taps));
    });

    public static void Emit(KernelWriter w, PoolGradient gradient)
    {
        List<(string, Ir.Buffer)> xs = [("dx", gradient.Dx)], ys = [("dy", gradient.Dy)];
        if (gradient.IsMax)
        {
            xs.Add(("x", gradient.X));
            ys.Add(("y", gradient.Y));
        }

        ForEachUnit(w, gradient.Windows, once: gradient.Adds, xs, ys, (v, unit) => WriteGradient(v, gradient, unit));
    }

    private static void WriteGradient(VectorCode v, PoolGradient gradient, Unit unit)
    {
        int line = gradient.Windows.Columns.Length;
        bool hasRows = gradient.Windows.Rows.Size == 2;
        Term dy = v.Code.Let("dy", v.Load(unit.Y[0]));
        Term? largest = gradient.IsMax ? v.Code.Let("largest", v.Load(unit.Y[1])) : null;
        Term? share = gradient.IsMax ? null : v.Code.Let("share", dy * PoolLoops.ShareOf(gradient.Windows.Taps));
        foreach ((Operation twice, Offset half) in new[] { (Operation.TwiceLower, default), (Operation.TwiceUpper, unit.Second) })
        {
            // What belongs to a window stands at both of its columns.
            Term Twice(string name, Term ofWindows) => v.Code.Let(name, Term.Of(twice, ofWindows));
            Part part = unit.Part is Part.Last last ? new Part.Last(Twice("areNew", last.Mask)) : unit.Part;
            Address dx = unit.X[0] + half;
            void Give(Address to, Term value) => v.Store(to, part, gradient.Adds ? v.Load(to) + value : value);
            Term given = Twice("given", share ?? dy);
            if (largest is null)
            {
                Give(dx, given);
                if (hasRows)
                    Give(dx + line, given);
                continue;
            }

            // The first of two neighbours that are equal is the one.
            Term most = Twice("most", largest);
            Term FirstIn(Address x) => Term.Of(Operation.FirstOfPairs, v.Code.Let("isLargest", Term.Of(Operation.Equal, v.Load(x), most)));
            Term above = v.Code.Let("above", FirstIn(unit.X[1] + half));
            Give(dx, given & above);
            if (!hasRows)
                continue;
            Term isAbove = v.Code.Let("isAbove", Term.Of(Operation.Or, above, Term.Of(Operation.SwapPairs, above)));
            Term below = v.Code.Let("below", Term.Of(Operation.AndNot, FirstIn(unit.X[1] + (half + line)), isAbove));
            Give(dx + line, given & below);
        }
    }

    /// <summary>Runs a body for every vector of outputs.</summary>
    /// <param name="once">No output may be computed twice.</param>
    /// <param name="xs">Buffers of the input's shape, with names for where a row begins in them.</param>
    /// <param name="ys">Buffers of the output's shape.</param>
    private static void ForEachUnit(
        KernelWriter w, PoolWindows windows, bool once, IReadOnlyList<(string Name, Ir.Buffer Buffer)> xs, IReadOnlyList<(string Name, Ir.Buffer Buffer)> ys,
        Action<VectorCode, Unit> body)
    {
        (PoolAxis rows, PoolAxis columns) = (windows.Rows, windows.Columns);
        int step = rows.Size * columns.Length;
        // Where no row is left over, the windows run on from one plane to the next.
        bool runsOn = rows.Length == rows.Size * rows.Windows;
        int planes = runsOn ? 1 : windows.Channels, lines = runsOn ? windows.Channels * rows.Windows : rows.Windows;
        // Two lines of four outputs are a vector of eight.
        bool inPairs = columns.Windows == 4 && lines % 2 == 0;
        w.Vectors(inPairs ? 8 : columns.Windows, v =>
        {
            bool joins = inPairs && v.Lanes == 8;
            int atOnce = joins ? 2 : 1;
            (string, Address, T)[] Named<T>(IReadOnlyList<Address> at, string what, T ofX, T ofY) =>
                [.. xs.Concat(ys).Select((b, k) => (b.Name + what, at[k], k < xs.Count ? ofX : ofY))];
            void OfUnit(Address[] at, Offset second, Part part) => body(v, new Unit([.. at.Take(xs.Count)], [.. at.Skip(xs.Count)], second, part));
            Address[] starts = [.. xs.Concat(ys).Select(b => v.Start(b.Buffer))];
            v.Repeat(planes, Named<Offset>(starts, "Of", rows.Length * columns.Length, rows.Windows * columns.Windows), plane =>
                v.Repeat(lines / atOnce, Named<Offset>(plane, "At", atOnce * step, atOnce * columns.Windows), at =>
                {
                    if (joins)
                        OfUnit(at, step, Part.Whole);
                    else
                        v.Over(columns.Windows, once, Named(at, "s", 2, 1), (of, part) => OfUnit(of, new Offset(0, 1), part));
                }, isWrittenOut: false), isWrittenOut: false);
        }, isFew: inPairs);
    }
}
