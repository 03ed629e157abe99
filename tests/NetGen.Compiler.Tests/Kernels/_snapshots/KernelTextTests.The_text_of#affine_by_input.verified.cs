TVector sum = TLanes.Zero;
TVector sum2 = TLanes.Zero;
TVector sum3 = TLanes.Zero;
ref float xAt = ref x;
ref float weightAt = ref w;
for (int i = 0; i < 20 / TLanes.Count; i++)
{
    TVector x2 = TLanes.Load(ref xAt);
    sum = TLanes.MultiplyAdd(x2, TLanes.Load(ref weightAt), sum);
    sum2 = TLanes.MultiplyAdd(x2, TLanes.LoadFrom(ref weightAt, 20), sum2);
    sum3 = TLanes.MultiplyAdd(x2, TLanes.LoadFrom(ref weightAt, 40), sum3);
    xAt = ref Refs.Add(ref xAt, TLanes.Count);
    weightAt = ref Refs.Add(ref weightAt, TLanes.Count);
}

if (20 % TLanes.Count != 0)
{
    TVector isNew = TLanes.Last(20 % TLanes.Count);
    TVector x3 = TLanes.And(TLanes.LoadFrom(ref x, 20 - TLanes.Count), isNew);
    sum = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref w, 20 - TLanes.Count), sum);
    sum2 = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref w, 40 - TLanes.Count), sum2);
    sum3 = TLanes.MultiplyAdd(x3, TLanes.LoadFrom(ref w, 60 - TLanes.Count), sum3);
}

Floats4 result = Lanes4.Add(TLanes.SumsOfFour(sum, sum2, sum3, TLanes.Zero), Lanes4.LoadFirst(ref b, 3));
Lanes4.StoreFirst(result, ref y, 3);
