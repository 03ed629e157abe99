using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>A part of a larger buffer that the kernels of a scan work on: at step t it begins at Offset + t Stride.</summary>
internal sealed record Row(Buffer Part, Buffer Of, int Offset, int Stride);

/// <summary>A state that each step of a scan hands on to the next.</summary>
/// <param name="Before">What a step reads.</param>
/// <param name="After">What it writes.</param>
/// <param name="States">The state before each step, and behind them the last.</param>
/// <param name="Initial">What it is before the first step; null for zeros.</param>
/// <param name="Final">Where it is wanted after the last one; null where it is not.</param>
internal sealed record Carry(Buffer Before, Buffer After, Buffer States, Buffer? Initial, Buffer? Final);

/// <summary>What backward reads of a scan's steps.</summary>
internal enum ScanMemory
{
    /// <summary>Nothing: it has no derivative.</summary>
    Nothing,

    /// <summary>Every value that the derivative needs, of every step.</summary>
    Values,

    /// <summary>The states alone; what else it needs of a step is computed again.</summary>
    States,
}

/// <summary>
/// A loop over time: the kernels of its body run for each step, on the step's rows of larger buffers, and hand states on to the next step.
/// A step may be a scan itself, over a piece of the time.
/// Derivative: a scan the other way, whose body is the body's derivative (<see cref="ScanDerivative"/>). What the steps share, the weights, has the sum over
/// the steps as its gradient.
/// P. Werbos, "Backpropagation Through Time: What It Does and How to Do It" (1990); T. Chen et al., "Training Deep Nets with Sublinear Memory Cost" (2016).
/// </summary>
/// <param name="IsReversed">From the last step to the first.</param>
/// <param name="First">What is done before the first step, on rows that do not move.</param>
/// <param name="Last">The same after the last one.</param>
/// <param name="Text">What it computes, for people.</param>
internal sealed record Scan(
    string Name, int Steps, bool IsReversed, EquatableArray<Row> Rows, EquatableArray<Kernel> First, EquatableArray<Kernel> Body, EquatableArray<Kernel> Last, string Text)
    : Kernel(Name)
{
    public EquatableArray<Carry> Carries { get; init; }

    public ScanMemory Memory { get; init; }

    /// <summary>The buffers that hold what the derivative reads of every step, and nothing else does.</summary>
    public EquatableArray<Buffer> Saved { get; init; }

    /// <summary>No gradient passes from a step to the one before it: backpropagation that is cut off.</summary>
    public bool IsCut { get; init; }

    public override IEnumerable<Kernel> Within => First.Concat(Body).Concat(Last);

    /// <summary>Each larger buffer, once. What it writes before it reads it is only written, seen from outside.</summary>
    public override IEnumerable<Operand> Operands
    {
        get
        {
            var order = new List<Buffer>();
            var access = new Dictionary<Buffer, Access>();
            foreach (Operand operand in Within.SelectMany(static k => k.Operands))
            {
                Buffer buffer = RowOf(operand.Buffer)?.Of ?? operand.Buffer;
                if (!access.TryGetValue(buffer, out Access known))
                {
                    order.Add(buffer);
                    access[buffer] = operand.Access;
                }
                else if (known != operand.Access && known != Access.Overwrite)
                    access[buffer] = Access.Update;
            }

            return order.Select(b => new Operand(b, access[b])).OrderBy(static o => o.IsWritten);
        }
    }

    public override IEnumerable<Scalar> Scalars => Within.SelectMany(static k => k.Scalars).Where(static s => s != Scalar.Step).Distinct();

    public override long MultiplyAdds => (Steps * Body.Sum(static k => k.MultiplyAdds)) + First.Concat(Last).Sum(static k => k.MultiplyAdds);

    public override long Statements => 0;

    public override string Formula => Text + (Steps == 1 ? "" : Invariant($", for each of {Steps} steps{(IsReversed ? ", the last one first" : "")}"));

    /// <summary>The larger buffer that a buffer of the body is a part of; null where it is none.</summary>
    public Row? RowOf(Buffer buffer) => Rows.FirstOrDefault(r => r.Part == buffer);

    public override void Differentiate(IGradients gradients)
    {
        var derivative = new ScanDerivative(this, gradients);
        if (Memory == ScanMemory.Nothing)
            derivative.AddZeros();
        else
            derivative.Add();
    }
}

/// <summary>Zeros in every element.</summary>
internal sealed record Clear(string Name, Buffer Y) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Y.Name} = 0";

    public override void Differentiate(IGradients gradients)
    {
    }

    public override void Emit(Dialects.KernelWriter writer) => Fill.Emit(writer, Y, 0);
}
