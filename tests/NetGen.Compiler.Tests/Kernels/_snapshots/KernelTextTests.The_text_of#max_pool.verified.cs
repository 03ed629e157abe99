ref float xRows = ref x;
ref float yRows = ref y;
for (int i = 0; i < 2; i++)
{
    ref float xAt = ref xRows;
    ref float yAt = ref yRows;
    for (int i2 = 0; i2 < 3; i2++)
    {
        ref float xs = ref xAt;
        ref float ys = ref yAt;
        for (int i3 = 0; i3 < 10 / TLanes.Count; i3++)
        {
            TVector largest = TLanes.MaxNative(TLanes.Load(ref xs), TLanes.LoadFrom(ref xs, 10));
            largest = TLanes.MaxNative(largest, TLanes.MaxNative(TLanes.LoadFrom(ref xs, 60), TLanes.LoadFrom(ref xs, 70)));
            TLanes.Store(largest, ref ys);
            xs = ref Refs.Add(ref xs, TLanes.Count);
            ys = ref Refs.Add(ref ys, TLanes.Count);
        }

        if (10 % TLanes.Count != 0)
        {
            TVector largest2 = TLanes.MaxNative(TLanes.LoadFrom(ref xAt, 10 - TLanes.Count), TLanes.LoadFrom(ref xAt, 20 - TLanes.Count));
            largest2 = TLanes.MaxNative(largest2, TLanes.MaxNative(TLanes.LoadFrom(ref xAt, 70 - TLanes.Count), TLanes.LoadFrom(ref xAt, 80 - TLanes.Count)));
            TLanes.StoreFrom(largest2, ref yAt, 10 - TLanes.Count);
        }

        xAt = ref Refs.Add(ref xAt, 20);
        yAt = ref Refs.Add(ref yAt, 10);
    }

    xRows = ref Refs.Add(ref xRows, 120);
    yRows = ref Refs.Add(ref yRows, 30);
}
