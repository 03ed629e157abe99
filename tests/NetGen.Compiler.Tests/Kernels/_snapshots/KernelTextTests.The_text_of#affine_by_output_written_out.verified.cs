if (V256.IsHardwareAccelerated)
{
    Floats8 sum = Lanes8.Load(ref b);
    Floats8 sum2 = Lanes8.LoadFrom(ref b, 4);
    Floats8 sum3 = Lanes8.Zero;
    Floats8 sum4 = Lanes8.Zero;
    Floats8 x2 = Lanes8.Create(x);
    sum = Lanes8.MultiplyAdd(x2, Lanes8.Load(ref w), sum);
    sum2 = Lanes8.MultiplyAdd(x2, Lanes8.LoadFrom(ref w, 4), sum2);
    Floats8 x3 = Lanes8.Create(Refs.Add(ref x, 1));
    sum3 = Lanes8.MultiplyAdd(x3, Lanes8.LoadFrom(ref w, 12), sum3);
    sum4 = Lanes8.MultiplyAdd(x3, Lanes8.LoadFrom(ref w, 16), sum4);
    Floats8 x4 = Lanes8.Create(Refs.Add(ref x, 2));
    sum = Lanes8.MultiplyAdd(x4, Lanes8.LoadFrom(ref w, 24), sum);
    sum2 = Lanes8.MultiplyAdd(x4, Lanes8.LoadFrom(ref w, 28), sum2);
    sum = Lanes8.Add(sum, sum3);
    sum2 = Lanes8.Add(sum2, sum4);
    Lanes8.Store(sum, ref y);
    Lanes8.StoreFrom(sum2, ref y, 4);
}
else
    KernelAny<Lanes4, Floats4>(ref x, ref w, ref b, ref y);
