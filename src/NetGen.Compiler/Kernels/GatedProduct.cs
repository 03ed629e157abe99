using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A <see cref="UnitMap"/> on the sums of one or more <see cref="Affine"/>s of one row, which it reads while they are in registers: a step of a recurrent layer.
/// What is read is read before anything that it could be is written, so that a state may be replaced in place.
/// Derivative: that of the kernels that it is made of, after everything is differentiated (<c>FuseCells</c>).
/// </summary>
/// <param name="Product">Of the state before.</param>
/// <param name="Features">The product of the step's features, where it is of this step alone.</param>
/// <param name="KeepsSums">The sums of the state are stored too, because something else reads them.</param>
internal sealed record GatedProduct(string Name, Affine Product, Affine? Features, UnitMap Units, bool KeepsSums) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands
    {
        get
        {
            IEnumerable<Kernel> kernels = Features is null ? [Product, Units] : [Features, Product, Units];
            Operand[] all = [.. kernels.SelectMany(static k => k.Operands).Where(o => o.Buffer != Features?.Y && (KeepsSums || o.Buffer != Product.Y))];
            return all.GroupBy(static o => o.Buffer)
                .Select(static g => g.First().Access == Access.Read && g.Any(static o => o.IsWritten) ? new Operand(g.Key, Access.Update) : g.First())
                .OrderBy(static o => o.IsWritten);
        }
    }

    public override long MultiplyAdds => Product.MultiplyAdds + (Features?.MultiplyAdds ?? 0);

    public override string Formula => Inlined(Features is null ? Units.Formula : Inlined(Units.Formula, Features), Product);

    private static string Inlined(string formula, Affine product) => formula.Replace(product.Y.Name, product.Formula.Substring(product.Y.Name.Length + " = ".Length));

    public override void Emit(KernelWriter w) => w.PerWidth(Units.Units, Lanes.Eight, Emit);

    private void Emit(VectorWriter v)
    {
        (UnitMap units, GateSum[] sums) = Sums();
        List<Chunk> chunks = Chunk.Overlapping(Units.Units, v.Lanes);
        var late = new List<Action>();
        HashSet<Ir.Buffer> read = [Product.X, .. Units.Inputs.Select(static i => i.Buffer)];
        int together = Math.Max(1, v.Sums / sums.Length);
        for (int first = 0; first < chunks.Count; first += together)
        {
            Chunk[] group = [.. chunks.Skip(first).Take(together)];
            string[,] locals = EmitSums(v, sums, group);
            for (int c = 0; c < group.Length; c++)
            {
                var known = new Dictionary<string, string>();
                for (int s = 0; s < sums.Length; s++)
                {
                    known[sums[s].Variable] = locals[c, s];
                    if (KeepsSums && sums[s].OffsetIn(Product) is { } offset)
                        v.Store(v.Start(Product.Y).At(offset), group[c], locals[c, s]);
                }

                units.EmitChunk(v, group[c], v.Start, known, (buffer, place, chunk, value) =>
                {
                    if (chunks.Count == 1 || !read.Contains(buffer))
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

    /// <summary>A sum for a variable of the formulas: of outputs of products, each from an offset on, and perhaps of an input that is there already.</summary>
    private sealed record GateSum(string Variable, (Affine Product, int Offset)[] Terms, UnitInput? Start)
    {
        public int? OffsetIn(Affine product) => Terms.Where(t => t.Product == product).Select(static t => (int?)t.Offset).FirstOrDefault();
    }

    /// <summary>The sums, and the formulas over them. Where a gate only reads the sum of two inputs, they are summed up as one.</summary>
    private (UnitMap Units, GateSum[] Sums) Sums()
    {
        Affine? ProductOf(UnitInput input) => input.Buffer == Product.Y ? Product : input.Buffer == Features?.Y ? Features : null;
        UnitMap units = Units;
        var sums = Units.Inputs.Where(i => ProductOf(i) is not null).Select(i => new GateSum(i.Variable, [(ProductOf(i)!, i.Offset)], null)).ToList();
        foreach (GateSum gate in KeepsSums ? [] : sums.Where(s => s.Terms[0].Product == Product).ToArray())
        {
            Expr sum = Expr.Var(gate.Variable);
            foreach (UnitInput other in units.Inputs.Where(i => i.Buffer != Product.Y).ToArray())
            {
                Expr both = Expr.Var(other.Variable) + sum, whole = Expr.Var("whole");
                UnitOutput[] replaced = [.. units.Outputs.Select(o => o with { Formula = o.Formula.Replace(both, whole) })];
                if (!replaced.Any(o => o.Formula.Contains(whole)) || replaced.Any(o => o.Formula.Contains(sum) || o.Formula.Contains(Expr.Var(other.Variable))))
                    continue;
                units = units with { Inputs = units.Inputs.Where(i => i != other).ToEquatable(), Outputs = replaced.Select(o => o with { Formula = o.Formula.Replace(whole, sum) }).ToEquatable() };
                sums[sums.IndexOf(gate)] = ProductOf(other) is { } product ? gate with { Terms = [(product, other.Offset), .. gate.Terms] } : gate with { Start = other };
                sums.RemoveAll(s => s.Variable == other.Variable);
                break;
            }
        }

        return (units, [.. sums]);
    }

    /// <summary>The sums for some vectors of units; where they are few, several run beside each other for one, which hides the latency of a multiply-add.</summary>
    private string[,] EmitSums(VectorWriter v, GateSum[] gates, Chunk[] chunks)
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
                if (s == 0)
                {
                    terms.AddRange(gates[g].Terms.Where(static t => t.Product.Bias is not null).Select(t => v.Load(v.Start(t.Product.Bias!).At(t.Offset), chunks[c])));
                    if (gates[g].Start is { } start)
                        terms.Add(v.Load(v.Start(start.Buffer).At(start.Offset), chunks[c]));
                }

                sums[s, c, g] = v.Kernel.Local("sum");
                v.Code.Line($"var {sums[s, c, g]} = {(terms.Count == 0 ? chunks[c].Lanes.Zero : string.Join(" + ", terms))};");
            });
        }

        void AddProduct(Affine product)
        {
            void Add(Place x, Place weight, int s)
            {
                string input = v.Kernel.Local("x");
                v.Code.Line($"var {input} = {chunks[0].Lanes.Broadcast(x.At(s).Element)};");
                ForEachSum((c, g) =>
                {
                    if (gates[g].OffsetIn(product) is { } offset)
                        v.Code.Line($"{sums[s, c, g]} = {chunks[c].Lanes.MultiplyAdd(input, v.Load(weight.At((s * product.Outputs) + offset), chunks[c]), sums[s, c, g])};");
                });
            }

            Place x = v.Start(product.X), weight = v.Start(product.Weight);
            v.Repeat(product.Inputs / split, [("xAt", x, split), ("weightAt", weight, split * product.Outputs)], at =>
            {
                for (int s = 0; s < split; s++)
                    Add(at[0], at[1], s);
            });
            int done = product.Inputs / split * split;
            for (int s = 0; s < product.Inputs - done; s++)
                Add(x.At(done), weight.At(done * product.Outputs), s);
        }

        if (Features is not null)
            AddProduct(Features);
        AddProduct(Product);

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
