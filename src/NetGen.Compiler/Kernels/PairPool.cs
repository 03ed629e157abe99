using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A <see cref="Pool"/> over planes whose windows are pairs of neighbours, or two such pairs one above the other, side by side without gaps: two rows are
/// joined by vectors, and then neighbours in them. Its derivative is that of the pool (<see cref="PairPoolGradient"/>).
/// </summary>
internal sealed record PairPool(string Name, bool IsMax, Buffer X, Buffer Y, PoolWindows Windows) : Kernel(Name)
{
    /// <summary>Outputs of a row, which one vector at least holds.</summary>
    private const int Least = 4;

    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Y.Name} = {Pool.What(IsMax)} of each window of {Windows} of {X.Name}";

    /// <summary>Whether the windows of a pool are such pairs.</summary>
    public static bool Fits(PoolWindows windows) =>
        windows.Columns is { Size: 2, Stride: 2, Before: 0, IsClipped: false, Windows: >= Least }
        && (windows.Rows == PoolAxis.None || windows.Rows is { Size: 2, Stride: 2, Before: 0, IsClipped: false });

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new PairPoolGradient(KernelNames.Gradient(Name, ""), IsMax, X, Y, gradients.Of(Y), dx.Buffer, dx.Access, Windows));
    }

    public override void Emit(KernelWriter w)
    {
        if (w.HasVectors)
            PairPoolVectors.Emit(w, this);
        else
            PairPoolScalars.ForEachOutput(w, Windows, (x, y) => PairPoolScalars.Emit(w, this, x, y));
    }
}

/// <summary>dx = dy at the first of the largest elements of each window, which x and y tell; or dy / n at each of its n elements.</summary>
internal sealed record PairPoolGradient(
    string Name, bool IsMax, Buffer X, Buffer Y, Buffer Dy, Buffer Dx, Access DxAccess, PoolWindows Windows) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => IsMax
        ? [new(X, Access.Read), new(Y, Access.Read), new(Dy, Access.Read), new(Dx, DxAccess)]
        : [new(Dy, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, IsMax
        ? $"{Dy.Name} at the largest of each window of {Windows}"
        : $"{Dy.Name} over each window of {Windows}, divided by its elements");

    public bool Adds => DxAccess == Access.Accumulate;

    /// <summary>Rows and columns that are left over get 0.</summary>
    public bool Clears => !Adds && !Windows.Tiles;

    public override void Emit(KernelWriter w)
    {
        if (Clears)
            Fill.Emit(w, Dx, 0);
        if (w.HasVectors)
            PairPoolVectors.Emit(w, this);
        else
            PairPoolScalars.ForEachOutput(w, Windows, (x, y) => PairPoolScalars.Emit(w, this, k => w.At(X, x(k)), w.At(Y, y), w.At(Dy, y), k => w.At(Dx, x(k))));
    }
}
