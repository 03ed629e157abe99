ref float ySum = ref y;
ref float biasAt = ref b;
for (int i = 0; i < 80 / TLanes.Count; i++)
{
    TLanes.Store(TLanes.Load(ref biasAt), ref ySum);
    ySum = ref Refs.Add(ref ySum, TLanes.Count);
    biasAt = ref Refs.Add(ref biasAt, TLanes.Count);
}

ref float xAt = ref x;
ref float weightRows = ref w;
for (int i2 = 0; i2 < 32; i2++)
{
    TVector x2 = TLanes.Create(xAt);
    TVector x3 = TLanes.Create(Refs.Add(ref xAt, 1));
    TVector x4 = TLanes.Create(Refs.Add(ref xAt, 2));
    TVector x5 = TLanes.Create(Refs.Add(ref xAt, 3));
    ref float weightAt = ref weightRows;
    ref float ySum2 = ref y;
    for (int i3 = 0; i3 < 80 / TLanes.Count; i3++)
    {
        TVector sum = TLanes.Load(ref ySum2);
        TVector sum2 = TLanes.Multiply(x2, TLanes.Load(ref weightAt));
        sum = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref weightAt, 80), sum);
        sum2 = TLanes.MultiplyAdd(x4, TLanes.LoadFrom(ref weightAt, 160), sum2);
        sum = TLanes.MultiplyAdd(x5, TLanes.LoadFrom(ref weightAt, 240), sum);
        TLanes.Store(TLanes.Add(sum, sum2), ref ySum2);
        weightAt = ref Refs.Add(ref weightAt, TLanes.Count);
        ySum2 = ref Refs.Add(ref ySum2, TLanes.Count);
    }

    xAt = ref Refs.Add(ref xAt, 4);
    weightRows = ref Refs.Add(ref weightRows, 320);
}
