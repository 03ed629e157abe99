using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>Pools in plain loops.</summary>
internal static class PoolScalars
{
    /// <summary>Where window <paramref name="index"/> begins, which may be before its axis.</summary>
    public static string Start(PoolAxis axis, string index)
    {
        string at = axis.Stride == 1 ? index : Invariant($"{index} * {axis.Stride}");
        return axis.Before == 0 ? at : Invariant($"{at} - {axis.Before}");
    }

    /// <summary>The first element of the axis that it sees.</summary>
    public static string First(PoolAxis axis, string index) =>
        axis.Before == 0 ? Start(axis, index) : $"global::System.Math.Max({Start(axis, index)}, 0)";

    /// <summary>Behind the last one.</summary>
    public static string End(PoolAxis axis, string index)
    {
        int beyond = axis.Size - axis.Before;
        string at = axis.Stride == 1 ? index : Invariant($"{index} * {axis.Stride}");
        string end = beyond == 0 ? at : Invariant($"{at} {(beyond < 0 ? "-" : "+")} {Math.Abs(beyond)}");
        return axis.IsClipped ? Invariant($"global::System.Math.Min({end}, {axis.Length})") : end;
    }

    public static void Emit(KernelWriter w, Pool pool) => ForEachOutput(w, pool.Windows, (output, window) =>
    {
        string value = w.Local(pool.IsMax ? "largest" : "sum");
        w.Code.Line(pool.IsMax ? $"float {value} = float.NegativeInfinity;" : $"double {value} = 0.0;");
        window.ForEachElement(x => w.Code.Line(pool.IsMax
            ? $"{value} = global::System.Math.Max({value}, {w.At(pool.X, x)});"
            : $"{value} += {w.At(pool.X, x)};"));
        w.Code.Line($"{w.At(pool.Y, output)} = {(pool.IsMax ? value : $"(float)({value} / {window.Count(pool.CountsEdges)})")};");
    });

    public static void Emit(KernelWriter w, PoolGradient gradient)
    {
        bool clears = gradient.Clears || (gradient.IsMax && gradient.DxAccess == Ir.Access.Overwrite);
        if (clears)
            Fill.Emit(w, gradient.Dx, 0);
        ForEachOutput(w, gradient.Windows, (output, window) =>
        {
            if (gradient.IsMax)
            {
                string largest = w.Local("best"), at = w.Local("place");
                w.Code.Line($"int {largest} = {window.First};");
                window.ForEachElement(x =>
                {
                    w.Code.Line($"int {at} = {x};");
                    using (w.Code.Block($"if ({w.At(gradient.X, at)} > {w.At(gradient.X, largest)})"))
                        w.Code.Line($"{largest} = {at};");
                });
                w.Code.Line($"{w.At(gradient.Dx, largest)} += {w.At(gradient.Dy, output)};");
                return;
            }

            string share = w.Local("share");
            w.Code.Line($"float {share} = {w.At(gradient.Dy, output)} / {window.Count(gradient.CountsEdges)};");
            window.ForEachElement(x => w.Code.Line($"{w.At(gradient.Dx, x)} {(gradient.Adds ? "+=" : "=")} {share};"));
        });
    }

    /// <param name="Top">Its first row; 0 where there are no rows.</param>
    /// <param name="Bottom">Behind its last row.</param>
    private sealed record Window(KernelWriter W, PoolWindows Of, string Channel, string Top, string Bottom, string Left, string Right)
    {
        public string First => Index(Top, Left);

        /// <summary>What a mean divides by: its elements, or all its places.</summary>
        public string Count(bool countsEdges)
        {
            if (countsEdges || !Of.IsClipped)
                return Invariant($"{Of.Taps}f");
            string columns = Of.Columns.IsClipped ? $"({Right} - {Left})" : Invariant($"{Of.Columns.Size}");
            string rows = Of.Rows.IsClipped ? $"({Bottom} - {Top})" : Invariant($"{Of.Rows.Size}");
            return rows == "1" ? columns : $"({rows} * {columns})";
        }

        public void ForEachElement(Action<string> body)
        {
            string i = W.Local("i"), k = W.Local("k");
            void Row(string row)
            {
                using (W.Code.Block($"for (int {k} = {Left}; {k} < {Right}; {k}++)"))
                    body(Index(row, k));
            }

            if (Of.Rows == PoolAxis.None)
            {
                Row("0");
                return;
            }

            using (W.Code.Block($"for (int {i} = {Top}; {i} < {Bottom}; {i}++)"))
                Row(i);
        }

        private string Index(string row, string column)
        {
            string place = row == "0" ? column : Invariant($"{row} * {Of.Columns.Length} + {column}");
            return Of.Channels == 1 ? place : Invariant($"({place}) * {Of.Channels} + {Channel}");
        }
    }

    private static void ForEachOutput(KernelWriter w, PoolWindows windows, Action<string, Window> body)
    {
        string row = w.Local("row"), column = w.Local("column"), channel = w.Local("channel");
        void Columns(string top, string bottom)
        {
            using (w.Code.Block(KernelWriter.Loop(column, windows.Columns.Windows)))
            {
                string left = w.Local("left"), right = w.Local("right");
                w.Code.Line($"int {left} = {First(windows.Columns, column)};");
                w.Code.Line($"int {right} = {End(windows.Columns, column)};");
                string place = top == "0" ? column : Invariant($"{row} * {windows.Columns.Windows} + {column}");
                if (windows.Channels == 1)
                {
                    body(place, new Window(w, windows, "0", top, bottom, left, right));
                    return;
                }

                using (w.Code.Block(KernelWriter.Loop(channel, windows.Channels)))
                    body(Invariant($"({place}) * {windows.Channels} + {channel}"), new Window(w, windows, channel, top, bottom, left, right));
            }
        }

        if (windows.Rows == PoolAxis.None)
        {
            Columns("0", "1");
            return;
        }

        using (w.Code.Block(KernelWriter.Loop(row, windows.Rows.Windows)))
        {
            string top = w.Local("top"), bottom = w.Local("bottom");
            w.Code.Line($"int {top} = {First(windows.Rows, row)};");
            w.Code.Line($"int {bottom} = {End(windows.Rows, row)};");
            Columns(top, bottom);
        }
    }
}
