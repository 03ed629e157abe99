using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>y = φ(W x + b): every unit sees every input. Over a sequence, at each step.</summary>
internal sealed record Dense(
    string Name, Shape Input, Shape Output, Activation Activation, bool UseBias,
    Initializer KernelInitializer, Initializer BiasInitializer, bool TrainsWeight, bool TrainsBias)
    : Layer(Name, "dense", Input, Output)
{
    private int Inputs => Input.Last;

    private int Units => Output.Last;

    public override EquatableArray<Parameter> Parameters
    {
        get
        {
            // Presented as [out, in].
            EquatableArray<int> strides = Affine.KeepsOutputsTogether(Inputs, Units) ? EquatableArray.Of(1, Units) : EquatableArray.Of(Inputs, 1);
            var weight = new Parameter("weight", EquatableArray.Of(Units, Inputs), strides, KernelInitializer, TrainsWeight, IsPenalised: true);
            if (!UseBias)
                return EquatableArray.Of(weight);
            var bias = new Parameter("bias", EquatableArray.Of(Units), EquatableArray.Of(1), BiasInitializer, TrainsBias, IsPenalised: false);
            return EquatableArray.Of(weight, bias);
        }
    }

    public override Activation? LastActivation => Activation;

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        Buffer weight = lowering.Parameter(Name, "weight", Inputs * Units);
        Buffer? bias = UseBias ? lowering.Parameter(Name, "bias", Units) : null;
        bool isLinear = Activation is ElementwiseActivation { Formula: var formula } && formula == Map.X0;
        Buffer sum = lowering.Activation(Name, isLinear ? "" : "Sum", Output.Size);
        lowering.Add(new Affine(lowering.Method(Name), lowering.RowMajor(x).Buffer, weight, bias, sum, Output.Size / Units, Inputs, Units, null, null));
        return Activation.Lower(lowering, Name, "Activation", new Value(sum, Output));
    }
}

internal sealed class DenseDefinition : LayerDefinition
{
    private const int MaxUnits = 16_777_216;

    public override string Name => "dense";

    public override OptionKeys Keys =>
        OptionKeys.WithMain("units", "activation", "use_bias", "kernel_initializer", "bias_initializer", "in");

    public override EquatableArray<string> ParameterNames => EquatableArray.Of("weight", "bias");

    public override bool WorksAtEachStep => true;

    public override Layer? Bind(LayerBinder b)
    {
        OptionReader options = b.Options;
        int? units = options.RequiredInteger("units", 1, MaxUnits, "16");
        bool useBias = options.Boolean("use_bias", true);
        int? stated = options.Integer("in", 1, int.MaxValue, "64");
        Shape? input = CheckInput(b, stated);
        if (input is not null && units is { } u)
            b.Output = input with { Dimensions = input.Dimensions.Take(input.Rank - 1).Append(u).ToEquatable() };

        Activation? activation = ActivationDefinition.Read(options, "activation");
        EquatableArray<int>? weightShape = input is null || units is null ? null : EquatableArray.Of(units.Value, input.Last);
        Initializer kernel = InitializerRegistry.Read(options, "kernel_initializer", weightShape, "glorot_uniform");
        Initializer bias = InitializerRegistry.Read(options, "bias_initializer", EquatableArray.Of(units ?? 1), "zeros");
        EquatableArray<string> trained = b.ReadTrainable(useBias ? [] : [("bias", "use_bias: false")]);
        if (!useBias && options.Find("bias_initializer") is { } unused && !b.Failed)
            b.Report(Rules.UnknownKey, unused.Span, $"{options.Owner} has use_bias: false, so 'bias_initializer' means nothing; leave one of them out");

        return b.Failed || input is null || activation is null || b.Output is null
            ? null
            : new Dense(b.Name, input, b.Output, activation, useBias, kernel, bias, trained.Contains("weight"), trained.Contains("bias"));
    }

    /// <summary>A vector, or a sequence (which rank 2 becomes here where nothing has decided it); never channels.</summary>
    private static Shape? CheckInput(LayerBinder b, int? stated)
    {
        Shape? input = b.Input;
        if (input is null)
            return null;
        if (input.Layout == Layout.Channels)
        {
            string message = $"{b.Options.Owner} takes a vector or a sequence, but {b.Given}";
            if (input.Rank == 2)
                b.ReportLayout(message, " to make that a sequence, or flatten to make it a vector", b.InsertBefore("flatten"));
            else
                b.Report(Rules.WrongRank, b.Options.Node.Kind.Span, $"{message}; put flatten before it", b.InsertBefore("flatten"));
            return null;
        }

        if (input.Layout == Layout.Undecided)
            input = input with { Layout = Layout.Sequence };
        if (stated is { } size && size != input.Last)
        {
            string what = input.Rank == 1 ? "" : " features";
            b.Report(Rules.InputMismatch, b.Options.SpanOf("in"),
                $"{b.Options.Owner} states in: {size}, but '{b.Before}' before it gives {input.Last}{what}; write in: {input.Last} or leave it out",
                new Change.Replace($"Write in: {input.Last}", b.Options.SpanOf("in"), $"{input.Last}"));
        }

        return input;
    }
}
