using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary><c>simple_rnn</c>, <c>gru</c> and <c>lstm</c>.</summary>
internal sealed class RecurrentDefinition(RecurrentCell cell) : LayerDefinition
{
    /// <summary>Its step, where no option says otherwise.</summary>
    public RecurrentCell Cell => cell;

    public override string Name => cell.Kind;

    public override OptionKeys Keys => RecurrentOptions.KeysOf(cell, canShare: true);

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
        return b.Failed || layer is null ? null : layer with { TrainedParameters = trained };
    }
}
