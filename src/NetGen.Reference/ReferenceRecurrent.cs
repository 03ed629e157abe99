using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

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

    public int Time => _time;

    public override double[] Forward(double[] x, ReferencePass pass) => OutputOf(States(x, ReferenceState.Zeros(units)));

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass) =>
        Backward(x, ReferenceState.Zeros(units), pass, (t, d) => AddOutput(t, d, dy)).Dx;

    /// <summary>Every h, or the last.</summary>
    public double[] OutputOf(IReadOnlyList<ReferenceState> states) => returnSequences ? [.. states.Skip(1).SelectMany(s => s.H)] : states[^1].H;

    /// <summary>Adds the gradient that the output has of the state after step t.</summary>
    public void AddOutput(int t, ReferenceState d, double[] dy)
    {
        for (int i = 0; i < units && (returnSequences || t == _time - 1); i++)
            d.H[i] += dy[returnSequences ? t * units + i : i];
    }

    /// <summary>
    /// Backpropagation through time: dL/d(state t + 1) is what <paramref name="addOutput"/> adds at t, and what step t + 1 hands back.
    /// No gradient passes from a piece to what stands before it, the first state included.
    /// </summary>
    public (double[] Dx, ReferenceState Start) Backward(double[] x, ReferenceState start, ReferencePass pass, Action<int, ReferenceState> addOutput)
    {
        List<ReferenceState> states = States(x, start);
        ReferenceCellParameters gradients = names.Of(pass.Gradients!);
        double[] dx = new double[x.Length];
        ReferenceState d = ReferenceState.Zeros(units);
        for (int t = _time - 1; t >= 0; t--)
        {
            addOutput(t, d);
            (double[] dxOfStep, d) = cell.Backward(At(x, t), states[t], d, gradients);
            dxOfStep.CopyTo(dx, t * _features);
            bool isFirstOfPiece = (_time - t) % truncate == 0 || t == 0;
            if (isFirstOfPiece && truncate < _time)
                d = ReferenceState.Zeros(units);
        }

        return (dx, d);
    }

    public List<ReferenceState> States(double[] x, ReferenceState start)
    {
        List<ReferenceState> states = [start];
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

/// <summary>
/// A recurrent layer that begins from states that it reads behind the sequence, or of which a state after the last step is read: <paramref name="state"/> is
/// 0 for what it gives, 1 for h, 2 for c. Each is an operation of its own, over the same parameters: their gradients add up.
/// </summary>
internal sealed class ReferenceStates(ReferenceRecurrent layer, int units, int state) : ReferenceOperation(state == 0 ? layer.Output : new ReferenceShape([units], false))
{
    public override double[][] Forward(double[][][] inputs, ReferencePass pass) => [.. inputs[0].Select((x, n) =>
    {
        List<ReferenceState> states = layer.States(x, StartOf(inputs, n));
        return state switch { 0 => layer.OutputOf(states), 1 => states[^1].H, _ => states[^1].C };
    })];

    public override double[][][] Backward(double[][][] inputs, double[][] dy, ReferencePass pass)
    {
        double[][][] dx = Array.ConvertAll(inputs, value => new double[value.Length][]);
        for (int n = 0; n < dy.Length; n++)
        {
            double[] own = dy[n];
            (dx[0][n], ReferenceState start) = layer.Backward(inputs[0][n], StartOf(inputs, n), pass, (t, d) =>
            {
                if (state == 0)
                    layer.AddOutput(t, d, own);
                else if (t == layer.Time - 1)
                    own.Select((g, i) => (state == 1 ? d.H : d.C)[i] += g).ToArray();
            });
            if (inputs.Length > 1)
                dx[1][n] = start.H;
            if (inputs.Length > 2)
                dx[2][n] = start.C;
        }

        return dx;
    }

    private ReferenceState StartOf(double[][][] inputs, int sample) => new(
        inputs.Length > 1 ? inputs[1][sample] : new double[units], inputs.Length > 2 ? inputs[2][sample] : new double[units]);
}
