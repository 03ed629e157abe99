using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Axes of a move among which one is long and has neighbours in one buffer that stand side by side, and in the other so few elements apart as others fill
/// between them: columns of two to four elements, as pixels that are channels have. Vectors put them side by side, or take them apart.
/// </summary>
/// <param name="Long">The axis whose neighbours a vector holds.</param>
/// <param name="IsOfX">The columns stand in x.</param>
/// <param name="Columns">Where each column stands in the buffer that has neighbours side by side.</param>
/// <param name="Others">The axes around them.</param>
internal sealed record PackedAxes(WalkedAxis Long, bool IsOfX, IReadOnlyList<int> Columns, IReadOnlyList<WalkedAxis> Others)
{
    private const int MostColumns = 4;

    /// <summary>Null where there are none; or nothing around them, which is a matrix that is turned.</summary>
    public static PackedAxes? Of(IReadOnlyList<WalkedAxis> axes) => Of(axes, isOfX: true) ?? Of(axes, isOfX: false);

    private static PackedAxes? Of(IReadOnlyList<WalkedAxis> axes, bool isOfX)
    {
        int Beside(WalkedAxis axis) => isOfX ? axis.To : axis.From;
        int Apart(WalkedAxis axis) => isOfX ? axis.From : axis.To;
        if (axes.FirstOrDefault(a => Beside(a) == 1 && a.Size >= VectorCode.FewestLanes && Apart(a) is > 1 and <= MostColumns) is not { Size: > 1 } along)
            return null;
        List<WalkedAxis> between = [];
        List<int> columns = [0];
        while (columns.Count < Apart(along))
        {
            if (axes.FirstOrDefault(a => Apart(a) == columns.Count && a != along) is not { Size: > 1 } next || between.Contains(next))
                return null;
            between.Add(next);
            columns = [.. Enumerable.Range(0, next.Size).SelectMany(k => columns.Select(c => c + (k * Beside(next))))];
        }

        WalkedAxis[] others = [.. axes.Where(a => a != along && !between.Contains(a))];
        return columns.Count == Apart(along) && others.Length > 0 ? new PackedAxes(along, isOfX, columns, others) : null;
    }

    /// <summary>All along the one axis.</summary>
    public void Write(VectorCode v, Address x, Address y) => v.Over(Long.Size, once: false, [("from", x, Long.From), ("to", y, Long.To)], (at, _) =>
    {
        if (!IsOfX)
        {
            VectorCopy.WriteByTurns(v, [.. Columns.Select(c => v.Load(at[0] + c))], at[1]);
            return;
        }

        IReadOnlyList<Term> columns = VectorCopy.LoadByTurns(v, Columns.Count, at[0]);
        for (int k = 0; k < columns.Count; k++)
            v.Store(at[1] + Columns[k], columns[k]);
    });
}
