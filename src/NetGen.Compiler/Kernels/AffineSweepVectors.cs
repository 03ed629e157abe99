using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// The backward pass of an <see cref="Affine"/> over whole vectors of its weight: every vector is loaded once, gives its part
/// of dx, and is stored as the sink has changed it.
/// </summary>
internal sealed class AffineSweepVectors(
    Ir.Buffer? x, Ir.Buffer dy, Ir.Buffer? weight, Ir.Buffer? dx, Access dxAccess, Sink? sink, int rows, int inputs, int outputs, WeightOrder order)
{
    private readonly Ir.Buffer[] _weights = [.. new[] { weight }.OfType<Ir.Buffer>()
        .Concat(sink is null ? [] : sink.Kept.Values.Concat(sink.Assignments.Select(static a => a.Target).OfType<Ir.Buffer>())).Distinct()];

    /// <summary>What is done with an element is a function of what is only read, or of nothing at all, so it may be done twice.</summary>
    private readonly bool _once = sink is not null;

    public void Emit(KernelWriter w)
    {
        bool byOutput = order == WeightOrder.OutputsTogether;
        w.Vectors(byOutput ? outputs : inputs, v =>
        {
            List<(string, Address, Offset)> moving = [("dyRow", v.Start(dy), outputs)];
            if (x is not null)
                moving.Add(("xRow", v.Start(x), inputs));
            if (dx is not null)
                moving.Add(("dxRow", v.Start(dx), inputs));
            v.Repeat(rows, moving, row =>
            {
                Address? xAt = x is null ? null : row[1], dxAt = dx is null ? null : row[row.Length - 1];
                if (order == WeightOrder.Rows)
                    ByRow(v, row[0], xAt, dxAt);
                else if (byOutput)
                    ByOutput(v, row[0], xAt, dxAt);
                else
                    ByInput(v, row[0], xAt, dxAt);
            });
        });
    }

    /// <summary>What is the same for a row of the weight: x, or dy, and what the method is given.</summary>
    private Cell CellOfRow(string same = "x") => new(sink?.Assignments ?? [],
        v => v == same || (v is not ("x" or "dy") && sink is { } s && !s.Kept.ContainsKey(v) && !s.Assignments.Any(a => a.Variable == v)));

    /// <summary>The weight is [in][out]: a vector of dy against rows of it, each row's own x in all lanes.</summary>
    private void ByOutput(VectorCode v, Address dyAt, Address? xAt, Address? dxAt)
    {
        Cell cell = CellOfRow();
        int whole = inputs / Tuning.Dense.SweepRows;
        // The parts of dy, where they are few enough to be kept.
        Dictionary<int, (Part Part, Term Dy)>? kept = null;
        if (v.Lanes is { } lanes && (outputs + lanes - 1) / lanes <= Tuning.Dense.SweepVectors)
        {
            kept = [];
            v.OverWrittenOut(outputs, _once || dxAt is not null, (at, part) => kept[at] = (part, v.Code.Let("dy", v.LoadZeroed(dyAt + at, part))));
        }

        List<(string, Address, Offset)> moving = [.. _weights.Select(b => (b.Named("Rows"), v.Start(b), (Offset)(Tuning.Dense.SweepRows * outputs)))];
        if (xAt is { } xStart)
            moving.Add(("xRows", xStart, Tuning.Dense.SweepRows));
        if (dxAt is { } dxStart)
            moving.Add(("dxRows", dxStart, Tuning.Dense.SweepRows));
        v.Repeat(whole, moving, at => Rows(v, cell, Tuning.Dense.SweepRows, kept, dyAt, b => at[Array.IndexOf(_weights, b)],
            xAt is null ? null : at[_weights.Length], dxAt is null ? null : at[at.Length - 1]));
        if (inputs % Tuning.Dense.SweepRows > 0)
            Rows(v, cell, inputs % Tuning.Dense.SweepRows, kept, dyAt, b => v.Start(b) + (whole * Tuning.Dense.SweepRows * outputs), xAt + (whole * Tuning.Dense.SweepRows), dxAt + (whole * Tuning.Dense.SweepRows));
    }

    private void Rows(
        VectorCode v, Cell cell, int count, Dictionary<int, (Part Part, Term Dy)>? kept, Address dyAt, Func<Ir.Buffer, Address> at, Address? xAt, Address? dxAt)
    {
        var factors = new Dictionary<string, Term>[count];
        for (int k = 0; k < count; k++)
        {
            int row = k;
            factors[row] = cell.Hoisted.ToDictionary(static h => h.Name, h => row > 0 && !h.Formula.Contains(Expr.Var("x")) ? factors[0][h.Name]
                : v.Code.Let("factor", Term.All(ExprTerms.OfNumbers(h.Formula, n => n == "x" ? v.Element(xAt!.Value + row) : new Argument(n, Kind.Float)))));
        }

        Local[]? dots = dxAt is null ? null : [.. Enumerable.Range(0, count).Select(_ => v.Code.Variable("dot", Term.Zero))];

        void Vector(Term dyVector, Part part, Func<Ir.Buffer, Address> weights)
        {
            for (int row = 0; row < count; row++)
            {
                int from = row * outputs;
                Change(v, cell, part, b => weights(b) + from, dots?[row], factors[row], dyVector);
            }
        }

        if (kept is not null)
        {
            foreach (KeyValuePair<int, (Part Part, Term Dy)> vector in kept)
                Vector(vector.Value.Dy, vector.Value.Part, b => at(b) + vector.Key);
        }
        else
        {
            v.Over(outputs, once: true, [.. _weights.Select(b => (b.Named("At"), at(b))), ("dyAt", dyAt)],
                (p, part) => Vector(v.Code.Let("dy", v.LoadZeroed(p[p.Length - 1], part)), part, b => p[Array.IndexOf(_weights, b)]));
        }

        if (dxAt is not { } dxPlace)
            return;
        Part few = count == 4 ? Part.Whole : new Part.First(count);
        Term sums = Term.SumsOf([.. dots!.Select(static d => new Get(d))]);
        v.Store(dxPlace, few, dxAccess == Access.Accumulate ? v.LoadFour(dxPlace, few) + sums : sums);
    }

    /// <summary>
    /// The weight is [out][in] and large: row after row of it, with dx in memory. Where an output's gradient of 0 changes nothing, its row is left out.
    /// </summary>
    private void ByRow(VectorCode v, Address dyAt, Address? xAt, Address? dxAt)
    {
        Cell cell = CellOfRow("dy");
        if (dxAt is { } sums && dxAccess != Access.Accumulate)
            v.Over(inputs, once: false, [("dxStart", sums)], (at, part) => v.Store(at[0], part, Term.Zero));
        List<(string, Address, Offset)> rowsOf = [.. _weights.Select(b => (b.Named("Row"), v.Start(b), (Offset)inputs)), ("dyAt", dyAt, 1)];
        v.Repeat(outputs, rowsOf, at =>
        {
            Term dyOfRow = v.Code.Let("dyOfRow", v.Element(at[at.Length - 1]));
            if (AffineSweep.LeavesOutZeros(sink))
                v.Code.When(dyOfRow, () => Row(v, cell, at, dyOfRow, xAt, dxAt));
            else
                Row(v, cell, at, dyOfRow, xAt, dxAt);
        }, isWrittenOut: false);
    }

    private void Row(VectorCode v, Cell cell, Address[] row, Term dyOfRow, Address? xAt, Address? dxAt)
    {
        Dictionary<string, Term> factors = cell.Hoisted.ToDictionary(static h => h.Name, h =>
            v.Code.Let("factor", Term.All(ExprTerms.OfNumbers(h.Formula, n => n == "dy" ? dyOfRow : new Argument(n, Kind.Float)))));
        Term? dyVector = dxAt is null ? null : v.Code.Let("dy", Term.All(dyOfRow));
        List<(string, Address)> places = [.. _weights.Select((b, k) => (b.Named("At"), row[k]))];
        if (xAt is { } xStart)
            places.Add(("xAt", xStart));
        if (dxAt is { } dxStart)
            places.Add(("dxAt", dxStart));
        v.OverSeveral(inputs, Tuning.Dense.SweepRows, once: true, places, parts =>
        {
            foreach ((Address[] at, Part part) in parts)
            {
                Local? dot = dxAt is null ? null : v.Code.Variable("sum", v.Load(at[at.Length - 1], part));
                Change(v, cell, part, b => at[Array.IndexOf(_weights, b)], dot, factors, dyVector, xAt is null ? null : v.Code.Let("x", v.Load(at[_weights.Length], part)));
                if (dot is not null)
                    v.Store(at[at.Length - 1], part, new Get(dot));
            }
        });
    }

    /// <summary>The weight is [out][in]: a vector of x, and of dx, against each output's row, dy in all lanes.</summary>
    private void ByInput(VectorCode v, Address dyAt, Address? xAt, Address? dxAt)
    {
        Cell cell = CellOfRow();
        List<(string, Address)> columns = [.. _weights.Select(b => (b.Named("Columns"), v.Start(b)))];
        if (xAt is { } xStart)
            columns.Add(("xColumns", xStart));
        if (dxAt is { } dxStart)
            columns.Add(("dxColumns", dxStart));
        bool once = _once || dxAccess == Access.Accumulate;
        v.OverSeveral(inputs, v.IsStraight ? inputs : Tuning.Dense.SweepRows, once, columns, parts => Columns(v, cell, parts, dyAt, xAt is not null, dxAt is not null));
    }

    private void Columns(VectorCode v, Cell cell, (Address[] At, Part Part)[] parts, Address dyAt, bool hasX, bool hasDx)
    {
        var factors = new Dictionary<string, Term>[parts.Length];
        var dots = new Local?[parts.Length];
        for (int c = 0; c < parts.Length; c++)
        {
            (Address[] at, Part part) = parts[c];
            Term? xVector = hasX && cell.Hoisted.Any(static h => h.Formula.Contains(Expr.Var("x"))) ? v.Code.Let("x", v.Load(at[_weights.Length], part)) : null;
            factors[c] = cell.Hoisted.ToDictionary(static h => h.Name, h => h.Formula.Contains(Expr.Var("x"))
                ? v.Code.Let("factor", ExprTerms.Of(h.Formula, n => n == "x" ? xVector! : Term.All(new Argument(n, Kind.Float))))
                : c > 0 ? factors[0][h.Name]
                : v.Code.Let("factor", Term.All(ExprTerms.OfNumbers(h.Formula))));
            if (hasDx)
                dots[c] = v.Code.Variable("sum", dxAccess == Access.Accumulate ? v.Load(at[at.Length - 1], part) : Term.Zero);
        }

        List<(string, Address, Offset)> moving = [.. _weights.Select((b, k) => (b.Named("At"), parts[0].At[k], (Offset)inputs)), ("dyAt", dyAt, 1)];
        v.Repeat(outputs, moving, p =>
        {
            Term dyVector = v.Code.Let("dy", v.All(p[p.Length - 1]));
            for (int c = 0; c < parts.Length; c++)
            {
                // As far from the first vector as it stands in every row.
                int column = c;
                Change(v, cell, parts[c].Part, b => p[Array.IndexOf(_weights, b)] + (parts[column].At[0].Offset - parts[0].At[0].Offset), dots[c], factors[c], dyVector);
            }
        });
        for (int c = 0; hasDx && c < parts.Length; c++)
            v.Store(parts[c].At[parts[c].At.Length - 1], parts[c].Part, new Get(dots[c]!));
    }

    /// <summary>One vector of the weight: its part of dx first, from the weight as it is, then what becomes of it.</summary>
    private void Change(VectorCode v, Cell cell, Part part, Func<Ir.Buffer, Address> at, Local? dot, Dictionary<string, Term> factors, Term? dyVector, Term? xVector = null)
    {
        var values = new Dictionary<string, Term>(factors);
        if (dyVector is not null)
            values["dy"] = dyVector;
        if (xVector is not null)
            values["x"] = xVector;
        if (weight is not null && (dot is not null || sink?.Kept.ContainsKey("w") == true))
            values["w"] = v.Code.Let("w", v.Load(at(weight), part));
        if (dot is not null)
            v.Code.Set(dot, Term.MultiplyAdd(values["w"], dyVector!, new Get(dot)));
        if (sink is null)
            return;
        foreach (KeyValuePair<string, Ir.Buffer> read in sink.Kept.Where(k => !values.ContainsKey(k.Key)))
            values[read.Key] = v.Code.Let(read.Key, v.Load(at(read.Value), part));
        AssignmentTerms.Write(v, part, cell.Assignments, at, values);
    }
}
