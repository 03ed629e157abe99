ref float weightBlock = ref w;
ref float yBlock = ref y;
ref float biasBlock = ref b;
for (int i = 0; i < 20 / TLanes.Count; i++)
{
    TVector sum = TLanes.Load(ref biasBlock);
    TVector sum2 = TLanes.Zero;
    TVector x2 = TLanes.Create(x);
    sum = TLanes.MultiplyAdd(x2, TLanes.Load(ref weightBlock), sum);
    TVector x3 = TLanes.Create(Refs.Add(ref x, 1));
    sum2 = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref weightBlock, 20), sum2);
    TVector x4 = TLanes.Create(Refs.Add(ref x, 2));
    sum = TLanes.MultiplyAdd(x4, TLanes.LoadFrom(ref weightBlock, 40), sum);
    sum = TLanes.Add(sum, sum2);
    TLanes.Store(TLanes.MaxNative(TLanes.Zero, sum), ref yBlock);
    weightBlock = ref Refs.Add(ref weightBlock, TLanes.Count);
    yBlock = ref Refs.Add(ref yBlock, TLanes.Count);
    biasBlock = ref Refs.Add(ref biasBlock, TLanes.Count);
}

for (int o = 20 / TLanes.Count * TLanes.Count; o < 20; o += TLanes.Count)
{
    int at = global::System.Math.Min(o, 20 - TLanes.Count);
    ref float weightAt = ref Refs.Add(ref w, at);
    ref float biasAt = ref Refs.Add(ref b, at);
    ref float yAt = ref Refs.Add(ref y, at);
    TVector sum3 = TLanes.Load(ref biasAt);
    TVector sum4 = TLanes.Zero;
    TVector x5 = TLanes.Create(x);
    sum3 = TLanes.MultiplyAdd(x5, TLanes.Load(ref weightAt), sum3);
    TVector x6 = TLanes.Create(Refs.Add(ref x, 1));
    sum4 = TLanes.MultiplyAdd(x6, TLanes.LoadFrom(ref weightAt, 20), sum4);
    TVector x7 = TLanes.Create(Refs.Add(ref x, 2));
    sum3 = TLanes.MultiplyAdd(x7, TLanes.LoadFrom(ref weightAt, 40), sum3);
    sum3 = TLanes.Add(sum3, sum4);
    TLanes.Store(TLanes.MaxNative(TLanes.Zero, sum3), ref yAt);
}
