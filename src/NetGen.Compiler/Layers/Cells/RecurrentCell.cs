using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers.Cells;

/// <summary>One step of a recurrent layer, unit by unit. Its gates read two sums each: of the step's features, and of the state h before.</summary>
/// <param name="Kind">What the layer is called in the grammar.</param>
/// <param name="Gates">A letter each, in the order of the parameters' rows.</param>
/// <param name="States">The states' letters, h first.</param>
internal abstract record RecurrentCell(string Kind, EquatableArray<string> Gates, EquatableArray<string> States)
{
    /// <summary>
    /// The step, over the variables x and h of each gate (<c>xI</c>, <c>hI</c>) and the states before (<c>hBefore</c>), to the states' letters.
    /// </summary>
    protected abstract IEnumerable<(string Variable, Expr Formula)> Formulas { get; }

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
        (string Variable, Expr Formula)[] formulas = [.. Formulas];
        bool IsRead(string variable) => formulas.Any(f => f.Formula.Contains(Expr.Var(variable)));
        IEnumerable<UnitInput> read =
        [
            .. Gates.Select((g, k) => new UnitInput("x" + NameScope.Pascal(g), inputs, k * units)),
            .. Gates.Select((g, k) => new UnitInput("h" + NameScope.Pascal(g), recurrent, k * units)),
            .. States.Select((s, k) => new UnitInput(s + "Before", before[k], 0)).Where(i => IsRead(i.Variable)),
        ];
        var written = new List<UnitOutput>();
        int place = 0;
        foreach ((string variable, Expr formula) in formulas)
        {
            int state = States.ToList().IndexOf(variable);
            written.Add(state >= 0 ? new UnitOutput(variable, formula, after[state], 0) : new UnitOutput(variable, formula, kept, kept is null ? 0 : units * place++));
        }

        if (y is not null)
            written.Add(new UnitOutput("y", Expr.Var("h"), y, 0));
        string states = string.Join(", ", after.Select(static b => b.Name));
        return new UnitMap(name, units, read.ToEquatable(), written.ToEquatable(), $"{states} = {Kind}({inputs.Name} + {recurrent.Name})");
    }

    /// <summary>How many values of a unit backward reads besides the states.</summary>
    public int Kept => Formulas.Count(f => !States.Contains(f.Variable));
}

/// <summary>h = tanh(x + h'): J. Elman, "Finding Structure in Time" (1990).</summary>
internal sealed record SimpleRnnCell() : RecurrentCell("simple_rnn", EquatableArray.Of("n"), EquatableArray.Of("h"))
{
    protected override IEnumerable<(string Variable, Expr Formula)> Formulas => [("h", Expr.Call(Function.Tanh, X("n") + H("n")))];
}

/// <summary>
/// r = σ(x + h'), z = σ(x + h'), n = tanh(x + r h'), h = (1 - z) n + z h before, in that order; the reset gate r works on the sum of the state, as in PyTorch:
/// K. Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder" (2014).
/// </summary>
internal sealed record GruCell() : RecurrentCell("gru", EquatableArray.Of("r", "z", "n"), EquatableArray.Of("h"))
{
    protected override IEnumerable<(string Variable, Expr Formula)> Formulas
    {
        get
        {
            Expr z = Expr.Var("z"), n = Expr.Var("n");
            return
            [
                ("r", Expr.Call(Function.Sigmoid, X("r") + H("r"))),
                ("z", Expr.Call(Function.Sigmoid, X("z") + H("z"))),
                ("n", Expr.Call(Function.Tanh, X("n") + (Expr.Var("r") * H("n")))),
                ("h", n + (z * (Before("h") - n))),
            ];
        }
    }
}

/// <summary>
/// i = σ(x + h'), f = σ(x + h'), g = tanh(x + h'), o = σ(x + h'), c = f c before + i g, h = o tanh(c), the gates in that order:
/// S. Hochreiter, J. Schmidhuber, "Long Short-Term Memory" (1997); the forget gate starts open, by F. Gers, J. Schmidhuber, F. Cummins, "Learning to Forget"
/// (2000).
/// </summary>
internal sealed record LstmCell() : RecurrentCell("lstm", EquatableArray.Of("i", "f", "g", "o"), EquatableArray.Of("h", "c"))
{
    protected override IEnumerable<(string Variable, Expr Formula)> Formulas
    {
        get
        {
            Expr Gate(Function function, string gate) => Expr.Call(function, X(gate) + H(gate));
            return
            [
                ("i", Gate(Function.Sigmoid, "i")),
                ("f", Gate(Function.Sigmoid, "f")),
                ("g", Gate(Function.Tanh, "g")),
                ("o", Gate(Function.Sigmoid, "o")),
                ("c", (Expr.Var("f") * Before("c")) + (Expr.Var("i") * Expr.Var("g"))),
                ("t", Expr.Call(Function.Tanh, Expr.Var("c"))),
                ("h", Expr.Var("o") * Expr.Var("t")),
            ];
        }
    }

    public override Initializer InputBias(int units) => new StretchInitializer(units, units, 1);
}
