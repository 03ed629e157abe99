using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>y = x0 + x1 + …, or y = x0 x1 …, element by element over equal shapes.</summary>
internal sealed record Merge(string Name, string Kind, Shape Input, bool Multiplies) : Layer(Name, Kind, Input, Input)
{
    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        // All in the order of the first; and what is read twice is one variable, twice.
        List<Ir.Buffer> read = [];
        List<int> variables = [];
        foreach (Value value in others.Prepend(x))
        {
            Ir.Buffer buffer = (x.Order == Order.ChannelsLast ? lowering.ChannelsLast(value) : lowering.RowMajor(value)).Buffer;
            if (!read.Contains(buffer))
                read.Add(buffer);
            variables.Add(read.IndexOf(buffer));
        }

        Expr formula = variables.Skip(1).Select(Combine.Variable).Aggregate(Combine.Variable(variables[0]), (a, b) => Multiplies ? a * b : a + b);
        Ir.Buffer y = lowering.Activation(Name, "", Output.Size);
        string text = string.Join(Multiplies ? " " : " + ", variables.Select(v => read[v].Name));
        lowering.Add(new Combine(lowering.Method(Name), read.ToEquatable(), y, Access.Overwrite, formula, text));
        return new Value(y, Output, x.Order);
    }
}

/// <summary><c>add</c> and <c>multiply</c>: the sum and the product of several values.</summary>
internal sealed class MergeDefinition(string name, bool multiplies) : LayerDefinition
{
    public override string Name => name;

    public override OptionKeys Keys => OptionKeys.WithMain("from");

    public override bool TakesSeveral => true;

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        Shape? shape = Layouts.Common(b);
        if (shape is null)
            return null;
        foreach (LayerInput input in b.Inputs.Skip(1))
        {
            if (input.Shape is not { } other || other.Dimensions == shape.Dimensions)
                continue;
            string message = $"{b.Options.Owner} {(multiplies ? "multiplies" : "adds")} {shape} from '{b.Before}' and {other} from '{input.Name}', but takes equal shapes";
            if (b.ReportLastStateBeside(shape, other, input, message))
                return null;
            string remedy = shape.Rank == other.Rank ? $"make them equal, as with dense: {shape.Last}" : "make them equal, as with flatten or reshape";
            if (shape.Layout == Layout.Channels && other.Rank == shape.Rank)
                remedy = "make them equal, as with a convolution of kernel_size: 1, a pool or zero_pad";
            b.Report(Rules.ShapeMismatch, input.Span, $"{message}; {remedy}");
            return null;
        }

        b.Output = shape;
        return b.Failed || b.Inputs.Any(static i => i.Shape is null) ? null : new Merge(b.Name, name, shape, multiplies);
    }
}

/// <summary>What several values that are joined are together.</summary>
internal static class Layouts
{
    /// <summary>
    /// The shape of the first, in the layout that any of them has decided; null after an error, or where one makes the first unknown. One that is a sequence
    /// and one that has channels do not go together.
    /// </summary>
    public static Shape? Common(LayerBinder b)
    {
        if (b.Input is not { } first)
            return null;
        LayerInput decided = b.Inputs.FirstOrDefault(static i => i.Shape is { Layout: not Layout.Undecided }) ?? b.Inputs[0];
        foreach (LayerInput input in b.Inputs)
        {
            if (input.Shape is not { Rank: 2 } shape || first.Rank != 2 || shape.Layout == Layout.Undecided || decided.Shape is not { Rank: 2 } other || shape.Layout == other.Layout)
                continue;
            b.Report(Rules.WrongLayout, input.Span, $"{b.Options.Owner} takes values of one layout, but '{decided.Name}' gives {other} and '{input.Name}' gives {shape}; put permute: [1, 0] behind one of them");
            return null;
        }

        return first.Rank == 2 && decided.Shape is { Rank: 2 } known ? first with { Layout = known.Layout } : first;
    }
}
