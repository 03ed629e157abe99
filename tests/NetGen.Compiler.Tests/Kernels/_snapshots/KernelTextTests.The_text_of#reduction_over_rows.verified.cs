ref float xAt = ref x;
ref float yAt = ref y;
for (int i = 0; i < 40 / TLanes.Count / 2; i++)
{
    TVector joined = TLanes.Create(float.NegativeInfinity);
    TVector joined2 = TLanes.Create(float.NegativeInfinity);
    ref float xAt2 = ref xAt;
    for (int i2 = 0; i2 < 3; i2++)
    {
        TVector x2 = TLanes.Load(ref xAt2);
        joined = TLanes.MaxNative(joined, x2);
        TVector x3 = TLanes.LoadFrom(ref xAt2, TLanes.Count);
        joined2 = TLanes.MaxNative(joined2, x3);
        xAt2 = ref Refs.Add(ref xAt2, 40);
    }

    TLanes.Store(joined, ref yAt);
    TLanes.StoreFrom(joined2, ref yAt, TLanes.Count);
    xAt = ref Refs.Add(ref xAt, 2 * TLanes.Count);
    yAt = ref Refs.Add(ref yAt, 2 * TLanes.Count);
}

for (int k = 40 / TLanes.Count / 2 * (2 * TLanes.Count); k < 40; k += TLanes.Count)
{
    int at = global::System.Math.Min(k, 40 - TLanes.Count);
    ref float xAt3 = ref Refs.Add(ref x, at);
    ref float yAt2 = ref Refs.Add(ref y, at);
    TVector joined3 = TLanes.Create(float.NegativeInfinity);
    ref float xAt4 = ref xAt3;
    for (int i3 = 0; i3 < 3; i3++)
    {
        TVector x4 = TLanes.Load(ref xAt4);
        joined3 = TLanes.MaxNative(joined3, x4);
        xAt4 = ref Refs.Add(ref xAt4, 40);
    }

    TLanes.Store(joined3, ref yAt2);
}
