using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>An axis with so many elements put before it and after it.</summary>
internal readonly record struct ExtendedAxis(int Size, int Before, int After)
{
    public int Extended => Size + Before + After;

    public bool IsExtended => Before > 0 || After > 0;
}

/// <summary>
/// y = x, continued at the ends of some axes: by its elements in reverse order, without the outermost (reflect), or by the outermost again and again (edge).
/// Derivative (<see cref="ExtendGradient"/>): each element of x gets the sum of those of dy that are it.
/// </summary>
/// <param name="Axes">In the order of memory, the outermost first.</param>
/// <param name="Reflects">By reflection; else by the outermost element.</param>
internal sealed record Extend(string Name, Buffer X, Buffer Y, EquatableArray<ExtendedAxis> Axes, bool Reflects) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Y.Name} = {(Reflects ? "reflect" : "edge")} pad({X.Name})";

    /// <summary>Neighbours that no axis between them extends are one axis.</summary>
    public static EquatableArray<ExtendedAxis> Joined(IEnumerable<ExtendedAxis> axes)
    {
        var joined = new List<ExtendedAxis>();
        foreach (ExtendedAxis axis in axes)
        {
            if (joined.Count > 0 && !axis.IsExtended && !joined[joined.Count - 1].IsExtended)
                joined[joined.Count - 1] = new ExtendedAxis(joined[joined.Count - 1].Size * axis.Size, 0, 0);
            else
                joined.Add(axis);
        }

        return joined.ToEquatable();
    }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is { } dx)
            gradients.Add(new ExtendGradient(KernelNames.Gradient(Name, ""), gradients.Of(Y), dx.Buffer, dx.Access, Axes, Reflects));
    }

    public override void Emit(KernelWriter w) => new ExtendVectors(Axes, Reflects).Emit(w, X, Y);
}

/// <summary>dx = the sum of all of dy that an element was copied to.</summary>
internal sealed record ExtendGradient(string Name, Buffer Dy, Buffer Dx, Access DxAccess, EquatableArray<ExtendedAxis> Axes, bool Reflects) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Dy, Access.Read), new(Dx, DxAccess)];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, $"{(Reflects ? "reflect" : "edge")} pad back({Dy.Name})");

    public override void Emit(KernelWriter w) => new ExtendVectors(Axes, Reflects).EmitGradient(w, Dy, Dx, DxAccess == Access.Accumulate);
}
