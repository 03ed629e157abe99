using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>An <see cref="Affine"/> of one sample over whole vectors.</summary>
internal static class AffineVectors
{
    public static void Emit(KernelWriter w, Affine a)
    {
        bool byOutput = Affine.KeepsOutputsTogether(a.Inputs, a.Outputs);
        w.PerWidth(byOutput ? a.Outputs : a.Inputs, Lanes.Sixteen, v =>
            v.Repeat(a.Rows, [("xRow", v.Start(a.X), a.Inputs), ("yRow", v.Start(a.Y), a.Outputs)], row =>
            {
                if (byOutput && (long)a.Inputs * a.Outputs > StreamAbove)
                    Stream(v, a, row[0], row[1]);
                else if (byOutput)
                    ByOutput(v, a, row[0], row[1]);
                else
                    ByInput(v, a, row[0], row[1]);
            }));
    }

    /// <summary>A weight of more floats than this does not stay in the first-level cache, and is read in the order in which it lies.</summary>
    private const int StreamAbove = 8192;

    /// <summary>How many inputs are added at once to the sums, which are kept in memory.</summary>
    private const int StreamedRows = 4;

    /// <summary>As <see cref="ByOutput"/>, but row after row of the weight: what memory gives fastest.</summary>
    private static void Stream(VectorWriter v, Affine a, Place x, Place y)
    {
        List<Chunk> chunks = Chunk.Disjoint(a.Outputs, v.Lanes);
        int regular = chunks.TakeWhile(c => c.Lanes == v.Lanes && c.IsWhole).Count();
        List<(string, Place, int)> sums = [("ySum", y, v.Lanes.Count)];
        if (a.Bias is { } bias)
            sums.Add(("biasAt", v.Start(bias), v.Lanes.Count));
        void Begin(Chunk chunk, Place sum, Place? from) => v.Store(sum, chunk, from is { } b ? v.Load(b, chunk) : chunk.Lanes.Zero);
        v.Repeat(regular, sums, at => Begin(new Chunk(0, v.Lanes, v.Lanes.Count), at[0], a.Bias is null ? (Place?)null : at[1]));
        foreach (Chunk chunk in chunks.Skip(regular))
            Begin(chunk, y, a.Bias is { } b ? v.Start(b) : (Place?)null);

        int whole = a.Inputs / StreamedRows;
        v.Repeat(whole, [("xAt", x, StreamedRows), ("weightRows", v.Start(a.Weight), StreamedRows * a.Outputs)],
            at => Rows(v, a, at[0], at[1], y, StreamedRows, chunks, regular));
        if (a.Inputs % StreamedRows > 0)
            Rows(v, a, x.At(whole * StreamedRows), v.Start(a.Weight).At(whole * StreamedRows * a.Outputs), y, a.Inputs % StreamedRows, chunks, regular);
        if (a.Epilogue is not null)
            new ElementwiseVectors(new Dictionary<string, Ir.Buffer> { ["x"] = a.Y }, [new Assignment("y", a.Y, a.Epilogue)]).Emit(v, a.Outputs, y);
    }

    private static void Rows(VectorWriter v, Affine a, Place x, Place weight, Place y, int count, List<Chunk> chunks, int regular)
    {
        var inputs = new Dictionary<(Lanes, int), string>();
        foreach (Lanes lanes in chunks.Select(static c => c.Lanes).Distinct())
        {
            for (int row = 0; row < count; row++)
                v.Code.Line($"var {inputs[(lanes, row)] = v.Kernel.Local("x")} = {lanes.Broadcast(x.At(row).Element)};");
        }

        void Add(Chunk chunk, Place weightAt, Place yAt)
        {
            // Two sums halve the chain of multiply-adds that wait for each other.
            string[] sums = [v.Kernel.Local("sum"), v.Kernel.Local("sum")];
            v.Code.Line($"var {sums[0]} = {v.Load(yAt, chunk)};");
            if (count > 1)
                v.Code.Line($"var {sums[1]} = {inputs[(chunk.Lanes, 0)]} * {v.Load(weightAt, chunk)};");
            for (int row = count > 1 ? 1 : 0; row < count; row++)
            {
                string sum = sums[count > 1 ? (row + 1) % 2 : 0];
                v.Code.Line($"{sum} = {chunk.Lanes.MultiplyAdd(inputs[(chunk.Lanes, row)], v.Load(weightAt.At(row * a.Outputs), chunk), sum)};");
            }

            v.Store(yAt, chunk, count > 1 ? $"{sums[0]} + {sums[1]}" : sums[0]);
        }

        v.Repeat(regular, [("weightAt", weight, v.Lanes.Count), ("ySum", y, v.Lanes.Count)], at => Add(new Chunk(0, v.Lanes, v.Lanes.Count), at[0], at[1]));
        foreach (Chunk chunk in chunks.Skip(regular))
            Add(chunk, weight, y);
    }

    /// <summary>
    /// A vector holds neighbouring outputs; each input is spread over its lanes. As many sums run at once as hide the latency
    /// of a multiply-add; where the outputs are too few for that, several sums share an output.
    /// </summary>
    private static void ByOutput(VectorWriter v, Affine a, Place x, Place y)
    {
        List<Chunk> chunks = Chunk.Overlapping(a.Outputs, v.Lanes);
        int block = v.Sums * v.Lanes.Count;
        int whole = a.Outputs / block;
        List<(string, Place, int)> moving = [("weightBlock", v.Start(a.Weight), block), ("yBlock", y, block)];
        if (a.Bias is not null)
            moving.Add(("biasBlock", v.Start(a.Bias), block));
        v.Repeat(whole, moving, at => Block(v, a, x, at[0], a.Bias is null ? (Place?)null : at[2], at[1], [.. chunks.Take(v.Sums)]), whole <= 1 ? true : null);
        if (chunks.Count > whole * v.Sums)
            Block(v, a, x, v.Start(a.Weight), a.Bias is { } rest ? v.Start(rest) : (Place?)null, y, [.. chunks.Skip(whole * v.Sums)]);
    }

    private static void Block(VectorWriter v, Affine a, Place x, Place weight, Place? bias, Place y, Chunk[] chunks)
    {
        int split = 1;
        while (2 * split * chunks.Length <= v.Sums && 2 * split <= a.Inputs && split < 4)
            split *= 2;
        var sums = new string[split, chunks.Length];
        for (int s = 0; s < split; s++)
        {
            for (int c = 0; c < chunks.Length; c++)
            {
                sums[s, c] = v.Kernel.Local("sum");
                v.Code.Line($"var {sums[s, c]} = {(s == 0 && bias is { } b ? v.Load(b, chunks[c]) : chunks[c].Lanes.Zero)};");
            }
        }

        void Add(Place xAt, Place weightAt, int s)
        {
            string input = v.Kernel.Local("x");
            v.Code.Line($"var {input} = {chunks[0].Lanes.Broadcast(xAt.At(s).Element)};");
            for (int c = 0; c < chunks.Length; c++)
                v.Code.Line($"{sums[s, c]} = {chunks[c].Lanes.MultiplyAdd(input, v.Load(weightAt.At(s * a.Outputs), chunks[c]), sums[s, c])};");
        }

        v.Repeat(a.Inputs / split, [("xAt", x, split), ("weightAt", weight, split * a.Outputs)], at =>
        {
            for (int s = 0; s < split; s++)
                Add(at[0], at[1], s);
        });
        int done = a.Inputs / split * split;
        for (int s = 0; s < a.Inputs - done; s++)
            Add(x.At(done), weight.At(done * a.Outputs), s);

        for (int c = 0; c < chunks.Length; c++)
        {
            for (int step = split / 2; step > 0; step /= 2)
            {
                for (int s = 0; s < step; s++)
                    v.Code.Line($"{sums[s, c]} += {sums[s + step, c]};");
            }
        }

        for (int c = 0; c < chunks.Length; c++)
            v.Store(y, chunks[c], Finish(v, a, chunks[c].Lanes, sums[0, c]));
    }

    /// <summary>A vector holds neighbouring inputs: each output is a dot product, and eight of them end side by side in one vector.</summary>
    private static void ByInput(VectorWriter v, Affine a, Place x, Place y)
    {
        int group = v.Lanes == Lanes.Four ? 4 : 8;
        for (int o = 0; o < a.Outputs; o += group)
            Group(v, a, x, y, o, Math.Min(group, a.Outputs - o));
    }

    private static void Group(VectorWriter v, Affine a, Place x, Place y, int first, int count)
    {
        List<Chunk> chunks = Chunk.Overlapping(a.Inputs, v.Lanes);
        int repeated = chunks.Count > 1 ? chunks[chunks.Count - 2].End - chunks[chunks.Count - 1].Offset : 0;
        int regular = repeated > 0 ? chunks.Count - 1 : chunks.Count;
        int split = 1;
        while (2 * split * count <= v.Sums && 2 * split <= regular && split < 4)
            split *= 2;
        var sums = new string[split, count];
        for (int s = 0; s < split; s++)
        {
            for (int o = 0; o < count; o++)
            {
                sums[s, o] = v.Kernel.Local("sum");
                v.Code.Line($"var {sums[s, o]} = {chunks[0].Lanes.Zero};");
            }
        }

        void Add(Place xAt, Place weightAt, Chunk chunk, int s, string mask = "")
        {
            string input = v.Kernel.Local("x");
            v.Code.Line($"var {input} = {VectorWriter.LoadZeroed(xAt, chunk)}{mask};");
            for (int o = 0; o < count; o++)
                v.Code.Line($"{sums[s, o]} = {chunk.Lanes.MultiplyAdd(input, v.Load(weightAt.At(o * a.Inputs), chunk), sums[s, o])};");
        }

        Place weight = v.Start(a.Weight).At(first * a.Inputs);
        int step = split * chunks[0].Lanes.Count;
        v.Repeat(regular / split, [("xAt", x, step), ("weightAt", weight, step)], at =>
        {
            for (int s = 0; s < split; s++)
                Add(at[0], at[1], chunks[s], s);
        });
        for (int k = regular / split * split; k < regular; k++)
            Add(x, weight, chunks[k], k % split);
        if (repeated > 0)
            Add(x, weight, chunks[chunks.Count - 1], 0, " * " + v.Lanes.KeepFrom(repeated));

        for (int o = 0; o < count; o++)
        {
            for (int half = split / 2; half > 0; half /= 2)
            {
                for (int s = 0; s < half; s++)
                    v.Code.Line($"{sums[s, o]} += {sums[s + half, o]};");
            }
        }

        (string value, Lanes lanes) = v.SideBySide([.. Enumerable.Range(0, count).Select(o => sums[0, o])], chunks[0].Lanes);
        if (a.Bias is { } bias)
            value = $"{value} + {VectorWriter.Load(v.Start(bias).At(first), lanes, count)}";
        string result = v.Kernel.Local("result");
        v.Code.Line($"var {result} = {value};");
        v.Store(y.At(first), lanes, Finish(v, a, lanes, result), count);
    }

    private static string Finish(VectorWriter v, Affine a, Lanes lanes, string sum) =>
        a.Epilogue is null ? sum : v.Print(a.Epilogue, lanes, _ => sum);
}
