using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A <see cref="UnitMap"/> on the sums of an <see cref="Affine"/> of one row, which it reads while they are in registers: a step of a recurrent layer. What is
/// read is read before anything that it could be is written, so that a state may be replaced in place.
/// Derivative: that of the two, which it is made of after everything is differentiated (<see cref="Passes.FuseCells"/>).
/// </summary>
/// <param name="KeepsSums">The sums are stored too, because something else reads them.</param>
internal sealed record GatedProduct(string Name, Affine Product, UnitMap Units, bool KeepsSums) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands
    {
        get
        {
            Operand[] all = [.. Product.Operands.Concat(Units.Operands).Where(o => KeepsSums || o.Buffer != Product.Y)];
            return all.GroupBy(static o => o.Buffer)
                .Select(static g => g.Any(static o => o.IsRead) && g.Any(static o => o.IsWritten) ? new Operand(g.Key, g.Key.Equals(g.First().Buffer) && g.First().Access == Access.Overwrite ? Access.Overwrite : Access.Update) : g.First())
                .OrderBy(static o => o.IsWritten);
        }
    }

    public override long MultiplyAdds => Product.MultiplyAdds;

    public override string Formula => Units.Formula.Replace(Product.Y.Name, Product.Formula.Substring(Product.Y.Name.Length + " = ".Length));

    public override void Emit(KernelWriter w) => w.PerWidth(Units.Units, Lanes.Eight, Emit);

    private void Emit(VectorWriter v)
    {
        UnitInput[] gates = [.. Units.Inputs.Where(i => i.Buffer == Product.Y)];
        (UnitMap units, Dictionary<string, UnitInput> starts) = WithStarts(gates);
        List<Chunk> chunks = Chunk.Overlapping(Units.Units, v.Lanes);
        var late = new List<Action>();
        HashSet<Ir.Buffer> read = [Product.X, .. Units.Inputs.Select(static i => i.Buffer)];
        int together = Math.Max(1, v.Sums / gates.Length);
        for (int first = 0; first < chunks.Count; first += together)
        {
            Chunk[] group = [.. chunks.Skip(first).Take(together)];
            string[,] sums = EmitSums(v, gates, starts, group);
            for (int c = 0; c < group.Length; c++)
            {
                var known = new Dictionary<string, string>();
                for (int g = 0; g < gates.Length; g++)
                {
                    known[gates[g].Variable] = sums[c, g];
                    if (KeepsSums)
                        v.Store(v.Start(Product.Y).At(gates[g].Offset), group[c], sums[c, g]);
                }

                units.EmitChunk(v, group[c], v.Start, known, (buffer, place, chunk, value) =>
                {
                    if (!read.Contains(buffer) || first + together >= chunks.Count && c == group.Length - 1 && late.Count == 0)
                    {
                        v.Store(place, chunk, value);
                        return;
                    }

                    string local = v.Kernel.Local("after");
                    v.Code.Line($"var {local} = {value};");
                    late.Add(() => v.Store(place, chunk, local));
                });
            }
        }

        foreach (Action store in late)
            store();
    }

    /// <summary>Where a gate's sum is only read as the sum of it and another input, that input is what the sum starts from.</summary>
    private (UnitMap Units, Dictionary<string, UnitInput> Starts) WithStarts(UnitInput[] gates)
    {
        UnitMap units = Units;
        var starts = new Dictionary<string, UnitInput>();
        if (KeepsSums)
            return (units, starts);
        foreach (UnitInput gate in gates)
        {
            Expr sum = Expr.Var(gate.Variable);
            foreach (UnitInput other in Units.Inputs.Where(i => i.Buffer != Product.Y))
            {
                Expr both = Expr.Var(other.Variable) + sum;
                UnitOutput[] replaced = [.. units.Outputs.Select(o => o with { Formula = o.Formula.Replace(both, Expr.Var("start")).Replace(sum, Expr.Var("other")) })];
                if (!replaced.Any(static o => o.Formula.Contains(Expr.Var("start"))) || replaced.Any(o => o.Formula.Contains(Expr.Var("other")) || o.Formula.Contains(Expr.Var(other.Variable))))
                    continue;
                units = units with
                {
                    Inputs = units.Inputs.Where(i => i != other).ToEquatable(),
                    Outputs = replaced.Select(o => o with { Formula = o.Formula.Replace(Expr.Var("start"), sum) }).ToEquatable(),
                };
                starts[gate.Variable] = other;
                break;
            }
        }

        return (units, starts);
    }

    /// <summary>The sums of some vectors of units, for each gate; where they are few, several run beside each other, which hides the latency of a multiply-add.</summary>
    private string[,] EmitSums(VectorWriter v, UnitInput[] gates, Dictionary<string, UnitInput> starts, Chunk[] chunks)
    {
        int split = 1;
        while (2 * split * gates.Length * chunks.Length <= v.Sums && 2 * split <= Product.Inputs && split < 4)
            split *= 2;
        var sums = new string[split, chunks.Length, gates.Length];
        void ForEachSum(Action<int, int> body)
        {
            for (int c = 0; c < chunks.Length; c++)
            {
                for (int g = 0; g < gates.Length; g++)
                    body(c, g);
            }
        }

        for (int s = 0; s < split; s++)
        {
            ForEachSum((c, g) =>
            {
                List<string> terms = [];
                if (s == 0 && Product.Bias is { } bias)
                    terms.Add(v.Load(v.Start(bias).At(gates[g].Offset), chunks[c]));
                if (s == 0 && starts.TryGetValue(gates[g].Variable, out UnitInput start))
                    terms.Add(v.Load(v.Start(start.Buffer).At(start.Offset), chunks[c]));
                sums[s, c, g] = v.Kernel.Local("sum");
                v.Code.Line($"var {sums[s, c, g]} = {(terms.Count == 0 ? chunks[c].Lanes.Zero : string.Join(" + ", terms))};");
            });
        }

        void Add(Place x, Place weight, int s)
        {
            string input = v.Kernel.Local("x");
            v.Code.Line($"var {input} = {chunks[0].Lanes.Broadcast(x.At(s).Element)};");
            ForEachSum((c, g) => v.Code.Line(
                $"{sums[s, c, g]} = {chunks[c].Lanes.MultiplyAdd(input, v.Load(weight.At((s * Product.Outputs) + gates[g].Offset), chunks[c]), sums[s, c, g])};"));
        }

        Place x = v.Start(Product.X), weight = v.Start(Product.Weight);
        v.Repeat(Product.Inputs / split, [("xAt", x, split), ("weightAt", weight, split * Product.Outputs)], at =>
        {
            for (int s = 0; s < split; s++)
                Add(at[0], at[1], s);
        });
        int done = Product.Inputs / split * split;
        for (int s = 0; s < Product.Inputs - done; s++)
            Add(x.At(done), weight.At(done * Product.Outputs), s);

        for (int step = split / 2; step > 0; step /= 2)
        {
            for (int s = 0; s < step; s++)
                ForEachSum((c, g) => v.Code.Line($"{sums[s, c, g]} += {sums[s + step, c, g]};"));
        }

        var whole = new string[chunks.Length, gates.Length];
        ForEachSum((c, g) => whole[c, g] = sums[0, c, g]);
        return whole;
    }
}
