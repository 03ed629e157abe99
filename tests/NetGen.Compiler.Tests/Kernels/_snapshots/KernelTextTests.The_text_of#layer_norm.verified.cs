TVector sums = TLanes.Zero;
ref float xAt = ref x;
for (int i = 0; i < 24 / TLanes.Count; i++)
{
    sums = TLanes.Add(sums, TLanes.Load(ref xAt));
    xAt = ref Refs.Add(ref xAt, TLanes.Count);
}

TVector mean = TLanes.Create(TLanes.Sum(sums) * 0.041666668f);
TVector squares = TLanes.Zero;
TVector offs = TLanes.Zero;
ref float xAt2 = ref x;
for (int i2 = 0; i2 < 24 / TLanes.Count; i2++)
{
    TVector from = TLanes.Subtract(TLanes.Load(ref xAt2), mean);
    squares = TLanes.MultiplyAdd(from, from, squares);
    offs = TLanes.Add(offs, from);
    xAt2 = ref Refs.Add(ref xAt2, TLanes.Count);
}

float offMean = TLanes.Sum(offs) * 0.041666668f;
TVector off = TLanes.Create(offMean);
TVector share = TLanes.Create(1f / global::System.MathF.Sqrt(global::System.Math.Max(TLanes.Sum(squares) * 0.041666668f - offMean * offMean, 0f) + 0.001f));
ref float xAt3 = ref x;
ref float yAt = ref y;
ref float weightAt = ref w;
ref float biasAt = ref b;
for (int i3 = 0; i3 < 24 / TLanes.Count / 2; i3++)
{
    TLanes.Store(TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Subtract(TLanes.Subtract(TLanes.Load(ref xAt3), mean), off), share), TLanes.Load(ref weightAt), TLanes.Load(ref biasAt)), ref yAt);
    TLanes.StoreFrom(TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Subtract(TLanes.Subtract(TLanes.LoadFrom(ref xAt3, TLanes.Count), mean), off), share), TLanes.LoadFrom(ref weightAt, TLanes.Count), TLanes.LoadFrom(ref biasAt, TLanes.Count)), ref yAt, TLanes.Count);
    xAt3 = ref Refs.Add(ref xAt3, 2 * TLanes.Count);
    yAt = ref Refs.Add(ref yAt, 2 * TLanes.Count);
    weightAt = ref Refs.Add(ref weightAt, 2 * TLanes.Count);
    biasAt = ref Refs.Add(ref biasAt, 2 * TLanes.Count);
}

for (int k = 24 / TLanes.Count / 2 * (2 * TLanes.Count); k < 24; k += TLanes.Count)
{
    ref float xAt4 = ref Refs.Add(ref x, k);
    ref float yAt2 = ref Refs.Add(ref y, k);
    ref float weightAt2 = ref Refs.Add(ref w, k);
    ref float biasAt2 = ref Refs.Add(ref b, k);
    TLanes.Store(TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Subtract(TLanes.Subtract(TLanes.Load(ref xAt4), mean), off), share), TLanes.Load(ref weightAt2), TLanes.Load(ref biasAt2)), ref yAt2);
}
