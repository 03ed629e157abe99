ref float xAt = ref x;
ref float yAt = ref y;
for (int group = 0; group < 2; group++)
{
    TVector largest = TLanes.Load(ref xAt);
    ref float zs = ref xAt;
    for (int i = 0; i < 24 / TLanes.Count; i++)
    {
        largest = TLanes.MaxNative(largest, TLanes.Load(ref zs));
        zs = ref Refs.Add(ref zs, TLanes.Count);
    }

    TVector max = TLanes.Create(TLanes.Largest(largest));
    TVector sums = TLanes.Zero;
    ref float xs = ref xAt;
    ref float ys = ref yAt;
    for (int i2 = 0; i2 < 24 / TLanes.Count; i2++)
    {
        TVector e = Exp<TLanes, TVector>(TLanes.Subtract(TLanes.Load(ref xs), max));
        sums = TLanes.Add(sums, e);
        TLanes.Store(e, ref ys);
        xs = ref Refs.Add(ref xs, TLanes.Count);
        ys = ref Refs.Add(ref ys, TLanes.Count);
    }

    TVector share = TLanes.Divide(TLanes.One, TLanes.Create(TLanes.Sum(sums)));
    ref float ys2 = ref yAt;
    for (int i3 = 0; i3 < 24 / TLanes.Count; i3++)
    {
        TLanes.Store(TLanes.Multiply(TLanes.Load(ref ys2), share), ref ys2);
        ys2 = ref Refs.Add(ref ys2, TLanes.Count);
    }

    xAt = ref Refs.Add(ref xAt, 24);
    yAt = ref Refs.Add(ref yAt, 24);
}
