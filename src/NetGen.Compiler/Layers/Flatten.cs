using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Layers;

/// <summary>The same values as one vector, row-major. Nothing is moved.</summary>
internal sealed record Flatten(string Name, Shape Input) : Layer(Name, "flatten", Input, Shape.Vector(Input.Size))
{
    public override bool IsTransparent => Input.Rank == 1;

    public override bool KeepsValues => true;

    public override string? StepObstacle(int time) => Input.IsLine ? null : base.StepObstacle(time);

    public override int? TimeOfOutput(int time) => 0;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others) => lowering.RowMajor(x) with { Shape = Output };
}

internal sealed class FlattenDefinition : LayerDefinition
{
    public override string Name => "flatten";

    public override OptionKeys Keys => OptionKeys.None;

    public override Layer? Bind(LayerBinder b)
    {
        b.ReadTrainable();
        if (b.Input is null)
            return null;
        var layer = new Flatten(b.Name, b.Input);
        b.Output = layer.Output;
        return b.Failed ? null : layer;
    }
}
