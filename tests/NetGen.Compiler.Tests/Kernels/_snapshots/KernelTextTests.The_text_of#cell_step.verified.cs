if (V256.IsHardwareAccelerated)
{
    Floats8 sum = Lanes8.Zero;
    Floats8 sum2 = Lanes8.Zero;
    Floats8 x2 = Lanes8.Create(x);
    sum = Lanes8.MultiplyAdd(x2, Lanes8.Load(ref w), sum);
    Floats8 x3 = Lanes8.Create(Refs.Add(ref x, 1));
    sum2 = Lanes8.MultiplyAdd(x3, Lanes8.LoadFrom(ref w, 8), sum2);
    Floats8 x4 = Lanes8.Create(Refs.Add(ref x, 2));
    sum = Lanes8.MultiplyAdd(x4, Lanes8.LoadFrom(ref w, 16), sum);
    sum = Lanes8.Add(sum, sum2);
    Floats8 h2 = Lanes8.Load(ref h);
    Lanes8.Store(Tanh<Lanes8, Floats8>(Lanes8.Add(sum, h2)), ref h);
}
else
    KernelAny<Lanes4, Floats4>(ref x, ref w, ref h);
