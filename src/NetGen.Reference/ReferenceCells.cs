namespace NetGen.Reference;

/// <summary>h' = tanh(W x + b + U h + c) (Elman 1990), or with another function for tanh.</summary>
internal sealed class ReferenceRnnCell(int units, ReferenceCellParameters p, ReferenceCellFunctions f) : ReferenceCell(units, p)
{
    public override ReferenceState Step(double[] x, ReferenceState before)
    {
        double[] z = Sum(x, before);
        return ReferenceState.Zeros(Units) with { H = Each(u => f.Activation.Value(z[u])) };
    }

    public override (double[] Dx, ReferenceState DBefore) Backward(
        double[] x, ReferenceState before, ReferenceState dAfter, ReferenceCellParameters gradients)
    {
        double[] z = Sum(x, before), dx = new double[x.Length];
        ReferenceState dBefore = ReferenceState.Zeros(Units);
        double[] dz = Each(u => dAfter.H[u] * f.Activation.Derivative(z[u]));
        BackwardToInput(0, dz, x, dx, gradients);
        BackwardToState(0, dz, before.H, dBefore.H, gradients);
        return (dx, dBefore);
    }

    private double[] Sum(double[] x, ReferenceState before)
    {
        double[] a = FromInput(0, x), b = FromState(0, before.H);
        return Each(u => a[u] + b[u]);
    }
}

/// <summary>
/// Gates r, z, n (Cho et al. 2014, with the reset after the product, as PyTorch has it): r = sigmoid(W_r x + b_r + U_r h + c_r), z likewise,
/// n = tanh(W_n x + b_n + r (U_n h + c_n)), h' = (1 - z) n + z h.
/// </summary>
internal sealed class ReferenceGruCell(int units, ReferenceCellParameters p, ReferenceCellFunctions f) : ReferenceCell(units, p)
{
    private const int R = 0, Z = 1, N = 2;

    public override ReferenceState Step(double[] x, ReferenceState before)
    {
        (_, double[] az, double[] an, _) = Arguments(x, before);
        return ReferenceState.Zeros(Units) with
        {
            H = Each(u => (1 - f.Recurrent.Value(az[u])) * f.Activation.Value(an[u]) + f.Recurrent.Value(az[u]) * before.H[u]),
        };
    }

    public override (double[] Dx, ReferenceState DBefore) Backward(
        double[] x, ReferenceState before, ReferenceState dAfter, ReferenceCellParameters gradients)
    {
        (double[] ar, double[] az, double[] an, double[] state) = Arguments(x, before);
        double[] h = before.H, dh = dAfter.H, dx = new double[x.Length];
        double[] dan = Each(u => dh[u] * (1 - f.Recurrent.Value(az[u])) * f.Activation.Derivative(an[u]));
        double[] daz = Each(u => dh[u] * (h[u] - f.Activation.Value(an[u])) * f.Recurrent.Derivative(az[u]));
        double[] dar = Each(u => dan[u] * state[u] * f.Recurrent.Derivative(ar[u]));
        double[] dState = Each(u => dan[u] * f.Recurrent.Value(ar[u]));

        ReferenceState dBefore = ReferenceState.Zeros(Units) with { H = Each(u => dh[u] * f.Recurrent.Value(az[u])) };
        BackwardToInput(R, dar, x, dx, gradients);
        BackwardToInput(Z, daz, x, dx, gradients);
        BackwardToInput(N, dan, x, dx, gradients);
        BackwardToState(R, dar, h, dBefore.H, gradients);
        BackwardToState(Z, daz, h, dBefore.H, gradients);
        BackwardToState(N, dState, h, dBefore.H, gradients);
        return (dx, dBefore);
    }

    /// <summary>What the three functions are applied to, and U_n h + c_n.</summary>
    private (double[] R, double[] Z, double[] N, double[] State) Arguments(double[] x, ReferenceState before)
    {
        double[] xr = FromInput(R, x), xz = FromInput(Z, x), xn = FromInput(N, x);
        double[] hr = FromState(R, before.H), hz = FromState(Z, before.H), hn = FromState(N, before.H);
        double[] r = Each(u => xr[u] + hr[u]);
        return (r, Each(u => xz[u] + hz[u]), Each(u => xn[u] + f.Recurrent.Value(r[u]) * hn[u]), hn);
    }
}

/// <summary>
/// The same with the reset before the product (Cho et al. 2014, as Keras has it with reset_after = False, and ONNX with linear_before_reset = 0):
/// n = tanh(W_n x + b_n + U_n (r h) + c_n), all else as before.
/// </summary>
internal sealed class ReferenceResettingGruCell(int units, ReferenceCellParameters p, ReferenceCellFunctions f) : ReferenceCell(units, p)
{
    private const int R = 0, Z = 1, N = 2;

    public override ReferenceState Step(double[] x, ReferenceState before)
    {
        double[] h = before.H, z = Gate(Z, x, h), reset = Reset(x, h), an = Sum(N, x, reset);
        return ReferenceState.Zeros(Units) with { H = Each(u => (1 - z[u]) * f.Activation.Value(an[u]) + z[u] * h[u]) };
    }

    public override (double[] Dx, ReferenceState DBefore) Backward(
        double[] x, ReferenceState before, ReferenceState dAfter, ReferenceCellParameters gradients)
    {
        double[] h = before.H, dh = dAfter.H, dx = new double[x.Length];
        double[] ar = Sum(R, x, h), az = Sum(Z, x, h), reset = Reset(x, h), an = Sum(N, x, reset);
        double[] dan = Each(u => dh[u] * (1 - f.Recurrent.Value(az[u])) * f.Activation.Derivative(an[u]));
        double[] daz = Each(u => dh[u] * (h[u] - f.Activation.Value(an[u])) * f.Recurrent.Derivative(az[u]));
        double[] dReset = new double[Units];
        BackwardToInput(N, dan, x, dx, gradients);
        BackwardToState(N, dan, reset, dReset, gradients);

        double[] dar = Each(u => dReset[u] * h[u] * f.Recurrent.Derivative(ar[u]));
        ReferenceState dBefore = ReferenceState.Zeros(Units) with { H = Each(u => dh[u] * f.Recurrent.Value(az[u]) + dReset[u] * f.Recurrent.Value(ar[u])) };
        BackwardToInput(R, dar, x, dx, gradients);
        BackwardToInput(Z, daz, x, dx, gradients);
        BackwardToState(R, dar, h, dBefore.H, gradients);
        BackwardToState(Z, daz, h, dBefore.H, gradients);
        return (dx, dBefore);
    }

    private double[] Reset(double[] x, double[] h)
    {
        double[] r = Gate(R, x, h);
        return Each(u => r[u] * h[u]);
    }

    private double[] Gate(int gate, double[] x, double[] h)
    {
        double[] sum = Sum(gate, x, h);
        return Each(u => f.Recurrent.Value(sum[u]));
    }

    private double[] Sum(int gate, double[] x, double[] h)
    {
        double[] a = FromInput(gate, x), b = FromState(gate, h);
        return Each(u => a[u] + b[u]);
    }
}

/// <summary>
/// Gates i, f, g, o (Hochreiter and Schmidhuber 1997, with Gers et al.'s forget gate): i, f, o = sigmoid(W x + b + U h + c) and
/// g = tanh of its own, c' = f c + i g, h' = o tanh(c').
/// </summary>
internal sealed class ReferenceLstmCell(int units, ReferenceCellParameters p, ReferenceCellFunctions functions) : ReferenceCell(units, p)
{
    public override ReferenceState Step(double[] x, ReferenceState before)
    {
        (double[] i, double[] f, double[] g, double[] o) = Arguments(x, before);
        double[] c = NewCell(i, f, g, before);
        return new ReferenceState(Each(u => functions.Recurrent.Value(o[u]) * functions.Activation.Value(c[u])), c);
    }

    public override (double[] Dx, ReferenceState DBefore) Backward(
        double[] x, ReferenceState before, ReferenceState dAfter, ReferenceCellParameters gradients)
    {
        (double[] i, double[] f, double[] g, double[] o) = Arguments(x, before);
        double[] c = NewCell(i, f, g, before), dx = new double[x.Length];
        double[] dc = Each(u => dAfter.C[u] + dAfter.H[u] * functions.Recurrent.Value(o[u]) * functions.Activation.Derivative(c[u]));
        double[] di = Each(u => dc[u] * functions.Activation.Value(g[u]) * functions.Recurrent.Derivative(i[u]));
        double[] df = Each(u => dc[u] * before.C[u] * functions.Recurrent.Derivative(f[u]));
        double[] dg = Each(u => dc[u] * functions.Recurrent.Value(i[u]) * functions.Activation.Derivative(g[u]));
        double[] @do = Each(u => dAfter.H[u] * functions.Activation.Value(c[u]) * functions.Recurrent.Derivative(o[u]));

        ReferenceState dBefore = ReferenceState.Zeros(Units) with { C = Each(u => dc[u] * functions.Recurrent.Value(f[u])) };
        double[][] dz = [di, df, dg, @do];
        for (int gate = 0; gate < dz.Length; gate++)
        {
            BackwardToInput(gate, dz[gate], x, dx, gradients);
            BackwardToState(gate, dz[gate], before.H, dBefore.H, gradients);
        }

        return (dx, dBefore);
    }

    private (double[] I, double[] F, double[] G, double[] O) Arguments(double[] x, ReferenceState before)
    {
        return (Gate(0), Gate(1), Gate(2), Gate(3));

        double[] Gate(int gate)
        {
            double[] a = FromInput(gate, x), b = FromState(gate, before.H);
            return Each(u => a[u] + b[u]);
        }
    }

    private double[] NewCell(double[] i, double[] f, double[] g, ReferenceState before) =>
        Each(u => functions.Recurrent.Value(f[u]) * before.C[u] + functions.Recurrent.Value(i[u]) * functions.Activation.Value(g[u]));
}
