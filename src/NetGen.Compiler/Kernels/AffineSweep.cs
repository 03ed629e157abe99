using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using static NetGen.Compiler.Dialects.KernelWriter;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Where the gradient of each weight goes: assignments over the variables dy and x (one element of each), w (the weight),
/// and what the optimizer keeps.
/// </summary>
/// <param name="Assignments">In order; the one to the weight comes last.</param>
/// <param name="Kept">The buffers of the weight's shape that the formulas read, by variable.</param>
internal sealed record Sink(IReadOnlyList<Assignment> Assignments, IReadOnlyDictionary<string, Ir.Buffer> Kept)
{
    public Sink(IReadOnlyList<Assignment> assignments, (string Variable, Ir.Buffer Buffer)[] kept)
        : this(assignments, kept.ToDictionary(static k => k.Variable, static k => k.Buffer))
    {
    }
}

/// <summary>
/// One pass over the weight of an <see cref="Affine"/> in backward direction, which does any of: dx = Wᵀ dy, and for each
/// weight the assignments of a <see cref="Sink"/>. Every weight is read once, before anything is written to it.
/// The one printer behind the input gradient, the weight gradient and their fusion with the update.
/// </summary>
internal sealed class AffineSweep(
    Ir.Buffer? x, Ir.Buffer dy, Ir.Buffer? weight, Ir.Buffer? dx, Access dxAccess, Sink? sink, int rows, int inputs, int outputs, WeightOrder order)
{
    public void Emit(KernelWriter w)
    {
        if (w.HasVectors)
        {
            new AffineSweepVectors(x, dy, weight, dx, dxAccess, sink, rows, inputs, outputs, order).Emit(w);
            return;
        }

        if (w.IsStraightLine)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < inputs; i++)
                    EmitWhole(w, row, i);
            }

            return;
        }

        System.Action<string> sweep = order == WeightOrder.Rows ? row => EmitOutputs(w, row) : row => EmitInputs(w, row);
        if (rows == 1)
            sweep("0");
        else
        {
            using (w.Code.Block(Loop("row", rows)))
                sweep("row");
        }
    }

    /// <summary>The input's gradient first, from the weights as they are; then what becomes of each weight.</summary>
    private void EmitWhole(KernelWriter w, int row, int i)
    {
        if (dx is not null)
        {
            string sum = "";
            for (int o = 0; o < outputs; o++)
                sum += (o == 0 ? "" : o % 8 == 0 ? "\n    + " : " + ") + $"{w.At(weight!, order.Index(inputs, outputs, i, o))} * {w.At(dy, (row * outputs) + o)}";
            w.Code.Line($"{w.At(dx, (row * inputs) + i)} {(dxAccess == Access.Accumulate ? "+=" : "=")} {sum};");
        }

        if (sink is null)
            return;
        for (int o = 0; o < outputs; o++)
            EmitAssignments(w, Invariant($"{order.Index(inputs, outputs, i, o)}"), w.At(dy, (row * outputs) + o), w.At(x!, (row * inputs) + i));
    }

    /// <summary>
    /// Whether an output whose gradient is 0 changes neither its weights nor what is kept of them, as long as its inputs are finite: then its row need not
    /// be touched.
    /// </summary>
    public static bool LeavesOutZeros(Sink? sink) => sink is null
        || sink.Assignments.All(static a => a.Target is not null && AtZero(a.Formula) == (a.Accumulate ? 0 : Expr.Var(a.Variable)));

    private static Expr AtZero(Expr e) => e switch
    {
        Variable { Name: "dy" } => 0,
        Negate n => -AtZero(n.Operand),
        Binary { Operator: BinaryOperator.Add } b => AtZero(b.Left) + AtZero(b.Right),
        Binary { Operator: BinaryOperator.Subtract } b => AtZero(b.Left) - AtZero(b.Right),
        Binary { Operator: BinaryOperator.Multiply } b => AtZero(b.Left) * AtZero(b.Right),
        _ => e,
    };

    private void EmitAssignments(KernelWriter w, string index, string dyElement, string xElement)
    {
        var locals = new Dictionary<string, string>();
        string Name(string variable) => variable switch
        {
            "dy" => dyElement,
            "x" => xElement,
            _ => locals.TryGetValue(variable, out string? local) ? local : sink!.Kept.TryGetValue(variable, out Ir.Buffer? kept) ? w.At(kept, index) : variable,
        };
        foreach (Assignment a in sink!.Assignments)
            w.Assign(a, target => w.At(target, index), w.Print(a.Formula, Precision.Float, Name), locals);
    }

    /// <summary>The weight is [out][in] and large: row after row of it.</summary>
    private void EmitOutputs(KernelWriter w, string row)
    {
        CodeWriter code = w.Code;
        string at = order.Index(inputs, outputs, "i", "o");
        string dxElement = dx is null ? "" : w.At(dx, Index(row, inputs, "i"));
        if (dx is not null && dxAccess != Access.Accumulate)
        {
            using (code.Block(Loop("i", inputs)))
                code.Line($"{dxElement} = 0f;");
        }

        using (code.Block(Loop("o", outputs)))
        {
            code.Line($"float dy = {w.At(dy, Index(row, outputs, "o"))};");
            if (LeavesOutZeros(sink))
                code.Line("if (dy == 0f)\n    continue;");
            using (code.Block(Loop("i", inputs)))
            {
                if (dx is not null)
                    code.Line($"{dxElement} += {w.At(weight!, at)} * dy;");
                if (sink is not null)
                    EmitAssignments(w, at, "dy", w.At(x!, Index(row, inputs, "i")));
            }
        }
    }

    private void EmitInputs(KernelWriter w, string row)
    {
        CodeWriter code = w.Code;
        string dyIndex = Index(row, outputs, "o");
        string at = order.Index(inputs, outputs, "i", "o");
        using (code.Block(Loop("i", inputs)))
        {
            if (sink is not null)
                code.Line($"float x = {w.At(x!, Index(row, inputs, "i"))};");
            if (dx is not null)
                code.Line("float sum = 0f;");
            using (code.Block(Loop("o", outputs)))
            {
                if (dx is not null)
                    code.Line($"sum += {w.At(weight!, at)} * {w.At(dy, dyIndex)};");
                if (sink is not null)
                    EmitAssignments(w, at, w.At(dy, dyIndex), "x");
            }

            if (dx is not null)
                code.Line($"{w.At(dx, Index(row, inputs, "i"))} {(dxAccess == Access.Accumulate ? "+=" : "=")} sum;");
        }
    }
}
