using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>One assignment of an elementwise computation: the target's variable, its buffer, and the formula.</summary>
internal sealed record Assignment(string Variable, Ir.Buffer Target, Expr Formula, bool Accumulate = false);

/// <summary>What a kernel prints its body with: code, elements, vectors and formulas, in the target's dialect.</summary>
internal sealed class KernelWriter(CodeWriter code, Dialect dialect, Strategy strategy)
{
    private readonly HashSet<string> _references = [];

    public CodeWriter Code { get; } = code;

    public Dialect Dialect { get; } = dialect;

    public bool IsStraightLine { get; } = strategy == Strategy.StraightLine;

    /// <summary>Worth whole vectors: the target has them and at least the narrowest fits.</summary>
    public bool UsesVectors(int count) => Dialect.HasVectors && !IsStraightLine && count >= 4;

    public string At(Ir.Buffer buffer, string index) => Dialect.Element(buffer, index);

    public string At(Ir.Buffer buffer, int index) => Dialect.Element(buffer, Invariant($"{index}"));

    /// <summary>Declares where a buffer begins, for whole vectors; once for each buffer.</summary>
    public void Reference(Ir.Buffer buffer)
    {
        if (_references.Add(buffer.Name))
            Code.Line($"ref float {Begin(buffer)} = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({buffer.Name});");
    }

    public static string Load(Ir.Buffer buffer, string index) => $"{Dialect.Vector}.LoadUnsafe(ref {Begin(buffer)}, {Native(index)})";

    public static string Store(Ir.Buffer buffer, string index, string value) =>
        $"{Dialect.Vector}.StoreUnsafe({value}, ref {Begin(buffer)}, {Native(index)});";

    public static string MultiplyAdd(string a, string b, string c) => $"{Dialect.Vector}.MultiplyAddEstimate({a}, {b}, {c})";

    public static string Broadcast(string x) => $"new {Dialect.VectorOfFloat}({x})";

    /// <summary>The head of a loop over so many whole vectors at a time; the index goes on where it ends.</summary>
    public static string VectorLoop(string index, int count, int vectors = 1)
    {
        string step = (vectors == 1 ? "" : Invariant($"{vectors} * ")) + Dialect.VectorOfFloat + ".Count";
        return Invariant($"for (; {index} <= {count} - {step}; {index} += {step})");
    }

    public static string Loop(string index, int count) => Invariant($"for (int {index} = 0; {index} < {count}; {index}++)");

    public string Print(Expr e, Precision precision, Func<string, string>? name = null) =>
        new ExprPrinter(Dialect, precision, name ?? (static n => n)).Print(e);

    /// <summary>A row's part of an index into [rows, size]: nothing for a single row.</summary>
    public static string Index(string row, int size, string index) => row switch
    {
        "" or "0" => index,
        _ when size == 1 => row,
        _ => Invariant($"{row} * {size} + {index}"),
    };

    /// <summary>Runs a body for each index below a count: written out with constants, or as a loop.</summary>
    public void ForEach(string index, int count, Action<string> body)
    {
        if (IsStraightLine || count == 1)
        {
            for (int k = 0; k < count; k++)
                body(Invariant($"{k}"));
            return;
        }

        using (Code.Block(Loop(index, count)))
            body(index);
    }

    /// <summary>
    /// Computes assignments for each of <paramref name="count"/> elements, in order; a later formula sees what an
    /// earlier one assigned.
    /// </summary>
    /// <param name="inputs">Which buffer each variable of the formulas is read from. Other variables are scalars.</param>
    /// <param name="random">How a random leaf is written for an element.</param>
    public void Elementwise(
        int count, IReadOnlyDictionary<string, Ir.Buffer> inputs, IReadOnlyList<Assignment> assignments, Func<string, string>? random = null)
    {
        HashSet<string> perElement = [.. inputs.Keys, .. assignments.Select(static a => a.Variable)];
        string[] read = [.. inputs.Keys.Where(v => assignments.Any(a => a.Formula.Contains(Expr.Var(v))))];
        bool vectors = UsesVectors(count) && assignments.All(a => ExprPrinter.IsVectorisable(a.Formula, v => !perElement.Contains(v)));
        if (vectors)
        {
            foreach (Ir.Buffer buffer in read.Select(v => inputs[v]).Concat(assignments.Select(static a => a.Target)).Distinct())
                Reference(buffer);
            Code.Line("int k = 0;");
            using (Code.Block(VectorLoop("k", count)))
                ElementwiseVector(inputs, read, assignments);
            using (Code.Block(Invariant($"for (; k < {count}; k++)")))
                ElementwiseScalar("k", inputs, assignments, random);
            return;
        }

        ForEach("k", count, k => ElementwiseScalar(k, inputs, assignments, random));
    }

    /// <summary>One assignment to an element; <c>w = w - step</c> is written <c>w -= step</c>.</summary>
    public static string Statement(string target, Assignment a, string value)
    {
        if (a.Accumulate)
            return $"{target} += {value};";
        string start = target + " - ";
        return a.Formula is Binary { Operator: BinaryOperator.Subtract, Right: not Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } } && value.StartsWith(start, StringComparison.Ordinal)
            ? $"{target} -= {value.Substring(start.Length)};"
            : $"{target} = {value};";
    }

    private void ElementwiseVector(IReadOnlyDictionary<string, Ir.Buffer> inputs, string[] read, IReadOnlyList<Assignment> assignments)
    {
        foreach (string variable in read)
            Code.Line($"var {variable} = {Load(inputs[variable], "k")};");
        foreach (Assignment a in assignments)
        {
            string value = Print(a.Formula, Precision.Vector);
            if (a.Accumulate)
                value = Load(a.Target, "k") + " + " + value;
            if (IsReadLater(a, assignments))
            {
                Code.Line($"{(read.Contains(a.Variable) ? "" : "var ")}{a.Variable} = {value};");
                value = a.Variable;
            }

            Code.Line(Store(a.Target, "k", value));
        }
    }

    private void ElementwiseScalar(
        string k, IReadOnlyDictionary<string, Ir.Buffer> inputs, IReadOnlyList<Assignment> assignments, Func<string, string>? random)
    {
        string Name(string variable) => variable == "random" && random is not null ? random(k)
            : inputs.TryGetValue(variable, out Ir.Buffer? buffer) ? At(buffer, k)
            : assignments.FirstOrDefault(a => a.Variable == variable) is { } assigned ? At(assigned.Target, k)
            : variable;
        foreach (Assignment a in assignments)
            Code.Line(Statement(At(a.Target, k), a, Print(a.Formula, Precision.Float, Name)));
    }

    private static bool IsReadLater(Assignment assignment, IReadOnlyList<Assignment> assignments) =>
        assignments.SkipWhile(a => a != assignment).Skip(1).Any(a => a.Formula.Contains(Expr.Var(assignment.Variable)));

    private static string Native(string index) => index.IndexOf(' ') < 0 ? "(nuint)" + index : $"(nuint)({index})";

    private static string Begin(Ir.Buffer buffer) => buffer.Name + "Begin";
}
