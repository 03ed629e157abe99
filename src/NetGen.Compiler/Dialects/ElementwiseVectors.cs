using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>Assignments over whole vectors of elements.</summary>
internal sealed class ElementwiseVectors
{
    private readonly IReadOnlyDictionary<string, Ir.Buffer> _inputs;
    private readonly Cell _cell;
    private readonly string[] _read;
    private readonly Ir.Buffer[] _buffers;

    public ElementwiseVectors(IReadOnlyDictionary<string, Ir.Buffer> inputs, IReadOnlyList<Assignment> assignments)
    {
        _inputs = inputs;
        HashSet<string> perElement = [.. inputs.Keys, .. assignments.Select(static a => a.Variable)];
        _cell = new Cell(assignments, v => !perElement.Contains(v));
        _read = [.. inputs.Keys.Where(v => assignments.Any(a => a.Formula.Contains(Expr.Var(v))))];
        _buffers = [.. _read.Select(v => inputs[v]).Concat(assignments.Select(static a => a.Target).OfType<Ir.Buffer>()).Distinct()];
    }

    /// <summary>What is written is a function of what is only read, so it may be computed twice.</summary>
    private bool CanRepeat => _cell.Assignments.All(a => !a.Accumulate && (a.Target is null || !_inputs.Values.Contains(a.Target)));

    /// <param name="only">Where the only buffer begins, where that is not its start.</param>
    public void Emit(VectorWriter v, int count, Place? only = null)
    {
        Place Start(Ir.Buffer buffer) => only ?? v.Start(buffer);
        List<Chunk> chunks = CanRepeat ? Chunk.Overlapping(count, v.Lanes) : Chunk.Disjoint(count, v.Lanes);
        int regular = chunks.TakeWhile((c, k) => c.Lanes == v.Lanes && c.IsWhole && c.Offset == k * v.Lanes.Count).Count();
        Lanes[] widths = [.. chunks.Select(static c => c.Lanes).Distinct()];
        Dictionary<(string, Lanes), string> hoisted = [];
        foreach (Lanes lanes in widths)
        {
            foreach ((string name, Expr formula) in _cell.Hoisted)
            {
                string local = v.Kernel.Local(name);
                v.Code.Line($"var {local} = {lanes.Broadcast(v.Kernel.Print(formula, Precision.Float))};");
                hoisted[(name, lanes)] = local;
            }
        }

        v.Repeat(regular, [.. _buffers.Select(b => (b.Named("K"), Start(b), v.Lanes.Count))],
            places => EmitChunk(v, new Chunk(0, v.Lanes, v.Lanes.Count), b => places[System.Array.IndexOf(_buffers, b)], hoisted),
            regular <= 4 ? true : null);
        foreach (Chunk chunk in chunks.Skip(regular))
            EmitChunk(v, chunk, Start, hoisted);
    }

    /// <summary>Over a number of elements that is known at run time only: <c>count</c>.</summary>
    public void EmitCounted(KernelWriter w)
    {
        string[] names = [.. _buffers.Select(b => b.Named("At"))];
        for (int k = 0; k < names.Length; k++)
            w.Code.Line($"ref float {names[k]} = ref {_buffers[k].Name};");
        void Loop(VectorWriter v, Chunk chunk)
        {
            string test = chunk.Count == 1 ? "count > 0" : Invariant($"count >= {chunk.Count}");
            using (v.Code.Block($"for (; {test}; {(chunk.Count == 1 ? "count--" : Invariant($"count -= {chunk.Count}"))})"))
            {
                EmitChunk(v, chunk, b => new Place(names[System.Array.IndexOf(_buffers, b)], 0), new Dictionary<(string, Lanes), string>());
                foreach (string name in names)
                    v.Code.Line($"{name} = {VectorDialect.Reference(name, chunk.Count)};");
            }
        }

        using (w.Code.Block($"if ({Lanes.Eight.Class}.IsHardwareAccelerated)"))
            Loop(new VectorWriter(w, Lanes.Eight), new Chunk(0, Lanes.Eight, 8));
        Loop(new VectorWriter(w, Lanes.Four), new Chunk(0, Lanes.Four, 4));
        Loop(new VectorWriter(w, Lanes.Four), new Chunk(0, Lanes.Four, 1));
    }

    private void EmitChunk(VectorWriter v, Chunk chunk, System.Func<Ir.Buffer, Place> at, IReadOnlyDictionary<(string, Lanes), string> hoisted)
    {
        var names = new Dictionary<string, string>();
        string Name(string variable) => hoisted.TryGetValue((variable, chunk.Lanes), out string? local) ? local : names[variable];
        foreach (string variable in _read)
        {
            names[variable] = v.Kernel.Local(variable);
            v.Code.Line($"var {names[variable]} = {v.Load(at(_inputs[variable]), chunk)};");
        }

        foreach (Assignment a in _cell.Assignments)
        {
            if (a.Target is not { } target)
            {
                string computed = v.Print(a.Formula, chunk.Lanes, Name);
                v.Code.Line($"var {names[a.Variable] = v.Kernel.Local(a.Variable)} = {computed};");
                continue;
            }

            Expr formula = a.Formula;
            if (a.Accumulate)
            {
                names["target"] = v.Load(at(target), chunk);
                formula = new Binary(BinaryOperator.Add, Expr.Var("target"), formula);
            }

            string value = v.Print(formula, chunk.Lanes, Name);
            if (_cell.Assignments.SkipWhile(o => o != a).Skip(1).Any(o => o.Formula.Contains(Expr.Var(a.Variable))))
            {
                if (names.TryGetValue(a.Variable, out string? known))
                    v.Code.Line($"{known} = {value};");
                else
                {
                    names[a.Variable] = known = v.Kernel.Local(a.Variable);
                    v.Code.Line($"var {known} = {value};");
                }

                value = known;
            }

            v.Store(at(target), chunk, value);
        }
    }
}
