Floats4 sum = Lanes4.Zero;
Floats4 sum2 = Lanes4.Zero;
Floats4 x2 = Lanes4.LoadFirst(ref x, 3);
sum = Lanes4.MultiplyAdd(x2, Lanes4.Load(ref w), sum);
sum2 = Lanes4.MultiplyAdd(x2, Lanes4.LoadFirst(ref Refs.Add(ref w, 3), 3), sum2);
Floats4 result = Lanes4.Add(Lanes4.SumsOfFour(sum, sum2, Lanes4.Zero, Lanes4.Zero), Lanes4.LoadFirst(ref b, 2));
Lanes4.StoreFirst(Tanh<Lanes4, Floats4>(result), ref y, 2);
