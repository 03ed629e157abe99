using System.Collections.Generic;

namespace NetGen.Testing.Reference;

/// <summary>
/// A recurrent layer over a sequence: state t + 1 is the cell's step from x[t] and state t, state 0 is zeros; the output is every h,
/// or the last. <paramref name="truncate"/> cuts the steps into pieces of so many, counted from the end: values pass from one
/// piece to the next, gradients do not pass back.
/// </summary>
internal sealed class ReferenceRecurrent(
    ReferenceCellNames names, ReferenceShape input, int units, bool returnSequences, int truncate, ReferenceCell cell)
    : ReferenceLayer(new ReferenceShape(returnSequences ? [input.Sizes[0], units] : [units], false))
{
    private readonly int _time = input.Sizes[0];
    private readonly int _features = input.Sizes[1];

    public override double[] Forward(double[] x, ReferencePass pass)
    {
        List<ReferenceState> states = States(x);
        if (!returnSequences)
            return states[^1].H;
        double[] y = new double[_time * units];
        for (int t = 0; t < _time; t++)
            states[t + 1].H.CopyTo(y, t * units);
        return y;
    }

    /// <summary>Backpropagation through time: dL/d(state t + 1) is what the output at t has, and what step t + 1 hands back.</summary>
    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        List<ReferenceState> states = States(x);
        ReferenceCellParameters gradients = names.Of(pass.Gradients!);
        double[] dx = new double[x.Length];
        ReferenceState d = ReferenceState.Zeros(units);
        for (int t = _time - 1; t >= 0; t--)
        {
            if (returnSequences || t == _time - 1)
            {
                for (int i = 0; i < units; i++)
                    d.H[i] += dy[returnSequences ? t * units + i : i];
            }

            (double[] dxOfStep, d) = cell.Backward(At(x, t), states[t], d, gradients);
            dxOfStep.CopyTo(dx, t * _features);
            bool isFirstOfPiece = (_time - t) % truncate == 0;
            if (isFirstOfPiece)
                d = ReferenceState.Zeros(units);
        }

        return dx;
    }

    private List<ReferenceState> States(double[] x)
    {
        List<ReferenceState> states = [ReferenceState.Zeros(units)];
        for (int t = 0; t < _time; t++)
            states.Add(cell.Step(At(x, t), states[t]));
        return states;
    }

    private double[] At(double[] x, int t) => x[(t * _features)..((t + 1) * _features)];
}

/// <summary>What one step hands to the next: the output h, and the cell c of an LSTM (0 in the others).</summary>
internal sealed record ReferenceState(double[] H, double[] C)
{
    public static ReferenceState Zeros(int units) => new(new double[units], new double[units]);
}
