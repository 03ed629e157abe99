ref float weightRows = ref w;
ref float yAt = ref y;
ref float biasAt = ref b;
for (int i = 0; i < 8; i++)
{
    TVector sum = TLanes.Zero;
    TVector sum2 = TLanes.Zero;
    TVector sum3 = TLanes.Zero;
    TVector sum4 = TLanes.Zero;
    TVector sum5 = TLanes.Zero;
    TVector sum6 = TLanes.Zero;
    TVector sum7 = TLanes.Zero;
    TVector sum8 = TLanes.Zero;
    ref float xAt = ref x;
    ref float weightAt = ref weightRows;
    for (int i2 = 0; i2 < 272 / TLanes.Count / 2; i2++)
    {
        TVector x2 = TLanes.Load(ref xAt);
        sum = TLanes.MultiplyAdd(x2, TLanes.Load(ref weightAt), sum);
        sum2 = TLanes.MultiplyAdd(x2, TLanes.LoadFrom(ref weightAt, 272), sum2);
        sum3 = TLanes.MultiplyAdd(x2, TLanes.LoadFrom(ref weightAt, 544), sum3);
        sum4 = TLanes.MultiplyAdd(x2, TLanes.LoadFrom(ref weightAt, 816), sum4);
        TVector x3 = TLanes.LoadFrom(ref xAt, TLanes.Count);
        sum5 = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref weightAt, TLanes.Count), sum5);
        sum6 = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref weightAt, 272 + TLanes.Count), sum6);
        sum7 = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref weightAt, 544 + TLanes.Count), sum7);
        sum8 = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref weightAt, 816 + TLanes.Count), sum8);
        xAt = ref Refs.Add(ref xAt, 2 * TLanes.Count);
        weightAt = ref Refs.Add(ref weightAt, 2 * TLanes.Count);
    }

    for (int k = 272 / TLanes.Count / 2 * (2 * TLanes.Count); k < 273 - TLanes.Count; k += TLanes.Count)
    {
        ref float xAt2 = ref Refs.Add(ref x, k);
        ref float weightAt2 = ref Refs.Add(ref weightRows, k);
        TVector x4 = TLanes.Load(ref xAt2);
        sum = TLanes.MultiplyAdd(x4, TLanes.Load(ref weightAt2), sum);
        sum2 = TLanes.MultiplyAdd(x4, TLanes.LoadFrom(ref weightAt2, 272), sum2);
        sum3 = TLanes.MultiplyAdd(x4, TLanes.LoadFrom(ref weightAt2, 544), sum3);
        sum4 = TLanes.MultiplyAdd(x4, TLanes.LoadFrom(ref weightAt2, 816), sum4);
    }

    sum = TLanes.Add(sum, sum5);
    sum2 = TLanes.Add(sum2, sum6);
    sum3 = TLanes.Add(sum3, sum7);
    sum4 = TLanes.Add(sum4, sum8);
    Floats4 result = Lanes4.Add(TLanes.SumsOfFour(sum, sum2, sum3, sum4), Lanes4.Load(ref biasAt));
    Lanes4.Store(Lanes4.MaxNative(Lanes4.Zero, result), ref yAt);
    weightRows = ref Refs.Add(ref weightRows, 1088);
    yAt = ref Refs.Add(ref yAt, 4);
    biasAt = ref Refs.Add(ref biasAt, 4);
}

TVector sum9 = TLanes.Zero;
TVector sum10 = TLanes.Zero;
TVector sum11 = TLanes.Zero;
TVector sum12 = TLanes.Zero;
ref float xAt3 = ref x;
ref float weightAt3 = ref Refs.Add(ref w, 8704);
for (int i3 = 0; i3 < 272 / TLanes.Count / 4; i3++)
{
    TVector x5 = TLanes.Load(ref xAt3);
    sum9 = TLanes.MultiplyAdd(x5, TLanes.Load(ref weightAt3), sum9);
    TVector x6 = TLanes.LoadFrom(ref xAt3, TLanes.Count);
    sum10 = TLanes.MultiplyAdd(x6, TLanes.LoadFrom(ref weightAt3, TLanes.Count), sum10);
    TVector x7 = TLanes.LoadFrom(ref xAt3, 2 * TLanes.Count);
    sum11 = TLanes.MultiplyAdd(x7, TLanes.LoadFrom(ref weightAt3, 2 * TLanes.Count), sum11);
    TVector x8 = TLanes.LoadFrom(ref xAt3, 3 * TLanes.Count);
    sum12 = TLanes.MultiplyAdd(x8, TLanes.LoadFrom(ref weightAt3, 3 * TLanes.Count), sum12);
    xAt3 = ref Refs.Add(ref xAt3, 4 * TLanes.Count);
    weightAt3 = ref Refs.Add(ref weightAt3, 4 * TLanes.Count);
}

for (int k2 = 272 / TLanes.Count / 4 * (4 * TLanes.Count); k2 < 273 - TLanes.Count; k2 += TLanes.Count)
{
    ref float xAt4 = ref Refs.Add(ref x, k2);
    ref float weightAt4 = ref Refs.Add(ref w, 8704 + k2);
    TVector x9 = TLanes.Load(ref xAt4);
    sum9 = TLanes.MultiplyAdd(x9, TLanes.Load(ref weightAt4), sum9);
}

sum9 = TLanes.Add(sum9, sum11);
sum10 = TLanes.Add(sum10, sum12);
sum9 = TLanes.Add(sum9, sum10);
Floats4 result2 = Lanes4.Add(TLanes.SumsOfFour(sum9, TLanes.Zero, TLanes.Zero, TLanes.Zero), Lanes4.LoadFirst(ref Refs.Add(ref b, 32), 1));
Lanes4.StoreFirst(Lanes4.MaxNative(Lanes4.Zero, result2), ref Refs.Add(ref y, 32), 1);
