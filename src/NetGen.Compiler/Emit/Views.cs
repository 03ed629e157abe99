using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Values that are parts of the caller's memory as it is: inputs and targets that a sample is cut into, and outputs that it is put together from. Where samples
/// go one by one, the part itself serves and nothing is moved; in a block, where values of one kind stand back to back, it is.
/// </summary>
internal sealed class Views
{
    private readonly Dictionary<Buffer, (Buffer Memory, int Offset)> _parts = [];
    private readonly HashSet<Kernel> _served = [];

    private Views()
    {
    }

    /// <summary>The values, which may not be written beyond their ends.</summary>
    public IEnumerable<Buffer> Values => _parts.Keys;

    /// <param name="kernels">All that may stand in one program.</param>
    /// <param name="output">What outputs are parts of; null where that is not the caller's.</param>
    public static Views Of(IEnumerable<Kernel> kernels, Buffer? output)
    {
        var views = new Views();
        Rearrange[] moves = [.. kernels.OfType<Rearrange>().Where(static r => r.IsView)];
        // An input that is given on as an output is copied: the two are memory of the caller's that does not overlap.
        foreach (Rearrange taken in moves.Where(r => r.X.Role is BufferRole.Input or BufferRole.Target && r.Y != output))
            views.Add(taken, taken.Y, (taken.X, taken.From));
        // What something else than an activation is, or what is given twice, is copied.
        foreach (Rearrange put in moves.Where(r => r.Y == output && r.X.Role == BufferRole.Activation))
        {
            if (!views._parts.ContainsKey(put.X))
                views.Add(put, put.X, (put.Y, put.To));
        }

        return views;
    }

    /// <summary>The same where the caller hands over each part by itself.</summary>
    public Views OfParts(PartBuffers parts)
    {
        var views = new Views();
        views._served.UnionWith(_served);
        foreach (KeyValuePair<Buffer, (Buffer Memory, int Offset)> part in _parts)
            views._parts[part.Key] = (parts.At(part.Value.Memory, part.Value.Offset), 0);
        return views;
    }

    private void Add(Kernel move, Buffer value, (Buffer, int) part)
    {
        _served.Add(move);
        _parts[value] = part;
    }

    /// <summary>Where a value is a part of the caller's memory; null where it is none.</summary>
    public (Buffer Memory, int Offset)? Find(Buffer buffer) => _parts.TryGetValue(buffer, out (Buffer, int) view) ? view : null;

    /// <summary>A kernel only moves what is a view already.</summary>
    public bool Serves(Kernel kernel) => _served.Contains(kernel);
}

/// <summary>The inputs and outputs of a network as buffers of their own, as <c>ForwardParts</c> is handed them.</summary>
/// <param name="Inputs">Each with where it begins in a sample.</param>
/// <param name="Outputs">The same in its output.</param>
internal sealed record PartBuffers(IReadOnlyList<(Buffer Part, int Offset)> Inputs, IReadOnlyList<(Buffer Part, int Offset)> Outputs)
{
    public Buffer At(Buffer whole, int offset) => (whole.Role == BufferRole.Input ? Inputs : Outputs).First(p => p.Offset == offset).Part;

    /// <summary>A kernel that writes an output which is no view, into the part itself.</summary>
    public Kernel Rewritten(Kernel kernel, Buffer output) =>
        kernel is Rearrange { IsView: true } put && put.Y == output ? put with { Y = At(output, put.To), To = 0 } : kernel;
}
