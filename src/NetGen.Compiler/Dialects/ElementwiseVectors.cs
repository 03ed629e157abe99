using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Dialects;

/// <summary>Assignments over whole vectors of elements.</summary>
internal sealed class ElementwiseVectors
{
    private readonly IReadOnlyDictionary<string, Ir.Buffer> _inputs;
    private readonly IReadOnlyList<Assignment> _assignments;
    private readonly Cell _cell;
    private readonly string[] _read;
    private readonly Ir.Buffer[] _buffers;

    public ElementwiseVectors(IReadOnlyDictionary<string, Ir.Buffer> inputs, IReadOnlyList<Assignment> assignments)
    {
        _inputs = inputs;
        _assignments = assignments;
        HashSet<string> perElement = [.. inputs.Keys, .. assignments.Select(static a => a.Variable)];
        _cell = new Cell(assignments, v => !perElement.Contains(v));
        _read = [.. inputs.Keys.Where(v => assignments.Any(a => a.Formula.Contains(Expr.Var(v))))];
        _buffers = [.. _read.Select(v => inputs[v]).Concat(assignments.Select(static a => a.Target).OfType<Ir.Buffer>()).Distinct()];
    }

    /// <summary>What is written is a function of what is only read, so it may be computed twice.</summary>
    private bool CanRepeat => _cell.Assignments.All(a => !a.Accumulate && (a.Target is null || !_inputs.Values.Contains(a.Target)));

    /// <param name="only">Where the only buffer begins, where that is not its start.</param>
    public void Write(VectorCode v, int count, Address? only = null)
    {
        Dictionary<string, Term> hoisted = Hoist(v.Code);
        v.Over(count, once: !CanRepeat, [.. _buffers.Select(b => (b.Named("K"), only ?? v.Start(b)))],
            (at, part) => WritePart(v, part, b => at[System.Array.IndexOf(_buffers, b)], hoisted));
    }

    /// <summary>Formulas that hold random numbers, for one element after another: the numbers depend on which it is.</summary>
    /// <param name="stream">Tells the numbers from those of others.</param>
    public void WriteRandom(VectorCode v, int count, int stream)
    {
        Dictionary<string, Term> hoisted = Hoist(v.Code);
        v.Code.For("k", count, 1, k =>
        {
            hoisted[ExprTerms.RandomVariable] = new Uniform(stream, k);
            WritePart(v, Part.Whole, b => new Address(v.Code.Enter(b.Named("K"), v.Start(b).Memory, k)), hoisted);
        });
    }

    /// <summary>Over a number of elements that is known at run time only: <c>count</c>.</summary>
    public void EmitCounted(KernelWriter w) => w.CountedVectors(_buffers, (v, at, part) =>
        WritePart(v, part, b => at[System.Array.IndexOf(_buffers, b)], Hoist(v.Code)));

    private Dictionary<string, Term> Hoist(CodeBuilder code) =>
        _cell.Hoisted.ToDictionary(static h => h.Name, h => code.Let(h.Name, Term.All(ExprTerms.OfNumbers(h.Formula))));

    private void WritePart(VectorCode v, Part part, System.Func<Ir.Buffer, Address> at, Dictionary<string, Term> hoisted)
    {
        var values = new Dictionary<string, Term>(hoisted);
        foreach (string variable in _read)
            values[variable] = v.Code.Let(variable, v.Load(at(_inputs[variable]), part));
        AssignmentTerms.Write(v, part, _cell.Assignments, at, values);
    }
}
