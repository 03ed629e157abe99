ref float dxStart = ref dx;
for (int i = 0; i < 272 / TLanes.Count; i++)
{
    TLanes.Store(TLanes.Zero, ref dxStart);
    dxStart = ref Refs.Add(ref dxStart, TLanes.Count);
}

ref float wRow = ref w;
ref float dyAt = ref dy;
for (int i2 = 0; i2 < 33; i2++)
{
    float dyOfRow = dyAt;
    if (dyOfRow != 0)
    {
        TVector factor = TLanes.Create(-(learningRate * dyOfRow));
        TVector dy2 = TLanes.Create(dyOfRow);
        ref float wAt = ref wRow;
        ref float xAt = ref x;
        ref float dxAt = ref dx;
        for (int i3 = 0; i3 < 272 / TLanes.Count / 4; i3++)
        {
            TVector sum = TLanes.Load(ref dxAt);
            TVector x2 = TLanes.Load(ref xAt);
            TVector w2 = TLanes.Load(ref wAt);
            sum = TLanes.MultiplyAdd(w2, dy2, sum);
            TLanes.Store(TLanes.MultiplyAdd(factor, x2, w2), ref wAt);
            TLanes.Store(sum, ref dxAt);
            TVector sum2 = TLanes.LoadFrom(ref dxAt, TLanes.Count);
            TVector x3 = TLanes.LoadFrom(ref xAt, TLanes.Count);
            TVector w3 = TLanes.LoadFrom(ref wAt, TLanes.Count);
            sum2 = TLanes.MultiplyAdd(w3, dy2, sum2);
            TLanes.StoreFrom(TLanes.MultiplyAdd(factor, x3, w3), ref wAt, TLanes.Count);
            TLanes.StoreFrom(sum2, ref dxAt, TLanes.Count);
            TVector sum3 = TLanes.LoadFrom(ref dxAt, 2 * TLanes.Count);
            TVector x4 = TLanes.LoadFrom(ref xAt, 2 * TLanes.Count);
            TVector w4 = TLanes.LoadFrom(ref wAt, 2 * TLanes.Count);
            sum3 = TLanes.MultiplyAdd(w4, dy2, sum3);
            TLanes.StoreFrom(TLanes.MultiplyAdd(factor, x4, w4), ref wAt, 2 * TLanes.Count);
            TLanes.StoreFrom(sum3, ref dxAt, 2 * TLanes.Count);
            TVector sum4 = TLanes.LoadFrom(ref dxAt, 3 * TLanes.Count);
            TVector x5 = TLanes.LoadFrom(ref xAt, 3 * TLanes.Count);
            TVector w5 = TLanes.LoadFrom(ref wAt, 3 * TLanes.Count);
            sum4 = TLanes.MultiplyAdd(w5, dy2, sum4);
            TLanes.StoreFrom(TLanes.MultiplyAdd(factor, x5, w5), ref wAt, 3 * TLanes.Count);
            TLanes.StoreFrom(sum4, ref dxAt, 3 * TLanes.Count);
            wAt = ref Refs.Add(ref wAt, 4 * TLanes.Count);
            xAt = ref Refs.Add(ref xAt, 4 * TLanes.Count);
            dxAt = ref Refs.Add(ref dxAt, 4 * TLanes.Count);
        }

        for (int k = 272 / TLanes.Count / 4 * (4 * TLanes.Count); k < 272; k += TLanes.Count)
        {
            ref float wAt2 = ref Refs.Add(ref wRow, k);
            ref float xAt2 = ref Refs.Add(ref x, k);
            ref float dxAt2 = ref Refs.Add(ref dx, k);
            TVector sum5 = TLanes.Load(ref dxAt2);
            TVector x6 = TLanes.Load(ref xAt2);
            TVector w6 = TLanes.Load(ref wAt2);
            sum5 = TLanes.MultiplyAdd(w6, dy2, sum5);
            TLanes.Store(TLanes.MultiplyAdd(factor, x6, w6), ref wAt2);
            TLanes.Store(sum5, ref dxAt2);
        }
    }

    wRow = ref Refs.Add(ref wRow, 272);
    dyAt = ref Refs.Add(ref dyAt, 1);
}
