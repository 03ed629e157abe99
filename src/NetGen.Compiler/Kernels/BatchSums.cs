using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using static System.FormattableString;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>Sums over the rows of all samples: in float over one sample's, in double over the samples.</summary>
internal sealed class BatchSums(KernelWriter w, int rows, int channels, bool isPlanes, Func<Buffer, int> stride)
{
    /// <summary>For channel k: declares the sums as doubles.</summary>
    /// <param name="terms">What is added, from one element of each buffer.</param>
    public void Scalar(Buffer[] buffers, string[] sums, Func<string[], string[]> terms)
    {
        foreach (string sum in sums)
            w.Code.Line($"double {sum} = 0.0;");
        using (w.Code.Block("for (int sample = 0; sample < samples; sample++)"))
        {
            w.ForEachRow("row", rows, row =>
            {
                string inSample = Planes.Index(isPlanes, rows, channels, row, "k");
                string[] values = terms([.. buffers.Select(b => w.At(b, stride(b) == 1 ? "sample" : Invariant($"sample * {stride(b)} + {inSample}")))]);
                for (int s = 0; s < sums.Length; s++)
                    w.Code.Line($"{sums[s]} += {values[s]};");
            });
        }
    }

    /// <summary>For a vector of channels: gives back the names of the sums, each of which is two vectors of doubles, its name with Low and High.</summary>
    public string[] Vectors(VectorWriter v, Chunk chunk, (Buffer Buffer, Place Start)[] values, string[] names, Func<string[], string[]> terms)
    {
        Lanes lanes = chunk.Lanes;
        string[] sums = [.. names.Select(v.Kernel.Local)];
        foreach (string sum in sums)
        {
            v.Code.Line($"var {sum}Low = {lanes.DoubleType}.Zero;");
            v.Code.Line($"var {sum}High = {lanes.DoubleType}.Zero;");
        }

        string[] starts = [.. values.Select(x => v.Kernel.Local("ofSample"))];
        for (int k = 0; k < values.Length; k++)
            v.Code.Line($"ref float {starts[k]} = {VectorDialect.Reference(values[k].Start.Reference, values[k].Start.Offset + chunk.Offset)};");
        string sample = v.Kernel.Local("sample");
        using (v.Code.Block($"for (int {sample} = 0; {sample} < samples; {sample}++)"))
        {
            string[] parts = [.. names.Select(n => v.Kernel.Local(n + "OfSample"))];
            foreach (string part in parts)
                v.Code.Line($"var {part} = {lanes.Zero};");
            v.Repeat(rows, [.. values.Select((x, k) => ("row", new Place(starts[k], 0), channels))], at =>
            {
                string[] read = [.. values.Select(x => v.Kernel.Local("x"))];
                for (int k = 0; k < values.Length; k++)
                    v.Code.Line($"var {read[k]} = {VectorWriter.Load(at[k], lanes, chunk.Count)};");
                string[] added = terms(read);
                for (int s = 0; s < parts.Length; s++)
                    v.Code.Line($"{parts[s]} += {added[s]};");
            }, writtenOut: rows <= 4);
            for (int s = 0; s < sums.Length; s++)
            {
                string wide = v.Kernel.Local("wide");
                v.Code.Line($"var {wide} = {lanes.Class}.Widen({parts[s]});");
                v.Code.Line($"{sums[s]}Low += {wide}.Lower;");
                v.Code.Line($"{sums[s]}High += {wide}.Upper;");
            }

            for (int k = 0; k < values.Length; k++)
                v.Code.Line($"{starts[k]} = {VectorDialect.Reference(starts[k], stride(values[k].Buffer))};");
        }

        return sums;
    }

    /// <summary>
    /// For one channel, whose rows are a plane: gives back the names of the sums, doubles. A sample's sums run in several vectors each, so that additions do
    /// not wait for each other.
    /// </summary>
    /// <param name="terms">What is added, from one vector of each buffer.</param>
    public string[] OfPlanes(VectorWriter v, (Buffer Buffer, Place Start)[] values, string[] names, Func<string[], Lanes, string[]> terms)
    {
        List<Chunk> chunks = Chunk.Disjoint(rows, v.Lanes);
        // Sums of wide vectors; what is left of a plane is added in narrower ones, whose sums are wider by zeros.
        Lanes lanes = v.Lanes;
        string[] wide = [.. names.Select(n => v.Kernel.Local(n + "s"))];
        foreach (string sum in wide)
        {
            v.Code.Line($"var {sum}Low = {lanes.DoubleType}.Zero;");
            v.Code.Line($"var {sum}High = {lanes.DoubleType}.Zero;");
        }

        Planes.ForEachSample(v, [.. values.Select(x => (x.Start, stride(x.Buffer)))], at =>
        {
            // As many as come in one go, of each sum.
            int several = Math.Min(chunks.Count(c => c.IsWhole && c.Lanes == lanes), names.Length == 1 ? 4 : 2);
            string[][] parts = [.. names.Select(n => Enumerable.Range(0, several).Select(_ => v.Kernel.Local(n + "OfSample")).ToArray())];
            foreach (string part in parts.SelectMany(static p => p))
                v.Code.Line($"var {part} = {lanes.Zero};");
            Planes.ForEachVector(v, chunks, [.. at.Select(static p => ("row", p))], (from, group) =>
            {
                for (int c = 0; c < group.Count; c++)
                {
                    Chunk chunk = group[c];
                    string[] read = [.. values.Select(_ => v.Kernel.Local("x"))];
                    for (int k = 0; k < read.Length; k++)
                        v.Code.Line($"var {read[k]} = {v.Load(from[k], chunk)};");
                    string[] added = terms(read, chunk.Lanes);
                    for (int s = 0; s < names.Length; s++)
                    {
                        string term = chunk.IsWhole ? added[s] : $"{chunk.Lanes.Class}.BitwiseAnd({added[s]}, {chunk.Lanes.MaskOf(chunk.Count)})";
                        v.Code.Line($"{parts[s][c % several]} += {VectorWriter.Widen(term, chunk.Lanes, lanes)};");
                    }
                }
            });
            for (int s = 0; s < names.Length; s++)
            {
                string both = v.Kernel.Local("wide");
                v.Code.Line($"var {both} = {lanes.Class}.Widen({PoolVectors.JoinAll(lanes, false, parts[s])});");
                v.Code.Line($"{wide[s]}Low += {both}.Lower;");
                v.Code.Line($"{wide[s]}High += {both}.Upper;");
            }
        });
        string[] sums = [.. names.Select(v.Kernel.Local)];
        for (int s = 0; s < names.Length; s++)
            v.Code.Line($"double {sums[s]} = {lanes.Class}.Sum({wide[s]}Low + {wide[s]}High);");
        return sums;
    }

    /// <summary>A sum times a factor, as floats.</summary>
    public static string Narrow(Lanes lanes, string sum, string factor) => factor == "1.0"
        ? $"{lanes.Class}.Narrow({sum}Low, {sum}High)"
        : $"{lanes.Class}.Narrow({sum}Low * {factor}, {sum}High * {factor})";
}
