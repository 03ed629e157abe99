using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>Where each buffer lies in scratch. Buffers that never live together share memory.</summary>
/// <param name="Offsets">By name.</param>
/// <param name="Size">Floats in all.</param>
internal sealed record MemoryPlan(IReadOnlyDictionary<string, int> Offsets, int Size);

/// <summary>First fit over live ranges.</summary>
internal static class PlanMemory
{
    /// <param name="kernels">In the order of execution.</param>
    /// <param name="outside">Buffers that live in the caller's memory.</param>
    public static MemoryPlan Run(IReadOnlyList<Kernel> kernels, params Ir.Buffer?[] outside)
    {
        var last = new Dictionary<Ir.Buffer, int>();
        for (int k = 0; k < kernels.Count; k++)
        {
            foreach (Operand operand in kernels[k].Operands)
                last[operand.Buffer] = k;
        }

        var offsets = new Dictionary<string, int>();
        var live = new List<(int From, int To, int Last)>();
        int size = 0;
        for (int k = 0; k < kernels.Count; k++)
        {
            live.RemoveAll(l => l.Last < k);
            foreach (Ir.Buffer buffer in kernels[k].Operands.Select(static o => o.Buffer))
            {
                if (buffer.Role != BufferRole.Activation || outside.Contains(buffer) || offsets.ContainsKey(buffer.Name))
                    continue;
                int at = 0;
                int place = 0;
                // The list is in the order of addresses: the first gap that is wide enough.
                for (; place < live.Count && live[place].From - at < buffer.Size; place++)
                    at = live[place].To;
                live.Insert(place, (at, at + buffer.Size, last[buffer]));
                offsets[buffer.Name] = at;
                size = Math.Max(size, at + buffer.Size);
            }
        }

        return new MemoryPlan(offsets, size);
    }
}
