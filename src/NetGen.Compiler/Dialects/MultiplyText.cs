using System.Globalization;
using System.Linq;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The texts of the matrix products behind batches. Both work on tiles of four rows and two vectors of columns, whose eight
/// sums stay in registers while the depth is run through: enough to hide the latency of a multiply-add, and few enough loads.
/// </summary>
/// <remarks>
/// No size needs a slow rest. The last vectors of a row are moved back over columns that the ones before hold already, and where fewer than
/// four rows are left, the last one stands for the others: what is computed twice comes out equal, and everything is read
/// before anything is written.
/// </remarks>
internal static class MultiplyText
{
    /// <summary>Floats of a panel: half of the first-level cache.</summary>
    public const int PanelSize = 4096;

    /// <summary>A matrix of more floats than this is copied into panels.</summary>
    public const int PackAbove = 8192;

    /// <summary>c = bias + a b.</summary>
    public static string Multiply => """
        /// <summary>
        /// c[r, j] = bias[j] + sum over k of a[r, k] b[k, j], where a[r, k] stands at r aRow + k, b[k, j] at k bRow + j bColumn and c[r, j] at r cRow + j.
        /// Without a bias (a null reference) the sums begin at 0. Panels of b are copied side by side where that spares misses of the cache,
        /// or where bColumn is not 1.
        /// </summary>
        [OPTIMIZE]
        internal static void Multiply(int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, int bColumn, ref float bias, ref float c, int cRow, ref float panel)
        {
            if (columns < 4)
            {
                for (int r = 0; r < rows; r++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        float sum = UNSAFE.IsNullRef(ref bias) ? 0f : UNSAFE.Add(ref bias, j);
                        for (int k = 0; k < depth; k++)
                            sum += UNSAFE.Add(ref a, r * aRow + k) * UNSAFE.Add(ref b, k * bRow + j * bColumn);
                        UNSAFE.Add(ref c, r * cRow + j) = sum;
                    }
                }

                return;
            }

            int lanes = V512.IsHardwareAccelerated && columns >= 16 ? 16 : V256.IsHardwareAccelerated && columns >= 8 ? 8 : 4;
            bool packs = bColumn != 1 || (rows >= 16 && (long)depth * bRow > PACK);
            // The depth in equal blocks, so that a panel stays in the first-level cache.
            int most = PANEL / (2 * lanes);
            int blocks = packs ? (depth + most - 1) / most : 1;
            int block = (depth + blocks - 1) / blocks;
            for (int start = 0; start < depth; start += block)
            {
                int steps = global::System.Math.Min(block, depth - start);
                ref float from = ref start == 0 ? ref bias : ref c;
                int fromRow = start == 0 ? 0 : cRow;
                // Where the vectors of a row are odd in number, the first is computed twice in a tile of its own: the one that
                // is moved back has to share a tile with the one whose columns it repeats.
                int vectors = (columns + lanes - 1) / lanes;
                for (int v = -(vectors & 1); v < vectors; v += 2)
                {
                    int first = global::System.Math.Max(v, 0) * lanes;
                    int second = global::System.Math.Min((v + 1) * lanes, columns - lanes) - first;
                    ref float bAt = ref UNSAFE.Add(ref b, start * bRow + first * bColumn);
                    int bStep = bRow;
                    int next = second;
                    if (packs)
                    {
                        Pack(steps, lanes, second, ref bAt, bRow, bColumn, ref panel);
                        bAt = ref panel;
                        bStep = 2 * lanes;
                        next = lanes;
                    }

                    ref float aAt = ref UNSAFE.Add(ref a, start);
                    ref float cAt = ref UNSAFE.Add(ref c, first);
                    ref float fromAt = ref UNSAFE.IsNullRef(ref from) ? ref from : ref UNSAFE.Add(ref from, first);
                    if (lanes == 16)
                        MultiplyPanel16(rows, steps, ref aAt, aRow, ref bAt, bStep, next, ref fromAt, fromRow, ref cAt, cRow, second);
                    else if (lanes == 8)
                        MultiplyPanel8(rows, steps, ref aAt, aRow, ref bAt, bStep, next, ref fromAt, fromRow, ref cAt, cRow, second);
                    else
                        MultiplyPanel4(rows, steps, ref aAt, aRow, ref bAt, bStep, next, ref fromAt, fromRow, ref cAt, cRow, second);
                }
            }
        }

        /// <summary>Copies two vectors a step of b side by side.</summary>
        [OPTIMIZE]
        private static void Pack(int steps, int lanes, int second, ref float b, int bRow, int bColumn, ref float panel)
        {
            for (int half = 0; half < 2; half++)
            {
                ref float from = ref UNSAFE.Add(ref b, half * second * bColumn);
                ref float to = ref UNSAFE.Add(ref panel, half * lanes);
                if (bColumn == 1)
                {
                    for (int k = 0; k < steps; k++)
                    {
                        for (int j = 0; j < lanes; j += 4)
                            V128.StoreUnsafe(V128.LoadUnsafe(ref UNSAFE.Add(ref from, k * bRow + j)), ref UNSAFE.Add(ref to, k * 2 * lanes + j));
                    }

                    continue;
                }

                for (int j = 0; j < lanes; j += 4)
                {
                    ref float column = ref UNSAFE.Add(ref from, j * bColumn);
                    int k = 0;
                    if (bRow == 1 && X86.Sse.IsSupported)
                    {
                        // Four by four, by exchanging pairs.
                        for (; k <= steps - 4; k += 4)
                        {
                            var v0 = V128.LoadUnsafe(ref UNSAFE.Add(ref column, k));
                            var v1 = V128.LoadUnsafe(ref UNSAFE.Add(ref column, k + bColumn));
                            var v2 = V128.LoadUnsafe(ref UNSAFE.Add(ref column, k + 2 * bColumn));
                            var v3 = V128.LoadUnsafe(ref UNSAFE.Add(ref column, k + 3 * bColumn));
                            var low01 = X86.Sse.UnpackLow(v0, v1);
                            var high01 = X86.Sse.UnpackHigh(v0, v1);
                            var low23 = X86.Sse.UnpackLow(v2, v3);
                            var high23 = X86.Sse.UnpackHigh(v2, v3);
                            ref float at = ref UNSAFE.Add(ref to, k * 2 * lanes + j);
                            V128.StoreUnsafe(X86.Sse.MoveLowToHigh(low01, low23), ref at);
                            V128.StoreUnsafe(X86.Sse.MoveHighToLow(low23, low01), ref UNSAFE.Add(ref at, 2 * lanes));
                            V128.StoreUnsafe(X86.Sse.MoveLowToHigh(high01, high23), ref UNSAFE.Add(ref at, 4 * lanes));
                            V128.StoreUnsafe(X86.Sse.MoveHighToLow(high23, high01), ref UNSAFE.Add(ref at, 6 * lanes));
                        }
                    }

                    for (; k < steps; k++)
                    {
                        for (int l = 0; l < 4; l++)
                            UNSAFE.Add(ref to, k * 2 * lanes + j + l) = UNSAFE.Add(ref column, k * bRow + l * bColumn);
                    }
                }
            }
        }

        """ + string.Join("\n\n", new[] { 16, 8, 4 }.Select(Panel));

    /// <summary>c += factor aᵀ b.</summary>
    public static string AddProduct => """
        /// <summary>
        /// c[r, j] += factor sum over k of a[k, r] b[k, j], where a[k, r] stands at k aRow + r, b[k, j] at k bRow + j, and c[r, j] at r cRow + j.
        /// </summary>
        [OPTIMIZE]
        internal static void AddProduct(int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, ref float c, int cRow, float factor)
        {
            if (V512.IsHardwareAccelerated && columns >= 16)
                AddProduct16(rows, columns, depth, ref a, aRow, ref b, bRow, ref c, cRow, factor);
            else if (V256.IsHardwareAccelerated && columns >= 8)
                AddProduct8(rows, columns, depth, ref a, aRow, ref b, bRow, ref c, cRow, factor);
            else if (columns >= 4)
                AddProduct4(rows, columns, depth, ref a, aRow, ref b, bRow, ref c, cRow, factor);
            else
            {
                for (int r = 0; r < rows; r++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        float sum = 0f;
                        for (int k = 0; k < depth; k++)
                            sum += UNSAFE.Add(ref a, k * aRow + r) * UNSAFE.Add(ref b, k * bRow + j);
                        UNSAFE.Add(ref c, r * cRow + j) += factor * sum;
                    }
                }
            }
        }

        """ + string.Join("\n\n", new[] { 16, 8, 4 }.Select(AddProductOf));

    /// <summary>c += factor times the sum of the rows of a.</summary>
    public static string AddRows => """
        /// <summary>c[j] += factor sum over r of a[r, j], where a[r, j] stands at r columns + j.</summary>
        [OPTIMIZE]
        internal static void AddRows(int rows, int columns, ref float a, ref float c, float factor)
        {
            int j = 0;
            if (V256.IsHardwareAccelerated)
            {
                for (; j <= columns - 8; j += 8)
                {
                    var sum = V256<float>.Zero;
                    var other = V256<float>.Zero;
                    int r = 0;
                    for (; r <= rows - 2; r += 2)
                    {
                        sum += V256.LoadUnsafe(ref UNSAFE.Add(ref a, r * columns + j));
                        other += V256.LoadUnsafe(ref UNSAFE.Add(ref a, r * columns + columns + j));
                    }

                    if (r < rows)
                        sum += V256.LoadUnsafe(ref UNSAFE.Add(ref a, r * columns + j));
                    ref float at = ref UNSAFE.Add(ref c, j);
                    V256.StoreUnsafe(V256.LoadUnsafe(ref at) + (sum + other) * factor, ref at);
                }
            }

            for (; j <= columns - 4; j += 4)
            {
                var sum = V128<float>.Zero;
                for (int r = 0; r < rows; r++)
                    sum += V128.LoadUnsafe(ref UNSAFE.Add(ref a, r * columns + j));
                ref float at = ref UNSAFE.Add(ref c, j);
                V128.StoreUnsafe(V128.LoadUnsafe(ref at) + sum * factor, ref at);
            }

            for (; j < columns; j++)
            {
                float sum = 0f;
                for (int r = 0; r < rows; r++)
                    sum += UNSAFE.Add(ref a, r * columns + j);
                UNSAFE.Add(ref c, j) += factor * sum;
            }
        }
        """;

    private static string Panel(int lanes) => Fill("""
        [OPTIMIZE]
        private static void MultiplyPanelLANES(int rows, int steps, ref float a, int aRow, ref float b, int bStep, int next, ref float from, int fromRow, ref float c, int cRow, int second)
        {
            for (int r = 0; r < rows; r += 4)
            {
                int left = rows - r - 1;
                int row1 = global::System.Math.Min(left, 1);
                int row2 = global::System.Math.Min(left, 2);
                int row3 = global::System.Math.Min(left, 3);
                ref float a0 = ref UNSAFE.Add(ref a, r * aRow);
                ref float a1 = ref UNSAFE.Add(ref a0, row1 * aRow);
                ref float a2 = ref UNSAFE.Add(ref a0, row2 * aRow);
                ref float a3 = ref UNSAFE.Add(ref a0, row3 * aRow);
                var s00 = V<float>.Zero;
                var s01 = V<float>.Zero;
                var s10 = V<float>.Zero;
                var s11 = V<float>.Zero;
                var s20 = V<float>.Zero;
                var s21 = V<float>.Zero;
                var s30 = V<float>.Zero;
                var s31 = V<float>.Zero;
                if (!UNSAFE.IsNullRef(ref from))
                {
                    ref float start = ref UNSAFE.Add(ref from, r * fromRow);
                    s00 = V.LoadUnsafe(ref start);
                    s01 = V.LoadUnsafe(ref UNSAFE.Add(ref start, second));
                    s10 = V.LoadUnsafe(ref UNSAFE.Add(ref start, row1 * fromRow));
                    s11 = V.LoadUnsafe(ref UNSAFE.Add(ref start, row1 * fromRow + second));
                    s20 = V.LoadUnsafe(ref UNSAFE.Add(ref start, row2 * fromRow));
                    s21 = V.LoadUnsafe(ref UNSAFE.Add(ref start, row2 * fromRow + second));
                    s30 = V.LoadUnsafe(ref UNSAFE.Add(ref start, row3 * fromRow));
                    s31 = V.LoadUnsafe(ref UNSAFE.Add(ref start, row3 * fromRow + second));
                }

                ref float bAt = ref b;
                for (nint k = 0; k < steps; k++)
                {
                    var b0 = V.LoadUnsafe(ref bAt);
                    var b1 = V.LoadUnsafe(ref UNSAFE.Add(ref bAt, (nint)next));
                    var x0 = V.Create(UNSAFE.Add(ref a0, k));
                    s00 = V.MultiplyAddEstimate(x0, b0, s00);
                    s01 = V.MultiplyAddEstimate(x0, b1, s01);
                    var x1 = V.Create(UNSAFE.Add(ref a1, k));
                    s10 = V.MultiplyAddEstimate(x1, b0, s10);
                    s11 = V.MultiplyAddEstimate(x1, b1, s11);
                    var x2 = V.Create(UNSAFE.Add(ref a2, k));
                    s20 = V.MultiplyAddEstimate(x2, b0, s20);
                    s21 = V.MultiplyAddEstimate(x2, b1, s21);
                    var x3 = V.Create(UNSAFE.Add(ref a3, k));
                    s30 = V.MultiplyAddEstimate(x3, b0, s30);
                    s31 = V.MultiplyAddEstimate(x3, b1, s31);
                    bAt = ref UNSAFE.Add(ref bAt, (nint)bStep);
                }

                ref float c0 = ref UNSAFE.Add(ref c, r * cRow);
                V.StoreUnsafe(s00, ref c0);
                V.StoreUnsafe(s01, ref UNSAFE.Add(ref c0, second));
                V.StoreUnsafe(s10, ref UNSAFE.Add(ref c0, row1 * cRow));
                V.StoreUnsafe(s11, ref UNSAFE.Add(ref c0, row1 * cRow + second));
                V.StoreUnsafe(s20, ref UNSAFE.Add(ref c0, row2 * cRow));
                V.StoreUnsafe(s21, ref UNSAFE.Add(ref c0, row2 * cRow + second));
                V.StoreUnsafe(s30, ref UNSAFE.Add(ref c0, row3 * cRow));
                V.StoreUnsafe(s31, ref UNSAFE.Add(ref c0, row3 * cRow + second));
            }
        }
        """, lanes);

    private static string AddProductOf(int lanes) => Fill("""
        [OPTIMIZE]
        private static void AddProductLANES(int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, ref float c, int cRow, float factor)
        {
            var scale = V.Create(factor);
            for (int r = 0; r < rows; r += 4)
            {
                int left = rows - r - 1;
                nint row1 = global::System.Math.Min(left, 1);
                nint row2 = global::System.Math.Min(left, 2);
                nint row3 = global::System.Math.Min(left, 3);
                ref float c0 = ref UNSAFE.Add(ref c, r * cRow);
                ref float c1 = ref UNSAFE.Add(ref c0, row1 * cRow);
                ref float c2 = ref UNSAFE.Add(ref c0, row2 * cRow);
                ref float c3 = ref UNSAFE.Add(ref c0, row3 * cRow);
                // Where the vectors of a row are odd in number, the first is computed twice in a tile of its own: the one that
                // is moved back has to share a tile with the one whose columns it repeats.
                int vectors = (columns + LANES - 1) / LANES;
                for (int v = -(vectors & 1); v < vectors; v += 2)
                {
                    int first = global::System.Math.Max(v, 0) * LANES;
                    nint second = global::System.Math.Min((v + 1) * LANES, columns - LANES) - first;
                    ref float aAt = ref UNSAFE.Add(ref a, r);
                    ref float bAt = ref UNSAFE.Add(ref b, first);
                    var s00 = V<float>.Zero;
                    var s01 = V<float>.Zero;
                    var s10 = V<float>.Zero;
                    var s11 = V<float>.Zero;
                    var s20 = V<float>.Zero;
                    var s21 = V<float>.Zero;
                    var s30 = V<float>.Zero;
                    var s31 = V<float>.Zero;
                    for (int k = 0; k < depth; k++)
                    {
                        var b0 = V.LoadUnsafe(ref bAt);
                        var b1 = V.LoadUnsafe(ref UNSAFE.Add(ref bAt, second));
                        var x0 = V.Create(aAt);
                        s00 = V.MultiplyAddEstimate(x0, b0, s00);
                        s01 = V.MultiplyAddEstimate(x0, b1, s01);
                        var x1 = V.Create(UNSAFE.Add(ref aAt, row1));
                        s10 = V.MultiplyAddEstimate(x1, b0, s10);
                        s11 = V.MultiplyAddEstimate(x1, b1, s11);
                        var x2 = V.Create(UNSAFE.Add(ref aAt, row2));
                        s20 = V.MultiplyAddEstimate(x2, b0, s20);
                        s21 = V.MultiplyAddEstimate(x2, b1, s21);
                        var x3 = V.Create(UNSAFE.Add(ref aAt, row3));
                        s30 = V.MultiplyAddEstimate(x3, b0, s30);
                        s31 = V.MultiplyAddEstimate(x3, b1, s31);
                        aAt = ref UNSAFE.Add(ref aAt, (nint)aRow);
                        bAt = ref UNSAFE.Add(ref bAt, (nint)bRow);
                    }

                    ref float d0 = ref UNSAFE.Add(ref c0, first);
                    ref float d1 = ref UNSAFE.Add(ref c1, first);
                    ref float d2 = ref UNSAFE.Add(ref c2, first);
                    ref float d3 = ref UNSAFE.Add(ref c3, first);
                    s00 = V.MultiplyAddEstimate(s00, scale, V.LoadUnsafe(ref d0));
                    s01 = V.MultiplyAddEstimate(s01, scale, V.LoadUnsafe(ref UNSAFE.Add(ref d0, second)));
                    s10 = V.MultiplyAddEstimate(s10, scale, V.LoadUnsafe(ref d1));
                    s11 = V.MultiplyAddEstimate(s11, scale, V.LoadUnsafe(ref UNSAFE.Add(ref d1, second)));
                    s20 = V.MultiplyAddEstimate(s20, scale, V.LoadUnsafe(ref d2));
                    s21 = V.MultiplyAddEstimate(s21, scale, V.LoadUnsafe(ref UNSAFE.Add(ref d2, second)));
                    s30 = V.MultiplyAddEstimate(s30, scale, V.LoadUnsafe(ref d3));
                    s31 = V.MultiplyAddEstimate(s31, scale, V.LoadUnsafe(ref UNSAFE.Add(ref d3, second)));
                    V.StoreUnsafe(s00, ref d0);
                    V.StoreUnsafe(s01, ref UNSAFE.Add(ref d0, second));
                    V.StoreUnsafe(s10, ref d1);
                    V.StoreUnsafe(s11, ref UNSAFE.Add(ref d1, second));
                    V.StoreUnsafe(s20, ref d2);
                    V.StoreUnsafe(s21, ref UNSAFE.Add(ref d2, second));
                    V.StoreUnsafe(s30, ref d3);
                    V.StoreUnsafe(s31, ref UNSAFE.Add(ref d3, second));
                }
            }
        }
        """, lanes);

    private static string Fill(string text, int lanes) => text
        
        .Replace("LANES", lanes.ToString(CultureInfo.InvariantCulture))
        .Replace(" V<", Invariant($" V{32 * lanes}<")).Replace("V.", Invariant($"V{32 * lanes}."));
}
