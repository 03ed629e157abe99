using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>An <see cref="Affine"/> of one sample over whole vectors.</summary>
internal static class AffineVectors
{
    /// <summary>Tuning.Dense.Sums of each of those rows: with <see cref="Tuning.Dense.Sums"/> in all.</summary>
    private const int RowChains = Tuning.Dense.Sums / Tuning.Dense.RowsAtOnce;

    public static void Emit(KernelWriter w, Affine a)
    {
        bool byOutput = a.WeightOrder == WeightOrder.OutputsTogether;
        if (w.IsPortable && !byOutput && a.Epilogue is { } epilogue)
        {
            // Few sums, which may fill no vector.
            Emit(w, a with { Epilogue = null });
            w.Numbers(v => new ElementwiseVectors(new Dictionary<string, Ir.Buffer> { ["x"] = a.Y }, [new Assignment("y", a.Y, epilogue)]).Write(v, a.Y.Size));
            return;
        }

        w.Vectors(byOutput ? a.Outputs : a.Inputs, v =>
            v.Repeat(a.Rows, [("xRow", v.Start(a.X), a.Inputs), ("yRow", v.Start(a.Y), a.Outputs)], row =>
            {
                if (byOutput && (long)a.Inputs * a.Outputs > Tuning.Dense.StreamAbove)
                    Stream(v, a, row[0], row[1]);
                else if (byOutput)
                    ByOutput(v, a, row[0], row[1]);
                else
                    ByInput(v, a, row[0], row[1]);
            }));
    }

    /// <summary>1 at every other step, for products that alternate; null for others.</summary>
    public static Term? IsBackwards(VectorCode v, Affine a) => a.Alternates ? v.Code.Let("isBackwards", new Argument(KernelNames.Step, Kind.Int) % 2) : null;

    /// <summary>As <see cref="ByOutput"/>, but row after row of the weight: what memory gives fastest.</summary>
    private static void Stream(VectorCode v, Affine a, Address x, Address y)
    {
        List<(string, Address)> sums = [("ySum", y)];
        if (a.Bias is { } bias)
            sums.Add(("biasAt", v.Start(bias)));
        v.Over(a.Outputs, once: false, sums, (at, part) => v.Store(at[0], part, a.Bias is null ? Term.Zero : v.Load(at[1], part)));

        int whole = a.Inputs / Tuning.Dense.StreamedRows;
        v.RepeatEitherWay(whole, [("xAt", x, Tuning.Dense.StreamedRows), ("weightRows", v.Start(a.Weight), Tuning.Dense.StreamedRows * a.Outputs)], IsBackwards(v, a),
            at => Rows(v, a, at[0], at[1], y, Tuning.Dense.StreamedRows));
        if (a.Inputs % Tuning.Dense.StreamedRows > 0)
            Rows(v, a, x + (whole * Tuning.Dense.StreamedRows), v.Start(a.Weight) + (whole * Tuning.Dense.StreamedRows * a.Outputs), y, a.Inputs % Tuning.Dense.StreamedRows);
        if (a.Epilogue is not null)
            new ElementwiseVectors(new Dictionary<string, Ir.Buffer> { ["x"] = a.Y }, [new Assignment("y", a.Y, a.Epilogue)]).Write(v, a.Outputs, y);
    }

    private static void Rows(VectorCode v, Affine a, Address x, Address weight, Address y, int count)
    {
        Term[] inputs = [.. Enumerable.Range(0, count).Select(row => v.Code.Let("x", v.All(x + row)))];
        v.Over(a.Outputs, once: true, [("weightAt", weight), ("ySum", y)], (at, part) =>
        {
            Term Weight(int row) => v.Load(at[0] + (row * a.Outputs), part);
            // Two sums halve the chain of multiply-adds that wait for each other.
            Local first = v.Code.Variable("sum", v.Load(at[1], part));
            Local? second = count > 1 ? v.Code.Variable("sum", inputs[0] * Weight(0)) : null;
            for (int row = second is null ? 0 : 1; row < count; row++)
            {
                Local sum = second is not null && row % 2 == 0 ? second : first;
                v.Code.Set(sum, Term.MultiplyAdd(inputs[row], Weight(row), new Get(sum)));
            }

            v.Store(at[1], part, second is null ? new Get(first) : new Get(first) + new Get(second));
        });
    }

    /// <summary>
    /// A vector holds neighbouring outputs; each input is spread over its lanes. As many sums run at once as hide the latency
    /// of a multiply-add; where the outputs are too few for that, several sums share an output.
    /// </summary>
    private static void ByOutput(VectorCode v, Affine a, Address x, Address y)
    {
        Address weight = v.Start(a.Weight);
        Address? bias = a.Bias is { } b ? v.Start(b) : null;
        if (v.Lanes is { } lanes && (v.IsStraight || a.Outputs <= Tuning.Dense.Sums * lanes))
        {
            (Offset At, Part Part)[] vectors = a.Outputs < VectorCode.FewestLanes ? [(0, new Part.First(a.Outputs))]
                : [.. Enumerable.Range(0, (a.Outputs + lanes - 1) / lanes).Select(k => (new Offset(Math.Min(k * lanes, a.Outputs - lanes)), Part.Whole))];
            for (int first = 0; first < vectors.Length; first += Tuning.Dense.Sums)
                Block(v, a, x, weight, bias, y, [.. vectors.Skip(first).Take(Tuning.Dense.Sums)]);
            return;
        }

        // Whole groups of vectors, then one vector after another.
        int group = 1;
        while (2 * group <= Tuning.Dense.Sums && 2 * group * VectorCode.MostLanes <= a.Outputs)
            group *= 2;
        List<(string, Address, Offset)> moving = [("weightBlock", weight, new Offset(0, group)), ("yBlock", y, new Offset(0, group))];
        if (bias is { } start)
            moving.Add(("biasBlock", start, new Offset(0, group)));
        Term groups = v.Vectors(a.Outputs) / group;
        v.Repeat(group == 1 ? v.Vectors(a.Outputs) : groups, moving, at =>
            Block(v, a, x, at[0], bias is null ? null : at[2], at[1], [.. Enumerable.Range(0, group).Select(static k => (new Offset(0, k), Part.Whole))]));
        if (a.Outputs % (group * VectorCode.MostLanes) == 0)
            return;
        v.Code.For("o", group == 1 ? v.Vectors(a.Outputs) * v.Number(new Offset(0, 1)) : groups * v.Number(new Offset(0, group)), a.Outputs, v.Number(new Offset(0, 1)), o =>
        {
            // The last one is moved back over outputs that the one before it holds.
            Term at = v.Code.Let("at", Term.Of(Operation.Min, o, (Term)a.Outputs - v.Number(new Offset(0, 1))));
            Block(v, a, x, new Address(v.Code.Enter("weightAt", weight.Memory, at)), bias is { } s ? new Address(v.Code.Enter("biasAt", s.Memory, at)) : null,
                new Address(v.Code.Enter("yAt", y.Memory, v.Number(y.Offset) + at)), [(0, Part.Whole)]);
        });
    }

    private static void Block(VectorCode v, Affine a, Address x, Address weight, Address? bias, Address y, (Offset At, Part Part)[] vectors)
    {
        int chains = 1;
        while (2 * chains * vectors.Length <= Tuning.Dense.Sums && 2 * chains <= a.Inputs && chains < Tuning.Dense.MostChains)
            chains *= 2;
        Local[][] sums = [.. Enumerable.Range(0, chains).Select(chain => vectors.Select(o =>
            v.Code.Variable("sum", chain == 0 && bias is { } from ? v.Load(from + o.At, o.Part) : Term.Zero)).ToArray())];

        void Add(Address xAt, Address weightAt, int chain)
        {
            Term input = v.Code.Let("x", v.All(xAt + chain));
            for (int k = 0; k < vectors.Length; k++)
            {
                Term term = v.Load(weightAt + (chain * a.Outputs) + vectors[k].At, vectors[k].Part);
                v.Code.Set(sums[chain][k], Term.MultiplyAdd(input, term, new Get(sums[chain][k])));
            }
        }

        v.Repeat(a.Inputs / chains, [("xAt", x, chains), ("weightAt", weight, chains * a.Outputs)], at =>
        {
            for (int chain = 0; chain < chains; chain++)
                Add(at[0], at[1], chain);
        });
        int done = a.Inputs / chains * chains;
        for (int chain = 0; chain < a.Inputs - done; chain++)
            Add(x + done, weight + (done * a.Outputs), chain);
        Join(v, sums);
        for (int k = 0; k < vectors.Length; k++)
            v.Store(y + vectors[k].At, vectors[k].Part, Finish(a, new Get(sums[0][k])));
    }

    /// <summary>The chains' sums in the first of them.</summary>
    private static void Join(VectorCode v, Local[][] sums)
    {
        for (int step = sums.Length / 2; step > 0; step /= 2)
        {
            for (int chain = 0; chain < step; chain++)
            {
                for (int k = 0; k < sums[0].Length; k++)
                    v.Code.Increase(sums[chain][k], new Get(sums[chain + step][k]));
            }
        }
    }

    /// <summary>A vector holds neighbouring inputs: each output is a dot product, and four of them end side by side in one vector.</summary>
    private static void ByInput(VectorCode v, Affine a, Address x, Address y)
    {
        Address weight = v.Start(a.Weight);
        Address? bias = a.Bias is { } b ? v.Start(b) : null;
        int whole = 0, most = Tuning.Dense.Sums;
        if (a.WeightOrder == WeightOrder.Rows)
        {
            most = Tuning.Dense.RowsAtOnce;
            whole = a.Outputs / most;
            List<(string, Address, Offset)> moving = [("weightRows", weight, most * a.Inputs), ("yAt", y, most)];
            if (bias is { } start)
                moving.Add(("biasAt", start, most));
            v.Repeat(whole, moving, at => Group(v, a, x, at[0], bias is null ? null : at[2], at[1], most, RowChains), isWrittenOut: false);
        }

        for (int o = whole * most; o < a.Outputs; o += most)
            Group(v, a, x, weight + (o * a.Inputs), bias + o, y + o, Math.Min(most, a.Outputs - o), Tuning.Dense.MostChains);
    }

    /// <param name="most">The most chains.</param>
    private static void Group(VectorCode v, Affine a, Address x, Address weight, Address? bias, Address y, int count, int most)
    {
        int chains = 1;
        while (2 * chains * count <= Tuning.Dense.Sums && 2 * chains * (v.Lanes ?? VectorCode.MostLanes) <= a.Inputs && chains < most)
            chains *= 2;
        Local[][] sums = [.. Enumerable.Range(0, chains).Select(_ => Enumerable.Range(0, count).Select(_ => v.Code.Variable("sum", Term.Zero)).ToArray())];

        void Add(Address xAt, Address weightAt, Part part, int chain)
        {
            Term input = v.Code.Let("x", v.LoadZeroed(xAt, part));
            for (int o = 0; o < count; o++)
                v.Code.Set(sums[chain][o], Term.MultiplyAdd(input, v.Load(weightAt + (o * a.Inputs), part), new Get(sums[chain][o])));
        }

        if (chains == 1)
            v.Over(a.Inputs, once: true, [("xAt", x), ("weightAt", weight)], (at, part) => Add(at[0], at[1], part, 0));
        else
            v.OverInChains(a.Inputs, chains, [("xAt", x), ("weightAt", weight)], (at, part, chain) => Add(at[0], at[1], part, chain));
        Join(v, sums);

        for (int o = 0; o < count; o += 4)
        {
            int few = Math.Min(4, count - o);
            Part part = few == 4 ? Part.Whole : new Part.First(few);
            Term result = Term.SumsOf([.. sums[0].Skip(o).Take(few).Select(static s => new Get(s))]);
            if (bias is { } from)
                result += v.LoadFour(from + o, part);
            result = v.Code.Let("result", result);
            v.Store(y + o, part, Finish(a, result));
        }
    }

    private static Term Finish(Affine a, Term sum) => a.Epilogue is null ? sum : ExprTerms.Of(a.Epilogue, _ => sum, sum.Kind);
}
