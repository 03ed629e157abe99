using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// The members of the lanes' types that turn rows around: each lane is a row, and what is read and written is columns.
/// And sums over the lanes of several vectors, side by side.
/// Sixteen lanes are twice eight. In the texts T4, T8 and T16 are the vectors, C4, C8 and C16 the classes with their operations.
/// </summary>
internal static class LanesColumns
{
    public static IEnumerable<LanesMember> Table { get; } =
    [
        new("Columns", "void Columns(ref float rows, nint step, out V a, out V b, out V c, out V d)", static lanes => lanes switch
        {
            4 => """
                {
                    Turn(
                        C4.LoadUnsafe(ref rows), C4.LoadUnsafe(ref UNSAFE.Add(ref rows, step)),
                        C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 2 * step)), C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 3 * step)), out a, out b, out c, out d);
                }
                """,
            8 => """
                {
                    ref float below = ref UNSAFE.Add(ref rows, 4 * step);
                    Turn(
                        Rows(ref rows, ref below), Rows(ref UNSAFE.Add(ref rows, step), ref UNSAFE.Add(ref below, step)),
                        Rows(ref UNSAFE.Add(ref rows, 2 * step), ref UNSAFE.Add(ref below, 2 * step)),
                        Rows(ref UNSAFE.Add(ref rows, 3 * step), ref UNSAFE.Add(ref below, 3 * step)), out a, out b, out c, out d);
                }
                """,
            _ => Twice("Columns(ref rows, step, OUT)", "Columns(ref UNSAFE.Add(ref rows, 8 * step), step, OUT)", "a", "b", "c", "d"),
        })
        {
            Summary = "Four columns of as many rows as there are lanes, so many floats apart.",
            Needs = ["Turn", "Rows"],
        },
        new("StoreColumns", "void StoreColumns(V a, V b, V c, V d, ref float rows, nint step)", static lanes => lanes switch
        {
            4 => """
                {
                    Turn(a, b, c, d, out T4 r0, out T4 r1, out T4 r2, out T4 r3);
                    C4.StoreUnsafe(r0, ref rows);
                    C4.StoreUnsafe(r1, ref UNSAFE.Add(ref rows, step));
                    C4.StoreUnsafe(r2, ref UNSAFE.Add(ref rows, 2 * step));
                    C4.StoreUnsafe(r3, ref UNSAFE.Add(ref rows, 3 * step));
                }
                """,
            8 => """
                {
                    Turn(a, b, c, d, out T8 r0, out T8 r1, out T8 r2, out T8 r3);
                    C4.StoreUnsafe(C8.GetLower(r0), ref rows);
                    C4.StoreUnsafe(C8.GetLower(r1), ref UNSAFE.Add(ref rows, step));
                    C4.StoreUnsafe(C8.GetLower(r2), ref UNSAFE.Add(ref rows, 2 * step));
                    C4.StoreUnsafe(C8.GetLower(r3), ref UNSAFE.Add(ref rows, 3 * step));
                    C4.StoreUnsafe(C8.GetUpper(r0), ref UNSAFE.Add(ref rows, 4 * step));
                    C4.StoreUnsafe(C8.GetUpper(r1), ref UNSAFE.Add(ref rows, 5 * step));
                    C4.StoreUnsafe(C8.GetUpper(r2), ref UNSAFE.Add(ref rows, 6 * step));
                    C4.StoreUnsafe(C8.GetUpper(r3), ref UNSAFE.Add(ref rows, 7 * step));
                }
                """,
            _ => Halves("StoreColumns({0}(a), {0}(b), {0}(c), {0}(d), ref {1}, step)", "rows", "UNSAFE.Add(ref rows, 8 * step)"),
        })
        {
            Needs = ["Turn"],
        },
        new("ColumnsOfThree", "void ColumnsOfThree(ref float rows, out V a, out V b, out V c)", static lanes => lanes switch
        {
            4 => """
                {
                    // A column more than there is, the next row's first; where no row follows, one less, and the others moved up.
                    Turn(
                        C4.LoadUnsafe(ref rows), C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 3)), C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 6)),
                        C4.Shuffle(C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 8)), C4.Create(1, 2, 3, 3)), out a, out b, out c, out T4 _);
                }
                """,
            8 => """
                {
                    // A column more than there is, the next row's first; where no row follows, one less, and the others moved up.
                    T4 last = C4.Shuffle(C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 20)), C4.Create(1, 2, 3, 3));
                    Turn(
                        Rows(ref rows, ref UNSAFE.Add(ref rows, 12)), Rows(ref UNSAFE.Add(ref rows, 3), ref UNSAFE.Add(ref rows, 15)),
                        Rows(ref UNSAFE.Add(ref rows, 6), ref UNSAFE.Add(ref rows, 18)), C8.Create(C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 9)), last),
                        out a, out b, out c, out T8 _);
                }
                """,
            _ => Twice("ColumnsOfThree(ref rows, OUT)", "ColumnsOfThree(ref UNSAFE.Add(ref rows, 24), OUT)", "a", "b", "c"),
        })
        {
            Summary = "Rows of three that follow each other.",
            Needs = ["Turn", "Rows"],
        },
        new("StoreColumnsOfThree", "void StoreColumnsOfThree(V a, V b, V c, ref float rows)", static lanes => lanes switch
        {
            4 => """
                {
                    // One column more than there is, which the next row overwrites.
                    Turn(a, b, c, T4.Zero, out T4 r0, out T4 r1, out T4 r2, out T4 r3);
                    C4.StoreUnsafe(r0, ref rows);
                    C4.StoreUnsafe(r1, ref UNSAFE.Add(ref rows, 3));
                    C4.StoreUnsafe(r2, ref UNSAFE.Add(ref rows, 6));
                    UNSAFE.Add(ref rows, 9) = C4.ToScalar(r3);
                    UNSAFE.Add(ref rows, 10) = C4.GetElement(r3, 1);
                    UNSAFE.Add(ref rows, 11) = C4.GetElement(r3, 2);
                }
                """,
            8 => """
                {
                    // One column more than there is, which the next row overwrites.
                    Turn(a, b, c, T8.Zero, out T8 r0, out T8 r1, out T8 r2, out T8 r3);
                    C4.StoreUnsafe(C8.GetLower(r0), ref rows);
                    C4.StoreUnsafe(C8.GetLower(r1), ref UNSAFE.Add(ref rows, 3));
                    C4.StoreUnsafe(C8.GetLower(r2), ref UNSAFE.Add(ref rows, 6));
                    C4.StoreUnsafe(C8.GetLower(r3), ref UNSAFE.Add(ref rows, 9));
                    C4.StoreUnsafe(C8.GetUpper(r0), ref UNSAFE.Add(ref rows, 12));
                    C4.StoreUnsafe(C8.GetUpper(r1), ref UNSAFE.Add(ref rows, 15));
                    C4.StoreUnsafe(C8.GetUpper(r2), ref UNSAFE.Add(ref rows, 18));
                    T4 last = C8.GetUpper(r3);
                    UNSAFE.Add(ref rows, 21) = C4.ToScalar(last);
                    UNSAFE.Add(ref rows, 22) = C4.GetElement(last, 1);
                    UNSAFE.Add(ref rows, 23) = C4.GetElement(last, 2);
                }
                """,
            _ => Halves("StoreColumnsOfThree({0}(a), {0}(b), {0}(c), ref {1})", "rows", "UNSAFE.Add(ref rows, 24)"),
        })
        {
            Needs = ["Turn"],
        },
        new("ColumnsOfTwo", "void ColumnsOfTwo(ref float rows, out V a, out V b)", static lanes => lanes switch
        {
            4 => """
                {
                    T4 first = C4.LoadUnsafe(ref rows);
                    T4 last = C4.LoadUnsafe(ref UNSAFE.Add(ref rows, 4));
                    a = Evens(first, last);
                    b = Odds(first, last);
                }
                """,
            8 => """
                {
                    T8 first = Rows(ref rows, ref UNSAFE.Add(ref rows, 8));
                    T8 last = Rows(ref UNSAFE.Add(ref rows, 4), ref UNSAFE.Add(ref rows, 12));
                    a = Evens(first, last);
                    b = Odds(first, last);
                }
                """,
            _ => Twice("ColumnsOfTwo(ref rows, OUT)", "ColumnsOfTwo(ref UNSAFE.Add(ref rows, 16), OUT)", "a", "b"),
        })
        {
            Summary = "Rows of two that follow each other.",
            Needs = ["Rows", "Evens", "Odds"],
        },
        new("StoreColumnsOfTwo", "void StoreColumnsOfTwo(V a, V b, ref float rows)", static lanes => lanes switch
        {
            4 => """
                {
                    C4.StoreUnsafe(ZipLow(a, b), ref rows);
                    C4.StoreUnsafe(ZipHigh(a, b), ref UNSAFE.Add(ref rows, 4));
                }
                """,
            8 => """
                {
                    T8 low = ZipLow(a, b);
                    T8 high = ZipHigh(a, b);
                    C4.StoreUnsafe(C8.GetLower(low), ref rows);
                    C4.StoreUnsafe(C8.GetLower(high), ref UNSAFE.Add(ref rows, 4));
                    C4.StoreUnsafe(C8.GetUpper(low), ref UNSAFE.Add(ref rows, 8));
                    C4.StoreUnsafe(C8.GetUpper(high), ref UNSAFE.Add(ref rows, 12));
                }
                """,
            _ => Halves("StoreColumnsOfTwo({0}(a), {0}(b), ref {1})", "rows", "UNSAFE.Add(ref rows, 16)"),
        })
        {
            Needs = ["ZipLow", "ZipHigh"],
        },
        new("Column", "V Column(ref float rows, nint step)", static lanes => lanes switch
        {
            16 => "C16.Create(LANES8.Column(ref rows, step), LANES8.Column(ref UNSAFE.Add(ref rows, 8 * step), step))",
            8 => "C8.Create(LANES4.Column(ref rows, step), LANES4.Column(ref UNSAFE.Add(ref rows, 4 * step), step))",
            _ => $"C4.Create({string.Join(", ", Enumerable.Range(0, 4).Select(static k => Row(k)))})",
        })
        {
            Summary = "One column of rows that are so many floats apart.",
        },
        new("StoreColumn", "void StoreColumn(V a, ref float rows, nint step)", static lanes => lanes switch
        {
            16 => Halves("StoreColumn({0}(a), ref {1}, step)", "rows", "UNSAFE.Add(ref rows, 8 * step)"),
            _ => "{\n" + string.Concat(Enumerable.Range(0, lanes).Select(k => Invariant($"    {Row(k)} = C{lanes}.GetElement(a, {k});\n"))) + "}",
        }),
        new("AddSums", "void AddSums(V a, V b, V c, V d, V e, V f, V g, V h, float factor, ref float to)", static lanes => lanes switch
        {
            4 => """
                {
                    AddSumsOfFour(a, b, c, d, factor, ref to);
                    AddSumsOfFour(e, f, g, h, factor, ref UNSAFE.Add(ref to, 4));
                }
                """,
            8 => """
                {
                    T8 first = X86.Avx.HorizontalAdd(X86.Avx.HorizontalAdd(a, b), X86.Avx.HorizontalAdd(c, d));
                    T8 second = X86.Avx.HorizontalAdd(X86.Avx.HorizontalAdd(e, f), X86.Avx.HorizontalAdd(g, h));
                    T8 sums = X86.Avx.Permute2x128(first, second, 0x20) + X86.Avx.Permute2x128(first, second, 0x31);
                    C8.StoreUnsafe(MultiplyAdd(sums, C8.Create(factor), C8.LoadUnsafe(ref to)), ref to);
                }
                """,
            _ => $"LANES8.AddSums({string.Join(", ", "abcdefgh".Select(static c => $"C16.GetLower({c}) + C16.GetUpper({c})"))}, factor, ref to)",
        })
        {
            Summary = "Adds the sums over the lanes of eight vectors, times a factor, to eight neighbours.",
            Needs = ["AddSumsOfFour", "MultiplyAdd"],
        },
        new("AddSumsOfFour", "void AddSumsOfFour(V a, V b, V c, V d, float factor, ref float to)", static _ =>
            "C4.StoreUnsafe(LANES4.MultiplyAdd(SumsOfFour(a, b, c, d), C4.Create(factor), C4.LoadUnsafe(ref to)), ref to)")
        {
            Summary = "The same of four.",
            Needs = ["SumsOfFour", "MultiplyAdd"],
        },
        Own("Turn", "void Turn(V r0, V r1, V r2, V r3, out V a, out V b, out V c, out V d)", static lanes => lanes == 16 ? null : """
            {
                V low01 = ZipLow(r0, r1);
                V high01 = ZipHigh(r0, r1);
                V low23 = ZipLow(r2, r3);
                V high23 = ZipHigh(r2, r3);
                a = Lower(low01, low23);
                b = Upper(low01, low23);
                c = Lower(high01, high23);
                d = Upper(high01, high23);
            }
            """) with
        {
            Summary = "Rows of four as columns, and back; of eight lanes the first row and the fifth stand in one vector, and so on.",
            Needs = ["ZipLow", "ZipHigh", "Lower", "Upper"],
        },
        OfFours("ZipLow", "Sse.UnpackLow(a, b)", "AdvSimd.Arm64.ZipLow(a, b)", "UnpackLow(a, b)", 0, 4, 1, 5),
        OfFours("ZipHigh", "Sse.UnpackHigh(a, b)", "AdvSimd.Arm64.ZipHigh(a, b)", "UnpackHigh(a, b)", 2, 6, 3, 7),
        OfFours("Lower", "Sse.MoveLowToHigh(a, b)", "AdvSimd.Arm64.ZipLow(C4.AsDouble(a), C4.AsDouble(b))", "Shuffle(a, b, 0x44)", 0, 1, 4, 5),
        OfFours("Upper", "Sse.MoveHighToLow(b, a)", "AdvSimd.Arm64.ZipHigh(C4.AsDouble(a), C4.AsDouble(b))", "Shuffle(a, b, 0xEE)", 2, 3, 6, 7),
        OfFours("Evens", "Sse.Shuffle(a, b, 0x88)", "AdvSimd.Arm64.UnzipEven(a, b)", "Shuffle(a, b, 0x88)", 0, 2, 4, 6),
        OfFours("Odds", "Sse.Shuffle(a, b, 0xDD)", "AdvSimd.Arm64.UnzipOdd(a, b)", "Shuffle(a, b, 0xDD)", 1, 3, 5, 7),
        Own("Rows", "V Rows(ref float low, ref float high)", static lanes => lanes != 8 ? null : "C8.Create(C4.LoadUnsafe(ref low), C4.LoadUnsafe(ref high))"),
    ];

    /// <summary>What only other members call.</summary>
    private static LanesMember Own(string name, string signature, System.Func<int, string?> body) => new(name, signature, body) { IsOwn = true };

    /// <summary>Four elements of two vectors, which are numbered through; of eight lanes the same of both halves.</summary>
    private static LanesMember OfFours(string name, string x86, string arm, string avx, params int[] elements) =>
        Own(name, $"V {name}(V a, V b)", lanes => lanes switch
        {
            4 => Portable(x86, arm, elements),
            8 => "X86.Avx." + avx,
            _ => null,
        });

    private static string Portable(string x86, string arm, int[] elements)
    {
        string isX86 = "X86." + x86.Substring(0, x86.IndexOf('.')) + ".IsSupported";
        string armValue = arm.Contains("AsDouble") ? $"\n        ? C4.AsSingle(ARM.{arm})" : " ? ARM." + arm;
        string otherwise = string.Join(", ", elements.Select(static k => Invariant($"C4.GetElement({(k < 4 ? "a" : "b")}, {k % 4})")));
        return $"{isX86} ? X86.{x86}\n    : ARM.AdvSimd.Arm64.IsSupported{armValue}\n    : C4.Create({otherwise})";
    }

    private static string Row(int k) => k switch
    {
        0 => "rows",
        1 => "UNSAFE.Add(ref rows, step)",
        _ => Invariant($"UNSAFE.Add(ref rows, {k} * step)"),
    };

    /// <summary>What gives vectors of sixteen lanes by two calls that give vectors of eight.</summary>
    private static string Twice(string low, string high, params string[] results)
    {
        string Out(string suffix) => string.Join(", ", results.Select(r => $"out T8 {r}{suffix}"));
        return $$"""
            {
                LANES8.{{low.Replace("OUT", Out("Low"))}};
                LANES8.{{high.Replace("OUT", Out("High"))}};
            {{string.Join("\n", results.Select(static r => $"    {r} = C16.Create({r}Low, {r}High);"))}}
            }
            """;
    }

    /// <summary>What is done with sixteen lanes by two calls for eight.</summary>
    private static string Halves(string call, string low, string high) => $$"""
        {
            LANES8.{{string.Format(System.Globalization.CultureInfo.InvariantCulture, call, "C16.GetLower", low)}};
            LANES8.{{string.Format(System.Globalization.CultureInfo.InvariantCulture, call, "C16.GetUpper", high)}};
        }
        """;
}
