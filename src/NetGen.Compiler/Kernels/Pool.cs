using System;
using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = the largest element, or the mean, of each window of each channel: of values with their channels innermost, or of planes.
/// Derivative (<see cref="PoolGradient"/>): of the largest, dy goes to the first of the largest elements in row-major order; of the mean, dy / n to each
/// of its n elements. Where windows overlap, what an element gets adds up.
/// </summary>
/// <remarks>
/// What lies beyond the edges is no part of a window. A mean divides by all places of the window, which counts zeros there, or by those
/// inside only (<paramref name="CountsEdges"/>). A NaN in a window may be passed over by the largest: minima and maxima of processors differ in that.
/// </remarks>
internal sealed record Pool(string Name, bool IsMax, Buffer X, Buffer Y, PoolWindows Windows, bool CountsEdges) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Y.Name} = {(IsMax ? "largest" : "mean")} of each {Windows.Noun} of {X.Name}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new PoolGradient(KernelNames.Gradient(Name, ""), IsMax, X, Y, gradients.Of(Y), dx.Buffer, dx.Access, Windows, CountsEdges));
    }

    public override void Emit(KernelWriter w) =>
        Windows.FormFor<Action<KernelWriter, Pool>>(w.HasVectors, PoolLoops.Emit, PoolPairs.Emit, PoolWhole.EmitPlanes, PoolWhole.EmitChannels)(w, this);
}

/// <summary>
/// dx = dy at the first of the largest elements of each window, which x and y tell; or dy / n at each of its n elements.
/// </summary>
internal sealed record PoolGradient(
    string Name, bool IsMax, Buffer X, Buffer Y, Buffer Dy, Buffer Dx, Access DxAccess, PoolWindows Windows, bool CountsEdges) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => IsMax
        ? [new(X, Access.Read), new(Y, Access.Read), new(Dy, Access.Read), new(Dx, DxAccess)]
        : [new(Dy, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, IsMax
        ? $"{Dy.Name} at the largest of each {Windows.Noun}"
        : $"{Dy.Name} over each {Windows.Noun}, divided by its elements");

    /// <summary>An element gets from several windows, or beside what another kernel gave it.</summary>
    public bool Adds => DxAccess == Access.Accumulate || Windows.Overlaps;

    /// <summary>Not every element is written by exactly one window, so all begin as 0.</summary>
    private bool Clears => DxAccess == Access.Overwrite && !Windows.Tiles;

    public override void Emit(KernelWriter w)
    {
        if (Clears)
            Fill.Emit(w, Dx, 0);
        Windows.FormFor<Action<KernelWriter, PoolGradient>>(w.HasVectors, PoolLoops.Emit, PoolPairs.Emit, PoolWhole.EmitPlanes, PoolWhole.EmitChannels)(w, this);
    }
}
