using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>Graph rewrites of the forward kernels.</summary>
internal static class Fuse
{
    /// <summary>Drops the kernels whose results nobody reads.</summary>
    /// <param name="kept">Buffers that are read from outside.</param>
    public static IReadOnlyList<Kernel> Prune(IEnumerable<Kernel> kernels, IEnumerable<Buffer> kept)
    {
        var read = new HashSet<Buffer>(kept);
        var result = new List<Kernel>();
        foreach (Kernel kernel in kernels.Reverse())
        {
            if (!kernel.Operands.Any(o => o.IsWritten && read.Contains(o.Buffer)))
                continue;
            result.Add(kernel);
            foreach (Operand operand in kernel.Operands.Where(static o => o.IsRead))
                read.Add(operand.Buffer);
        }

        result.Reverse();
        return result;
    }

    /// <summary>
    /// An elementwise map of a kernel's result becomes its epilogue, if it takes one and nothing else reads that result: then it needs no
    /// buffer. (Backward of some activations reads it, so in training those stay apart.)
    /// </summary>
    /// <param name="kept">Buffers that are read from outside.</param>
    public static IReadOnlyList<Kernel> Epilogues(IReadOnlyList<Kernel> kernels, ISet<Buffer> kept)
    {
        var readers = new Dictionary<Buffer, int>();
        foreach (Operand operand in kernels.SelectMany(static k => k.Operands).Where(static o => o.IsRead))
            readers[operand.Buffer] = readers.TryGetValue(operand.Buffer, out int n) ? n + 1 : 1;

        var result = new List<Kernel>();
        foreach (Kernel kernel in kernels)
        {
            if (kernel is Map map && !map.Scalars.Any() && result.Count > 0 && readers[map.X] == 1 && !kept.Contains(map.X)
                && result[result.Count - 1].WithEpilogue(map.X, map.Y, map.Function, map.FormulaName) is { } whole)
            {
                result[result.Count - 1] = whole;
                continue;
            }

            result.Add(kernel);
        }

        return result;
    }
}
