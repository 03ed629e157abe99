using NetGen.Compiler.Targets;
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
    /// <summary>c = bias + a b.</summary>
    public static string Multiply(WidthChoice choice) => $$"""
        /// <summary>
        /// c[r, j] = bias[j] + sum over k of a[r, k] b[k, j], where a[r, k] stands at r aRow + k, b[k, j] at k bRow + j bColumn and c[r, j] at r cRow + j.
        /// Without a bias (a null reference) the sums begin at 0. Panels of b are copied side by side where that spares misses of the cache,
        /// or where bColumn is not 1.
        /// </summary>
        [INLINE]
        internal static void Multiply(
            int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, int bColumn, ref float bias, ref float c, int cRow, ref float panel)
        {
            {{choice.Call("Multiply", "rows, columns, depth, ref a, aRow, ref b, bRow, bColumn, ref bias, ref c, cRow, ref panel", "MultiplyFew(rows, columns, depth, ref a, aRow, ref b, bRow, bColumn, ref bias, ref c, cRow);")}}
        }

        /// <summary>The same for columns that fill no vector.</summary>
        [OPTIMIZE]
        private static void MultiplyFew(
            int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, int bColumn, ref float bias, ref float c, int cRow)
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
        }

        /// <summary>The same for columns that fill a vector.</summary>
        [OPTIMIZE]
        private static void Multiply<TLanes, TVector>(
            int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, int bColumn, ref float bias, ref float c, int cRow, ref float panel)
            CONSTRAINTS
        {
            bool packs = bColumn != 1 || (rows >= 16 && (bRow >= {{Tuning.Matrices.PageRow}} || bRow % {{Tuning.Matrices.SetRow}} == 0) && (long)depth * bRow > {{Tuning.Matrices.PackAbove}});
            // The depth in equal blocks, so that a panel stays in the first-level cache.
            int most = {{Tuning.Matrices.PanelSize}} / (2 * TLanes.Count);
            int blocks = packs ? (depth + most - 1) / most : 1;
            int block = (depth + blocks - 1) / blocks;
            for (int start = 0; start < depth; start += block)
            {
                int steps = global::System.Math.Min(block, depth - start);
                ref float from = ref start == 0 ? ref bias : ref c;
                int fromRow = start == 0 ? 0 : cRow;
                // Where the vectors of a row are odd in number, the first is computed twice in a tile of its own: the one that
                // is moved back has to share a tile with the one whose columns it repeats.
                int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
                for (int v = -(vectors & 1); v < vectors; v += 2)
                {
                    int first = global::System.Math.Max(v, 0) * TLanes.Count;
                    int second = global::System.Math.Min((v + 1) * TLanes.Count, columns - TLanes.Count) - first;
                    ref float bAt = ref UNSAFE.Add(ref b, start * bRow + first * bColumn);
                    ref float cAt = ref UNSAFE.Add(ref c, first);
                    ref float fromAt = ref UNSAFE.IsNullRef(ref from) ? ref from : ref UNSAFE.Add(ref from, first);
                    int bStep = bRow;
                    int next = second;
                    if (packs)
                    {
                        Pack<TLanes, TVector>(steps, second, ref bAt, bRow, bColumn, ref panel);
                        bAt = ref panel;
                        bStep = 2 * TLanes.Count;
                        next = TLanes.Count;
                    }

                    MultiplyPanel<TLanes, TVector>(
                        rows, steps, ref UNSAFE.Add(ref a, start), aRow, ref bAt, bStep, next, ref fromAt, fromRow, ref cAt, cRow, second);
                }
            }
        }


        """ + (choice.IsOfRuntime ? PackByElements : Pack) + "\n\n" + Panel();

    /// <summary>Columns that are neighbours are copied as vectors.</summary>
    private const string PackNeighbours = """
        /// <summary>Copies two vectors a step of b side by side.</summary>
        [OPTIMIZE]
        private static void Pack<TLanes, TVector>(int steps, int second, ref float b, int bRow, int bColumn, ref float panel)
            CONSTRAINTS
        {
            if (bColumn == 1)
            {
                for (int k = 0; k < steps; k++)
                {
                    TLanes.Store(TLanes.Load(ref b), ref panel);
                    TLanes.StoreFrom(TLanes.Load(ref UNSAFE.Add(ref b, second)), ref panel, TLanes.Count);
                    b = ref UNSAFE.Add(ref b, bRow);
                    panel = ref UNSAFE.Add(ref panel, 2 * TLanes.Count);
                }

                return;
            }


        """;

    private const string Pack = PackNeighbours + """
            for (int half = 0; half < 2; half++)
            {
                ref float from = ref UNSAFE.Add(ref b, half * second * bColumn);
                ref float to = ref UNSAFE.Add(ref panel, half * TLanes.Count);
                int k = 0;
                for (; bRow == 1 && k <= steps - 4; k += 4)
                {
                    TLanes.Columns(ref UNSAFE.Add(ref from, k), bColumn, out TVector v0, out TVector v1, out TVector v2, out TVector v3);
                    TLanes.Store(v0, ref to);
                    TLanes.StoreFrom(v1, ref to, 2 * TLanes.Count);
                    TLanes.StoreFrom(v2, ref to, 4 * TLanes.Count);
                    TLanes.StoreFrom(v3, ref to, 6 * TLanes.Count);
                    to = ref UNSAFE.Add(ref to, 8 * TLanes.Count);
                }

                for (; k < steps; k++)
                {
                    TLanes.Store(TLanes.Column(ref UNSAFE.Add(ref from, k * bRow), bColumn), ref to);
                    to = ref UNSAFE.Add(ref to, 2 * TLanes.Count);
                }
            }
        }
        """;

    /// <summary>The same where vectors cannot be filled with what stands apart.</summary>
    private const string PackByElements = PackNeighbours + """
            for (int j = 0; j < 2 * TLanes.Count; j++)
            {
                ref float from = ref UNSAFE.Add(ref b, (j < TLanes.Count ? j : second + j - TLanes.Count) * bColumn);
                ref float to = ref UNSAFE.Add(ref panel, j);
                for (int k = 0; k < steps; k++)
                {
                    to = from;
                    from = ref UNSAFE.Add(ref from, bRow);
                    to = ref UNSAFE.Add(ref to, 2 * TLanes.Count);
                }
            }
        }
        """;

    /// <summary>What stands for the packed product where the columns fill no vector: the matrix row by row.</summary>
    private const string PackedFew = """
        /// <summary>The same for columns that fill no vector: row by row.</summary>
        private static void PackFew(int columns, int depth, ref float b, int bRow, int bColumn, ref float packed)
        {
            for (int k = 0; k < depth; k++)
            {
                for (int j = 0; j < columns; j++)
                    UNSAFE.Add(ref packed, k * columns + j) = UNSAFE.Add(ref b, k * bRow + j * bColumn);
            }
        }

        [OPTIMIZE]
        private static void MultiplyPackedFew(
            int rows, int columns, int depth, ref float a, int aRow, ref float packed, ref float from, int fromRow, ref float c, int cRow)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int j = 0; j < columns; j++)
                {
                    float sum = UNSAFE.IsNullRef(ref from) ? 0f : UNSAFE.Add(ref from, r * fromRow + j);
                    for (int k = 0; k < depth; k++)
                        sum += UNSAFE.Add(ref a, r * aRow + k) * UNSAFE.Add(ref packed, k * columns + j);
                    UNSAFE.Add(ref c, r * cRow + j) = sum;
                }
            }
        }


        """;

    private const string AddRowsFew = """
        {
            for (int j = 0; j < columns; j++)
            {
                float sum = 0f;
                for (int r = 0; r < rows; r++)
                    sum += UNSAFE.Add(ref a, r * aRow + j);
                UNSAFE.Add(ref c, j) += factor * sum;
            }
        }
        """;

    /// <summary>c += factor aᵀ b.</summary>
    public static string AddProduct(WidthChoice choice) => $$"""
        /// <summary>
        /// c[r, j] += factor sum over k of a[k, r] b[k, j], where a[k, r] stands at k aRow + r, b[k, j] at k bRow + j, and c[r, j] at r cRow + j.
        /// </summary>
        [INLINE]
        internal static void AddProduct(int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, ref float c, int cRow, float factor)
        {
            {{choice.Call("AddProduct", "rows, columns, depth, ref a, aRow, ref b, bRow, ref c, cRow, factor", "AddProductFew(rows, columns, depth, ref a, aRow, ref b, bRow, ref c, cRow, factor);")}}
        }


        """ + (choice.IsOfRuntime ? AddProductOfNumbers : AddProductFew) + "\n\n" + AddProductOfVectors();

    private const string AddProductFew = """
        /// <summary>The same for columns that fill no vector.</summary>
        [OPTIMIZE]
        private static void AddProductFew(
            int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, ref float c, int cRow, float factor)
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
        """;

    /// <summary>The same where it serves any number of columns, since there are no vectors: in the order in which all of them lie in memory.</summary>
    private const string AddProductOfNumbers = """
        /// <summary>The same for columns that fill no vector.</summary>
        [OPTIMIZE]
        private static void AddProductFew(
            int rows, int columns, int depth, ref float a, int aRow, ref float b, int bRow, ref float c, int cRow, float factor)
        {
            for (int k = 0; k < depth; k++)
            {
                for (int r = 0; r < rows; r++)
                {
                    float x = factor * UNSAFE.Add(ref a, k * aRow + r);
                    for (int j = 0; j < columns; j++)
                        UNSAFE.Add(ref c, r * cRow + j) += x * UNSAFE.Add(ref b, k * bRow + j);
                }
            }
        }
        """;

    /// <summary>The same product where b was packed beforehand, and what packs it.</summary>
    public static string MultiplyPacked(WidthChoice choice) => (choice.IsOfRuntime ? PackedFew : "") + $$"""
        /// <summary>Copies b[k, j], which stands at k bRow + j bColumn, into the panels that MultiplyPacked reads. At least 4 columns.</summary>
        [INLINE]
        internal static void PackWeight(int columns, int depth, ref float b, int bRow, int bColumn, ref float packed)
        {
            {{choice.Call("PackWeight", "columns, depth, ref b, bRow, bColumn, ref packed", choice.IsOfRuntime ? "PackFew(columns, depth, ref b, bRow, bColumn, ref packed);" : null)}}
        }

        [OPTIMIZE]
        private static void PackWeight<TLanes, TVector>(int columns, int depth, ref float b, int bRow, int bColumn, ref float packed)
            CONSTRAINTS
        {
            int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
            for (int v = -(vectors & 1); v < vectors; v += 2)
            {
                int first = global::System.Math.Max(v, 0) * TLanes.Count;
                int second = global::System.Math.Min((v + 1) * TLanes.Count, columns - TLanes.Count) - first;
                Pack<TLanes, TVector>(depth, second, ref UNSAFE.Add(ref b, first * bColumn), bRow, bColumn, ref packed);
                packed = ref UNSAFE.Add(ref packed, 2 * TLanes.Count * depth);
            }
        }

        /// <summary>
        /// c[r, j] = from[r, j] + sum over k of a[r, k] b[k, j], where a[r, k] stands at r aRow + k, from[r, j] at r fromRow + j and c[r, j] at r cRow + j;
        /// b as PackWeight leaves it.
        /// </summary>
        [INLINE]
        internal static void MultiplyPacked(
            int rows, int columns, int depth, ref float a, int aRow, ref float packed, ref float from, int fromRow, ref float c, int cRow)
        {
            {{choice.Call("MultiplyPacked", "rows, columns, depth, ref a, aRow, ref packed, ref from, fromRow, ref c, cRow", choice.IsOfRuntime ? "MultiplyPackedFew(rows, columns, depth, ref a, aRow, ref packed, ref from, fromRow, ref c, cRow);" : null)}}
        }

        [OPTIMIZE]
        private static void MultiplyPacked<TLanes, TVector>(
            int rows, int columns, int depth, ref float a, int aRow, ref float packed, ref float from, int fromRow, ref float c, int cRow)
            CONSTRAINTS
        {
            int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
            for (int v = -(vectors & 1); v < vectors; v += 2)
            {
                int first = global::System.Math.Max(v, 0) * TLanes.Count;
                int second = global::System.Math.Min((v + 1) * TLanes.Count, columns - TLanes.Count) - first;
                ref float cAt = ref UNSAFE.Add(ref c, first);
                ref float fromAt = ref UNSAFE.IsNullRef(ref from) ? ref from : ref UNSAFE.Add(ref from, first);
                MultiplyPanel<TLanes, TVector>(
                    rows, depth, ref a, aRow, ref packed, 2 * TLanes.Count, TLanes.Count, ref fromAt, fromRow, ref cAt, cRow, second);
                packed = ref UNSAFE.Add(ref packed, 2 * TLanes.Count * depth);
            }
        }
        """;

    /// <summary>One row's sums are so few that the latency of a multiply-add would show: each runs in four chains.</summary>
    public static string MultiplyPackedRow(WidthChoice choice) => $$"""
        /// <summary>c[j] = from[j] + sum over k of a[k] b[k, j], b as PackWeight leaves it.</summary>
        [INLINE]
        internal static void MultiplyPackedRow(int columns, int depth, ref float a, ref float packed, ref float from, ref float c)
        {
            {{choice.Call("MultiplyPackedRow", "columns, depth, ref a, ref packed, ref from, ref c", choice.IsOfRuntime ? "MultiplyPackedFew(1, columns, depth, ref a, 0, ref packed, ref from, 0, ref c, 0);" : null)}}
        }

        [OPTIMIZE]
        private static void MultiplyPackedRow<TLanes, TVector>(int columns, int depth, ref float a, ref float packed, ref float from, ref float c)
            CONSTRAINTS
        {
            int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
            for (int v = -(vectors & 1); v < vectors; v += 2)
            {
                int first = global::System.Math.Max(v, 0) * TLanes.Count;
                int second = global::System.Math.Min((v + 1) * TLanes.Count, columns - TLanes.Count);
                TVector s00 = TLanes.Zero;
                TVector s01 = TLanes.Zero;
                TVector s10 = TLanes.Zero;
                TVector s11 = TLanes.Zero;
                TVector s20 = TLanes.Zero;
                TVector s21 = TLanes.Zero;
                TVector s30 = TLanes.Zero;
                TVector s31 = TLanes.Zero;
                if (!UNSAFE.IsNullRef(ref from))
                {
                    s00 = TLanes.Load(ref UNSAFE.Add(ref from, first));
                    s01 = TLanes.Load(ref UNSAFE.Add(ref from, second));
                }

                ref float aAt = ref a;
                int k = 0;
                for (; k < depth - 3; k += 4)
                {
                    TVector x0 = TLanes.Create(aAt);
                    s00 = TLanes.MultiplyAdd(x0, TLanes.Load(ref packed), s00);
                    s01 = TLanes.MultiplyAdd(x0, TLanes.Load(ref UNSAFE.Add(ref packed, TLanes.Count)), s01);
                    TVector x1 = TLanes.Create(UNSAFE.Add(ref aAt, 1));
                    s10 = TLanes.MultiplyAdd(x1, TLanes.Load(ref UNSAFE.Add(ref packed, 2 * TLanes.Count)), s10);
                    s11 = TLanes.MultiplyAdd(x1, TLanes.Load(ref UNSAFE.Add(ref packed, 3 * TLanes.Count)), s11);
                    TVector x2 = TLanes.Create(UNSAFE.Add(ref aAt, 2));
                    s20 = TLanes.MultiplyAdd(x2, TLanes.Load(ref UNSAFE.Add(ref packed, 4 * TLanes.Count)), s20);
                    s21 = TLanes.MultiplyAdd(x2, TLanes.Load(ref UNSAFE.Add(ref packed, 5 * TLanes.Count)), s21);
                    TVector x3 = TLanes.Create(UNSAFE.Add(ref aAt, 3));
                    s30 = TLanes.MultiplyAdd(x3, TLanes.Load(ref UNSAFE.Add(ref packed, 6 * TLanes.Count)), s30);
                    s31 = TLanes.MultiplyAdd(x3, TLanes.Load(ref UNSAFE.Add(ref packed, 7 * TLanes.Count)), s31);
                    aAt = ref UNSAFE.Add(ref aAt, 4);
                    packed = ref UNSAFE.Add(ref packed, 8 * TLanes.Count);
                }

                for (; k < depth; k++)
                {
                    TVector x = TLanes.Create(aAt);
                    s00 = TLanes.MultiplyAdd(x, TLanes.Load(ref packed), s00);
                    s01 = TLanes.MultiplyAdd(x, TLanes.Load(ref UNSAFE.Add(ref packed, TLanes.Count)), s01);
                    aAt = ref UNSAFE.Add(ref aAt, 1);
                    packed = ref UNSAFE.Add(ref packed, 2 * TLanes.Count);
                }

                TLanes.Store(TLanes.Add(TLanes.Add(s00, s10), TLanes.Add(s20, s30)), ref UNSAFE.Add(ref c, first));
                TLanes.Store(TLanes.Add(TLanes.Add(s01, s11), TLanes.Add(s21, s31)), ref UNSAFE.Add(ref c, second));
            }
        }
        """;

    /// <summary>c += factor times the sum of the rows of a.</summary>
    public static string AddRows(WidthChoice choice) => $$"""
        /// <summary>c[j] += factor sum over r of a[r, j], where a[r, j] stands at r aRow + j.</summary>
        [INLINE]
        internal static void AddRows(int rows, int columns, ref float a, int aRow, ref float c, float factor)
        {
            {{choice.Call("AddRows", "rows, columns, ref a, aRow, ref c, factor", AddRowsFew, widest: 8)}}
        }

        [OPTIMIZE]
        private static void AddRows<TLanes, TVector>(int rows, int columns, ref float a, int aRow, ref float c, float factor)
            CONSTRAINTS
        {
            int j = 0;
            TVector scale = TLanes.Create(factor);
            // Four vectors of a row at a time, then one, by two sums.
            for (; j <= columns - 4 * TLanes.Count; j += 4 * TLanes.Count)
            {
                TVector s0 = TLanes.Zero;
                TVector s1 = TLanes.Zero;
                TVector s2 = TLanes.Zero;
                TVector s3 = TLanes.Zero;
                ref float row = ref UNSAFE.Add(ref a, j);
                for (int r = 0; r < rows; r++)
                {
                    s0 = TLanes.Add(s0, TLanes.Load(ref row));
                    s1 = TLanes.Add(s1, TLanes.LoadFrom(ref row, TLanes.Count));
                    s2 = TLanes.Add(s2, TLanes.LoadFrom(ref row, 2 * TLanes.Count));
                    s3 = TLanes.Add(s3, TLanes.LoadFrom(ref row, 3 * TLanes.Count));
                    row = ref UNSAFE.Add(ref row, aRow);
                }

                ref float at = ref UNSAFE.Add(ref c, j);
                TLanes.Store(TLanes.Add(TLanes.Load(ref at), TLanes.Multiply(s0, scale)), ref at);
                TLanes.StoreFrom(TLanes.Add(TLanes.LoadFrom(ref at, TLanes.Count), TLanes.Multiply(s1, scale)), ref at, TLanes.Count);
                TLanes.StoreFrom(TLanes.Add(TLanes.LoadFrom(ref at, 2 * TLanes.Count), TLanes.Multiply(s2, scale)), ref at, 2 * TLanes.Count);
                TLanes.StoreFrom(TLanes.Add(TLanes.LoadFrom(ref at, 3 * TLanes.Count), TLanes.Multiply(s3, scale)), ref at, 3 * TLanes.Count);
            }

            for (; j < columns; j += TLanes.Count)
            {
                // The last vector is moved back over columns of the one before it, which it leaves as they are.
                int first = global::System.Math.Min(j, columns - TLanes.Count);
                TVector isDone = TLanes.First(j - first);
                TVector sum = TLanes.Zero;
                TVector other = TLanes.Zero;
                ref float row = ref UNSAFE.Add(ref a, first);
                for (int r = 1; r < rows; r += 2)
                {
                    sum = TLanes.Add(sum, TLanes.Load(ref row));
                    other = TLanes.Add(other, TLanes.Load(ref UNSAFE.Add(ref row, aRow)));
                    row = ref UNSAFE.Add(ref row, 2 * aRow);
                }

                if ((rows & 1) != 0)
                    sum = TLanes.Add(sum, TLanes.Load(ref row));
                ref float at = ref UNSAFE.Add(ref c, first);
                TVector old = TLanes.Load(ref at);
                TLanes.Store(TLanes.Select(isDone, old, TLanes.Add(old, TLanes.Multiply(TLanes.Add(sum, other), scale))), ref at);
            }
        }
        """;

    /// <summary>Rows of a tile, the most first: with two vectors of columns, twelve sums hide every latency, and eight fill what twelve leave.</summary>
    private static readonly int[] s_heights = [6, 4];

    private static string Panel()
    {
        var w = new CodeWriter();
        w.Line("/// <summary>Two vectors of columns of the product; the second stands so far behind the first, in b so far as next says.</summary>");
        w.Line("[OPTIMIZE]");
        w.Line("private static void MultiplyPanel<TLanes, TVector>(");
        w.Line("    int rows, int steps, ref float a, int aRow, ref float b, nint bStep, nint next,");
        w.Line("    ref float from, int fromRow, ref float c, int cRow, int second)");
        using (w.Block("    CONSTRAINTS"))
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
                            w.Line($"s{row}0 = TLanes.Load(ref UNSAFE.Add(ref start, {RowOf(row, "fromRow")}));");
                            w.Line($"s{row}1 = TLanes.Load(ref UNSAFE.Add(ref start, {RowOf(row, "fromRow")} + second));");
                        }
                    }

                    w.Line();
                    w.Line("ref float bAt = ref b;");
                    using (w.Block("for (nint k = 0; k < steps; k++)"))
                    {
                        w.Line("TVector b0 = TLanes.Load(ref bAt);");
                        w.Line("TVector b1 = TLanes.Load(ref UNSAFE.Add(ref bAt, next));");
                        for (int row = 0; row < height; row++)
                            Add(w, row, $"UNSAFE.Add(ref a{row}, k)");
                        w.Line("bAt = ref UNSAFE.Add(ref bAt, bStep);");
                    }

                    w.Line();
                    w.Line("ref float c0 = ref UNSAFE.Add(ref c, r * cRow);");
                    for (int row = 0; row < height; row++)
                    {
                        w.Line($"TLanes.Store(s{row}0, ref UNSAFE.Add(ref c0, {RowOf(row, "cRow")}));");
                        w.Line($"TLanes.Store(s{row}1, ref UNSAFE.Add(ref c0, {RowOf(row, "cRow")} + second));");
                    }

                    w.Line(Invariant($"r += {height};"));
                }
            }
        }

        return w.ToString().TrimEnd('\n');
    }

    private static string AddProductOfVectors()
    {
        var w = new CodeWriter();
        w.Line("/// <summary>The same for columns that fill a vector.</summary>");
        w.Line("[OPTIMIZE]");
        w.Line("private static void AddProduct<TLanes, TVector>(");
        w.Line("    int rows, int columns, int depth, ref float a, nint aRow, ref float b, nint bRow, ref float c, int cRow, float factor)");
        using (w.Block("    CONSTRAINTS"))
        {
            w.Line("TVector scale = TLanes.Create(factor);");
            w.Line("int r = 0;");
            foreach (int height in s_heights)
            {
                using (w.Block(LoopOf(height)))
                {
                    Rows(w, height);
                    w.Line("ref float c0 = ref UNSAFE.Add(ref c, r * cRow);");
                    w.Line("// Where the vectors of a row are odd in number, the first is computed twice in a tile of its own: the one that");
                    w.Line("// is moved back has to share a tile with the one whose columns it repeats.");
                    w.Line("int vectors = (columns + TLanes.Count - 1) / TLanes.Count;");
                    using (w.Block("for (int v = -(vectors & 1); v < vectors; v += 2)"))
                    {
                        w.Line("int first = global::System.Math.Max(v, 0) * TLanes.Count;");
                        w.Line("nint second = global::System.Math.Min((v + 1) * TLanes.Count, columns - TLanes.Count) - first;");
                        w.Line("ref float aAt = ref UNSAFE.Add(ref a, r);");
                        w.Line("ref float bAt = ref UNSAFE.Add(ref b, first);");
                        Sums(w, height);
                        using (w.Block("for (int k = 0; k < depth; k++)"))
                        {
                            w.Line("TVector b0 = TLanes.Load(ref bAt);");
                            w.Line("TVector b1 = TLanes.Load(ref UNSAFE.Add(ref bAt, second));");
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
                            w.Line($"s{row}0 = TLanes.MultiplyAdd(s{row}0, scale, TLanes.Load(ref d{row}));");
                            w.Line($"s{row}1 = TLanes.MultiplyAdd(s{row}1, scale, TLanes.Load(ref UNSAFE.Add(ref d{row}, second)));");
                        }

                        for (int row = 0; row < height; row++)
                        {
                            w.Line($"TLanes.Store(s{row}0, ref d{row});");
                            w.Line($"TLanes.Store(s{row}1, ref UNSAFE.Add(ref d{row}, second));");
                        }
                    }

                    w.Line();
                    w.Line(Invariant($"r += {height};"));
                }
            }
        }

        return w.ToString().TrimEnd('\n');
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
            w.Line($"TVector s{row}0 = TLanes.Zero;");
            w.Line($"TVector s{row}1 = TLanes.Zero;");
        }
    }

    private static void Add(CodeWriter w, int row, string x)
    {
        w.Line($"TVector x{row} = TLanes.Create({x});");
        w.Line($"s{row}0 = TLanes.MultiplyAdd(x{row}, b0, s{row}0);");
        w.Line($"s{row}1 = TLanes.MultiplyAdd(x{row}, b1, s{row}1);");
    }
}
