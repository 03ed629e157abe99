using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A <see cref="UnitMap"/> on the sums of one or more <see cref="Affine"/>s of one row, which it reads while they are in registers: a step of a recurrent
/// layer.
/// What is read is read before anything that it could be is written, so that a state may be replaced in place.
/// Derivative: that of the kernels that it is made of, after everything is differentiated (<c>FuseCells</c>).
/// </summary>
/// <param name="Product">Of the state before.</param>
/// <param name="Features">The product of the step's features, where it is of this step alone.</param>
/// <param name="KeepsSums">The sums of the state are stored too, because something else reads them.</param>
internal sealed record GatedProduct(string Name, Affine Product, Affine? Features, UnitMap Units, bool KeepsSums) : Kernel(Name)
{
    /// <summary>
    /// Whether the sums of a product stay in registers until a cell of so many units has read them, where the processor has the widest vectors.
    /// </summary>
    public static bool Fits(int outputs, int units) =>
        outputs <= Tuning.Sequences.FewOutputs || (units >= VectorCode.MostLanes && outputs / units * WideVectors(units) <= Tuning.Sequences.MostWideSums);

    private static int WideVectors(int units) => (units + VectorCode.MostLanes - 1) / VectorCode.MostLanes;

    /// <summary>It is written for the widest vectors alone: narrower registers do not hold the sums, and its kernels run one after another.</summary>
    public bool IsWide => Product.Outputs > Tuning.Sequences.FewOutputs;

    /// <summary>The kernels that it is made of.</summary>
    public IReadOnlyList<Kernel> Apart => Features is null ? [Product, Units] : [Features, Product, Units];

    public override IEnumerable<Scalar> Scalars => Product.Scalars;

    public override IEnumerable<Ir.Buffer> Room => IsWide ? new[] { KeepsSums ? null : Product.Y, Features?.Y }.OfType<Ir.Buffer>() : [];

    public override IEnumerable<Operand> Operands
    {
        get
        {
            Operand[] all =
            [
                .. Apart.SelectMany(static k => k.Operands).Where(o => IsWide || (o.Buffer != Features?.Y && (KeepsSums || o.Buffer != Product.Y))),
            ];
            return all.GroupBy(static o => o.Buffer)
                .Select(static g => g.First().Access == Access.Read && g.Any(static o => o.IsWritten) ? new Operand(g.Key, Access.Update) : g.First())
                .OrderBy(static o => o.IsWritten);
        }
    }

    public override long MultiplyAdds => Product.MultiplyAdds + (Features?.MultiplyAdds ?? 0);

    public override string Formula => Inlined(Features is null ? Units.Formula : Inlined(Units.Formula, Features), Product);

    private static string Inlined(string formula, Affine product) => formula.Replace(product.Y.Name, product.Formula.Substring(product.Y.Name.Length + " = ".Length));

    public override void Emit(KernelWriter w)
    {
        if (IsWide)
            w.VectorsOf(Lanes.Sixteen, Write);
        else
            w.Vectors(Units.Units, Write, isFew: true);
    }

    private void Write(VectorCode v)
    {
        (UnitMap units, GateSum[] sums) = Sums();
        HashSet<Ir.Buffer> read = [Product.X, .. Units.Inputs.Select(static i => i.Buffer)];
        UnitOutput[] replaced = [.. units.Outputs.Where(o => o.Buffer is { } buffer && read.Contains(buffer))];
        Affine[] products = Features is null ? [Product] : [Features, Product];
        Ir.Buffer[] ofUnits =
        [
            .. products.SelectMany(static p => new[] { p.Weight, p.Bias }).Concat(units.Outputs.Select(static o => o.Buffer))
                .Concat(units.Inputs.Select(static i => i.Buffer).Where(b => !products.Any(p => p.Y == b))).Concat(sums.Select(static s => s.Start?.Buffer))
                .Append(KeepsSums ? Product.Y : null).OfType<Ir.Buffer>().Distinct(),
        ];
        // What is read waits where it is not known how many vectors the units are, until they all have read it.
        Address[] waiting = v.Lanes is null ? [.. replaced.Select(o => new Address(v.Code.Reserve(o.Variable + "After", Units.Units)))] : [];
        var late = new List<Action>();
        v.OverSeveral(Units.Units, IsWide ? WideVectors(Units.Units) : Math.Max(1, Tuning.Sequences.MostSums / sums.Length), once: false,
            [.. ofUnits.Select(b => (b.Named("At"), v.Start(b))), .. waiting.Select((a, k) => (replaced[k].Variable + "At", a))], parts =>
            {
                Func<Ir.Buffer, Address>[] at = [.. parts.Select(p => (Func<Ir.Buffer, Address>)(b => p.At[Array.IndexOf(ofUnits, b)]))];
                Local[,] whole = WriteSums(v, sums, [.. parts.Select((p, k) => (at[k], p.Part))]);
                for (int k = 0; k < parts.Length; k++)
                {
                    (Address[] addresses, Part part) = parts[k];
                    for (int s = 0; KeepsSums && s < sums.Length; s++)
                    {
                        if (sums[s].OffsetIn(Product) is { } offset)
                            v.Store(at[k](Product.Y) + offset, part, new Get(whole[k, s]));
                    }

                    int written = 0;
                    Dictionary<string, Term> known = Enumerable.Range(0, sums.Length).ToDictionary(g => sums[g].Variable, g => (Term)new Get(whole[k, g]));
                    units.WritePart(v, part, at[k], known, (buffer, address, value) =>
                    {
                        if (!read.Contains(buffer) || (v.Lanes is not null && parts.Length == 1))
                            v.Store(address, part, value);
                        else if (v.Lanes is null)
                            v.Store(addresses[ofUnits.Length + written++], part, value);
                        else
                        {
                            Term after = v.Code.Let("after", value);
                            late.Add(() => v.Store(address, part, after));
                        }
                    });
                }
            });
        foreach (Action store in late)
            store();
        for (int k = 0; k < waiting.Length; k++)
            VectorCopy.Write(v, Units.Units, waiting[k], v.Start(replaced[k].Buffer!) + replaced[k].Offset, adds: false);
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

    /// <summary>
    /// The sums for some vectors of units; where they are few, several run beside each other for one, which hides the latency of a multiply-add.
    /// </summary>
    private Local[,] WriteSums(VectorCode v, GateSum[] gates, (Func<Ir.Buffer, Address> At, Part Part)[] vectors)
    {
        int chains = 1;
        while (2 * chains * gates.Length * vectors.Length <= Tuning.Sequences.MostSums && 2 * chains <= Product.Inputs && chains < 4)
            chains *= 2;
        var sums = new Local[chains, vectors.Length, gates.Length];
        void ForEachSum(Action<int, int> body)
        {
            for (int k = 0; k < vectors.Length; k++)
            {
                for (int g = 0; g < gates.Length; g++)
                    body(k, g);
            }
        }

        Term Start(int k, GateSum gate)
        {
            (Func<Ir.Buffer, Address> at, Part part) = vectors[k];
            List<Term> terms = [.. gate.Terms.Where(static t => t.Product.Bias is not null).Select(t => v.Load(at(t.Product.Bias!) + t.Offset, part))];
            if (gate.Start is { } start)
                terms.Add(v.Load(at(start.Buffer) + start.Offset, part));
            return terms.Count == 0 ? Term.Zero : terms.Aggregate(static (a, b) => a + b);
        }

        for (int c = 0; c < chains; c++)
        {
            int chain = c;
            ForEachSum((k, g) => sums[chain, k, g] = v.Code.Variable("sum", chain == 0 ? Start(k, gates[g]) : Term.Zero));
        }

        void AddProduct(Affine product)
        {
            // As far from the first vector as it stands in every row.
            Address first = vectors[0].At(product.Weight);
            void Add(Address x, Address weight, int chain)
            {
                Term input = v.Code.Let("x", v.All(x + chain));
                ForEachSum((k, g) =>
                {
                    if (gates[g].OffsetIn(product) is not { } offset)
                        return;
                    Address at = weight + (chain * product.Outputs) + offset + (vectors[k].At(product.Weight).Offset - first.Offset);
                    v.Code.Set(sums[chain, k, g], Term.MultiplyAdd(input, v.Load(at, vectors[k].Part), new Get(sums[chain, k, g])));
                });
            }

            (string, Address, Offset)[] moving = [("xAt", v.Start(product.X), chains), ("weightAt", first, chains * product.Outputs)];
            v.RepeatEitherWay(product.Inputs / chains, moving, AffineVectors.IsBackwards(v, product), at =>
            {
                for (int chain = 0; chain < chains; chain++)
                    Add(at[0], at[1], chain);
            });
            int done = product.Inputs / chains * chains;
            for (int chain = 0; chain < product.Inputs - done; chain++)
                Add(v.Start(product.X) + done, first + (done * product.Outputs), chain);
        }

        if (Features is not null)
            AddProduct(Features);
        AddProduct(Product);

        for (int step = chains / 2; step > 0; step /= 2)
        {
            for (int c = 0; c < step; c++)
            {
                (int to, int from) = (c, c + step);
                ForEachSum((k, g) => v.Code.Increase(sums[to, k, g], new Get(sums[from, k, g])));
            }
        }

        var whole = new Local[vectors.Length, gates.Length];
        ForEachSum((k, g) => whole[k, g] = sums[0, k, g]);
        return whole;
    }
}
