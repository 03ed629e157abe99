using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Passes;

/// <summary>
/// From which kernel to which each buffer holds something, where some of the kernels are scans. What a step of one writes before it reads it lives within the
/// step; all else that a scan uses lives as long as the scan runs.
/// </summary>
internal sealed class LiveRanges
{
    private readonly Dictionary<Buffer, (int First, int Last)> _ranges = [];
    private int _position;

    private LiveRanges()
    {
    }

    public static IReadOnlyDictionary<Buffer, (int First, int Last)> Of(IReadOnlyList<Kernel> kernels)
    {
        var ranges = new LiveRanges();
        foreach (Kernel kernel in kernels)
            ranges.Visit(kernel);
        return ranges._ranges;
    }

    private void Visit(Kernel kernel)
    {
        if (kernel is Scan scan)
        {
            Visit(scan);
            return;
        }

        foreach (Operand operand in kernel.Operands)
            Extend(operand.Buffer, _position, _position);
        _position++;
    }

    private void Visit(Scan scan)
    {
        int start = _position;
        foreach (Kernel kernel in scan.Within)
            Visit(kernel);
        int end = _position - 1;
        var seen = new HashSet<Buffer>(scan.First.Concat(scan.Last).SelectMany(static k => k.Operands).Select(static o => o.Buffer));
        foreach (Buffer buffer in seen)
            Extend(buffer, start, end);
        foreach (Operand operand in scan.Body.SelectMany(static k => k.Operands))
        {
            if (seen.Add(operand.Buffer) && operand.IsRead)
                Extend(operand.Buffer, start, end);
        }

        // A part of a larger buffer takes no memory of its own.
        foreach (Row row in scan.Rows)
        {
            if (_ranges.Remove(row.Part))
                Extend(row.Of, start, end);
        }
    }

    private void Extend(Buffer buffer, int first, int last) => _ranges[buffer] = _ranges.TryGetValue(buffer, out (int First, int Last) known)
        ? (System.Math.Min(known.First, first), System.Math.Max(known.Last, last))
        : (first, last);
}
