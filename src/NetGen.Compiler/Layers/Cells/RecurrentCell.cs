using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers.Cells;

/// <summary>One step of a recurrent layer, unit by unit. Its gates read two sums each: of the step's features, and of the state h before.</summary>
/// <param name="Kind">What the layer is called in the grammar.</param>
/// <param name="Gates">A letter each, in the order of the parameters' rows.</param>
/// <param name="States">The states' letters, h first.</param>
internal abstract record RecurrentCell(string Kind, EquatableArray<string> Gates, EquatableArray<string> States)
{
    /// <summary>What is applied to what the state is made of.</summary>
    public ElementwiseActivation Activation { get; init; } = Tanh;

    /// <summary>What is applied to the gates that open and close.</summary>
    public ElementwiseActivation RecurrentActivation { get; init; } = Sigmoid;

    /// <summary>It has gates that open and close.</summary>
    public virtual bool HasRecurrentActivation => true;

    /// <summary>The activations of a cell that says nothing else.</summary>
    public static ElementwiseActivation Tanh { get; } = Of(Function.Tanh, "tanh", isProbability: false);

    /// <inheritdoc cref="Tanh"/>
    public static ElementwiseActivation Sigmoid { get; } = Of(Function.Sigmoid, "sigmoid", isProbability: true);

    private static ElementwiseActivation Of(Function function, string kind, bool isProbability) => new(kind, Expr.Call(function, Map.X0), isProbability);

    /// <summary>
    /// The step, over the variables x and h of each gate (<c>xI</c>, <c>hI</c>) and the states before (<c>hBefore</c>), to the states' letters.
    /// </summary>
    protected abstract void AddFormulas(UnitFormulas formulas);

    private IReadOnlyList<UnitFormula> Formulas
    {
        get
        {
            var formulas = new UnitFormulas();
            AddFormulas(formulas);
            return formulas.All;
        }
    }

    /// <summary>What the bias of the features' sums starts from.</summary>
    public virtual Initializer InputBias(int units) => new ConstantInitializer(0);

    /// <summary>The sum of the step's features for a gate.</summary>
    protected static Expr X(string gate) => Expr.Var("x" + NameScope.Pascal(gate));

    /// <summary>The sum of the state before for a gate.</summary>
    protected static Expr H(string gate) => Expr.Var("h" + NameScope.Pascal(gate));

    protected static Expr Before(string state) => Expr.Var(state + "Before");

    /// <summary>The step as a kernel.</summary>
    /// <param name="before">The states before; those that the formulas do not hold are not read.</param>
    /// <param name="after">Where the states go.</param>
    /// <param name="kept">Gates, and what else backward reads, one behind the other; null where nothing is kept.</param>
    /// <param name="y">Where h goes besides; null for nowhere.</param>
    public UnitMap Step(string name, int units, Buffer inputs, Buffer recurrent, Buffer[] before, Buffer[] after, Buffer? kept, Buffer? y)
    {
        IReadOnlyList<UnitFormula> formulas = Formulas;
        bool IsRead(string variable) => formulas.Any(f => f.Formula.Contains(Expr.Var(variable)));
        IEnumerable<UnitInput> read =
        [
            .. Gates.Select((g, k) => new UnitInput("x" + NameScope.Pascal(g), inputs, k * units)),
            .. Gates.Select((g, k) => new UnitInput("h" + NameScope.Pascal(g), recurrent, k * units)),
            .. States.Select((s, k) => new UnitInput(s + "Before", before[k], 0)).Where(i => IsRead(i.Variable)),
        ];
        var written = new List<UnitOutput>();
        int place = 0;
        foreach (UnitFormula f in formulas)
        {
            int state = States.ToList().IndexOf(f.Variable);
            Buffer? to = state >= 0 ? after[state] : f.IsKept ? kept : null;
            written.Add(new UnitOutput(f.Variable, f.Formula, to, state >= 0 || to is null ? 0 : units * place++) { Derivative = f.Derivative });
        }

        if (y is not null)
            written.Add(new UnitOutput("y", Expr.Var("h"), y, 0));
        string states = string.Join(", ", after.Select(static b => b.Name));
        return new UnitMap(name, units, read.ToEquatable(), written.ToEquatable(), $"{states} = {Kind}({inputs.Name} + {recurrent.Name})");
    }

    /// <summary>How many values of a unit backward reads besides the states.</summary>
    public int Kept => Formulas.Count(f => f.IsKept && !States.Contains(f.Variable));
}

/// <summary>h = tanh(x + h'): J. Elman, "Finding Structure in Time" (1990).</summary>
internal sealed record SimpleRnnCell() : RecurrentCell("simple_rnn", EquatableArray.Of("n"), EquatableArray.Of("h"))
{
    public override bool HasRecurrentActivation => false;

    protected override void AddFormulas(UnitFormulas formulas) => formulas.Add("h", Activation, X("n") + H("n"));
}

/// <summary>
/// r = σ(x + h'), z = σ(x + h'), n = tanh(x + r h'), h = (1 - z) n + z h before, in that order; the reset gate r works on the sum of the state, as in PyTorch
/// (<see cref="ResetsState"/>: as in the paper):
/// K. Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder" (2014).
/// </summary>
internal sealed record GruCell() : RecurrentCell("gru", EquatableArray.Of("r", "z", "n"), EquatableArray.Of("h"))
{
    /// <summary>n = tanh(x + h') with the sum of r h before: the reset gate works on the state itself, so that n's product waits for it.</summary>
    public bool ResetsState { get; init; }

    protected override void AddFormulas(UnitFormulas formulas)
    {
        Expr r = formulas.Add("r", RecurrentActivation, X("r") + H("r"));
        Expr z = formulas.Add("z", RecurrentActivation, X("z") + H("z"));
        AddState(formulas, z, r * H("n"));
    }

    private void AddState(UnitFormulas formulas, Expr z, Expr ofState)
    {
        Expr n = formulas.Add("n", Activation, X("n") + ofState);
        formulas.Add("h", n + (z * (Before("h") - n)));
    }

    /// <summary>The gates r and z, and the state that is reset.</summary>
    /// <param name="inputs">The sums of the features for all gates.</param>
    /// <param name="gates">The sums of the state for r and z.</param>
    /// <param name="value">Makes room for what is called so, for each unit.</param>
    public UnitMap GatesStep(string name, int units, Buffer inputs, Buffer gates, Buffer before, System.Func<string, Buffer?> value, Buffer z, Buffer reset)
    {
        var formulas = new UnitFormulas();
        Expr r = formulas.Add("r", RecurrentActivation, X("r") + H("r"));
        formulas.Add("z", RecurrentActivation, X("z") + H("z"));
        formulas.Add("reset", r * Before("h"));
        UnitInput[] read =
        [
            new("xR", inputs, 0), new("xZ", inputs, units), new("hR", gates, 0), new("hZ", gates, units), new("hBefore", before, 0),
        ];
        IEnumerable<UnitOutput> written = formulas.All.Select(f => Output(f, name => name == "z" ? z : name == "reset" ? reset : value(name)));
        return new UnitMap(name, units, read.ToEquatable(), written.ToEquatable(), $"{z.Name}, {reset.Name} = gates of {Kind}({inputs.Name} + {gates.Name})");
    }

    /// <summary>The new state.</summary>
    /// <param name="sum">Of the state that was reset.</param>
    /// <param name="y">Where h goes besides; null for nowhere.</param>
    public UnitMap StateStep(
        string name, int units, Buffer inputs, Buffer sum, Buffer z, Buffer before, System.Func<string, Buffer?> value, Buffer after, Buffer? y)
    {
        var formulas = new UnitFormulas();
        AddState(formulas, Expr.Var("z"), H("n"));
        UnitInput[] read = [new("xN", inputs, 2 * units), new("hN", sum, 0), new("z", z, 0), new("hBefore", before, 0)];
        var written = formulas.All.Select(f => Output(f, name => name == "h" ? after : value(name))).ToList();
        if (y is not null)
            written.Add(new UnitOutput("y", Expr.Var("h"), y, 0));
        return new UnitMap(name, units, read.ToEquatable(), written.ToEquatable(), $"{after.Name} = {Kind}({inputs.Name} + {sum.Name}) by {z.Name}");
    }

    private static UnitOutput Output(UnitFormula f, System.Func<string, Buffer?> to) =>
        new(f.Variable, f.Formula, f.IsKept ? to(f.Variable) : null, 0) { Derivative = f.Derivative };
}

/// <summary>
/// i = σ(x + h'), f = σ(x + h'), g = tanh(x + h'), o = σ(x + h'), c = f c before + i g, h = o tanh(c), the gates in that order:
/// S. Hochreiter, J. Schmidhuber, "Long Short-Term Memory" (1997); the forget gate starts open, by F. Gers, J. Schmidhuber, F. Cummins, "Learning to Forget"
/// (2000).
/// </summary>
internal sealed record LstmCell() : RecurrentCell("lstm", EquatableArray.Of("i", "f", "g", "o"), EquatableArray.Of("h", "c"))
{
    protected override void AddFormulas(UnitFormulas formulas)
    {
        Expr Gate(ElementwiseActivation activation, string gate) => formulas.Add(gate, activation, X(gate) + H(gate));
        Expr i = Gate(RecurrentActivation, "i"), f = Gate(RecurrentActivation, "f"), g = Gate(Activation, "g"), o = Gate(RecurrentActivation, "o");
        Expr c = formulas.Add("c", (f * Before("c")) + (i * g));
        formulas.Add("h", o * formulas.Add("t", Activation, c));
    }

    public override Initializer InputBias(int units) => new StretchInitializer(units, units, 1);
}
