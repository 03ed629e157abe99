using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Dialects;

/// <summary>The texts of the helpers over vectors: generic over the lanes.</summary>
internal static class VectorHelpers
{
    public static string Text(Helper helper) => (helper switch
    {
        Helper.AddLaneRows => """
            /// <summary>
            /// Adds to each of some neighbours the sum of its values over samples, times a factor: each lane is a sample, and from those of one vector to the next are so many floats
            /// of memory, up to an end. The neighbours are a multiple of eight.
            /// </summary>
            [OPTIMIZE]
            internal static void AddLaneRows<TLanes, TVector>(int end, int step, ref float a, int columns, ref float c, float factor)
                CONSTRAINTS
            {
                for (int column = 0; column < columns; column += 8)
                {
                    TVector sum0 = TLanes.Zero;
                    TVector sum1 = TLanes.Zero;
                    TVector sum2 = TLanes.Zero;
                    TVector sum3 = TLanes.Zero;
                    TVector sum4 = TLanes.Zero;
                    TVector sum5 = TLanes.Zero;
                    TVector sum6 = TLanes.Zero;
                    TVector sum7 = TLanes.Zero;
                    for (int k = 0; k < end; k += step)
                    {
                        ref float x = ref UNSAFE.Add(ref a, k + column * TLanes.Count);
                        sum0 = TLanes.Add(sum0, TLanes.Load(ref x));
                        sum1 = TLanes.Add(sum1, TLanes.LoadFrom(ref x, TLanes.Count));
                        sum2 = TLanes.Add(sum2, TLanes.LoadFrom(ref x, 2 * TLanes.Count));
                        sum3 = TLanes.Add(sum3, TLanes.LoadFrom(ref x, 3 * TLanes.Count));
                        sum4 = TLanes.Add(sum4, TLanes.LoadFrom(ref x, 4 * TLanes.Count));
                        sum5 = TLanes.Add(sum5, TLanes.LoadFrom(ref x, 5 * TLanes.Count));
                        sum6 = TLanes.Add(sum6, TLanes.LoadFrom(ref x, 6 * TLanes.Count));
                        sum7 = TLanes.Add(sum7, TLanes.LoadFrom(ref x, 7 * TLanes.Count));
                    }

                    TLanes.AddSums(sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, factor, ref UNSAFE.Add(ref c, column));
                }
            }
            """,
        Helper.AddLaneProducts => """
            /// <summary>
            /// Adds to each element of [rows, columns] the sum of row × column over samples, times a factor: each lane is a sample, and from
            /// those of one vector to the next are so many floats of memory, up to an end. Columns are a multiple of eight.
            /// </summary>
            [OPTIMIZE]
            internal static void AddLaneProducts<TLanes, TVector>(int end, int step, ref float a, int rows, ref float b, int columns, ref float c, float factor)
                CONSTRAINTS
            {
                for (int row = 0; row < rows; row++)
                {
                    for (int column = 0; column < columns; column += 8)
                    {
                        TVector sum0 = TLanes.Zero;
                        TVector sum1 = TLanes.Zero;
                        TVector sum2 = TLanes.Zero;
                        TVector sum3 = TLanes.Zero;
                        TVector sum4 = TLanes.Zero;
                        TVector sum5 = TLanes.Zero;
                        TVector sum6 = TLanes.Zero;
                        TVector sum7 = TLanes.Zero;
                        for (int k = 0; k < end; k += step)
                        {
                            TVector x = TLanes.Load(ref UNSAFE.Add(ref a, k + row * TLanes.Count));
                            ref float y = ref UNSAFE.Add(ref b, k + column * TLanes.Count);
                            sum0 = TLanes.MultiplyAdd(x, TLanes.Load(ref y), sum0);
                            sum1 = TLanes.MultiplyAdd(x, TLanes.LoadFrom(ref y, TLanes.Count), sum1);
                            sum2 = TLanes.MultiplyAdd(x, TLanes.LoadFrom(ref y, 2 * TLanes.Count), sum2);
                            sum3 = TLanes.MultiplyAdd(x, TLanes.LoadFrom(ref y, 3 * TLanes.Count), sum3);
                            sum4 = TLanes.MultiplyAdd(x, TLanes.LoadFrom(ref y, 4 * TLanes.Count), sum4);
                            sum5 = TLanes.MultiplyAdd(x, TLanes.LoadFrom(ref y, 5 * TLanes.Count), sum5);
                            sum6 = TLanes.MultiplyAdd(x, TLanes.LoadFrom(ref y, 6 * TLanes.Count), sum6);
                            sum7 = TLanes.MultiplyAdd(x, TLanes.LoadFrom(ref y, 7 * TLanes.Count), sum7);
                        }

                        TLanes.AddSums(sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7, factor, ref c);
                        c = ref UNSAFE.Add(ref c, 8);
                    }
                }
            }
            """,
        Helper.Multiply => MultiplyText.Multiply(WidthChoice.Widest),
        Helper.MultiplyPacked => MultiplyText.MultiplyPacked(WidthChoice.Widest),
        Helper.MultiplyPackedRow => MultiplyText.MultiplyPackedRow(WidthChoice.Widest),
        Helper.AddProduct => MultiplyText.AddProduct(WidthChoice.Widest),
        Helper.AddRows => MultiplyText.AddRows(WidthChoice.Widest),
        Helper.ProductPlaces => ProductText.Places,
        Helper.Product => ProductText.Text(WidthChoice.Widest),
        Helper.MultiplyEach => ProductText.EachText(WidthChoice.Widest),
        Helper.Depthwise => ConvolutionText.Depthwise,
        Helper.FillRows => ConvolutionText.FillRows,
        Helper.Transpose => TransposeText.Text,
        Helper.Window => ConvolutionText.Window,
        Helper.Correlate => ConvolutionText.Correlate,
        Helper.CorrelateWeightGradient => ConvolutionText.WeightGradient,
        Helper.CorrelateInputGradient => ConvolutionText.InputGradient,
        Helper.WidenFloat16 => Widening.Text(Storage.Float16),
        Helper.WidenBFloat16 => Widening.Text(Storage.BFloat16),
        Helper.AlignedFloats => """
            /// <summary>Floats that begin where a cache line does, and stay there: vectors that cross lines cost a third more.</summary>
            internal readonly struct AlignedFloats
            {
                private const int Line = 64;
                private readonly float[] _floats;
                private readonly int _start;

                internal AlignedFloats(int length)
                {
                    Length = length;
                    _floats = length == 0 ? new float[0] : global::System.GC.AllocateArray<float>(length + Line / sizeof(float), pinned: true);
                    // Pinned memory does not move, so where it begins can be asked once.
                    _start = length == 0 ? 0 : (int)(-global::System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_floats, 0).ToInt64() & (Line - 1)) / sizeof(float);
                }

                internal int Length { get; }

                internal global::System.Span<float> Span
                {
                    get { return global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref First, Length); }
                }

                internal ref float First
                {
                    get { return ref UNSAFE.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_floats), _start); }
                }
            }
            """,
        _ => throw new System.InvalidOperationException($"no text of {helper}"),
    })
        .Replace("CONSTRAINTS", LanesTypes.Constraints)
        .Replace("V128<float>", Lanes.Four.Type).Replace("V256<float>", Lanes.Eight.Type).Replace("V512<float>", Lanes.Sixteen.Type)
        .Replace("V128", Lanes.Four.Class).Replace("V256", Lanes.Eight.Class).Replace("V512", Lanes.Sixteen.Class)
        .Replace("UNSAFE", VectorDialect.Unsafe).Replace("X86.", "global::System.Runtime.Intrinsics.X86.")
        .Replace("ARM.", "global::System.Runtime.Intrinsics.Arm.")
        .Replace("INLINE", "global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)")
        .Replace("OPTIMIZE", "global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)");
}
