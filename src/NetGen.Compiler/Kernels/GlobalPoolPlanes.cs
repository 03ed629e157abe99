using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>Global pools over planes: each is joined by vectors along it, and what those give of several channels is joined over the lanes side by side.</summary>
internal static class GlobalPoolPlanes
{
    /// <summary>So many vectors of a plane are joined apart, so that additions do not wait for each other.</summary>
    private const int Several = 4;

    public static void Emit(KernelWriter w, GlobalPool pool) => w.PerWidth(pool.Positions, Lanes.Eight, v =>
    {
        // As many as one vector holds the results of.
        int channels = pool.Y.Size, atOnce = v.Lanes.Count, regular = channels / atOnce;
        v.Repeat(regular, [("xs", v.Start(pool.X), atOnce * pool.Positions), ("ys", v.Start(pool.Y), atOnce)], at => EmitGroup(v, pool, at[0], at[1], atOnce), writtenOut: false);
        int done = regular * atOnce;
        if (done < channels)
            EmitGroup(v, pool, v.Start(pool.X).At(done * pool.Positions), v.Start(pool.Y).At(done), channels - done);
    });

    private static void EmitGroup(VectorWriter v, GlobalPool pool, Place x, Place y, int channels)
    {
        string[] joined = [.. Enumerable.Range(0, channels).Select(k => JoinPlane(v, pool, x.At(k * pool.Positions)))];
        if (pool.IsMax)
        {
            v.Dialect.Use(Helper.Largest);
            for (int k = 0; k < channels; k++)
                v.Code.Line($"{y.At(k).Element} = Largest({joined[k]});");
            return;
        }

        (string sums, Lanes lanes) = v.SideBySide(joined, v.Lanes);
        string means = v.Kernel.Local("means");
        v.Code.Line($"var {means} = {sums} * {lanes.Broadcast(CSharpLiteral.Float((float)(1.0 / pool.Positions)))};");
        v.Store(y, lanes, means, channels);
    }

    /// <summary>The largest, or the sum, of a plane in each lane; gives back the vector's name.</summary>
    private static string JoinPlane(VectorWriter v, GlobalPool pool, Place x)
    {
        Lanes lanes = v.Lanes;
        List<Chunk> chunks = pool.IsMax ? Chunk.Overlapping(pool.Positions, lanes) : Chunk.Disjoint(pool.Positions, lanes);
        string[] parts = [.. Enumerable.Range(0, Math.Min(Several, chunks.Count(c => c.IsWhole && c.Lanes == lanes))).Select(_ => v.Kernel.Local(pool.IsMax ? "largest" : "sum"))];
        for (int k = 0; k < parts.Length; k++)
            v.Code.Line($"var {parts[k]} = {v.Load(x, chunks[k])};");
        Planes.ForEachVector(v, [.. chunks.Skip(parts.Length).Select(c => c with { Offset = c.Offset - (parts.Length * lanes.Count) })], [("xAt", x.At(parts.Length * lanes.Count))], (at, group) =>
        {
            for (int c = 0; c < group.Count; c++)
            {
                string value = VectorWriter.Widen(VectorWriter.LoadZeroed(at[0], group[c]), group[c].Lanes, lanes), part = parts[c % parts.Length];
                v.Code.Line(pool.IsMax ? $"{part} = {PoolVectors.Join(lanes, true, part, value)};" : $"{part} += {value};");
            }
        });
        string all = v.Kernel.Local("plane");
        v.Code.Line($"var {all} = {PoolVectors.JoinAll(lanes, pool.IsMax, parts)};");
        return all;
    }

    public static void Emit(KernelWriter w, GlobalPoolGradient gradient) => w.PerWidth(gradient.Positions, Lanes.Eight, v =>
    {
        List<(string, Place, int)> moving = [("dxOf", v.Start(gradient.Dx), gradient.Positions), ("dyOf", v.Start(gradient.Dy), 1)];
        if (gradient.IsMax)
            moving.AddRange([("xOf", v.Start(gradient.X), gradient.Positions), ("yOf", v.Start(gradient.Y), 1)]);
        v.Repeat(gradient.Dy.Size, moving, at =>
        {
            if (!gradient.IsMax || !gradient.Adds)
                EmitEqual(v, gradient, at[0], gradient.IsMax ? "0f" : $"{at[1].Element} * {CSharpLiteral.Float((float)(1.0 / gradient.Positions))}");
            if (!gradient.IsMax)
                return;
            string k = v.Kernel.Local("k");
            using (v.Code.Block(KernelWriter.Loop(k, gradient.Positions)))
            using (v.Code.Block($"if ({VectorDialect.ElementOf(at[2].Reference, k)} == {at[3].Element})"))
            {
                v.Code.Line($"{VectorDialect.ElementOf(at[0].Reference, k)} += {at[1].Element};");
                v.Code.Line("break;");
            }
        }, writtenOut: false);
    });

    /// <summary>The same for all of a plane.</summary>
    private static void EmitEqual(VectorWriter v, GlobalPoolGradient gradient, Place dx, string value)
    {
        List<Chunk> chunks = gradient.Adds ? Chunk.Disjoint(gradient.Positions, v.Lanes) : Chunk.Overlapping(gradient.Positions, v.Lanes);
        string share = v.Kernel.Local("share");
        v.Code.Line($"float {share} = {value};");
        var shares = new Dictionary<Lanes, string>();
        foreach (Lanes lanes in chunks.Select(static c => c.Lanes).Distinct())
        {
            shares[lanes] = v.Kernel.Local("shares");
            v.Code.Line($"var {shares[lanes]} = {lanes.Broadcast(share)};");
        }

        Planes.ForEachVector(v, chunks, [("dxAt", dx)], (at, group) =>
        {
            foreach (Chunk chunk in group)
                v.Store(at[0], chunk, gradient.Adds ? $"{v.Load(at[0], chunk)} + {shares[chunk.Lanes]}" : shares[chunk.Lanes]);
        });
    }
}
