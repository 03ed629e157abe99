using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Weights;

/// <summary>
/// Checks that the tensors of a header tile the data: each as long as its dtype and shape say, one behind the other
/// without gaps or overlaps, from byte 0 on.
/// </summary>
internal static class HeaderLayout
{
    /// <summary>The entries in the order of their data.</summary>
    /// <exception cref="WeightsException">The tensors do not tile the data.</exception>
    public static List<TensorEntry> Check(List<TensorEntry> entries, string file)
    {
        foreach (TensorEntry entry in entries)
            CheckLength(entry, file);

        List<TensorEntry> ordered = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        TensorEntry? previous = null;
        foreach (TensorEntry entry in ordered)
        {
            if (entry.Begin != (previous?.End ?? 0))
                throw Misplaced(entry, previous, file);
            previous = entry;
        }

        return ordered;
    }

    private static WeightsException Misplaced(TensorEntry entry, TensorEntry? previous, string file)
    {
        long end = previous?.End ?? 0;
        string before = previous is null ? "the header" : $"tensor {Excerpt.Quote(previous.Name)}";
        string how = entry.Begin < end
            ? $"inside {before}, which ends at byte {end}"
            : $"but {before} ends at byte {end}, and no tensor fills the gap";
        return new WeightsException($"{file}: tensor {Excerpt.Quote(entry.Name)} begins at byte {entry.Begin} of the data, {how}; the file is damaged, save it again.");
    }

    private static void CheckLength(TensorEntry entry, string file)
    {
        if (entry.End < entry.Begin)
            throw new WeightsException($"{file}: the data_offsets of tensor {Excerpt.Quote(entry.Name)} are [{entry.Begin}, {entry.End}], the end before the begin; the file is damaged, save it again.");
        if (Dtype.SizeOf(entry.Dtype) is not { } size)
            throw new WeightsException($"{file}: tensor {Excerpt.Quote(entry.Name)} has the unknown dtype {Excerpt.Quote(entry.Dtype)}; save it as F32.");

        // No product of sizes may pass the end of a file of 2^63 bytes; a 0 anywhere makes the tensor empty.
        long? bytes = entry.Shape.Contains(0) ? 0 : size;
        if (bytes != 0)
            foreach (long axis in entry.Shape)
                bytes = bytes <= long.MaxValue / axis ? bytes * axis : null;

        if (bytes is null)
            throw new WeightsException($"{file}: tensor {Excerpt.Quote(entry.Name)} of shape {Excerpt.Shape(entry.Shape)} has more bytes than 64 bits count; the file is damaged, save it again.");
        if (entry.End - entry.Begin != bytes)
            throw new WeightsException($"{file}: the data_offsets of tensor {Excerpt.Quote(entry.Name)} span {entry.End - entry.Begin} bytes, but {entry.Dtype} of shape {Excerpt.Shape(entry.Shape)} takes {bytes}; the file is damaged, save it again.");
    }
}
