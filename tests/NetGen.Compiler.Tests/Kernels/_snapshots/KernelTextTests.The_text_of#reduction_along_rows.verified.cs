ref float xAt = ref x;
ref float yAt = ref y;
for (int i = 0; i < 3; i++)
{
    TVector joined = TLanes.Zero;
    TVector joined2 = TLanes.Zero;
    ref float xAt2 = ref xAt;
    for (int i2 = 0; i2 < 40 / TLanes.Count / 2; i2++)
    {
        TVector x2 = TLanes.Load(ref xAt2);
        joined = TLanes.Add(joined, x2);
        TVector x3 = TLanes.LoadFrom(ref xAt2, TLanes.Count);
        joined2 = TLanes.Add(joined2, x3);
        xAt2 = ref Refs.Add(ref xAt2, 2 * TLanes.Count);
    }

    for (int k = 40 / TLanes.Count / 2 * (2 * TLanes.Count); k < 41 - TLanes.Count; k += TLanes.Count)
    {
        ref float xAt3 = ref Refs.Add(ref xAt, k);
        TVector x4 = TLanes.Load(ref xAt3);
        joined = TLanes.Add(joined, x4);
    }

    if (40 % TLanes.Count != 0)
    {
        TVector isNew = TLanes.Last(40 % TLanes.Count);
        TVector x5 = TLanes.LoadFrom(ref xAt, 40 - TLanes.Count);
        joined2 = TLanes.Add(joined2, TLanes.And(x5, isNew));
    }

    TVector all = TLanes.Add(joined, joined2);
    yAt = TLanes.Sum(all) * 0.025f;
    xAt = ref Refs.Add(ref xAt, 40);
    yAt = ref Refs.Add(ref yAt, 1);
}
