namespace NetGen.Compiler.Dialects;

/// <summary>The text of a matrix's transposition, by squares that are turned in registers.</summary>
internal static class TransposeText
{
    public const string Text = """
        /// <summary>to[c, r] = from[r, c], where from[r, c] stands at r fromRow + c, and to[c, r] at c toRow + r; from and to are apart.</summary>
        [INLINE]
        internal static void Transpose(int rows, int columns, ref float from, int fromRow, ref float to, int toRow)
        {
            int shorter = global::System.Math.Min(rows, columns);
            int longer = global::System.Math.Max(rows, columns);
            // Two or three numbers side by side, and nothing between them and the next.
            bool isPacked = shorter is 2 or 3 && (rows == shorter ? toRow == rows : fromRow == columns);
            if (V256.IsHardwareAccelerated && shorter >= 8)
                TransposeSquares<Lanes8, V256<float>>(rows, columns, ref from, fromRow, ref to, toRow);
            else if (shorter >= 4)
                TransposeSquares<Lanes4, V128<float>>(rows, columns, ref from, fromRow, ref to, toRow);
            else if (V256.IsHardwareAccelerated && isPacked && longer >= 8)
                TransposePacked<Lanes8, V256<float>>(rows, columns, ref from, fromRow, ref to, toRow);
            else if (isPacked && longer >= 4)
                TransposePacked<Lanes4, V128<float>>(rows, columns, ref from, fromRow, ref to, toRow);
            else
                TransposeFew(rows, columns, ref from, fromRow, ref to, toRow);
        }

        [OPTIMIZE]
        private static void TransposeFew(int rows, int columns, ref float from, int fromRow, ref float to, int toRow)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                    UNSAFE.Add(ref to, c * toRow + r) = UNSAFE.Add(ref from, r * fromRow + c);
            }
        }

        /// <summary>The same by squares as wide as a vector; the last ones are moved back over rows and columns of those before them.</summary>
        [OPTIMIZE]
        private static void TransposeSquares<TLanes, TVector>(int rows, int columns, ref float from, nint fromRow, ref float to, nint toRow)
            CONSTRAINTS
        {
            // The longer way is walked first: rows that stand a power of two apart share few places in a cache, so each is done with while it is there.
            bool isTall = rows > columns;
            int outer = isTall ? columns : rows;
            int inner = isTall ? rows : columns;
            nint fromOuter = isTall ? 1 : fromRow, fromInner = isTall ? fromRow : 1;
            nint toOuter = isTall ? toRow : 1, toInner = isTall ? 1 : toRow;
            for (int i = 0; i < outer; i += TLanes.Count)
            {
                nint of = global::System.Math.Min(i, outer - TLanes.Count);
                ref float fromLine = ref UNSAFE.Add(ref from, of * fromOuter);
                ref float toLine = ref UNSAFE.Add(ref to, of * toOuter);
                for (int k = 0; k < inner; k += TLanes.Count)
                {
                    nint at = global::System.Math.Min(k, inner - TLanes.Count);
                    ref float source = ref UNSAFE.Add(ref fromLine, at * fromInner);
                    ref float turned = ref UNSAFE.Add(ref toLine, at * toInner);
                    TLanes.Columns(ref source, fromRow, out TVector v0, out TVector v1, out TVector v2, out TVector v3);
                    if (TLanes.Count == 8)
                    {
                        // The other half, read before anything is written.
                        TLanes.Columns(ref UNSAFE.Add(ref source, 4), fromRow, out TVector v4, out TVector v5, out TVector v6, out TVector v7);
                        ref float below = ref UNSAFE.Add(ref turned, 4 * toRow);
                        TLanes.Store(v4, ref below);
                        TLanes.Store(v5, ref UNSAFE.Add(ref below, toRow));
                        TLanes.Store(v6, ref UNSAFE.Add(ref below, 2 * toRow));
                        TLanes.Store(v7, ref UNSAFE.Add(ref below, 3 * toRow));
                    }

                    TLanes.Store(v0, ref turned);
                    TLanes.Store(v1, ref UNSAFE.Add(ref turned, toRow));
                    TLanes.Store(v2, ref UNSAFE.Add(ref turned, 2 * toRow));
                    TLanes.Store(v3, ref UNSAFE.Add(ref turned, 3 * toRow));
                }
            }
        }

        /// <summary>The same where one of the two has rows of two or three without gaps; the last vectors are moved back.</summary>
        [OPTIMIZE]
        private static void TransposePacked<TLanes, TVector>(int rows, int columns, ref float from, int fromRow, ref float to, int toRow)
            CONSTRAINTS
        {
            int longer = global::System.Math.Max(rows, columns);
            for (int k = 0; k < longer; k += TLanes.Count)
            {
                int at = global::System.Math.Min(k, longer - TLanes.Count);
                if (rows == 2)
                    TLanes.StoreColumnsOfTwo(TLanes.LoadFrom(ref from, at), TLanes.LoadFrom(ref from, fromRow + at), ref UNSAFE.Add(ref to, 2 * at));
                else if (rows == 3)
                {
                    TVector last = TLanes.LoadFrom(ref from, 2 * fromRow + at);
                    TLanes.StoreColumnsOfThree(TLanes.LoadFrom(ref from, at), TLanes.LoadFrom(ref from, fromRow + at), last, ref UNSAFE.Add(ref to, 3 * at));
                }
                else if (columns == 2)
                {
                    TLanes.ColumnsOfTwo(ref UNSAFE.Add(ref from, 2 * at), out TVector first, out TVector second);
                    TLanes.StoreFrom(first, ref to, at);
                    TLanes.StoreFrom(second, ref to, toRow + at);
                }
                else
                {
                    TLanes.ColumnsOfThree(ref UNSAFE.Add(ref from, 3 * at), out TVector first, out TVector second, out TVector third);
                    TLanes.StoreFrom(first, ref to, at);
                    TLanes.StoreFrom(second, ref to, toRow + at);
                    TLanes.StoreFrom(third, ref to, 2 * toRow + at);
                }
            }
        }
        """;

    /// <summary>The same where vectors cannot be turned: by squares of elements, so that the lines of both stay in the cache.</summary>
    public const string ByElements = """
        /// <summary>to[c, r] = from[r, c], where from[r, c] stands at r fromRow + c, and to[c, r] at c toRow + r; from and to are apart.</summary>
        [OPTIMIZE]
        internal static void Transpose(int rows, int columns, ref float from, int fromRow, ref float to, int toRow)
        {
            const int Side = 16;
            for (int top = 0; top < rows; top += Side)
            {
                int bottom = global::System.Math.Min(rows, top + Side);
                for (int left = 0; left < columns; left += Side)
                {
                    int right = global::System.Math.Min(columns, left + Side);
                    for (int r = top; r < bottom; r++)
                    {
                        for (int c = left; c < right; c++)
                            UNSAFE.Add(ref to, c * toRow + r) = UNSAFE.Add(ref from, r * fromRow + c);
                    }
                }
            }
        }
        """;
}
