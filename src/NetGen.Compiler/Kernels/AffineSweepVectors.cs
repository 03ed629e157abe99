using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// The backward pass of an <see cref="Affine"/> over whole vectors of its weight: every vector is loaded once, gives its part
/// of dx, and is stored as the sink has changed it.
/// </summary>
internal sealed class AffineSweepVectors(
    Ir.Buffer? x, Ir.Buffer dy, Ir.Buffer? weight, Ir.Buffer? dx, Access dxAccess, Sink? sink, int rows, int inputs, int outputs)
{
    /// <summary>How many rows of the weight, or vectors of one, are worked on at once.</summary>
    private const int Together = 4;

    /// <summary>Up to so many vectors of dy stay in registers throughout.</summary>
    private const int InRegisters = 4;

    private readonly Ir.Buffer[] _weights = [.. new[] { weight }.OfType<Ir.Buffer>()
        .Concat(sink is null ? [] : sink.Kept.Values.Concat(sink.Assignments.Select(static a => a.Target).OfType<Ir.Buffer>())).Distinct()];

    public void Emit(KernelWriter w)
    {
        bool byOutput = Affine.KeepsOutputsTogether(inputs, outputs);
        w.PerWidth(byOutput ? outputs : inputs, Lanes.Sixteen, v =>
        {
            List<(string, Place, int)> moving = [("dyRow", v.Start(dy), outputs)];
            if (x is not null)
                moving.Add(("xRow", v.Start(x), inputs));
            if (dx is not null)
                moving.Add(("dxRow", v.Start(dx), inputs));
            v.Repeat(rows, moving, row =>
            {
                Place? xAt = x is null ? (Place?)null : row[1];
                Place? dxAt = dx is null ? (Place?)null : row[row.Length - 1];
                if (byOutput)
                    ByOutput(v, row[0], xAt, dxAt);
                else
                    ByInput(v, row[0], xAt, dxAt);
            });
        });
    }

    private Cell CellWithin(string outer) => new(sink?.Assignments ?? [],
        v => v == outer || (v is not ("x" or "dy") && sink is { } s && !s.Kept.ContainsKey(v) && !s.Assignments.Any(a => a.Variable == v)));

    /// <summary>The weight is [in][out]: a vector of dy against rows of it, each row's own x in all lanes.</summary>
    private void ByOutput(VectorWriter v, Place dyAt, Place? xAt, Place? dxAt)
    {
        Cell cell = CellWithin("x");
        int whole = inputs / Together;
        List<Chunk> chunks = Chunk.Disjoint(outputs, v.Lanes);
        var dyVectors = new Dictionary<Chunk, string>();
        if (chunks.Count <= InRegisters)
        {
            foreach (Chunk chunk in chunks)
                v.Code.Line($"var {dyVectors[chunk] = v.Kernel.Local("dy")} = {VectorWriter.LoadZeroed(dyAt, chunk)};");
        }

        List<(string, Place, int)> moving = [.. _weights.Select(b => (b.Named("Rows"), v.Start(b), Together * outputs))];
        if (xAt is { } xStart)
            moving.Add(("xRows", xStart, Together));
        if (dxAt is { } dxStart)
            moving.Add(("dxRows", dxStart, Together));
        v.Repeat(whole, moving, at => Rows(v, cell, Together, chunks, dyVectors, dyAt, b => at[Array.IndexOf(_weights, b)],
            xAt is null ? (Place?)null : at[_weights.Length], dxAt is null ? (Place?)null : at[at.Length - 1]));
        if (inputs % Together > 0)
            Rows(v, cell, inputs % Together, chunks, dyVectors, dyAt, b => v.Start(b).At(whole * Together * outputs), xAt?.At(whole * Together), dxAt?.At(whole * Together));
    }

    private void Rows(
        VectorWriter v, Cell cell, int count, List<Chunk> chunks, IReadOnlyDictionary<Chunk, string> dyVectors, Place dyAt, Func<Ir.Buffer, Place> at, Place? xAt, Place? dxAt)
    {
        int regular = chunks.TakeWhile(c => c.Lanes == v.Lanes && c.IsWhole).Count();
        Lanes[] widths = [.. chunks.Select(static c => c.Lanes).Distinct()];
        var factors = new Dictionary<(int Row, string Name, Lanes), string>();
        for (int row = 0; row < count; row++)
        {
            foreach ((string name, Expr formula) in cell.Hoisted)
            {
                string scalar = v.Kernel.Print(formula, Precision.Float, n => n == "x" ? xAt!.Value.At(row).Element : n);
                foreach (Lanes lanes in widths)
                    v.Code.Line($"var {factors[(row, name, lanes)] = v.Kernel.Local("factor")} = {lanes.Broadcast(scalar)};");
            }
        }

        var dots = new Dictionary<(int Row, Lanes), string>();
        if (dxAt is not null)
        {
            foreach (Lanes lanes in widths)
            {
                for (int row = 0; row < count; row++)
                    v.Code.Line($"var {dots[(row, lanes)] = v.Kernel.Local("dot")} = {lanes.Zero};");
            }
        }

        void Vectors(Chunk chunk, Func<Ir.Buffer, Place> weights, Place dyPlace)
        {
            if (!dyVectors.TryGetValue(chunk, out string? dyVector))
                v.Code.Line($"var {dyVector = v.Kernel.Local("dy")} = {VectorWriter.LoadZeroed(dyPlace, chunk)};");
            for (int row = 0; row < count; row++)
            {
                Place Of(Ir.Buffer b) => weights(b).At(row * outputs);
                Change(v, cell, chunk, Of, dxAt is null ? null : dots[(row, chunk.Lanes)],
                    name => name == "dy" ? dyVector : factors.TryGetValue((row, name, chunk.Lanes), out string? f) ? f : null, dyVector);
            }
        }

        if (dyVectors.Count == 0)
        {
            v.Repeat(regular, [.. _weights.Select(b => (b.Named("At"), at(b), v.Lanes.Count)), ("dyAt", dyAt, v.Lanes.Count)],
                p => Vectors(new Chunk(0, v.Lanes, v.Lanes.Count), b => p[Array.IndexOf(_weights, b)], p[p.Length - 1]), regular <= 2 ? true : null);
        }

        foreach (Chunk chunk in chunks.Skip(dyVectors.Count == 0 ? regular : 0))
            Vectors(chunk, at, dyAt);

        if (dxAt is not { } dxPlace)
            return;
        for (int row = 0; row < count; row++)
        {
            foreach (Lanes lanes in widths.Skip(1))
                v.Code.Line($"{dots[(row, widths[0])]} += {VectorWriter.Widen(dots[(row, lanes)], lanes, widths[0])};");
        }

        (string value, Lanes sumLanes) = v.SideBySide([.. Enumerable.Range(0, count).Select(row => dots[(row, widths[0])])], widths[0]);
        if (dxAccess == Access.Accumulate)
            value = $"{VectorWriter.Load(dxPlace, sumLanes, count)} + {value}";
        v.Store(dxPlace, sumLanes, value, count);
    }

    /// <summary>The weight is [out][in]: a vector of x, and of dx, against each output's row, dy in all lanes.</summary>
    private void ByInput(VectorWriter v, Place dyAt, Place? xAt, Place? dxAt)
    {
        Cell cell = CellWithin("x");
        List<Chunk> chunks = Chunk.Disjoint(inputs, v.Lanes);
        int regular = chunks.TakeWhile(c => c.Lanes == v.Lanes && c.IsWhole).Count();
        int whole = regular / Together;
        int stride = Together * v.Lanes.Count;
        List<(string, Place, int)> moving = [.. _weights.Select(b => (b.Named("Columns"), v.Start(b), stride))];
        if (xAt is { } xStart)
            moving.Add(("xColumns", xStart, stride));
        if (dxAt is { } dxStart)
            moving.Add(("dxColumns", dxStart, stride));
        v.Repeat(whole, moving, at => Columns(v, cell, [.. chunks.Take(Together)], dyAt, b => at[Array.IndexOf(_weights, b)],
            xAt is null ? (Place?)null : at[_weights.Length], dxAt is null ? (Place?)null : at[at.Length - 1]));
        Chunk[] rest = [.. chunks.Skip(whole * Together)];
        if (rest.Length > 0)
            Columns(v, cell, rest, dyAt, v.Start, xAt, dxAt);
    }

    private void Columns(VectorWriter v, Cell cell, Chunk[] chunks, Place dyAt, Func<Ir.Buffer, Place> at, Place? xAt, Place? dxAt)
    {
        var factors = new Dictionary<(int, string), string>();
        var dots = new string?[chunks.Length];
        for (int c = 0; c < chunks.Length; c++)
        {
            if (cell.Hoisted.Count > 0)
            {
                string? xVector = null;
                if (xAt is { } xPlace && cell.Hoisted.Any(static h => h.Formula.Contains(Expr.Var("x"))))
                    v.Code.Line($"var {xVector = v.Kernel.Local("x")} = {v.Load(xPlace, chunks[c])};");
                foreach ((string name, Expr formula) in cell.Hoisted)
                {
                    Lanes lanes = chunks[c].Lanes;
                    v.Code.Line($"var {factors[(c, name)] = v.Kernel.Local("factor")} = {v.Print(formula, lanes, n => n == "x" ? xVector! : lanes.Broadcast(n))};");
                }
            }

            if (dxAt is not null)
                v.Code.Line($"var {dots[c] = v.Kernel.Local("sum")} = {(dxAccess == Access.Accumulate ? v.Load(dxAt.Value, chunks[c]) : chunks[c].Lanes.Zero)};");
        }

        v.Repeat(outputs, [.. _weights.Select(b => (b.Named("At"), at(b), inputs)), ("dyAt", dyAt, 1)], p =>
        {
            foreach (Lanes lanes in chunks.Select(static c => c.Lanes).Distinct())
            {
                string dyVector = v.Kernel.Local("dy");
                v.Code.Line($"var {dyVector} = {lanes.Broadcast(p[p.Length - 1].Element)};");
                for (int c = 0; c < chunks.Length; c++)
                {
                    if (chunks[c].Lanes != lanes)
                        continue;
                    int column = c;
                    Change(v, cell, chunks[c], b => p[Array.IndexOf(_weights, b)], dots[c],
                        name => name == "dy" ? dyVector : factors.TryGetValue((column, name), out string? f) ? f : null, dyVector);
                }
            }
        });
        if (dxAt is not { } dxPlace)
            return;
        for (int c = 0; c < chunks.Length; c++)
            v.Store(dxPlace, chunks[c], dots[c]!);
    }

    /// <summary>One vector of the weight: its part of dx first, from the weight as it is, then what becomes of it.</summary>
    private void Change(VectorWriter v, Cell cell, Chunk chunk, Func<Ir.Buffer, Place> at, string? dot, Func<string, string?> outer, string dyVector)
    {
        var names = new Dictionary<string, string>();
        bool readsWeight = weight is not null && (dot is not null || sink?.Kept.ContainsKey("w") == true);
        if (readsWeight)
            v.Code.Line($"var {names["w"] = v.Kernel.Local("w")} = {v.Load(at(weight!), chunk)};");
        if (dot is not null)
            v.Code.Line($"{dot} = {chunk.Lanes.MultiplyAdd(names["w"], dyVector, dot)};");
        if (sink is null)
            return;
        foreach (KeyValuePair<string, Ir.Buffer> kept in sink.Kept.Where(k => !names.ContainsKey(k.Key)))
            v.Code.Line($"var {names[kept.Key] = v.Kernel.Local(kept.Key)} = {v.Load(at(kept.Value), chunk)};");
        for (int k = 0; k < cell.Assignments.Count; k++)
        {
            Assignment a = cell.Assignments[k];
            if (a.Target is not { } target)
            {
                string computed = v.Print(a.Formula, chunk.Lanes, n => outer(n) ?? names[n]);
                v.Code.Line($"var {names[a.Variable] = v.Kernel.Local(a.Variable)} = {computed};");
                continue;
            }

            Expr formula = a.Formula;
            if (a.Accumulate)
            {
                names["target"] = v.Load(at(target), chunk);
                formula = new Binary(BinaryOperator.Add, Expr.Var("target"), formula);
            }

            string value = v.Print(formula, chunk.Lanes, n => outer(n) ?? names[n]);
            if (k < cell.Assignments.Count - 1 && names.TryGetValue(a.Variable, out string? known))
            {
                v.Code.Line($"{known} = {value};");
                value = known;
            }

            v.Store(at(target), chunk, value);
        }
    }
}
