using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The texts of the matrix products behind batches. Both work on tiles of six (or four) rows and two vectors of columns, whose twelve
/// sums stay in registers while the depth is run through: enough to hide the latency of a multiply-add, and few enough loads.
/// </summary>
/// <remarks>
/// No size needs a slow rest. The last vectors of a row are moved back over columns that the ones before hold already, and where fewer
/// rows are left than a tile has, the last one stands for the others: what is computed twice comes out equal, and everything is read
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
            if (bColumn == 1)
            {
                ref float at = ref panel;
                for (int k = 0; k < steps; k++)
                {
                    if (lanes == 16)
                    {
                        V512.StoreUnsafe(V512.LoadUnsafe(ref b), ref at);
                        V512.StoreUnsafe(V512.LoadUnsafe(ref UNSAFE.Add(ref b, second)), ref UNSAFE.Add(ref at, 16));
                    }
                    else if (lanes == 8)
                    {
                        V256.StoreUnsafe(V256.LoadUnsafe(ref b), ref at);
                        V256.StoreUnsafe(V256.LoadUnsafe(ref UNSAFE.Add(ref b, second)), ref UNSAFE.Add(ref at, 8));
                    }
                    else
                    {
                        V128.StoreUnsafe(V128.LoadUnsafe(ref b), ref at);
                        V128.StoreUnsafe(V128.LoadUnsafe(ref UNSAFE.Add(ref b, second)), ref UNSAFE.Add(ref at, 4));
                    }

                    b = ref UNSAFE.Add(ref b, bRow);
                    at = ref UNSAFE.Add(ref at, 2 * lanes);
                }

                return;
            }

            for (int half = 0; half < 2; half++)
            {
                ref float from = ref UNSAFE.Add(ref b, half * second * bColumn);
                ref float to = ref UNSAFE.Add(ref panel, half * lanes);
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

    /// <summary>The same product where b was packed beforehand, and what packs it.</summary>
    public static string MultiplyPacked => """
        /// <summary>Copies b[k, j], which stands at k bRow + j bColumn, into the panels that MultiplyPacked reads. At least 4 columns.</summary>
        [OPTIMIZE]
        internal static void PackWeight(int columns, int depth, ref float b, int bRow, int bColumn, ref float packed)
        {
            int lanes = V512.IsHardwareAccelerated && columns >= 16 ? 16 : V256.IsHardwareAccelerated && columns >= 8 ? 8 : 4;
            int vectors = (columns + lanes - 1) / lanes;
            for (int v = -(vectors & 1); v < vectors; v += 2)
            {
                int first = global::System.Math.Max(v, 0) * lanes;
                int second = global::System.Math.Min((v + 1) * lanes, columns - lanes) - first;
                Pack(depth, lanes, second, ref UNSAFE.Add(ref b, first * bColumn), bRow, bColumn, ref packed);
                packed = ref UNSAFE.Add(ref packed, 2 * lanes * depth);
            }
        }

        /// <summary>
        /// c[r, j] = from[r, j] + sum over k of a[r, k] b[k, j], where a[r, k] stands at r aRow + k, from[r, j] at r fromRow + j and c[r, j] at r cRow + j; b as
        /// PackWeight leaves it.
        /// </summary>
        [OPTIMIZE]
        internal static void MultiplyPacked(int rows, int columns, int depth, ref float a, int aRow, ref float packed, ref float from, int fromRow, ref float c, int cRow)
        {
            int lanes = V512.IsHardwareAccelerated && columns >= 16 ? 16 : V256.IsHardwareAccelerated && columns >= 8 ? 8 : 4;
            int vectors = (columns + lanes - 1) / lanes;
            for (int v = -(vectors & 1); v < vectors; v += 2)
            {
                int first = global::System.Math.Max(v, 0) * lanes;
                int second = global::System.Math.Min((v + 1) * lanes, columns - lanes) - first;
                ref float cAt = ref UNSAFE.Add(ref c, first);
                ref float fromAt = ref UNSAFE.IsNullRef(ref from) ? ref from : ref UNSAFE.Add(ref from, first);
                if (lanes == 16)
                    MultiplyPanel16(rows, depth, ref a, aRow, ref packed, 32, 16, ref fromAt, fromRow, ref cAt, cRow, second);
                else if (lanes == 8)
                    MultiplyPanel8(rows, depth, ref a, aRow, ref packed, 16, 8, ref fromAt, fromRow, ref cAt, cRow, second);
                else
                    MultiplyPanel4(rows, depth, ref a, aRow, ref packed, 8, 4, ref fromAt, fromRow, ref cAt, cRow, second);
                packed = ref UNSAFE.Add(ref packed, 2 * lanes * depth);
            }
        }
        """;

    /// <summary>c += factor times the sum of the rows of a.</summary>
    public static string AddRows => """
        /// <summary>c[j] += factor sum over r of a[r, j], where a[r, j] stands at r aRow + j.</summary>
        [OPTIMIZE]
        internal static void AddRows(int rows, int columns, ref float a, int aRow, ref float c, float factor)
        {
            int j = 0;
            if (V256.IsHardwareAccelerated)
            {
                // Two cache lines of a row at a time.
                for (; j <= columns - 32; j += 32)
                {
                    var s0 = V256<float>.Zero;
                    var s1 = V256<float>.Zero;
                    var s2 = V256<float>.Zero;
                    var s3 = V256<float>.Zero;
                    ref float row = ref UNSAFE.Add(ref a, j);
                    for (int r = 0; r < rows; r++)
                    {
                        s0 += V256.LoadUnsafe(ref row);
                        s1 += V256.LoadUnsafe(ref row, 8);
                        s2 += V256.LoadUnsafe(ref row, 16);
                        s3 += V256.LoadUnsafe(ref row, 24);
                        row = ref UNSAFE.Add(ref row, aRow);
                    }

                    ref float at = ref UNSAFE.Add(ref c, j);
                    V256.StoreUnsafe(V256.LoadUnsafe(ref at) + s0 * factor, ref at);
                    V256.StoreUnsafe(V256.LoadUnsafe(ref at, 8) + s1 * factor, ref at, 8);
                    V256.StoreUnsafe(V256.LoadUnsafe(ref at, 16) + s2 * factor, ref at, 16);
                    V256.StoreUnsafe(V256.LoadUnsafe(ref at, 24) + s3 * factor, ref at, 24);
                }

                for (; j <= columns - 8; j += 8)
                {
                    var sum = V256<float>.Zero;
                    var other = V256<float>.Zero;
                    int r = 0;
                    for (; r <= rows - 2; r += 2)
                    {
                        sum += V256.LoadUnsafe(ref UNSAFE.Add(ref a, r * aRow + j));
                        other += V256.LoadUnsafe(ref UNSAFE.Add(ref a, (r + 1) * aRow + j));
                    }

                    if (r < rows)
                        sum += V256.LoadUnsafe(ref UNSAFE.Add(ref a, r * aRow + j));
                    ref float at = ref UNSAFE.Add(ref c, j);
                    V256.StoreUnsafe(V256.LoadUnsafe(ref at) + (sum + other) * factor, ref at);
                }
            }

            for (; j <= columns - 4; j += 4)
            {
                var sum = V128<float>.Zero;
                for (int r = 0; r < rows; r++)
                    sum += V128.LoadUnsafe(ref UNSAFE.Add(ref a, r * aRow + j));
                ref float at = ref UNSAFE.Add(ref c, j);
                V128.StoreUnsafe(V128.LoadUnsafe(ref at) + sum * factor, ref at);
            }

            for (; j < columns; j++)
            {
                float sum = 0f;
                for (int r = 0; r < rows; r++)
                    sum += UNSAFE.Add(ref a, r * aRow + j);
                UNSAFE.Add(ref c, j) += factor * sum;
            }
        }
        """;

    /// <summary>Rows of a tile, the most first: with two vectors of columns, twelve sums hide every latency, and eight fill what twelve leave.</summary>
    private static readonly int[] s_heights = [6, 4];

    private static string Panel(int lanes)
    {
        var w = new CodeWriter();
        w.Line("[OPTIMIZE]");
        using (w.Block("private static void MultiplyPanelLANES(int rows, int steps, ref float a, int aRow, ref float b, nint bStep, nint next, ref float from, int fromRow, ref float c, int cRow, int second)"))
        {
            w.Line("int r = 0;");
            foreach (int height in s_heights)
            {
                using (w.Block(LoopOf(height)))
                {
                    Rows(w, height);
                    w.Line("ref float a0 = ref UNSAFE.Add(ref a, r * aRow);");
                    for (int row = 1; row < height; row++)
                        w.Line($"ref float a{row} = ref UNSAFE.Add(ref a0, row{row} * aRow);");
                    Sums(w, height);
                    using (w.Block("if (!UNSAFE.IsNullRef(ref from))"))
                    {
                        w.Line("ref float start = ref UNSAFE.Add(ref from, r * fromRow);");
                        for (int row = 0; row < height; row++)
                        {
                            w.Line($"s{row}0 = V.LoadUnsafe(ref UNSAFE.Add(ref start, {RowOf(row, "fromRow")}));");
                            w.Line($"s{row}1 = V.LoadUnsafe(ref UNSAFE.Add(ref start, {RowOf(row, "fromRow")} + second));");
                        }
                    }

                    w.Line();
                    w.Line("ref float bAt = ref b;");
                    using (w.Block("for (nint k = 0; k < steps; k++)"))
                    {
                        w.Line("var b0 = V.LoadUnsafe(ref bAt);");
                        w.Line("var b1 = V.LoadUnsafe(ref UNSAFE.Add(ref bAt, next));");
                        for (int row = 0; row < height; row++)
                            Add(w, row, $"UNSAFE.Add(ref a{row}, k)");
                        w.Line("bAt = ref UNSAFE.Add(ref bAt, bStep);");
                    }

                    w.Line();
                    w.Line("ref float c0 = ref UNSAFE.Add(ref c, r * cRow);");
                    for (int row = 0; row < height; row++)
                    {
                        w.Line($"V.StoreUnsafe(s{row}0, ref UNSAFE.Add(ref c0, {RowOf(row, "cRow")}));");
                        w.Line($"V.StoreUnsafe(s{row}1, ref UNSAFE.Add(ref c0, {RowOf(row, "cRow")} + second));");
                    }

                    w.Line(Invariant($"r += {height};"));
                }
            }
        }

        return Fill(w.ToString().TrimEnd('\n'), lanes);
    }

    private static string AddProductOf(int lanes)
    {
        var w = new CodeWriter();
        w.Line("[OPTIMIZE]");
        using (w.Block("private static void AddProductLANES(int rows, int columns, int depth, ref float a, nint aRow, ref float b, nint bRow, ref float c, int cRow, float factor)"))
        {
            w.Line("var scale = V.Create(factor);");
            w.Line("int r = 0;");
            foreach (int height in s_heights)
            {
                using (w.Block(LoopOf(height)))
                {
                    Rows(w, height);
                    w.Line("ref float c0 = ref UNSAFE.Add(ref c, r * cRow);");
                    w.Line("// Where the vectors of a row are odd in number, the first is computed twice in a tile of its own: the one that");
                    w.Line("// is moved back has to share a tile with the one whose columns it repeats.");
                    w.Line("int vectors = (columns + LANES - 1) / LANES;");
                    using (w.Block("for (int v = -(vectors & 1); v < vectors; v += 2)"))
                    {
                        w.Line("int first = global::System.Math.Max(v, 0) * LANES;");
                        w.Line("nint second = global::System.Math.Min((v + 1) * LANES, columns - LANES) - first;");
                        w.Line("ref float aAt = ref UNSAFE.Add(ref a, r);");
                        w.Line("ref float bAt = ref UNSAFE.Add(ref b, first);");
                        Sums(w, height);
                        using (w.Block("for (int k = 0; k < depth; k++)"))
                        {
                            w.Line("var b0 = V.LoadUnsafe(ref bAt);");
                            w.Line("var b1 = V.LoadUnsafe(ref UNSAFE.Add(ref bAt, second));");
                            for (int row = 0; row < height; row++)
                                Add(w, row, row == 0 ? "aAt" : $"UNSAFE.Add(ref aAt, row{row})");
                            w.Line("aAt = ref UNSAFE.Add(ref aAt, aRow);");
                            w.Line("bAt = ref UNSAFE.Add(ref bAt, bRow);");
                        }

                        w.Line();
                        w.Line("ref float d0 = ref UNSAFE.Add(ref c0, first);");
                        for (int row = 1; row < height; row++)
                            w.Line($"ref float d{row} = ref UNSAFE.Add(ref d0, row{row} * cRow);");
                        for (int row = 0; row < height; row++)
                        {
                            w.Line($"s{row}0 = V.MultiplyAddEstimate(s{row}0, scale, V.LoadUnsafe(ref d{row}));");
                            w.Line($"s{row}1 = V.MultiplyAddEstimate(s{row}1, scale, V.LoadUnsafe(ref UNSAFE.Add(ref d{row}, second)));");
                        }

                        for (int row = 0; row < height; row++)
                        {
                            w.Line($"V.StoreUnsafe(s{row}0, ref d{row});");
                            w.Line($"V.StoreUnsafe(s{row}1, ref UNSAFE.Add(ref d{row}, second));");
                        }
                    }

                    w.Line();
                    w.Line(Invariant($"r += {height};"));
                }
            }
        }

        return Fill(w.ToString().TrimEnd('\n'), lanes);
    }

    /// <summary>Six rows at a time while they leave none, or at least four, over.</summary>
    private static string LoopOf(int height) => height == 6 ? "while (rows - r >= 9 || rows - r == 6 || rows - r == 5)" : "while (r < rows)";

    /// <summary>Where fewer rows are left than the tile has, the last one stands for the others.</summary>
    private static void Rows(CodeWriter w, int height)
    {
        w.Line("int left = rows - r - 1;");
        for (int row = 1; row < height; row++)
            w.Line(Invariant($"nint row{row} = global::System.Math.Min(left, {row});"));
    }

    private static string RowOf(int row, string stride) => row == 0 ? "0" : $"row{row} * {stride}";

    private static void Sums(CodeWriter w, int height)
    {
        for (int row = 0; row < height; row++)
        {
            w.Line($"var s{row}0 = V<float>.Zero;");
            w.Line($"var s{row}1 = V<float>.Zero;");
        }
    }

    private static void Add(CodeWriter w, int row, string x)
    {
        w.Line($"var x{row} = V.Create({x});");
        w.Line($"s{row}0 = V.MultiplyAddEstimate(x{row}, b0, s{row}0);");
        w.Line($"s{row}1 = V.MultiplyAddEstimate(x{row}, b1, s{row}1);");
    }

    private static string Fill(string text, int lanes) => text
        .Replace("LANES", lanes.ToString(CultureInfo.InvariantCulture))
        .Replace(" V<", Invariant($" V{32 * lanes}<")).Replace("V.", Invariant($"V{32 * lanes}."));
}
