using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y = (x - mean) weight / sqrt(variance + ε) + bias for each channel: by the batch's mean and variance in training, by running ones in inference, which each
/// step moves towards the batch's: running = (1 - momentum) running + momentum · the batch's (its variance unbiased).
/// S. Ioffe, C. Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift" (2015).
/// </summary>
/// <param name="UsesBatch">Training takes the batch's statistics, and moves the running ones; false where the layer is frozen.</param>
/// <param name="Options">Whether there are a weight and a bias.</param>
internal sealed record BatchNorm(string Name, Shape Input, float Epsilon, float Momentum, NormOptions Options, bool UsesBatch)
    : Layer(Name, "batch_norm", Input, Input)
{
    private int Channels => Normalization.ChannelsOf(Input);

    /// <summary>Values of one channel in one sample.</summary>
    public int Rows => Input.Size / Channels;

    public override EquatableArray<Parameter> Parameters
    {
        get
        {
            float? moves = UsesBatch ? Momentum : null;
            Parameter Statistic(string name, float start) =>
                new(name, EquatableArray.Of(Channels), EquatableArray.Of(1), new ConstantInitializer(start), IsTrained: false, IsPenalised: false,
                    moves) { IsStatistic = true };
            return Options.Parameters(Channels).Concat([Statistic("running_mean", 0), Statistic("running_var", 1)]).ToEquatable();
        }
    }

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        // Channels, or features, innermost; or a plane of each channel, where they stand like that already.
        x = x with { Shape = Input };
        bool isPlanes = Input.Layout == Layout.Channels && Planes.AreOf(x);
        x = Input.Layout == Layout.Channels && !isPlanes ? lowering.ChannelsLast(x) : lowering.RowMajor(x);
        Buffer? weight = Options.Scales ? lowering.Parameter(Name, "weight", Channels) : null,
            bias = Options.Centers ? lowering.Parameter(Name, "bias", Channels) : null;
        Buffer runningMean = lowering.Parameter(Name, "running_mean", Channels), runningVariance = lowering.Parameter(Name, "running_var", Channels);
        Value y = x with { Buffer = lowering.Activation(Name, "", Input.Size), Shape = Input };
        if (lowering.IsTraining && UsesBatch)
        {
            Buffer mean = lowering.Batch(Name, "Mean", Channels), inverse = lowering.Batch(Name, "Inverse", Channels);
            lowering.Add(new BatchStatistics(
                lowering.Method(Name, "Statistics"), x.Buffer, mean, inverse, runningMean.Gradient(), runningVariance.Gradient(), Epsilon, Rows, Channels, isPlanes));
            lowering.Add(new BatchNormalize(lowering.Method(Name, "Normalize"), x.Buffer, mean, inverse, weight, bias, y.Buffer, Rows, Channels, isPlanes));
            return y;
        }

        List<Source> perChannel = [new("mean", runningMean), new("variance", runningVariance)];
        Expr deviation = Expr.Call(Function.Sqrt, Expr.Var("variance") + Epsilon), formula = (Expr.Var("x") - Expr.Var("mean")) * Expr.Var("factor");
        if (weight is not null)
            perChannel.Add(new Source("weight", weight));
        if (bias is not null)
        {
            perChannel.Add(new Source("bias", bias));
            formula += Expr.Var("bias");
        }

        lowering.Add(new ChannelMap(
            lowering.Method(Name), EquatableArray.Of(new Source("x", x.Buffer)), perChannel.ToEquatable(),
            EquatableArray.Of(("factor", (weight is null ? 1.0 : Expr.Var("weight")) / deviation)), y.Buffer, Access.Overwrite, formula, Rows, Channels,
            $"({x.Buffer.Name} - {runningMean.Name}){(weight is null ? "" : " " + weight.Name)} / sqrt({runningVariance.Name} + {CSharpLiteral.Shortest(Epsilon)}){(bias is null ? "" : " + " + bias.Name)}", isPlanes));
        return y;
    }
}

internal sealed class BatchNormDefinition : LayerDefinition
{
    public override string Name => "batch_norm";

    public override OptionKeys Keys => OptionKeys.Of("epsilon", "momentum", "scale", "center");

    public override EquatableArray<string> ParameterNames => EquatableArray.Of("weight", "bias");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        float epsilon = b.Options.Number("epsilon", 1e-5f, static v => v > 0, "above 0");
        float momentum = b.Options.Number("momentum", 0.1f, static v => v is >= 0 and <= 1, "from 0 to 1: the share of the batch's statistics, as in PyTorch (Keras's 0.99 is 0.01 here)");
        NormOptions options = NormOptions.Read(b);
        bool isFrozen = b.Options.Find("trainable") is Spec.ScalarValue scalar && Spec.CoreSchema.TryBoolean(scalar, out bool isTrained) && !isTrained;
        if (b.Input is not { } input)
            return null;
        LayoutRule.Decided(b, $"{b.Options.Owner} over {input}");
        b.Output = input;
        return b.Failed ? null : new BatchNorm(b.Name, input, epsilon, momentum, options, !isFrozen);
    }
}
