using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary><c>simple_rnn</c>, <c>gru</c> and <c>lstm</c>.</summary>
internal sealed class RecurrentDefinition(RecurrentCell cell) : LayerDefinition
{
    /// <summary>The option that names what the states begin from.</summary>
    public const string InitialState = "initial_state";

    /// <summary>Its step, where no option says otherwise.</summary>
    public RecurrentCell Cell => cell;

    public override string Name => cell.Kind;

    public override OptionKeys Keys => RecurrentOptions.KeysOf(cell, isAlone: true);

    public override EquatableArray<string> ParameterNames => Recurrent.Names;

    public override EquatableArray<string> States => cell.States;

    public override (Node Node, OptionKeys Keys)? ReturningSequences(Node node) => (node, Keys);

    public override Layer? Bind(LayerBinder b)
    {
        (Shape? output, Recurrent? layer) = RecurrentOptions.Read(b.Options, cell, b.Name, RecurrentOptions.CheckInput(b));
        b.Output = output;
        Layer? owner = SharedWeight.OwnerOf(b, "kernel_initializer", "recurrent_initializer");
        EquatableArray<string> trained = b.ReadTrainable(
        [
            .. SharedWeight.Stated(b) is { } stated ? new[] { (Recurrent.Names[0], stated), (Recurrent.Names[1], stated) } : [],
            .. layer is { UseBias: false } ? new[] { (Recurrent.Names[2], "use_bias: false"), (Recurrent.Names[3], "use_bias: false") } : [],
        ]);
        if (owner is not null && layer is not null)
            layer = SharedWeight.Share(b, layer, owner);
        bool hasInitialState = b.Options.Find(InitialState) is not null;
        if (hasInitialState && output is not null)
            CheckInitialState(b, output.Last);
        return b.Failed || layer is null || b.Inputs.Any(static i => i.Shape is null) ? null : layer with { TrainedParameters = trained, HasInitialState = hasInitialState };
    }

    /// <summary>What it begins from has as many numbers as its state.</summary>
    private void CheckInitialState(LayerBinder b, int units)
    {
        for (int k = 0; k < cell.States.Count && k + 1 < b.Inputs.Count; k++)
        {
            LayerInput given = b.Inputs[k + 1];
            if (given.Shape is not { } shape || (shape.Rank == 1 && shape.Size == units))
                continue;
            string remedy = shape.Rank > 1 ? "make it a vector, as with flatten" : $"make them equal, as with dense: {units}";
            b.Report(Rules.ShapeMismatch, given.Span, $"{b.Options.Owner} keeps a state {cell.States[k]} of {units}, but '{given.Name}', from which that begins, gives {shape}; {remedy}");
        }
    }
}
