ref float xAt = ref x;
ref float yAt = ref y;
for (int i = 0; i < 4; i++)
{
    ref float xs = ref xAt;
    ref float ys = ref yAt;
    for (int i2 = 0; i2 < 10 / TLanes.Count; i2++)
    {
        TVector first = TLanes.MaxNative(TLanes.Load(ref xs), TLanes.LoadFrom(ref xs, 20));
        TVector second = TLanes.MaxNative(TLanes.LoadFrom(ref xs, TLanes.Count), TLanes.LoadFrom(ref xs, 20 + TLanes.Count));
        TLanes.Store(TLanes.PairMaxima(first, second), ref ys);
        xs = ref Refs.Add(ref xs, 2 * TLanes.Count);
        ys = ref Refs.Add(ref ys, TLanes.Count);
    }

    if (10 % TLanes.Count != 0)
    {
        TVector first2 = TLanes.MaxNative(TLanes.LoadFrom(ref xAt, 20 - 2 * TLanes.Count), TLanes.LoadFrom(ref xAt, 40 - 2 * TLanes.Count));
        TVector second2 = TLanes.MaxNative(TLanes.LoadFrom(ref xAt, 20 - TLanes.Count), TLanes.LoadFrom(ref xAt, 40 - TLanes.Count));
        TLanes.StoreFrom(TLanes.PairMaxima(first2, second2), ref yAt, 10 - TLanes.Count);
    }

    xAt = ref Refs.Add(ref xAt, 40);
    yAt = ref Refs.Add(ref yAt, 10);
}
