TVector factor = TLanes.Create(-(learningRate * x));
TVector factor2 = TLanes.Create(-(learningRate * Refs.Add(ref x, 1)));
TVector factor3 = TLanes.Create(-(learningRate * Refs.Add(ref x, 2)));
TVector dot = TLanes.Zero;
TVector dot2 = TLanes.Zero;
TVector dot3 = TLanes.Zero;
ref float wAt = ref w;
ref float dyAt = ref dy;
for (int i = 0; i < 20 / TLanes.Count; i++)
{
    TVector dy2 = TLanes.Load(ref dyAt);
    TVector w2 = TLanes.Load(ref wAt);
    dot = TLanes.MultiplyAdd(w2, dy2, dot);
    TLanes.Store(TLanes.MultiplyAdd(factor, dy2, w2), ref wAt);
    TVector w3 = TLanes.LoadFrom(ref wAt, 20);
    dot2 = TLanes.MultiplyAdd(w3, dy2, dot2);
    TLanes.StoreFrom(TLanes.MultiplyAdd(factor2, dy2, w3), ref wAt, 20);
    TVector w4 = TLanes.LoadFrom(ref wAt, 40);
    dot3 = TLanes.MultiplyAdd(w4, dy2, dot3);
    TLanes.StoreFrom(TLanes.MultiplyAdd(factor3, dy2, w4), ref wAt, 40);
    wAt = ref Refs.Add(ref wAt, TLanes.Count);
    dyAt = ref Refs.Add(ref dyAt, TLanes.Count);
}

if (20 % TLanes.Count != 0)
{
    TVector isNew = TLanes.Last(20 % TLanes.Count);
    TVector dy3 = TLanes.And(TLanes.LoadFrom(ref dy, 20 - TLanes.Count), isNew);
    TVector w5 = TLanes.LoadFrom(ref w, 20 - TLanes.Count);
    dot = TLanes.MultiplyAdd(w5, dy3, dot);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(factor, dy3, w5), TLanes.LoadFrom(ref w, 20 - TLanes.Count)), ref w, 20 - TLanes.Count);
    TVector w6 = TLanes.LoadFrom(ref w, 40 - TLanes.Count);
    dot2 = TLanes.MultiplyAdd(w6, dy3, dot2);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(factor2, dy3, w6), TLanes.LoadFrom(ref w, 40 - TLanes.Count)), ref w, 40 - TLanes.Count);
    TVector w7 = TLanes.LoadFrom(ref w, 60 - TLanes.Count);
    dot3 = TLanes.MultiplyAdd(w7, dy3, dot3);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(factor3, dy3, w7), TLanes.LoadFrom(ref w, 60 - TLanes.Count)), ref w, 60 - TLanes.Count);
}

Lanes4.StoreFirst(TLanes.SumsOfFour(dot, dot2, dot3, TLanes.Zero), ref dx, 3);
