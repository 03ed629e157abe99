using System.Collections.Generic;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// Over the last axis, y = w (x - mean) / √(variance + ε) + b: J. Ba, J. Kiros, G. Hinton, "Layer Normalization" (2016); or without mean and b,
/// y = w x / √(mean of x² + ε): B. Zhang, R. Sennrich, "Root Mean Square Layer Normalization" (2019).
/// </summary>
/// <param name="Centres">The mean is taken away.</param>
/// <param name="Options">Whether there are a weight and a bias.</param>
internal sealed record LayerNorm(string Name, string Kind, Shape Input, float Epsilon, bool Centres, NormOptions Options)
    : Layer(Name, Kind, Input, Input)
{
    public override EquatableArray<Parameter> Parameters => Options.Parameters(Input.Last);

    public override string? StepObstacle(int time) => time == Input.Rank - 1 ? "takes all steps together; put permute: [1, 0] before it" : null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        Buffer? weight = Options.Scales ? lowering.Parameter(Name, "weight", Input.Last) : null,
            bias = Options.Centers ? lowering.Parameter(Name, "bias", Input.Last) : null;
        Buffer y = lowering.Activation(Name, "", Output.Size);
        lowering.Add(new RowNorm(lowering.Method(Name), lowering.RowMajor(x).Buffer, weight, bias, y, Input.Size / Input.Last, Input.Last, Epsilon, Centres));
        return new Value(y, Output);
    }
}

/// <summary><c>layer_norm</c> and <c>rms_norm</c>: over the last axis, whatever the others mean.</summary>
internal sealed class LayerNormDefinition(string name, bool centres) : LayerDefinition
{
    public override string Name => name;

    public override OptionKeys Keys => centres ? OptionKeys.Of("epsilon", "scale", "center") : OptionKeys.Of("epsilon", "scale");

    public override EquatableArray<string> ParameterNames => centres ? EquatableArray.Of("weight", "bias") : EquatableArray.Of("weight");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        float epsilon = b.Options.Number("epsilon", 1e-5f, static v => v > 0, "above 0: it keeps the division from one by 0");
        NormOptions options = NormOptions.Read(b, hasCenter: centres);
        b.Output = b.Input;
        return b.Failed || b.Input is null ? null : new LayerNorm(b.Name, name, b.Input, epsilon, centres, options);
    }
}
