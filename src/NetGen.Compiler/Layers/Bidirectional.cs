using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>How the outputs of two directions become one.</summary>
internal enum MergeMode
{
    /// <summary>One behind the other, the forward one first.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their product.</summary>
    Multiply,

    /// <summary>Half of their sum.</summary>
    Average,
}

/// <summary>
/// A recurrent layer that reads the sequence from its beginning, and another one from its end, with weights of its own:
/// M. Schuster, K. K. Paliwal, "Bidirectional Recurrent Neural Networks" (1997). At a step it gives the states of both at that step; of the last states, each direction's own.
/// </summary>
/// <param name="Inner">The layer that reads forwards, under the name of the whole.</param>
internal sealed record Bidirectional(string Name, Recurrent Inner, Shape Output, MergeMode MergeMode) : Layer(Name, "bidirectional", Inner.Input, Output)
{
    public override EquatableArray<Parameter> Parameters => Inner.ParametersOf("").Concat(Inner.ParametersOf(Recurrent.Reverse)).ToEquatable();

    public override long Values => (2 * Inner.Values) + Output.Size;

    public override string? StepObstacle(int time) => "reads the sequence from its end, too";

    public override int? TimeOfOutput(int time) => Inner.TimeOfOutput(time);

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        Buffer input = lowering.RowMajor(x).Buffer;
        var forward = new RecurrentLowering(Inner, lowering);
        var reverse = new RecurrentLowering(Inner, lowering, isReversed: true);
        int units = Inner.Units;
        if (MergeMode == MergeMode.Concat && Inner.ReturnsSequences)
        {
            // Each direction's states go where they stand in the end.
            Buffer rows = lowering.Activation(Name, "", Output.Size);
            forward.Lower(input, new StateRows(rows, 0, Output.Last), null);
            reverse.Lower(input, new StateRows(rows, units, Output.Last), null);
            return new Value(rows, Output);
        }

        Buffer LowerInto(RecurrentLowering direction, string what)
        {
            Buffer states = lowering.Activation(Name, what, Inner.Output.Size);
            direction.Lower(input, Inner.ReturnsSequences ? new StateRows(states, 0, units) : null, Inner.ReturnsSequences ? null : states);
            return states;
        }

        Buffer[] both = [LowerInto(forward, "Forwards"), LowerInto(reverse, "Backwards")];
        Buffer y = lowering.Activation(Name, "", Output.Size);
        if (MergeMode == MergeMode.Concat)
        {
            for (int k = 0; k < both.Length; k++)
            {
                EquatableArray<WalkedAxis> axes = Rearrange.Ordered([new WalkedAxis(units, 1, 1)]);
                (string method, string text) = k == 0 ? ("Join", "part 1 of 2: ") : ("JoinReverse", "part 2 of 2: ");
                lowering.Add(new Rearrange(lowering.Method(Name, method), both[k], y, Access.Overwrite, axes, 0, k * units, null, text));
            }
        }
        else
        {
            Expr a = Combine.Variable(0), b = Combine.Variable(1);
            (Expr formula, string text) = MergeMode switch
            {
                MergeMode.Sum => (a + b, $"{both[0].Name} + {both[1].Name}"),
                MergeMode.Multiply => (a * b, $"{both[0].Name} {both[1].Name}"),
                _ => (0.5 * (a + b), $"0.5 ({both[0].Name} + {both[1].Name})"),
            };
            lowering.Add(new Combine(lowering.Method(Name, "Merge"), both.ToEquatable(), y, Access.Overwrite, formula, text));
        }

        return new Value(y, Output);
    }
}
