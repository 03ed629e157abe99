using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Where the first of the largest elements of each window of a max pool stands, counted from the window's start in another buffer, whose
/// place that element is: whole numbers, as floats, which hold them exactly.
/// </summary>
/// <param name="Line">From a place to the one below it, in that other buffer.</param>
/// <param name="Step">From a place to the one beside it.</param>
internal sealed record PoolArgMax(string Name, Buffer X, Buffer Y, Buffer Places, PoolWindows Windows, int Line, int Step) : Kernel(Name)
{
    /// <summary>The largest whole number below which a float holds all.</summary>
    public const int Limit = 1 << 24;

    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Read), new(Places, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Places.Name} = where the largest of each window of {Windows} of {X.Name} stands";

    /// <summary>How far the place of an element of a window is from that of its first, in the other buffer.</summary>
    public int PlaceOf(int tap) => (tap / Windows.Columns.Size * Line) + (tap % Windows.Columns.Size * Step);

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors)
        {
            PoolVectors.Emit(w, this);
            return;
        }

        int[] offsets = [.. Enumerable.Range(0, (int)Windows.Taps).Select(Windows.OffsetOf)];
        using (w.Code.Block(KernelWriter.Loop("row", Windows.Rows.Windows)))
        using (w.Code.Block(KernelWriter.Loop("column", Windows.Columns.Windows)))
        using (w.Code.Block(KernelWriter.Loop("c", Windows.Channels)))
        {
            w.Code.Line(Invariant($"int at = row * {Windows.Rows.Stride * Windows.InputRow} + column * {Windows.Columns.Stride * Windows.Channels} + c;"));
            w.Code.Line(Invariant($"int output = (row * {Windows.Columns.Windows} + column) * {Windows.Channels} + c;"));
            w.Code.Line($"float largest = {w.At(Y, "output")};");
            string place = string.Concat(offsets.Take(offsets.Length - 1).Select((offset, tap) =>
                Invariant($"{w.At(X, Invariant($"at + {offset}"))} == largest ? {PlaceOf(tap)}f : ")));
            w.Code.Line(Invariant($"{w.At(Places, "output")} = {place}{PlaceOf(offsets.Length - 1)}f;"));
        }
    }
}
