using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The texts of the three products behind a convolution, over <see cref="ProductText"/>. Nothing is copied into columns: what one window
/// sees is a few pieces of memory without gaps, so a product reads it where it stands.
/// </summary>
/// <remarks>Memory is [height][width][channels], the zeros of the padding included; the weight is kept as [height][width][channels][filters].</remarks>
internal static class ConvolutionText
{
    /// <summary>Where windows stand, and what each of them sees.</summary>
    public const string Window = """
        /// <summary>
        /// The windows of a convolution over [height][width][channels]: where they stand, and the pieces of memory without gaps that each sees.
        /// </summary>
        internal struct Window
        {
            /// <summary>Windows down and across: the outputs.</summary>
            internal int Height, Width;

            /// <summary>From a window to the one below it, and to the one beside it.</summary>
            internal int Line, Step;

            /// <summary>Pieces of a window one below the other, and how far apart they stand; the same side by side.</summary>
            internal int Down, DownStep, Across, AcrossStep;

            /// <summary>Floats of a piece.</summary>
            internal int Depth;
        }
        """;

    /// <summary>y = max(floor, bias + x * w).</summary>
    public static string Correlate => $$"""
        /// <summary>
        /// y[p, o] = max(floor, bias[o] + sum over k of x[p, k] w[k, o]), where x[p, k] is what window p sees, w[k, o] stands at k wRow + o and
        /// y[p, o] at p yRow + o. Without a bias (a null reference) the sums begin at 0, or
        /// where it adds, at what y holds.
        /// </summary>
        [OPTIMIZE]
        internal static void Correlate(
            in Window window, int filters, ref float x, ref float w, int wRow, ref float bias, bool adds, ref float y, int yRow, float floor)
        {
            Product product;
            product.Rows = window.Height * window.Width;
            product.Length = window.Width;
            product.AStep = window.Step;
            product.ALine = window.Line;
            product.CStep = yRow;
            product.CLine = window.Width * yRow;
            product.Down = window.Down;
            product.Across = window.Across;
            product.Depth = window.Depth;
            product.DownStep = window.DownStep;
            product.AcrossStep = window.AcrossStep;
            product.DepthStep = 1;
            int lanes = LanesFor(filters);
            int rows = window.Down * window.Across * window.Depth;
            bool isFilled = filters < lanes && rows < {{Tuning.Convolutions.MaxFilled}} / lanes;
            if (filters < lanes && !isFilled)
            {
                for (int p = 0; p < product.Rows; p++)
                {
                    for (int o = 0; o < filters; o++)
                    {
                        float from = adds ? UNSAFE.Add(ref y, p * yRow + o) : UNSAFE.IsNullRef(ref bias) ? 0f : UNSAFE.Add(ref bias, o);
                        float value = from + SumOf(window, p, ref x, ref UNSAFE.Add(ref w, o), wRow);
                        UNSAFE.Add(ref y, p * yRow + o) = value < floor ? floor : value;
                    }
                }

                return;
            }

            // Zeros in place of a bias; and where filters are fewer than lanes, the rows of both filled up.
            global::System.Span<float> memory = stackalloc float[isFilled ? (rows + 1) * lanes : UNSAFE.IsNullRef(ref bias) ? filters : 1];
            for (int o = 0; isFilled && o < filters; o++)
            {
                memory[o] = UNSAFE.IsNullRef(ref bias) ? 0f : UNSAFE.Add(ref bias, o);
                for (int k = 0; k < rows; k++)
                    memory[(k + 1) * lanes + o] = UNSAFE.Add(ref w, k * wRow + o);
            }

            ref float start = ref adds ? ref y : ref isFilled || UNSAFE.IsNullRef(ref bias) ? ref memory[0] : ref bias;
            if (isFilled)
                Multiply(product, filters, ref x, ref memory[lanes], lanes, ref start, adds, ref y, 1f, floor);
            else
                Multiply(product, filters, ref x, ref w, wRow, ref start, adds, ref y, 1f, floor);
        }

        /// <summary>What window p sees times one filter.</summary>
        [OPTIMIZE]
        private static float SumOf(in Window window, int p, ref float x, ref float w, int wRow)
        {
            float sum = 0f;
            ref float start = ref UNSAFE.Add(ref x, p / window.Width * window.Line + p % window.Width * window.Step);
            for (int piece = 0; piece < window.Down * window.Across; piece++)
            {
                ref float at = ref UNSAFE.Add(ref start, piece / window.Across * window.DownStep + piece % window.Across * window.AcrossStep);
                for (int k = 0; k < window.Depth; k++)
                    sum += UNSAFE.Add(ref at, k) * UNSAFE.Add(ref w, (piece * window.Depth + k) * wRow);
            }

            return sum;
        }
        """;

    /// <summary>dw += factor xᵀ dy.</summary>
    public static string WeightGradient => $$"""
        /// <summary>
        /// dw[k, o] += factor times the sum over p of x[p, k] dy[p, o], where x[p, k] is what window p sees, dy[p, o] stands at p dyRow + o and
        /// dw[k, o] at k dwRow + o.
        /// </summary>
        [OPTIMIZE]
        internal static void CorrelateWeightGradient(in Window window, int filters, ref float x, ref float dy, int dyRow, ref float dw, int dwRow, float factor)
        {
            Product product;
            product.Length = window.Depth;
            product.AStep = 1;
            product.CStep = dwRow;
            product.CLine = window.Depth * dwRow;
            product.Down = 1;
            product.DownStep = 1;
            product.AcrossStep = window.Line;
            product.DepthStep = window.Step;
            // The rows of a product stand in lines: the pieces one below the other, or those side by side.
            int times = window.Across == 1 ? 1 : window.Down;
            int pieces = window.Across == 1 ? window.Down : window.Across;
            product.Rows = pieces * window.Depth;
            product.ALine = window.Across == 1 ? window.DownStep : window.AcrossStep;
            // Where filters are fewer than lanes, rows of dy are filled up with zeros, as many at a time as caches hold.
            int lanes = LanesFor(filters);
            bool isFilled = filters < lanes;
            int across = isFilled ? global::System.Math.Min(window.Width, {{Tuning.Convolutions.MaxPanel}} / lanes) : window.Width;
            int down = isFilled ? global::System.Math.Min(window.Height, global::System.Math.Max(1, {{Tuning.Convolutions.MaxPanel}} / lanes / window.Width)) : window.Height;
            global::System.Span<float> memory = stackalloc float[isFilled ? down * across * lanes : 1];
            for (int line = 0; line < window.Height; line += down)
            {
                product.Across = global::System.Math.Min(down, window.Height - line);
                for (int start = 0; start < window.Width; start += across)
                {
                    product.Depth = global::System.Math.Min(across, window.Width - start);
                    ref float dyAt = ref UNSAFE.Add(ref dy, (line * window.Width + start) * dyRow);
                    for (int p = 0; isFilled && p < product.Across * product.Depth; p++)
                    {
                        for (int o = 0; o < filters; o++)
                            memory[p * lanes + o] = UNSAFE.Add(ref dyAt, p * dyRow + o);
                    }

                    for (int time = 0; time < times; time++)
                    {
                        ref float xAt = ref UNSAFE.Add(ref x, time * window.DownStep + line * window.Line + start * window.Step);
                        ref float dwAt = ref UNSAFE.Add(ref dw, time * product.Rows * dwRow);
                        ref float from = ref isFilled ? ref memory[0] : ref dyAt;
                        int fromRow = isFilled ? lanes : dyRow;
                        Multiply(product, filters, ref xAt, ref from, fromRow, ref dwAt, true, ref dwAt, factor, float.NegativeInfinity);
                    }
                }
            }
        }
        """;

    /// <summary>dx += dy wᵀ, folded.</summary>
    public static string InputGradient => $$"""
        /// <summary>
        /// What window p sees of dx += sum over o of dy[p, o] w[k, o], where dy[p, o] stands at p dyRow + o and w[k, o] at k wRow + o.
        /// </summary>
        [OPTIMIZE]
        internal static void CorrelateInputGradient(in Window window, int filters, ref float dy, int dyRow, ref float w, int wRow, ref float dx)
        {
            Product product;
            product.Down = 1;
            product.DownStep = 1;
            product.Across = 1;
            product.AcrossStep = 1;
            product.DepthStep = 1;
            product.ALine = window.Width * dyRow;
            product.CLine = window.Line;
            // Weights the other way round, so many columns of so many filters at a time.
            int columns = global::System.Math.Min(window.Depth, 256);
            // Lanes behind the columns are zeros, so that they add nothing to what stands there.
            int row = global::System.Math.Max(columns, LanesFor(columns));
            int most = global::System.Math.Min({{Tuning.Convolutions.MaxPanel}} / row, filters);
            global::System.Span<float> memory = stackalloc float[most * row];
            // Windows of one tile may not meet in dx: they stand so many apart, in so many phases.
            int tile = global::System.Math.Min(2 * LanesFor(columns), columns);
            int spacing = global::System.Math.Min((tile + window.Step - 1) / window.Step, window.Width);
            product.AStep = spacing * dyRow;
            product.CStep = spacing * window.Step;
            for (int piece = 0; piece < window.Down * window.Across; piece++)
            {
                for (int first = 0; first < window.Depth; first += columns)
                {
                    int count = global::System.Math.Min(columns, window.Depth - first);
                    if (count < columns)
                        memory.Clear();
                    ref float dxAt = ref UNSAFE.Add(ref dx, piece / window.Across * window.DownStep + piece % window.Across * window.AcrossStep + first);
                    for (int start = 0; start < filters; start += most)
                    {
                        product.Depth = global::System.Math.Min(filters - start, most);
                        Transpose(count, product.Depth, ref UNSAFE.Add(ref w, (piece * window.Depth + first) * wRow + start), wRow, ref memory[0], row);
                        for (int phase = 0; phase < spacing; phase++)
                        {
                            product.Length = (window.Width - phase + spacing - 1) / spacing;
                            product.Rows = window.Height * product.Length;
                            ref float to = ref UNSAFE.Add(ref dxAt, phase * window.Step);
                            ref float dyAt = ref UNSAFE.Add(ref dy, phase * dyRow + start);
                            Multiply(product, count, ref dyAt, ref memory[0], row, ref to, true, ref to, 1f, float.NegativeInfinity);
                        }
                    }
                }
            }
        }
        """;

    /// <summary>y = bias at every row.</summary>
    public const string FillRows = """
        /// <summary>y[r, j] = bias[j], or 0 without a bias (a null reference).</summary>
        [OPTIMIZE]
        internal static void FillRows(int rows, int columns, ref float bias, ref float y)
        {
            for (int r = 0; r < rows; r++)
            {
                global::System.Span<float> row = global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref UNSAFE.Add(ref y, r * columns), columns);
                if (UNSAFE.IsNullRef(ref bias))
                    row.Clear();
                else
                    global::System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref bias, columns).CopyTo(row);
            }
        }
        """;

    /// <summary>The same where .NET Standard makes no span of a reference.</summary>
    public const string FillRowsByElements = """
        /// <summary>y[r, j] = bias[j], or 0 without a bias (a null reference).</summary>
        [OPTIMIZE]
        internal static void FillRows(int rows, int columns, ref float bias, ref float y)
        {
            bool isZero = UNSAFE.IsNullRef(ref bias);
            for (int r = 0; r < rows; r++)
            {
                for (int j = 0; j < columns; j++)
                    UNSAFE.Add(ref y, r * columns + j) = isZero ? 0f : UNSAFE.Add(ref bias, j);
            }
        }
        """;

    /// <summary>The three products where each filter sees one channel.</summary>
    public const string Depthwise = """
        /// <summary>y[p, o] = max(floor, bias[o] + sum over k of x[p, k, o] w[k, o]): a correlation in which filter o sees channel o alone.</summary>
        [OPTIMIZE]
        internal static void CorrelateDepthwise(in Window window, int channels, ref float x, ref float w, ref float bias, bool adds, ref float y, float floor)
        {
            Product product;
            product.Rows = window.Height * window.Width;
            product.Length = window.Width;
            product.AStep = window.Step;
            product.ALine = window.Line;
            product.CStep = channels;
            product.CLine = window.Width * channels;
            product.Down = 1;
            product.DownStep = 1;
            product.Across = window.Down;
            product.AcrossStep = window.DownStep;
            product.Depth = window.Across;
            product.DepthStep = window.AcrossStep;
            bool isZero = !adds && UNSAFE.IsNullRef(ref bias);
            global::System.Span<float> zeros = stackalloc float[isZero ? channels : 1];
            MultiplyEach(product, channels, ref x, ref w, channels, ref adds ? ref y : ref isZero ? ref zeros[0] : ref bias, adds, ref y, 1f, floor);
        }

        /// <summary>dw[k, o] += factor times the sum over p of x[p, k, o] dy[p, o].</summary>
        [OPTIMIZE]
        internal static void DepthwiseWeightGradient(in Window window, int channels, ref float x, ref float dy, ref float dw, float factor)
        {
            Product product;
            product.Rows = window.Down * window.Across;
            product.Length = window.Across;
            product.AStep = window.AcrossStep;
            product.ALine = window.DownStep;
            product.CStep = channels;
            product.CLine = window.Across * channels;
            product.Down = 1;
            product.DownStep = 1;
            product.Across = window.Height;
            product.AcrossStep = window.Line;
            product.Depth = window.Width;
            product.DepthStep = window.Step;
            MultiplyEach(product, channels, ref x, ref dy, channels, ref dw, true, ref dw, factor, float.NegativeInfinity);
        }

        /// <summary>What window p sees of dx += dy[p, o] w[k, o].</summary>
        [OPTIMIZE]
        internal static void DepthwiseInputGradient(in Window window, int channels, ref float dy, ref float w, ref float dx)
        {
            Product product;
            product.Rows = window.Height * window.Width;
            product.Length = window.Width;
            product.AStep = channels;
            product.ALine = window.Width * channels;
            product.CStep = window.Step;
            product.CLine = window.Line;
            product.Down = 1;
            product.DownStep = 1;
            product.Across = 1;
            product.AcrossStep = 1;
            product.Depth = 1;
            product.DepthStep = 1;
            for (int piece = 0; piece < window.Down * window.Across; piece++)
            {
                ref float dxAt = ref UNSAFE.Add(ref dx, piece / window.Across * window.DownStep + piece % window.Across * window.AcrossStep);
                ref float wAt = ref UNSAFE.Add(ref w, piece * channels);
                MultiplyEach(product, channels, ref dy, ref wAt, channels, ref dxAt, true, ref dxAt, 1f, float.NegativeInfinity);
            }
        }
        """;
}
