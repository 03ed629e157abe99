using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// A recurrent layer: at each step its cell makes a new state of the step's features and the state before, which is 0 at first. What it gives is the state h
/// of the last step, or of each.
/// </summary>
/// <param name="Truncate">The gradient of a state reaches back over so many steps at most; null for all.</param>
/// <param name="Checkpoint">In training every so many steps' states are kept; what lies between is computed again in backward.</param>
/// <param name="TrainedParameters">Which of its parameters the step changes.</param>
internal sealed record Recurrent(
    string Name, RecurrentCell Cell, Shape Input, Shape Output, bool ReturnsSequences, int? Truncate, int Checkpoint,
    Initializer KernelInitializer, Initializer RecurrentInitializer, EquatableArray<string> TrainedParameters)
    : Layer(Name, Cell.Kind, Input, Output)
{
    public static readonly EquatableArray<string> Names = EquatableArray.Of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0");

    public int Time => Input.Dimensions[0];

    public int Features => Input.Last;

    public int Units => Output.Last;

    /// <summary>Sums that one step needs: a unit's for each gate.</summary>
    public int Sums => Cell.Gates.Count * Units;

    public override EquatableArray<Parameter> Parameters => EquatableArray.Of(
        Weight(Names[0], Features, KernelInitializer), Weight(Names[1], Units, RecurrentInitializer), Bias(Names[2], Cell.InputBias(Units)), Bias(Names[3], new ConstantInitializer(0)));

    // Training keeps inputs and gates, as values and as gradients, and states.
    public override long Values => (long)Time * ((2L * Sums) + (4L * Units));

    private Parameter Weight(string name, int inputs, Initializer initializer) => new(
        name, EquatableArray.Of(Sums, inputs), Affine.KeepsOutputsTogether(inputs, Sums) ? EquatableArray.Of(1, Sums) : EquatableArray.Of(inputs, 1),
        initializer, TrainedParameters.Contains(name), IsPenalised: true);

    private Parameter Bias(string name, Initializer initializer) =>
        new(name, EquatableArray.Of(Sums), EquatableArray.Of(1), initializer, TrainedParameters.Contains(name), IsPenalised: false);

    public override Shape ShapeOf(int part) => part == 0 ? Output : Shape.Vector(Units);

    public override string? StepObstacle(int time) => null;

    public override int? TimeOfOutput(int time) => ReturnsSequences ? time : null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others) => new RecurrentLowering(this, lowering).Lower(lowering.RowMajor(x).Buffer);
}

/// <summary><c>simple_rnn</c>, <c>gru</c> and <c>lstm</c>.</summary>
internal sealed class RecurrentDefinition(RecurrentCell cell) : LayerDefinition
{
    private const int MaxUnits = 65_536;

    public override string Name => cell.Kind;

    public override OptionKeys Keys =>
        OptionKeys.WithMain("units", "return_sequences", "truncate", "checkpoint", "kernel_initializer", "recurrent_initializer");

    public override EquatableArray<string> ParameterNames => Recurrent.Names;

    public override EquatableArray<string> States => cell.States;

    public override Layer? Bind(LayerBinder b)
    {
        OptionReader options = b.Options;
        int? units = options.RequiredInteger("units", 1, MaxUnits, "16");
        bool returnsSequences = options.Boolean("return_sequences", false);
        int? truncate = options.Integer("truncate", 1, int.MaxValue, "20");
        int checkpoint = options.Integer("checkpoint", 1, int.MaxValue, "10") ?? 1;
        Shape? input = CheckInput(b);
        if (input is not null && units is { } u)
            b.Output = returnsSequences ? new Shape(EquatableArray.Of(input.Dimensions[0], u), Layout.Sequence) : Shape.Vector(u);

        EquatableArray<int>? Gate(int? inputs) => units is { } n && inputs is { } i ? EquatableArray.Of(n, i) : null;
        Initializer kernel = InitializerRegistry.Read(options, "kernel_initializer", Gate(input?.Last), "glorot_uniform");
        Initializer recurrent = InitializerRegistry.Read(options, "recurrent_initializer", Gate(units), "orthogonal");
        EquatableArray<string> trained = b.ReadTrainable();
        return b.Failed || input is null || b.Output is null
            ? null
            : new Recurrent(b.Name, cell, input, b.Output, returnsSequences, truncate, checkpoint, PerGate(kernel), PerGate(recurrent), trained);
    }

    private Initializer PerGate(Initializer initializer) => initializer is OrthogonalInitializer orthogonal ? orthogonal with { Blocks = cell.Gates.Count } : initializer;

    /// <summary>A sequence, which rank 2 becomes here where nothing has decided it.</summary>
    private static Shape? CheckInput(LayerBinder b)
    {
        if (b.Input is not { } input)
            return null;
        string owner = b.Options.Owner;
        SourceSpan place = b.Options.Node.Kind.Span;
        if (input.Rank == 2 && input.Layout != Layout.Channels)
            return input with { Layout = Layout.Sequence };
        if (input.Rank == 2)
        {
            b.ReportLayout($"{owner} takes a sequence, [time, features], but {b.Given}", ", which makes the channels features");
            return null;
        }

        string message = $"{owner} takes a sequence, [time, features], but '{b.Before}' before it gives {(input.Rank == 1 ? "a vector of " : "")}{input}";
        if (b.ReportLastState(Rules.WrongRank, place, message) || b.ReportFlattened(message, 2))
            return null;
        if (input.Rank == 1)
            b.Report(Rules.WrongRank, place, $"{message}; put reshape: [{input.Size}, 1] before it for one feature at each of {input.Size} steps, or an embedding, which makes a sequence of indices", b.InsertBefore("reshape", $"[{input.Size}, 1]"));
        else
            b.Report(Rules.WrongRank, place, $"{message}; put a reshape to [time, features] before it");
        return null;
    }
}
