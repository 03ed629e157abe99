namespace NetGen.Cli.Runs;

/// <summary>C# with what generated networks are made of.</summary>
internal static class WarmUpSource
{
    public const string Text = """
        using global::System.Runtime.CompilerServices;
        using Floats8 = global::System.Runtime.Intrinsics.Vector256<float>;

        public sealed partial class Warm
        {
            private readonly float[] _parameters = new float[16];

            public static int Size { get; } = 16;

            public readonly struct Info
            {
                internal Info(string name, int[] shape) => (Name, Shape) = (name, shape);

                public string Name { get; }

                public int[] Shape { get; }
            }

            public static float Loss(global::System.ReadOnlySpan<float> inputs, global::System.Span<float> scratch = default)
            {
                if (inputs.Length % 4 != 0)
                    throw new global::System.ArgumentException($"inputs has {inputs.Length} floats", nameof(inputs));
                ref float a = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(inputs);
                Kernels.Forward<Kernels.Lanes8, Floats8>(inputs.Length, ref a, ref a);
                return (float)global::System.Math.Exp(Unsafe.Add(ref a, 1));
            }

            private static class Kernels
            {
                [MethodImpl(MethodImplOptions.AggressiveInlining)]
                internal static void Forward<TLanes, TVector>(int samples, ref float x, ref float y)
                    where TLanes : struct, ILanes<TVector> where TVector : struct
                {
                    TVector sum = TLanes.Of(0f);
                    for (int i = 0; i <= samples - TLanes.Count; i += TLanes.Count)
                    {
                        TVector v = TLanes.Load(ref Unsafe.Add(ref x, i));
                        sum = TLanes.MultiplyAdd(v, v, sum);
                        TLanes.Store(sum, ref Unsafe.Add(ref y, i));
                    }
                }

                internal interface ILanes<TVector>
                {
                    static abstract int Count { get; }

                    static abstract TVector Of(float value);

                    static abstract TVector Load(ref float source);

                    static abstract void Store(TVector value, ref float destination);

                    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);
                }

                internal readonly struct Lanes8 : ILanes<Floats8>
                {
                    public static int Count => 8;

                    public static Floats8 Of(float value) => global::System.Runtime.Intrinsics.Vector256.Create(value);

                    public static Floats8 Load(ref float source) => global::System.Runtime.Intrinsics.Vector256.LoadUnsafe(ref source);

                    public static void Store(Floats8 value, ref float destination) => global::System.Runtime.Intrinsics.Vector256.StoreUnsafe(value,
                        ref destination);

                    public static Floats8 MultiplyAdd(Floats8 a, Floats8 b, Floats8 c) => a * b + c;
                }
            }
        }
        """;
}
