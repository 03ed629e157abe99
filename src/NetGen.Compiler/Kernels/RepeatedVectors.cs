using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// The code of <see cref="Upsample"/> where elements are repeated: a row is made once, and copied as it stands. To write all equal rows at once takes a third
/// longer where rows are long, since so many places of memory are written by turns.
/// </summary>
internal sealed class RepeatedVectors(UpsampledPlanes planes)
{
    /// <summary>Neighbours of a row are repeated, or summed up, by vectors.</summary>
    private bool IsOfColumns => planes is { Inner: 1, Across: 2 or 3 or 4, Columns: >= VectorCode.FewestLanes };

    /// <summary>What stands at a place is a stretch that vectors walk.</summary>
    private bool IsOfStretches(VectorCode v) => planes.Inner > 1 && !v.IsFew(planes.Inner);

    public void Emit(KernelWriter w, Ir.Buffer x, Ir.Buffer y) => w.Vectors(Fewest(planes.Down > 1 ? planes.WideRow : 0), v =>
        v.Repeat(planes.Outer * planes.Rows, [("xRow", v.Start(x), planes.Row), ("yRow", v.Start(y), planes.Down * planes.WideRow)], at =>
        {
            WriteRow(v, at[0], at[1]);
            v.Repeat(
                planes.Down - 1, [("below", at[1] + planes.WideRow, planes.WideRow)],
                below => VectorCopy.WriteAny(v, planes.WideRow, at[1], below[0], adds: false), isWrittenOut: planes.Down <= 2);
        }, isWrittenOut: false));

    /// <summary>Elements of the shortest stretch that is walked by vectors.</summary>
    private int Fewest(int row)
    {
        int[] stretches = [row, planes.Inner > 1 ? planes.Inner : IsOfColumns ? planes.Columns : 0];
        return stretches.Where(static s => s >= VectorCode.FewestLanes).DefaultIfEmpty(1).Min();
    }

    private void WriteRow(VectorCode v, Address x, Address y)
    {
        if (IsOfStretches(v))
        {
            v.Repeat(
                planes.Columns, [("from", x, planes.Inner), ("to", y, planes.Across * planes.Inner)], at => WritePlace(v, at[0], at[1]), isWrittenOut: false);
            return;
        }

        if (IsOfColumns && !v.IsOfNumbers)
        {
            v.Over(planes.Columns, once: false, [("xs", x, 1), ("ys", y, planes.Across)], (at, _) =>
                StoreRepeated(v, at[1], v.Code.Let("value", v.Load(at[0]))));
            return;
        }

        v.Repeat(planes.Columns, [("from", x, planes.Inner), ("to", y, planes.Across * planes.Inner)], at =>
        {
            for (int k = 0; k < planes.Inner; k++)
            {
                Term value = v.Code.Let("value", v.Element(at[0] + k));
                ForEachCopy(v, at[1] + k, copy => v.StoreElement(copy, value));
            }
        }, isWrittenOut: false);
    }

    private void WritePlace(VectorCode v, Address x, Address y) => v.Over(planes.Inner, once: false, [("xs", x), ("ys", y)], (at, part) =>
    {
        Term value = v.Code.Let("value", v.Load(at[0], part));
        ForEachCopy(v, at[1], copy => v.Store(copy, part, value));
    });

    private void ForEachCopy(VectorCode v, Address y, Action<Address> body)
    {
        bool isWrittenOut = planes.Across <= Tuning.Moves.CopiesWrittenOut;
        v.Repeat(planes.Across, [("copy", y, planes.Inner)], at => body(at[0]), isWrittenOut);
    }

    /// <summary>Each lane so many times, side by side.</summary>
    private void StoreRepeated(VectorCode v, Address to, Term value)
    {
        if (planes.Across == 3)
        {
            VectorCopy.WriteByTurns(v, [value, value, value], to);
            return;
        }

        List<Term> vectors = [value];
        while (vectors.Count < planes.Across)
        {
            vectors = [.. vectors.SelectMany(x => new[]
            {
                v.Code.Let("lower", Term.Of(Operation.TwiceLower, x)), v.Code.Let("upper", Term.Of(Operation.TwiceUpper, x)),
            })];
        }

        for (int k = 0; k < vectors.Count; k++)
            v.Store(to + new Offset(0, k), vectors[k]);
    }

    public void EmitGradient(KernelWriter w, UpsampleGradient gradient) => w.Vectors(Fewest(0), v =>
        v.Repeat(planes.Outer * planes.Rows, [("dxRow", v.Start(gradient.Dx), planes.Row), ("dyRow", v.Start(gradient.Dy), planes.Down * planes.WideRow)], at =>
        {
            if (IsOfColumns && !v.IsOfNumbers)
            {
                v.Over(planes.Columns, once: gradient.Adds, [("dxs", at[0], 1), ("dys", at[1], planes.Across)], (of, part) =>
                    Give(v, gradient.Adds, of[0], part, SumColumns(v, of[1])));
                return;
            }

            v.Repeat(planes.Columns, [("to", at[0], planes.Inner), ("from", at[1], planes.Across * planes.Inner)], place =>
            {
                if (IsOfStretches(v))
                {
                    SumPlace(v, gradient.Adds, place[0], place[1]);
                    return;
                }

                for (int k = 0; k < planes.Inner; k++)
                    SumElement(v, gradient.Adds, place[0] + k, place[1] + k);
            }, isWrittenOut: false);
        }, isWrittenOut: false));

    private static void Give(VectorCode v, bool adds, Address dx, Part part, Term sum) => v.Store(dx, part, adds ? v.Load(dx, part) + sum : sum);

    private void SumPlace(VectorCode v, bool adds, Address dx, Address dy) => v.Over(planes.Inner, once: adds, [("dxs", dx), ("dys", dy)], (at, part) =>
        Give(v, adds, at[0], part, SumOf(v, at[1], planes.Inner, a => v.Load(a, part))));

    private void SumElement(VectorCode v, bool adds, Address dx, Address dy)
    {
        Term sum = SumOf(v, dy, planes.Inner, v.Element);
        v.StoreElement(dx, adds ? v.Element(dx) + sum : sum);
    }

    /// <summary>The sum over all places that an element was repeated to.</summary>
    private Term SumOf(VectorCode v, Address dy, int column, Func<Address, Term> load)
    {
        if (planes.Down * planes.Across <= Tuning.Moves.SumsWrittenOut)
        {
            return PoolLoops.JoinAll(v, false, [.. from row in Enumerable.Range(0, planes.Down) from k in Enumerable.Range(0, planes.Across)
                select load(dy + ((row * planes.WideRow) + (k * column)))]);
        }

        Local sum = v.Code.Variable("sum", load(dy).Kind == Kind.Float ? new FloatNumber(0) : Term.Zero);
        v.Repeat(planes.Down, [("dyRow", dy, planes.WideRow)], row =>
            v.Repeat(planes.Across, [("dyAt", row[0], column)], at => v.Code.Increase(sum, load(at[0])), isWrittenOut: false), isWrittenOut: false);
        return new Get(sum);
    }

    /// <summary>The same of a vector of neighbours.</summary>
    private Term SumColumns(VectorCode v, Address dy)
    {
        Term SumOfRows(Func<Address, Term> load)
        {
            if (planes.Down <= Tuning.Moves.SumsWrittenOut / planes.Across)
                return PoolLoops.JoinAll(v, false, [.. Enumerable.Range(0, planes.Down).Select(row => load(dy + (row * planes.WideRow)))]);
            Local sum = v.Code.Variable("sum", Term.Zero);
            v.Repeat(planes.Down, [("dyAt", dy, planes.WideRow)], at => v.Code.Increase(sum, load(at[0])), isWrittenOut: false);
            return new Get(sum);
        }

        if (planes.Across == 3)
            return SumOfRows(at => PoolLoops.JoinAll(v, false, VectorCopy.LoadByTurns(v, 3, at)));
        Term[] vectors = [.. Enumerable.Range(0, planes.Across).Select(k => v.Code.Let("rows", SumOfRows(at => v.Load(at + new Offset(0, k)))))];
        while (vectors.Length > 1)
        {
            vectors = [.. Enumerable.Range(0, vectors.Length / 2).Select(k =>
                v.Code.Let("pairs", Term.Of(Operation.PairSums, vectors[2 * k], vectors[(2 * k) + 1])))];
        }

        return vectors[0];
    }
}
