using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Layers;

/// <summary>An activation as a layer of its own.</summary>
internal sealed record ActivationLayer(string Name, Shape Input, Activation Activation) : Layer(Name, Activation.Kind, Input, Input)
{
    public override Activation? LastActivation => Activation;

    public override bool IsTransparent => Activation is ElementwiseActivation { Formula: var formula } && formula == Map.X0;

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others) => Activation.Lower(lowering, Name, "Forward", x with { Shape = Input });
}

internal sealed class ActivationLayerDefinition(ActivationDefinition activation) : LayerDefinition
{
    public override string Name => activation.Name;

    public override OptionKeys Keys => activation.Keys;

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        Activation bound = activation.Bind(b.Options);
        b.ReadTrainable();
        b.Output = b.Input;
        if (b.Input is null)
            return null;
        activation.Check(b);
        return b.Failed ? null : new ActivationLayer(b.Name, b.Input, bound);
    }
}
