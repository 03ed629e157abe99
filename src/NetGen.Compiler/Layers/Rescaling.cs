using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Layers;

/// <summary>y = scale x + offset for each element, by constants: an elementwise formula, which becomes a part of the product before it.</summary>
internal sealed record Rescaling(string Name, Shape Input, float Scale, float Offset) : Layer(Name, "rescaling", Input, Input)
{
    public override bool IsTransparent => Scale == 1 && Offset == 0;

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        x = x with { Shape = Input };
        if (IsTransparent)
            return x;
        Buffer y = lowering.Activation(Name, "", Input.Size);
        lowering.Add(new Map(lowering.Method(Name), x.Buffer, y, (Scale * Map.X0) + Offset, "rescaling"));
        return x with { Buffer = y };
    }
}

internal sealed class RescalingDefinition : LayerDefinition
{
    public override string Name => "rescaling";

    public override OptionKeys Keys => OptionKeys.WithMain("scale", "offset");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        if (b.Options.Find("scale") is null)
            b.Options.ReportMissing("scale", $"{b.Options.Owner} needs 'scale', what each value is multiplied by; write e.g. rescaling: 0.0625");
        float scale = b.Options.Number("scale", 1, static v => v != 0, "a finite number other than 0, which would leave nothing of the input");
        float offset = b.Options.Number("offset", 0, static _ => true, "a finite number");
        b.ReadTrainable();
        b.Output = b.Input;
        return b.Failed || b.Input is null ? null : new Rescaling(b.Name, b.Input, scale, offset);
    }
}
