using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// A recurrent layer: at each step its cell makes a new state of the step's features and the state before, which at first is 0 or what
/// it is given. What it gives is the state h of the last step, or of each.
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

    /// <summary>What PyTorch adds to the names of the parameters that read a sequence from its end.</summary>
    public const string Reverse = "_reverse";

    public bool UseBias { get; init; } = true;

    /// <summary>It begins from states that it reads, behind the sequence: h, and of an lstm c; else from zeros.</summary>
    public bool HasInitialState { get; init; }

    /// <summary>Which of its states after the last step something reads, counted from 1.</summary>
    public EquatableArray<int> StatesRead { get; init; }

    /// <summary>The caller keeps the states of a stream, which zeros begin.</summary>
    public override IEnumerable<ValueSource> SourcesOfStep => Sources.Take(1);

    /// <summary>The layer whose weights it shares; null where it has its own.</summary>
    public string? WeightsOf { get; init; }

    /// <summary>The layer that has its weights.</summary>
    public string WeightOwner => WeightsOf ?? Name;

    public int Time => Input.Dimensions[0];

    public int Features => Input.Last;

    public int Units => Output.Last;

    /// <summary>Sums that one step needs: a unit's for each gate.</summary>
    public int Sums => Cell.Gates.Count * Units;

    public override EquatableArray<Parameter> Parameters => ParametersOf("");

    /// <summary>Its parameters.</summary>
    /// <param name="ending">What their names end with.</param>
    public EquatableArray<Parameter> ParametersOf(string ending)
    {
        Parameter[] weights = WeightsOf is not null ? []
            :
            [
                Weight(Names[0] + ending, Features, KernelInitializer, isSplit: false),
                Weight(Names[1] + ending, Units, RecurrentInitializer, isSplit: Cell is GruCell { ResetsState: true }),
            ];
        Parameter[] biases = UseBias ? [Bias(Names[2] + ending, Cell.InputBias(Units)), Bias(Names[3] + ending, new ConstantInitializer(0))] : [];
        return EquatableArray.Of<Parameter>([.. weights, .. biases]);
    }

    // Training keeps inputs and gates, as values and as gradients, and states.
    public override long Values => (long)Time * ((2L * Sums) + (4L * Units));

    /// <param name="isSplit">Kernels read the rows of some gates by themselves, so that they stand together.</param>
    private Parameter Weight(string name, int inputs, Initializer initializer, bool isSplit) => new(
        name, EquatableArray.Of(Sums, inputs), Affine.KeepsOutputsTogether(inputs, Sums) && !isSplit ? EquatableArray.Of(1, Sums) : EquatableArray.Of(inputs, 1),
        initializer, TrainedParameters.Contains(name), IsPenalised: true);

    private Parameter Bias(string name, Initializer initializer) =>
        new(name, EquatableArray.Of(Sums), EquatableArray.Of(1), initializer, TrainedParameters.Contains(name), IsPenalised: false);

    public override Shape ShapeOf(int part) => part == 0 ? Output : Shape.Vector(Units);

    public override string? StepObstacle(int time) => null;

    public override int? TimeOfOutput(int time) => ReturnsSequences ? time : null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others) =>
        new RecurrentLowering(this, lowering).Lower(lowering.RowMajor(x).Buffer, [.. others.Select(o => lowering.RowMajor(o).Buffer)]);
}
