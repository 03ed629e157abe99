using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>y[t] = w[x[t]]: each index, held as a float, becomes a row of a table that is learnt.</summary>
/// <param name="Rows">How many there are.</param>
internal sealed record Embedding(string Name, Shape Input, Shape Output, int Rows, bool TrainsWeight) : Layer(Name, "embedding", Input, Output)
{
    public override EquatableArray<Parameter> Parameters => EquatableArray.Of(
        new Parameter("weight", EquatableArray.Of(Rows, Output.Last), EquatableArray.Of(Output.Last, 1), new UniformInitializer(-0.05, 0.05), TrainsWeight, IsPenalised: true));

    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        Buffer weight = lowering.Parameter(Name, "weight", Rows * Output.Last);
        Buffer y = lowering.Activation(Name, "", Output.Size);
        lowering.Add(new Gather(lowering.Method(Name), lowering.RowMajor(x).Buffer, weight, y, Input.Size, Output.Last));
        return new Value(y, Output);
    }
}

internal sealed class EmbeddingDefinition : LayerDefinition
{
    /// <summary>A float holds every whole number up to this one.</summary>
    private const int MaxRows = 16_777_216;

    public override string Name => "embedding";

    public override OptionKeys Keys => OptionKeys.Of("input_dim", "output_dim");

    public override EquatableArray<string> ParameterNames => EquatableArray.Of("weight");

    public override Layer? Bind(LayerBinder b)
    {
        // A single value was reported, and may be meant for either.
        int? Read(string key, string example) => b.Options.Node.Main is null ? b.Options.RequiredInteger(key, 1, MaxRows, example) : null;
        int? rows = Read("input_dim", "1000"), columns = Read("output_dim", "16");
        bool trainsWeight = b.ReadTrainable().Contains("weight");
        if (b.Input is not { } input)
            return null;
        if (input.Rank != 1)
        {
            b.Report(Rules.WrongRank, b.Options.Node.Kind.Span, $"{b.Options.Owner} takes indices, one for each step, but '{b.Before}' before it gives {input}; put flatten before it", b.InsertBefore("flatten"));
            return null;
        }

        if (rows is null || columns is not { } width || !ShapeSize.Fits(b, [rows.Value, width]) || !ShapeSize.Fits(b, [input.Size, width]))
            return null;
        b.Output = new Shape(EquatableArray.Of(input.Size, width), Layout.Sequence);
        return b.Failed ? null : new Embedding(b.Name, input, b.Output, rows.Value, trainsWeight);
    }
}
