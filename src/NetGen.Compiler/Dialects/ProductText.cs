using System;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The text of matrix products whose factors stand in memory as they are: a row of the first is a few pieces without gaps, and its rows stand
/// in lines, as those of the result do. The three products behind a convolution are this one.
/// </summary>
/// <remarks>
/// Tiles are six (or four) rows by two vectors of columns, or eight rows by one, whose sums stay in registers while the depth is run through.
/// Where fewer rows are left than a tile has, the last one stands for the others: what is computed twice comes out equal, because all is read
/// before anything is written.
/// </remarks>
internal static class ProductText
{
    public const string Places = """
        /// <summary>
        /// A product c = a b. Rows of a and of c stand in lines; each row of a is <c>Down</c> times <c>Across</c> pieces of <c>Depth</c> elements,
        /// and the rows of b follow each other through all of them.
        /// </summary>
        internal struct Product
        {
            /// <summary>Rows, and how many of them stand in a line.</summary>
            internal int Rows, Length;

            /// <summary>From a row of a to the next, and from a line to the next; the same of c.</summary>
            internal int AStep, ALine, CStep, CLine;

            /// <summary>The pieces of a row of a, and the elements of a piece.</summary>
            internal int Down, Across, Depth;

            /// <summary>How far apart they stand.</summary>
            internal int DownStep, AcrossStep, DepthStep;
        }

        /// <summary>Where rows of a and of c stand, side by side; seven more than there are, all where the last one stands.</summary>
        [OPTIMIZE]
        private static void List(in Product product, int start, int rows, ref int places)
        {
            int line = start / product.Length;
            int k = start - line * product.Length;
            int row = 0;
            for (; row < rows; line++)
            {
                int a = line * product.ALine + k * product.AStep;
                int c = line * product.CLine + k * product.CStep;
                int end = global::System.Math.Min(rows, row + product.Length - k);
                for (; row < end; row++)
                {
                    UNSAFE.Add(ref places, 2 * row) = a;
                    UNSAFE.Add(ref places, 2 * row + 1) = c;
                    a += product.AStep;
                    c += product.CStep;
                }

                k = 0;
            }

            for (; row < rows + 7; row++)
            {
                UNSAFE.Add(ref places, 2 * row) = UNSAFE.Add(ref places, 2 * rows - 2);
                UNSAFE.Add(ref places, 2 * row + 1) = UNSAFE.Add(ref places, 2 * rows - 1);
            }
        }
        """;

    public static string Text(WidthChoice choice) => $$"""
        /// <summary>The lanes of the vectors for so many columns.</summary>
        private static int LanesFor(int columns)
        {
            return {{(choice.IsOfRuntime ? "TLanes.Count" : "V512.IsHardwareAccelerated && columns >= 16 ? 16 : V256.IsHardwareAccelerated && columns > 4 ? 8 : 4")}};
        }

        /// <summary>
        /// c[r, j] = max(floor, from[r, j] + factor times the sum over k of a[r, k] b[k, j]). What is added is one row for all, or where it
        /// adds, the row of c itself. Rows of b are filled up with zeros to a vector where columns are fewer than <see cref="LanesFor"/> says.
        /// </summary>
        [OPTIMIZE]
        internal static void Multiply(
            in Product product, int columns, ref float a, ref float b, int bRow, ref float from, bool adds, ref float c, float factor, float floor)
        {
            {{(choice.IsOfRuntime ? ChoiceOfRuntime : ChoiceByLanes)}}
        }

        [OPTIMIZE]
        private static void Multiply<TLanes, TVector>(
            in Product product, int columns, ref float a, ref float b, int bRow, ref float from, bool adds, ref float c, float factor, float floor)
            CONSTRAINTS
        {
            global::System.Span<int> memory = stackalloc int[2 * global::System.Math.Min(product.Rows, {{Tuning.Convolutions.MostRows}}) + 14];
            ref int places = ref memory[0];
            for (int start = 0; start < product.Rows; start += {{Tuning.Convolutions.MostRows}})
            {
                int rows = global::System.Math.Min(product.Rows - start, {{Tuning.Convolutions.MostRows}});
                List(product, start, rows, ref places);
                if (columns < TLanes.Count)
                {
                    MultiplyOne<TLanes, TVector>(product, ref places, rows, ref a, ref b, bRow, ref from, adds, ref c, factor, floor, columns);
                    continue;
                }

                // Where the vectors of a row are odd in number, the first has tiles of its own: the one that is moved back over columns
                // of the one before it stands beside it.
                int vectors = (columns + TLanes.Count - 1) / TLanes.Count;
                if ((vectors & 1) != 0)
                    MultiplyOne<TLanes, TVector>(product, ref places, rows, ref a, ref b, bRow, ref from, adds, ref c, factor, floor, TLanes.Count);
                for (int v = vectors & 1; v < vectors; v += 2)
                {
                    int first = v * TLanes.Count;
                    int second = global::System.Math.Min(first + TLanes.Count, columns - TLanes.Count) - first;
                    ref float bAt = ref UNSAFE.Add(ref b, first);
                    ref float fromAt = ref UNSAFE.Add(ref from, first);
                    ref float cAt = ref UNSAFE.Add(ref c, first);
                    MultiplyTwo<TLanes, TVector>(product, ref places, rows, ref a, ref bAt, bRow, ref fromAt, adds, ref cAt, factor, floor, second);
                }
            }
        }

        /// <summary>The ends of the rows of a tile, where a vector would reach beyond them.</summary>
        [OPTIMIZE]
        private static void Finish(
            int rows, int columns, ref float sums, int lanes, ref int places, ref float from, bool adds, ref float c, float factor, float floor)
        {
            for (int row = 0; row < rows; row++)
            {
                int at = UNSAFE.Add(ref places, 2 * row + 1);
                for (int j = 0; j < columns; j++)
                {
                    float value = UNSAFE.Add(ref from, (adds ? at : 0) + j) + factor * UNSAFE.Add(ref sums, row * lanes + j);
                    UNSAFE.Add(ref c, at + j) = value < floor ? floor : value;
                }
            }
        }


        """ + Tiles(vectors: 2) + "\n\n" + Tiles(vectors: 1);

    private const string ChoiceByLanes = """
        int lanes = LanesFor(columns);
            if (lanes == 16)
                Multiply<Lanes16, V512<float>>(product, columns, ref a, ref b, bRow, ref from, adds, ref c, factor, floor);
            else if (lanes == 8)
                Multiply<Lanes8, V256<float>>(product, columns, ref a, ref b, bRow, ref from, adds, ref c, factor, floor);
            else
                Multiply<Lanes4, V128<float>>(product, columns, ref a, ref b, bRow, ref from, adds, ref c, factor, floor);
        """;

    private const string ChoiceOfRuntime = "Multiply<TLanes, TVector>(product, columns, ref a, ref b, bRow, ref from, adds, ref c, factor, floor);";

    /// <summary>The same where every column has a first factor of its own: what a convolution is whose filters see one channel each.</summary>
    public static string EachText(WidthChoice choice) => $$"""
        /// <summary>
        /// c[r, j] = max(floor, from[r, j] + factor times the sum over k of a[r, k, j] b[k, j]), each column a product by itself: an element
        /// of a is a row of so many columns. What is added is one row for all, or where it adds, the row of c itself.
        /// </summary>
        [OPTIMIZE]
        internal static void MultiplyEach(
            in Product product, int columns, ref float a, ref float b, int bRow, ref float from, bool adds, ref float c, float factor, float floor)
        {
            {{choice.Call("MultiplyEach", "product, columns, ref a, ref b, bRow, ref from, adds, ref c, factor, floor", "MultiplyEachFew(product, columns, ref a, ref b, bRow, ref from, adds, ref c, factor, floor);")}}
        }

        /// <summary>The same for columns that fill no vector.</summary>
        [OPTIMIZE]
        private static void MultiplyEachFew(
            in Product product, int columns, ref float a, ref float b, int bRow, ref float from, bool adds, ref float c, float factor, float floor)
        {
            for (int row = 0; row < product.Rows; row++)
            {
                int line = row / product.Length;
                int beside = row - line * product.Length;
                for (int j = 0; j < columns; j++)
                {
                    int at = line * product.CLine + beside * product.CStep + j;
                    ref float aAt = ref UNSAFE.Add(ref a, line * product.ALine + beside * product.AStep + j);
                    ref float bAt = ref UNSAFE.Add(ref b, j);
                    float sum = 0f;
                    for (int across = 0; across < product.Across; across++)
                    {
                        for (int k = 0; k < product.Depth; k++)
                        {
                            sum += UNSAFE.Add(ref aAt, across * product.AcrossStep + k * product.DepthStep) * bAt;
                            bAt = ref UNSAFE.Add(ref bAt, bRow);
                        }
                    }

                    float value = UNSAFE.Add(ref from, adds ? at : j) + factor * sum;
                    UNSAFE.Add(ref c, at) = value < floor ? floor : value;
                }
            }
        }

        [OPTIMIZE]
        private static void MultiplyEach<TLanes, TVector>(
            in Product product, int columns, ref float a, ref float b, int bRow, ref float from, bool adds, ref float c, float factor, float floor)
            CONSTRAINTS
        {
            global::System.Span<int> memory = stackalloc int[2 * global::System.Math.Min(product.Rows, {{Tuning.Convolutions.MostRows}}) + 14];
            ref int places = ref memory[0];
            for (int start = 0; start < product.Rows; start += {{Tuning.Convolutions.MostRows}})
            {
                int rows = global::System.Math.Min(product.Rows - start, {{Tuning.Convolutions.MostRows}});
                List(product, start, rows, ref places);
                for (int j = 0; j < columns; j += TLanes.Count)
                {
                    // The last vector is moved back over columns of the one before it, to which it adds nothing.
                    int first = global::System.Math.Min(j, columns - TLanes.Count);
                    int repeated = adds ? j - first : 0;
                    ref float aAt = ref UNSAFE.Add(ref a, first);
                    ref float bAt = ref UNSAFE.Add(ref b, first);
                    ref float fromAt = ref UNSAFE.Add(ref from, first);
                    ref float cAt = ref UNSAFE.Add(ref c, first);
                    MultiplyVector<TLanes, TVector>(product, ref places, rows, ref aAt, ref bAt, bRow, ref fromAt, adds, ref cAt, factor, floor, repeated);
                }
            }
        }


        """ + Tiles(vectors: 0);

    /// <param name="vectors">Of columns, that share an element; 0 for one whose lanes have elements of their own.</param>
    private static string Tiles(int vectors)
    {
        var w = new CodeWriter();
        w.Line("[OPTIMIZE]");
        w.Line($"private static void Multiply{vectors switch { 2 => "Two", 1 => "One", _ => "Vector" }}<TLanes, TVector>(");
        w.Line("    in Product product, ref int places, int left, ref float a, ref float b, nint bRow,");
        w.Line("    ref float from, bool adds, ref float c, float factor, float floor, " + vectors switch { 2 => "nint second)", 1 => "int columns)", _ => "int repeated)" });
        using (w.Block("    CONSTRAINTS"))
        {
            w.Line("nint downStep = product.DownStep, downEnd = product.Down * downStep;");
            w.Line("nint acrossStep = product.AcrossStep, acrossLength = product.Across * acrossStep;");
            w.Line("nint depthStep = product.DepthStep, depthLength = product.Depth * depthStep, mask = adds ? -1 : 0;");
            w.Line(vectors == 0
                ? "TVector scale = TLanes.AndNot(TLanes.Create(factor), TLanes.First(repeated));"
                : "TVector scale = TLanes.Create(factor);");
            w.Line("TVector least = TLanes.Create(floor);");
            if (vectors == 1)
            {
                w.Line("// What a vector holds behind the columns falls on the next rows, which are written later, if those stand there and are enough; else on nothing.");
                w.Line("bool isApart = columns < TLanes.Count && (product.CStep != columns || product.CLine != product.Length * columns);");
                w.Line("global::System.Span<float> sums = stackalloc float[8 * TLanes.Count];");
            }

            foreach (int height in vectors == 1 ? new[] { 8 } : [6, 4])
            {
                // Six rows at a time while they leave none, or at least four, over.
                using (w.Block(height == 6 ? "while (left >= 9 || left == 6 || left == 5)" : "while (left > 0)"))
                    Tile(w, vectors, height);
            }
        }

        return w.ToString().TrimEnd('\n');
    }

    private static void Tile(CodeWriter w, int vectors, int height)
    {
        for (int row = 0; row < height; row++)
            w.Line($"ref float a{row} = ref UNSAFE.Add(ref a, {Place(2 * row)});");
        Each(height, vectors, (row, v) => w.Line($"TVector s{row}{v} = TLanes.Zero;"));
        w.Line("ref float bAt = ref b;");
        using (w.Block("for (nint down = 0; down < downEnd; down += downStep)"))
        using (w.Block("for (nint across = down, end = down + acrossLength; across < end; across += acrossStep)"))
        using (w.Block("for (nint k = across, last = across + depthLength; k < last; k += depthStep)"))
        {
            w.Line("TVector b0 = TLanes.Load(ref bAt);");
            if (vectors == 2)
                w.Line("TVector b1 = TLanes.Load(ref UNSAFE.Add(ref bAt, second));");
            for (int row = 0; vectors == 0 && row < height; row++)
                w.Line($"s{row}0 = TLanes.MultiplyAdd(TLanes.Load(ref UNSAFE.Add(ref a{row}, k)), b0, s{row}0);");
            for (int row = 0; vectors > 0 && row < height; row++)
            {
                w.Line($"TVector f{row} = TLanes.Create(UNSAFE.Add(ref a{row}, k));");
                for (int v = 0; v < vectors; v++)
                    w.Line($"s{row}{v} = TLanes.MultiplyAdd(f{row}, b{v}, s{row}{v});");
            }

            w.Line("bAt = ref UNSAFE.Add(ref bAt, bRow);");
        }

        w.Line();
        if (vectors == 1)
        {
            using (w.Block(Invariant($"if (isApart || (columns < TLanes.Count && (left - {height - 1}) * columns < TLanes.Count))")))
            {
                for (int row = 0; row < height; row++)
                    w.Line(Invariant($"TLanes.StoreFrom(s{row}0, ref sums[0], {row} * TLanes.Count);"));
                w.Line(Invariant($"int rows = global::System.Math.Min(left, {height});"));
                w.Line("Finish(rows, columns, ref sums[0], TLanes.Count, ref places, ref from, adds, ref c, factor, floor);");
            }

            using (w.Block("else"))
                Finish(w, vectors, height);
        }
        else
            Finish(w, vectors, height);
        w.Line();
        w.Line(Invariant($"places = ref UNSAFE.Add(ref places, {2 * height});"));
        w.Line(Invariant($"left -= {height};"));
    }

    private static void Finish(CodeWriter w, int vectors, int height)
    {
        for (int row = 0; row < height; row++)
            w.Line($"nint at{row} = {Place((2 * row) + 1)};");
        Each(height, vectors, (row, v) =>
            w.Line($"s{row}{v} = TLanes.MultiplyAdd(s{row}{v}, scale, TLanes.Load(ref UNSAFE.Add(ref from, (at{row} & mask){Second(v)})));"));
        Each(height, vectors, (row, v) => w.Line($"TLanes.Store(TLanes.MaxNative(least, s{row}{v}), ref UNSAFE.Add(ref c, at{row}{Second(v)}));"));

        static string Second(int v) => v == 0 ? "" : " + second";
    }

    private static string Place(int k) => k == 0 ? "places" : Invariant($"UNSAFE.Add(ref places, {k})");

    private static void Each(int height, int vectors, Action<int, int> body)
    {
        for (int row = 0; row < height; row++)
        {
            for (int v = 0; v < Math.Max(vectors, 1); v++)
                body(row, v);
        }
    }
}
