using System.Collections.Generic;
using System.Linq;

namespace NetGen.Compiler.Ir;

/// <summary>Which parts of buffers have been written, so that the first to write a part overwrites it and the next ones add.</summary>
internal sealed class WrittenParts
{
    private readonly HashSet<Buffer> _whole = [];
    private readonly Dictionary<Buffer, List<(int From, int To)>> _parts = [];

    /// <summary>Whether all of it has been written, or some of it.</summary>
    public bool Contains(Buffer buffer) => _whole.Contains(buffer) || _parts.ContainsKey(buffer);

    /// <summary>Notes that all of it is written; how.</summary>
    public Access Write(Buffer buffer) => _whole.Add(buffer) ? Access.Overwrite : Access.Accumulate;

    /// <summary>Notes that a part is written; how.</summary>
    public Access Write(Buffer buffer, int from, int size)
    {
        if (_whole.Contains(buffer))
            return Access.Accumulate;
        if (size == buffer.Size)
            return Write(buffer);
        if (!_parts.TryGetValue(buffer, out List<(int From, int To)>? parts))
            _parts[buffer] = parts = [];
        if (parts.Any(p => p.From < from + size && from < p.To))
            return Access.Accumulate;
        parts.Add((from, from + size));
        if (parts.Sum(static p => p.To - p.From) == buffer.Size)
            _whole.Add(buffer);
        return Access.Overwrite;
    }
}
