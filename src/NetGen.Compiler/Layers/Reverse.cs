using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Layers;

/// <summary>A sequence from its last step to the first; channels from the end of their length to its beginning.</summary>
internal sealed class ReverseDefinition : LayerDefinition
{
    public override string Name => "reverse";

    public override OptionKeys Keys => OptionKeys.None;

    public override bool KeepsAxes => true;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        if (b.Input is not { } input)
            return null;
        if (!LayoutRule.Decided(b, $"{b.Options.Owner} reverses {input} in time, or along the length"))
            return null;
        if (input.Rank != 2)
        {
            string message = $"{b.Options.Owner} takes a sequence or [channels, length], but '{b.Before}' before it gives {(input.Rank == 1 ? $"a vector of {input}" : input)}";
            // An image has two axes, and which is to be reversed a slice says.
            string remedy = input.Rank == 1 ? "write slice: { step: -1 } to reverse it" : $"write slice: {{ axis: {input.Rank - 1}, step: -1 }} to reverse its {(input.Rank == 3 ? "width" : "last axis")}, or another axis";
            if (input.Rank != 1 || !b.ReportLastState(Rules.WrongRank, b.Options.Node.Kind.Span, message))
                b.Report(Rules.WrongRank, b.Options.Node.Kind.Span, $"{message}; {remedy}");
            return null;
        }

        int axis = input.Layout == Layout.Sequence ? 0 : 1;
        b.Output = input;
        return b.Failed ? null : new Slice(b.Name, Name, input, input, axis, input.Dimensions[axis] - 1, -1);
    }
}
