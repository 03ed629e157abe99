using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>The text of a matrix's transposition, by squares that are turned in registers.</summary>
internal static class TransposeText
{
    public static string Text => $$"""
        /// <summary>to[c, r] = from[r, c], where from[r, c] stands at r fromRow + c, and to[c, r] at c toRow + r; from and to are apart.</summary>
        [OPTIMIZE]
        internal static void Transpose(int rows, int columns, ref float from, int fromRow, ref float to, int toRow)
        {
            // The longer way is walked first: rows that stand a power of two apart share few places in a cache, so each is done with while it is there.
            // The last squares are moved back over rows and columns of those before them.
            bool isTall = rows > columns;
            int outer = isTall ? columns : rows;
            int inner = isTall ? rows : columns;
            if (X86.Avx.IsSupported && rows >= 8 && columns >= 8)
            {
                for (int i = 0; i < outer; i += 8)
                {
                    int of = global::System.Math.Min(i, outer - 8);
                    for (int k = 0; k < inner; k += 8)
                    {
                        int at = global::System.Math.Min(k, inner - 8);
                        int row = isTall ? at : of;
                        int column = isTall ? of : at;
                        ref float source = ref UNSAFE.Add(ref from, row * fromRow + column);
                        ref float turned = ref UNSAFE.Add(ref to, column * toRow + row);
                        {{Square8()}}
                    }
                }

                return;
            }

            if (rows >= 4 && columns >= 4)
            {
                for (int i = 0; i < outer; i += 4)
                {
                    int of = global::System.Math.Min(i, outer - 4);
                    for (int k = 0; k < inner; k += 4)
                    {
                        int at = global::System.Math.Min(k, inner - 4);
                        int row = isTall ? at : of;
                        int column = isTall ? of : at;
                        ref float source = ref UNSAFE.Add(ref from, row * fromRow + column);
                        ref float turned = ref UNSAFE.Add(ref to, column * toRow + row);
                        var v0 = V128.LoadUnsafe(ref source);
                        var v1 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, fromRow));
                        var v2 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, 2 * fromRow));
                        var v3 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, 3 * fromRow));
                        Turn(ref v0, ref v1, ref v2, ref v3);
                        V128.StoreUnsafe(v0, ref turned);
                        V128.StoreUnsafe(v1, ref UNSAFE.Add(ref turned, toRow));
                        V128.StoreUnsafe(v2, ref UNSAFE.Add(ref turned, 2 * toRow));
                        V128.StoreUnsafe(v3, ref UNSAFE.Add(ref turned, 3 * toRow));
                    }
                }

                return;
            }

            // Two or three rows: what a vector holds behind them falls on the next row of to, which is written later.
            int done = 0;
            for (; (rows == 2 || rows == 3) && toRow == rows && done < columns - 4; done += 4)
            {
                ref float source = ref UNSAFE.Add(ref from, done);
                ref float turned = ref UNSAFE.Add(ref to, done * toRow);
                var v0 = V128.LoadUnsafe(ref source);
                var v1 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, fromRow));
                var v2 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, (rows - 1) * fromRow));
                var v3 = v2;
                Turn(ref v0, ref v1, ref v2, ref v3);
                V128.StoreUnsafe(v0, ref turned);
                V128.StoreUnsafe(v1, ref UNSAFE.Add(ref turned, toRow));
                V128.StoreUnsafe(v2, ref UNSAFE.Add(ref turned, 2 * toRow));
                V128.StoreUnsafe(v3, ref UNSAFE.Add(ref turned, 3 * toRow));
            }

            // Two or three columns: what a vector holds behind them is of the next row.
            int above = 0;
            for (; (columns == 2 || columns == 3) && fromRow == columns && above < rows - 4; above += 4)
            {
                ref float source = ref UNSAFE.Add(ref from, above * fromRow);
                ref float turned = ref UNSAFE.Add(ref to, above);
                var v0 = V128.LoadUnsafe(ref source);
                var v1 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, fromRow));
                var v2 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, 2 * fromRow));
                var v3 = V128.LoadUnsafe(ref UNSAFE.Add(ref source, 3 * fromRow));
                Turn(ref v0, ref v1, ref v2, ref v3);
                V128.StoreUnsafe(v0, ref turned);
                V128.StoreUnsafe(v1, ref UNSAFE.Add(ref turned, toRow));
                if (columns == 3)
                    V128.StoreUnsafe(v2, ref UNSAFE.Add(ref turned, 2 * toRow));
            }

            for (int r = above; r < rows; r++)
            {
                for (int c = done; c < columns; c++)
                    UNSAFE.Add(ref to, c * toRow + r) = UNSAFE.Add(ref from, r * fromRow + c);
            }
        }

        /// <summary>Four rows of four become their columns.</summary>
        [INLINE]
        private static void Turn(ref V128<float> v0, ref V128<float> v1, ref V128<float> v2, ref V128<float> v3)
        {
            V128<float> low01, high01, low23, high23;
            if (X86.Sse.IsSupported)
            {
                low01 = X86.Sse.UnpackLow(v0, v1);
                high01 = X86.Sse.UnpackHigh(v0, v1);
                low23 = X86.Sse.UnpackLow(v2, v3);
                high23 = X86.Sse.UnpackHigh(v2, v3);
                v0 = X86.Sse.MoveLowToHigh(low01, low23);
                v1 = X86.Sse.MoveHighToLow(low23, low01);
                v2 = X86.Sse.MoveLowToHigh(high01, high23);
                v3 = X86.Sse.MoveHighToLow(high23, high01);
                return;
            }

            if (ARM.AdvSimd.Arm64.IsSupported)
            {
                low01 = ARM.AdvSimd.Arm64.ZipLow(v0, v1);
                high01 = ARM.AdvSimd.Arm64.ZipHigh(v0, v1);
                low23 = ARM.AdvSimd.Arm64.ZipLow(v2, v3);
                high23 = ARM.AdvSimd.Arm64.ZipHigh(v2, v3);
            }
            else
            {
                low01 = V128.Create(V128.GetElement(v0, 0), V128.GetElement(v1, 0), V128.GetElement(v0, 1), V128.GetElement(v1, 1));
                high01 = V128.Create(V128.GetElement(v0, 2), V128.GetElement(v1, 2), V128.GetElement(v0, 3), V128.GetElement(v1, 3));
                low23 = V128.Create(V128.GetElement(v2, 0), V128.GetElement(v3, 0), V128.GetElement(v2, 1), V128.GetElement(v3, 1));
                high23 = V128.Create(V128.GetElement(v2, 2), V128.GetElement(v3, 2), V128.GetElement(v2, 3), V128.GetElement(v3, 3));
            }

            v0 = V128.Create(V128.GetLower(low01), V128.GetLower(low23));
            v1 = V128.Create(V128.GetUpper(low01), V128.GetUpper(low23));
            v2 = V128.Create(V128.GetLower(high01), V128.GetLower(high23));
            v3 = V128.Create(V128.GetUpper(high01), V128.GetUpper(high23));
        }
        """;

    /// <summary>Eight rows of eight become their columns: halves of rows that stand four apart are loaded side by side, then fours are turned in both halves.</summary>
    private static string Square8()
    {
        var w = new CodeWriter();
        string At(string of, string stride, int k, string more) =>
            (k, more) switch { (0, "") => $"ref {of}", _ => Invariant($"ref UNSAFE.Add(ref {of}, {(k == 0 ? more : k == 1 ? stride + (more == "" ? "" : " + " + more) : Invariant($"{k} * {stride}") + (more == "" ? "" : " + " + more))})") };
        for (int half = 0; half < 2; half++)
        {
            string more = half == 0 ? "" : "4";
            for (int k = 0; k < 4; k++)
                w.Line(Invariant($"var v{4 * half + k} = V256.Create(V128.LoadUnsafe({At("source", "fromRow", k, more)}), V128.LoadUnsafe({At("source", "fromRow", k + 4, more)}));"));
        }

        for (int half = 0; half < 2; half++)
        {
            int v = 4 * half;
            w.Line(Invariant($"var low{v} = X86.Avx.UnpackLow(v{v}, v{v + 1});"));
            w.Line(Invariant($"var high{v} = X86.Avx.UnpackHigh(v{v}, v{v + 1});"));
            w.Line(Invariant($"var low{v + 2} = X86.Avx.UnpackLow(v{v + 2}, v{v + 3});"));
            w.Line(Invariant($"var high{v + 2} = X86.Avx.UnpackHigh(v{v + 2}, v{v + 3});"));
            for (int k = 0; k < 4; k++)
            {
                string pair = k < 2 ? "low" : "high";
                w.Line(Invariant($"V256.StoreUnsafe(X86.Avx.Shuffle({pair}{v}, {pair}{v + 2}, 0x{(k % 2 == 0 ? "44" : "EE")}), {At("turned", "toRow", v + k, "")});"));
            }
        }

        return w.ToString().TrimEnd('\n').Replace("\n", "\n" + new string(' ', 16));
    }
}
