ref float xAt = ref x;
ref float cAt = ref c;
ref float yAt = ref y;
for (int i = 0; i < 3; i++)
{
    TVector c2 = TLanes.Create(cAt);
    ref float xAt2 = ref xAt;
    ref float yAt2 = ref yAt;
    for (int i2 = 0; i2 < 40 / TLanes.Count / 2; i2++)
    {
        TVector x2 = TLanes.Load(ref xAt2);
        TLanes.Store(TLanes.Multiply(x2, c2), ref yAt2);
        TVector x3 = TLanes.LoadFrom(ref xAt2, TLanes.Count);
        TLanes.StoreFrom(TLanes.Multiply(x3, c2), ref yAt2, TLanes.Count);
        xAt2 = ref Refs.Add(ref xAt2, 2 * TLanes.Count);
        yAt2 = ref Refs.Add(ref yAt2, 2 * TLanes.Count);
    }

    for (int k = 40 / TLanes.Count / 2 * (2 * TLanes.Count); k < 40; k += TLanes.Count)
    {
        int at = global::System.Math.Min(k, 40 - TLanes.Count);
        ref float xAt3 = ref Refs.Add(ref xAt, at);
        ref float yAt3 = ref Refs.Add(ref yAt, at);
        TVector x4 = TLanes.Load(ref xAt3);
        TLanes.Store(TLanes.Multiply(x4, c2), ref yAt3);
    }

    xAt = ref Refs.Add(ref xAt, 40);
    cAt = ref Refs.Add(ref cAt, 1);
    yAt = ref Refs.Add(ref yAt, 40);
}
