TVector factor = TLanes.Create(x);
TVector factor2 = TLanes.Create(Refs.Add(ref x, 1));
TVector factor3 = TLanes.Create(Refs.Add(ref x, 2));
TVector factor4 = TLanes.Create(Refs.Add(ref x, 3));
ref float dwAt = ref dw;
ref float dyAt = ref dy;
for (int i = 0; i < 20 / TLanes.Count; i++)
{
    TVector dy2 = TLanes.Load(ref dyAt);
    TLanes.Store(TLanes.MultiplyAdd(factor, dy2, TLanes.Load(ref dwAt)), ref dwAt);
    TLanes.StoreFrom(TLanes.MultiplyAdd(factor2, dy2, TLanes.LoadFrom(ref dwAt, 20)), ref dwAt, 20);
    TLanes.StoreFrom(TLanes.MultiplyAdd(factor3, dy2, TLanes.LoadFrom(ref dwAt, 40)), ref dwAt, 40);
    TLanes.StoreFrom(TLanes.MultiplyAdd(factor4, dy2, TLanes.LoadFrom(ref dwAt, 60)), ref dwAt, 60);
    dwAt = ref Refs.Add(ref dwAt, TLanes.Count);
    dyAt = ref Refs.Add(ref dyAt, TLanes.Count);
}

if (20 % TLanes.Count != 0)
{
    TVector isNew = TLanes.Last(20 % TLanes.Count);
    TVector dy3 = TLanes.And(TLanes.LoadFrom(ref dy, 20 - TLanes.Count), isNew);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(factor, dy3, TLanes.LoadFrom(ref dw, 20 - TLanes.Count)), TLanes.LoadFrom(ref dw, 20 - TLanes.Count)), ref dw, 20 - TLanes.Count);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(factor2, dy3, TLanes.LoadFrom(ref dw, 40 - TLanes.Count)), TLanes.LoadFrom(ref dw, 40 - TLanes.Count)), ref dw, 40 - TLanes.Count);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(factor3, dy3, TLanes.LoadFrom(ref dw, 60 - TLanes.Count)), TLanes.LoadFrom(ref dw, 60 - TLanes.Count)), ref dw, 60 - TLanes.Count);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(factor4, dy3, TLanes.LoadFrom(ref dw, 80 - TLanes.Count)), TLanes.LoadFrom(ref dw, 80 - TLanes.Count)), ref dw, 80 - TLanes.Count);
}
