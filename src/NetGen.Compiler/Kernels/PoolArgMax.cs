using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;

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

    public override string Formula => $"{Places.Name} = where the largest of each {Windows.Noun} of {X.Name} stands";

    /// <summary>How far the place of an element of a window is from that of its first, in the other buffer.</summary>
    public int PlaceOf(int tap) => (tap / Windows.Columns.Size * Line) + (tap % Windows.Columns.Size * Step);

    public override void Emit(KernelWriter w) => PoolLoops.Emit(w, this);
}
