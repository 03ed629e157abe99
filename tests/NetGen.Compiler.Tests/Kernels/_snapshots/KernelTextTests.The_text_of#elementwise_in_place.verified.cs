ref float wK = ref w;
ref float gK = ref g;
for (int i = 0; i < 21 / TLanes.Count; i++)
{
    TVector w2 = TLanes.Load(ref wK);
    TLanes.Store(TLanes.MultiplyAdd(TLanes.Create(0.5f), w2, TLanes.Load(ref gK)), ref gK);
    wK = ref Refs.Add(ref wK, TLanes.Count);
    gK = ref Refs.Add(ref gK, TLanes.Count);
}

if (21 % TLanes.Count != 0)
{
    TVector isNew = TLanes.Last(21 % TLanes.Count);
    TVector w3 = TLanes.LoadFrom(ref w, 21 - TLanes.Count);
    TLanes.StoreFrom(TLanes.Select(isNew, TLanes.MultiplyAdd(TLanes.Create(0.5f), w3, TLanes.LoadFrom(ref g, 21 - TLanes.Count)), TLanes.LoadFrom(ref g, 21 - TLanes.Count)), ref g, 21 - TLanes.Count);
}
