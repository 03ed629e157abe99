ref float xRows = ref x;
ref float yRows = ref y;
for (int row = 0; row < 2; row++)
{
    ref float xAt = ref xRows;
    ref float yAt = ref yRows;
    for (int column = 0; column < 3; column++)
    {
        ref float xs = ref xAt;
        ref float ys = ref yAt;
        for (int i = 0; i < 10 / TLanes.Count; i++)
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
