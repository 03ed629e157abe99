using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>Where each buffer lies in scratch. Buffers that never live together share memory.</summary>
/// <param name="Offsets">By name.</param>
/// <param name="Size">Floats in all, for each sample.</param>
/// <param name="BatchSize">Floats of what is computed once for all samples, which stands behind the samples'.</param>
internal sealed record MemoryPlan(IReadOnlyDictionary<string, int> Offsets, int Size, int BatchSize);

/// <summary>First fit over live ranges; where sequences make a few buffers much larger than the others, those first.</summary>
internal static class PlanMemory
{
    /// <summary>What a buffer takes: whole vectors of the narrowest kind, so that its last elements need no care.</summary>
    public static int Room(int size) => size + Rest(size);

    /// <summary>Elements behind a buffer's end that are its own.</summary>
    public static int Rest(int size) => (4 - (size % 4)) % 4;

    /// <param name="kernels">In the order of execution.</param>
    /// <param name="outside">Buffers that live in the caller's memory.</param>
    public static MemoryPlan Run(IReadOnlyList<Kernel> kernels, params Ir.Buffer?[] outside)
    {
        if (kernels.Any(static k => k is Scan))
            return BySize(kernels, outside);
        var last = new Dictionary<Ir.Buffer, int>();
        for (int k = 0; k < kernels.Count; k++)
        {
            foreach (Operand operand in kernels[k].Operands)
                last[operand.Buffer] = k;
        }

        var offsets = new Dictionary<string, int>();
        var live = new List<(int From, int To, int Last)>();
        int size = 0;
        int batch = 0;
        for (int k = 0; k < kernels.Count; k++)
        {
            live.RemoveAll(l => l.Last < k);
            foreach (Ir.Buffer buffer in kernels[k].Operands.Select(static o => o.Buffer))
            {
                if (buffer.Role == BufferRole.Batch && !offsets.ContainsKey(buffer.Name))
                {
                    offsets[buffer.Name] = batch;
                    batch += Room(buffer.Size);
                }

                if (buffer.Role != BufferRole.Activation || outside.Contains(buffer) || offsets.ContainsKey(buffer.Name))
                    continue;
                int at = 0;
                int place = 0;
                int room = Room(buffer.Size);
                // The list is in the order of addresses: the first gap that is wide enough.
                for (; place < live.Count && live[place].From - at < room; place++)
                    at = live[place].To;
                live.Insert(place, (at, at + room, last[buffer]));
                offsets[buffer.Name] = at;
                size = Math.Max(size, at + room);
            }
        }

        return new MemoryPlan(offsets, size, batch);
    }

    /// <summary>The largest first, each at the lowest place that nothing takes that lives when it does.</summary>
    private static MemoryPlan BySize(IReadOnlyList<Kernel> kernels, Ir.Buffer?[] outside)
    {
        IReadOnlyDictionary<Ir.Buffer, (int First, int Last)> ranges = LiveRanges.Of(kernels);
        var offsets = new Dictionary<string, int>();
        var placed = new List<(int From, int To, (int First, int Last) Range)>();
        int batch = 0;
        foreach (Ir.Buffer buffer in ranges.Keys.Where(static b => b.Role == BufferRole.Batch))
        {
            offsets[buffer.Name] = batch;
            batch += Room(buffer.Size);
        }

        foreach (Ir.Buffer buffer in ranges.Keys.Where(b => b.Role == BufferRole.Activation && !outside.Contains(b)).OrderByDescending(static b => b.Size).ThenBy(b => ranges[b].First).ThenBy(static b => b.Name, StringComparer.Ordinal))
        {
            (int First, int Last) range = ranges[buffer];
            int at = 0;
            int room = Room(buffer.Size);
            foreach ((int from, int to, _) in placed.Where(p => p.Range.First <= range.Last && range.First <= p.Range.Last).OrderBy(static p => p.From))
            {
                if (from - at >= room)
                    break;
                at = Math.Max(at, to);
            }

            placed.Add((at, at + room, range));
            offsets[buffer.Name] = at;
        }

        return new MemoryPlan(offsets, placed.Select(static p => p.To).DefaultIfEmpty().Max(), batch);
    }
}
