ref float index = ref x;
ref float rowAt = ref y;
for (int i = 0; i < 3; i++)
{
    int start = (int)index * 20;
    ref float tableAt = ref Refs.Add(ref w, start);
    ref float from = ref tableAt;
    ref float to = ref rowAt;
    for (int i2 = 0; i2 < 20 / TLanes.Count; i2++)
    {
        TLanes.Store(TLanes.Load(ref from), ref to);
        from = ref Refs.Add(ref from, TLanes.Count);
        to = ref Refs.Add(ref to, TLanes.Count);
    }

    if (20 % TLanes.Count != 0)
    {
        TLanes.StoreFrom(TLanes.LoadFrom(ref tableAt, 20 - TLanes.Count), ref rowAt, 20 - TLanes.Count);
    }

    index = ref Refs.Add(ref index, 1);
    rowAt = ref Refs.Add(ref rowAt, 20);
}
