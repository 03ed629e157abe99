using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Reductions over whole vectors: along the innermost axis, whose lanes are joined at the end, or over others, for neighbours of which each has a lane.
/// </summary>
internal static class ReductionVectors
{
    public static void Write(VectorCode v, Reduction r, Func<Term, Term, Term> join)
    {
        Address[] starts = [.. r.Axes.Sources.Select(s => v.Start(s.Buffer)), v.Start(r.Y)];
        int inner = r.Axes.Count - 1;
        if (r.Axes.Result[inner] == 0)
            r.Axes.Over(v, r.Axes.Kept, starts, from => WriteAlong(v, r, join, from, inner));
        else
            r.Axes.Over(v, r.Axes.Kept.Where(axis => axis != inner), starts, from => WriteBeside(v, r, join, from, inner));
    }

    /// <summary>One result, of neighbours.</summary>
    private static void WriteAlong(VectorCode v, Reduction r, Func<Term, Term, Term> join, Address[] from, int inner)
    {
        int count = r.Axes.Sources.Count, chains = v.ChainsFor(r.Axes.Inner, Tuning.Norms.RowVectors);
        Local[] joined = [.. Enumerable.Range(0, chains).Select(_ => v.Code.Variable("joined", Start(v, r)))];
        int[] moving = [.. Enumerable.Range(0, count).Where(b => r.Axes.StrideOf(b, inner) != 0)];
        r.Axes.Over(v, r.Axes.Joined.Where(axis => axis != inner), from, row =>
        {
            Dictionary<int, Term> same = Enumerable.Range(0, count).Except(moving)
                .ToDictionary(static b => b, b => (Term)v.Code.Let(r.Axes.HintOf(b), v.All(row[b])));
            v.OverInChains(r.Axes.Inner, chains, [.. moving.Select(b => (r.Axes.HintOf(b) + "At", row[b]))], (at, part, chain) =>
            {
                Term value = r.Axes.Value(r.Function,
                    k => same.TryGetValue(k, out Term? one) ? one : v.Code.Let(r.Axes.HintOf(k), v.Load(at[Array.IndexOf(moving, k)], part)));
                v.Code.Set(joined[chain], join(new Get(joined[chain]), Counted(r, value, part)));
            });
        });
        Term all = v.Code.Let("all", Over(joined, join));
        Term one = v.IsOfNumbers ? r.Kind == ReductionKind.Sum ? Term.Of(Operation.ToFloat, all) : all : r.Kind switch
        {
            ReductionKind.Sum => Term.Of(Operation.Sum, all),
            ReductionKind.Max => Term.Of(Operation.Largest, all),
            _ => -Term.Of(Operation.Largest, -all),
        };
        if (r.Scale != 1)
            one *= new FloatNumber(r.Scale);
        v.StoreElement(from[count], r.YAccess == Access.Accumulate ? v.Element(from[count]) + one : one);
    }

    /// <summary>Results that are neighbours, a lane for each.</summary>
    private static void WriteBeside(VectorCode v, Reduction r, Func<Term, Term, Term> join, Address[] from, int inner)
    {
        int count = r.Axes.Sources.Count;
        int[] moving = [.. Enumerable.Range(0, count).Where(b => r.Axes.StrideOf(b, inner) != 0), count];
        v.OverSeveral(r.Axes.Inner, Tuning.Norms.RowVectors, once: r.YAccess == Access.Accumulate,
            [.. moving.Select(b => (r.Axes.HintOf(b) + "At", from[b]))], parts =>
        {
            int[] rows = [.. r.Axes.Joined];
            int last = rows[rows.Length - 1], chains = 1;
            // Several rows at a time where the neighbours are few vectors, so that few additions wait for each other.
            while (!v.IsOfNumbers && 2 * chains * parts.Length <= Tuning.Norms.RowVectors && 4 * chains <= r.Axes.Sizes[last])
                chains *= 2;
            Local[][] joined = [.. parts.Select(_ => Enumerable.Range(0, chains).Select(_ => v.Code.Variable("joined", Start(v, r))).ToArray())];
            Address[] first = [.. from];
            for (int m = 0; m < moving.Length; m++)
                first[moving[m]] = parts[0].At[m];
            // The vectors stand as far apart in every row as where they begin.
            Offset[] behind = [.. parts.Select(p => p.At[0].Offset - parts[0].At[0].Offset)];
            Term LoadOf(Address[] row, int k, int p) =>
                v.Code.Let(r.Axes.HintOf(k), r.Axes.StrideOf(k, inner) == 0 ? v.All(row[k]) : v.Load(row[k] + behind[p], parts[p].Part));
            int[] constant = [.. Enumerable.Range(0, count).Where(k => rows.All(axis => r.Axes.StrideOf(k, axis) == 0))];
            Dictionary<int, Term>[] same = [.. parts.Select((_, p) => constant.ToDictionary(static k => k, k => LoadOf(first, k, p)))];
            void Join(Address[] row, int chain)
            {
                for (int p = 0; p < parts.Length; p++)
                {
                    int part = p;
                    Term value = r.Axes.Value(r.Function, k => same[part].TryGetValue(k, out Term? one) ? one : LoadOf(row, k, part));
                    v.Code.Set(joined[p][chain], join(new Get(joined[p][chain]), value));
                }
            }

            r.Axes.Over(v, rows.Take(rows.Length - 1), first, at => r.Axes.OverInSteps(v, last, chains, at, Join));
            for (int p = 0; p < parts.Length; p++)
            {
                Term whole = Over(joined[p], join), all = v.IsOfNumbers && r.Kind == ReductionKind.Sum ? Term.Of(Operation.ToFloat, whole) : whole;
                if (r.Scale != 1)
                    all *= v.IsOfNumbers ? new FloatNumber(r.Scale) : Term.All(r.Scale);
                Address y = parts[p].At[moving.Length - 1];
                v.Store(y, parts[p].Part, r.YAccess == Access.Accumulate ? v.Load(y, parts[p].Part) + all : all);
            }
        });
    }

    /// <summary>What nothing is joined to yet. A single lane adds up all of it: in double, since several would meet with as few roundings each.</summary>
    private static Term Start(VectorCode v, Reduction r) => r.Kind switch
    {
        ReductionKind.Sum => v.IsOfNumbers ? new DoubleNumber(0) : Term.Zero,
        ReductionKind.Max => Term.All(float.NegativeInfinity),
        _ => Term.All(float.PositiveInfinity),
    };

    /// <summary>What changes nothing in the lanes that do not count. The largest may well be told twice.</summary>
    private static Term Counted(Reduction r, Term value, Part part) => (r.Kind, part) switch
    {
        (ReductionKind.Sum, _) => VectorCode.Counted(value, part),
        (_, Part.First first) => Term.Of(Operation.Select, new FirstLanes(first.Count), value,
            Term.All(r.Kind == ReductionKind.Max ? float.NegativeInfinity : float.PositiveInfinity)),
        _ => value,
    };

    private static Term Over(IReadOnlyList<Local> chains, Func<Term, Term, Term> join) =>
        chains.Skip(1).Aggregate((Term)new Get(chains[0]), (all, chain) => join(all, new Get(chain)));
}
