ref float xK = ref x;
ref float yK = ref y;
for (int i = 0; i < 21 / TLanes.Count; i++)
{
    TVector x2 = TLanes.Load(ref xK);
    TLanes.Store(TLanes.Multiply(x2, Sigmoid<TLanes, TVector>(x2)), ref yK);
    xK = ref Refs.Add(ref xK, TLanes.Count);
    yK = ref Refs.Add(ref yK, TLanes.Count);
}

if (21 % TLanes.Count != 0)
{
    TVector x3 = TLanes.LoadFrom(ref x, 21 - TLanes.Count);
    TLanes.StoreFrom(TLanes.Multiply(x3, Sigmoid<TLanes, TVector>(x3)), ref y, 21 - TLanes.Count);
}
