using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>A vector at each of so many steps: <c>[f]</c> to <c>[n, f]</c>.</summary>
internal sealed record RepeatVector(string Name, Shape Input, Shape Output) : Layer(Name, "repeat_vector", Input, Output)
{
    public override bool KeepsValues => true;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        int steps = Output.Dimensions[0];
        if (steps == 1)
            return new Value(x.Buffer, Output);
        Buffer y = lowering.Activation(Name, "", Output.Size);
        lowering.Add(new Upsample(lowering.Method(Name), x.Buffer, y, new UpsampledPlanes(1, 1, steps, 1, 1, Input.Size), IsLinear: false));
        return new Value(y, Output);
    }
}

internal sealed class RepeatVectorDefinition : LayerDefinition
{
    public override string Name => "repeat_vector";

    public override OptionKeys Keys => OptionKeys.WithMain("n");

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        int? steps = b.Options.RequiredInteger("n", 1, Padding.Max, "10");
        if (b.Input is not { } input)
            return null;
        if (input.Rank != 1)
        {
            string message = $"{b.Options.Owner} repeats a vector, but '{b.Before}' before it gives {input}";
            b.Report(Rules.WrongRank, b.Options.Node.Kind.Span, message + (input.Layout == Layout.Sequence ? "; leave it out, or put a recurrent layer before it that gives its last state alone" : "; put flatten before it"),
                input.Layout == Layout.Sequence ? [] : b.InsertBefore("flatten"));
            return null;
        }

        if (steps is not { } n || !ShapeSize.Fits(b, [n, input.Size]))
            return null;
        b.Output = new Shape(EquatableArray.Of(n, input.Size), Layout.Sequence);
        return b.Failed ? null : new RepeatVector(b.Name, input, b.Output);
    }
}
