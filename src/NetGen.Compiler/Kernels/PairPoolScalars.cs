using System;
using System.Linq;
using NetGen.Compiler.Dialects;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>Pools of pairs over planes, one window at a time.</summary>
internal static class PairPoolScalars
{
    /// <summary>Loops over all windows.</summary>
    /// <param name="body">Is told the index of each tap of a window, and of its output.</param>
    public static void ForEachOutput(KernelWriter w, PoolWindows windows, Action<Func<int, string>, string> body)
    {
        string channel = w.Local("channel"), row = w.Local("row"), column = w.Local("column");
        int width = windows.Columns.Length;
        using (w.Code.Block(KernelWriter.Loop(channel, windows.Channels)))
        using (w.Code.Block(KernelWriter.Loop(row, windows.Rows.Windows)))
        using (w.Code.Block(KernelWriter.Loop(column, windows.Columns.Windows)))
        {
            string at = w.Local("at");
            w.Code.Line(Invariant($"int {at} = ({channel} * {windows.Rows.Length} + {row} * {windows.Rows.Stride}) * {width} + {column} * 2;"));
            body(tap => Invariant($"{at} + {OffsetOf(windows, tap)}"), Invariant($"({channel} * {windows.Rows.Windows} + {row}) * {windows.Columns.Windows} + {column}"));
        }
    }

    /// <summary>From a window's first element to another, in row-major order.</summary>
    public static int OffsetOf(PoolWindows windows, int tap) => (tap / 2 * windows.Columns.Length) + (tap % 2);

    public static void Emit(KernelWriter w, PairPool pool, Func<int, string> x, string y)
    {
        string[] taps = [.. Enumerable.Range(0, (int)pool.Windows.Taps).Select(k => w.At(pool.X, x(k)))];
        string value = pool.IsMax
            ? taps.Skip(1).Aggregate(taps[0], static (largest, tap) => $"global::System.Math.Max({largest}, {tap})")
            : Invariant($"({string.Join(" + ", taps)}) / {taps.Length}f");
        w.Code.Line($"{w.At(pool.Y, y)} = {value};");
    }

    /// <summary>The gradient of one window, with its elements as expressions.</summary>
    public static void Emit(KernelWriter w, PairPoolGradient gradient, Func<int, string> x, string y, string dy, Func<int, string> dx)
    {
        int taps = (int)gradient.Windows.Taps;
        string assign = gradient.Adds ? "+=" : "=", rest = w.Local("rest");
        w.Code.Line(gradient.IsMax ? $"float {rest} = {dy};" : Invariant($"float {rest} = {dy} / {taps}f;"));
        for (int k = 0; k < taps; k++)
        {
            if (!gradient.IsMax)
            {
                w.Code.Line($"{dx(k)} {assign} {rest};");
                continue;
            }

            string isLargest = w.Local("isLargest");
            w.Code.Line($"bool {isLargest} = {x(k)} == {y};");
            w.Code.Line($"{dx(k)} {assign} {isLargest} ? {rest} : 0f;");
            // A second largest element gets nothing.
            if (k < taps - 1)
                w.Code.Line($"{rest} = {isLargest} ? 0f : {rest};");
        }
    }
}
