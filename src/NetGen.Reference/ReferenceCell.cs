using System;
using System.Collections.Generic;

namespace NetGen.Reference;

/// <summary>A recurrent layer's four parameters, or their gradients: for each gate, in PyTorch's order, one row for each unit.</summary>
internal sealed record ReferenceCellParameters(double[] WeightIh, double[] WeightHh, double[] BiasIh, double[] BiasHh)
{
    /// <summary>In the order in which they are presented.</summary>
    public static readonly string[] Names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];

    public static ReferenceCellParameters Of(string layer, IReadOnlyDictionary<string, double[]> values) => new ReferenceCellNames(layer, layer, "").Of(values);
}

/// <summary>Where a recurrent layer's parameters, and their gradients, are found: its weights may be another layer's.</summary>
/// <param name="WeightOwner">The layer that has the weights.</param>
/// <param name="BiasOwner">The layer itself.</param>
/// <param name="Ending">What all names end with.</param>
internal sealed record ReferenceCellNames(string WeightOwner, string BiasOwner, string Ending)
{
    /// <summary>A bias that is not there is zeros, and what is added to it is lost.</summary>
    public ReferenceCellParameters Of(IReadOnlyDictionary<string, double[]> values)
    {
        double[] weight = values[$"{WeightOwner}.{ReferenceCellParameters.Names[0]}{Ending}"], state = values[$"{WeightOwner}.{ReferenceCellParameters.Names[1]}{Ending}"];
        return new(weight, state, Bias(2), Bias(3));

        double[] Bias(int k) => values.GetValueOrDefault($"{BiasOwner}.{ReferenceCellParameters.Names[k]}{Ending}") ?? new double[Math.Max(weight.Length, state.Length)];
    }
}

/// <summary>The function that makes the state, and the one of the gates.</summary>
internal sealed record ReferenceCellFunctions(ReferenceActivation Activation, ReferenceActivation Recurrent)
{
    public static readonly ReferenceCellFunctions Default = new(ReferenceActivation.Tanh, ReferenceActivation.Sigmoid);
}

/// <summary>
/// One step of a recurrent layer. With W_k, U_k the rows of weight_ih and weight_hh of gate k, and b_k, c_k those of the biases,
/// a gate is a function of the products W_k x + b_k and U_k h + c_k.
/// </summary>
internal abstract class ReferenceCell(int units, ReferenceCellParameters p)
{
    protected int Units => units;

    /// <summary>From the input of a step and the state before it to the state after it.</summary>
    public abstract ReferenceState Step(double[] x, ReferenceState before);

    /// <summary>
    /// From dL/d(state after) to dL/dx and dL/d(state before), by the chain rule of one step, recomputed from its input; the
    /// parameters' gradients are added to <paramref name="gradients"/>.
    /// </summary>
    public abstract (double[] Dx, ReferenceState DBefore) Backward(
        double[] x, ReferenceState before, ReferenceState dAfter, ReferenceCellParameters gradients);

    /// <summary>W_k x + b_k of a gate, one number for each unit.</summary>
    protected double[] FromInput(int gate, double[] x) => Product(p.WeightIh, p.BiasIh, gate, x);

    /// <summary>U_k h + c_k of a gate.</summary>
    protected double[] FromState(int gate, double[] h) => Product(p.WeightHh, p.BiasHh, gate, h);

    /// <summary>For z = W_k x + b_k: dW_k += dz x', db_k += dz, dx += W_k' dz.</summary>
    protected void BackwardToInput(int gate, double[] dz, double[] x, double[] dx, ReferenceCellParameters gradients) =>
        Backward(p.WeightIh, gradients.WeightIh, gradients.BiasIh, gate, dz, x, dx);

    /// <summary>The same for z = U_k h + c_k.</summary>
    protected void BackwardToState(int gate, double[] dz, double[] h, double[] dh, ReferenceCellParameters gradients) =>
        Backward(p.WeightHh, gradients.WeightHh, gradients.BiasHh, gate, dz, h, dh);

    /// <summary>An array with one number for each unit.</summary>
    protected double[] Each(Func<int, double> unit)
    {
        double[] values = new double[units];
        for (int u = 0; u < units; u++)
            values[u] = unit(u);
        return values;
    }

    private double[] Product(double[] weight, double[] bias, int gate, double[] v) => Each(u =>
    {
        int row = gate * units + u;
        double sum = bias[row];
        for (int i = 0; i < v.Length; i++)
            sum += weight[row * v.Length + i] * v[i];
        return sum;
    });

    private void Backward(double[] weight, double[] dWeight, double[] dBias, int gate, double[] dz, double[] v, double[] dv)
    {
        for (int u = 0; u < units; u++)
        {
            int row = gate * units + u;
            dBias[row] += dz[u];
            for (int i = 0; i < v.Length; i++)
            {
                dWeight[row * v.Length + i] += dz[u] * v[i];
                dv[i] += weight[row * v.Length + i] * dz[u];
            }
        }
    }
}
