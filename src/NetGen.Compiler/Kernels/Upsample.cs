using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// y = x with more rows and columns: each element several times; or, linear, what lies between two neighbours, output o being at the input's place
/// p = (o + 1/2) / factor - 1/2, which is between its places floor(p) and floor(p) + 1, or the outermost element beyond those.
/// Derivative (<see cref="UpsampleGradient"/>): each element of x gets its share of what it gave to.
/// </summary>
internal sealed record Upsample(string Name, Buffer X, Buffer Y, UpsampledPlanes Planes, bool IsLinear) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Y, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override string Formula => $"{Y.Name} = {X.Name} {(IsLinear ? "interpolated" : "repeated")} {Planes}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Wanted(X) is not { } dx)
            return;
        // Both ways at once it goes row by row: the sum of the rows first, then of columns.
        Buffer? room = IsLinear && Planes is { Down: > 1, Across: > 1 } ? new Buffer(Y.Gradient().Named("Row"), Planes.WideRow, BufferRole.Activation) : null;
        gradients.Add(new UpsampleGradient(KernelNames.Gradient(Name, ""), gradients.Of(Y), room, dx.Buffer, dx.Access, Planes, IsLinear));
    }

    public override void Emit(KernelWriter w)
    {
        if (IsLinear)
            new InterpolatedVectors(Planes).Emit(w, X, Y);
        else
            new RepeatedVectors(Planes).Emit(w, X, Y);
    }
}

/// <summary>dx = the sum of dy over all that an element was repeated to; or its shares of what was interpolated.</summary>
/// <param name="OfRow">Room for a row's sum, where rows and columns are interpolated.</param>
internal sealed record UpsampleGradient(string Name, Buffer Dy, Buffer? OfRow, Buffer Dx, Access DxAccess, UpsampledPlanes Planes, bool IsLinear) : Kernel(Name)
{
    public override IEnumerable<Operand> Operands => [new(Dy, Access.Read), .. Room.Select(static r => new Operand(r, Access.Overwrite)), new(Dx, DxAccess)];

    public override IEnumerable<Buffer> Room => OfRow is null ? [] : [OfRow];

    public override long MultiplyAdds => 0;

    public override string Formula => KernelNames.Assign(Dx, DxAccess, $"{Dy.Name} over {(IsLinear ? "what was interpolated" : "each")} {Planes}");

    public bool Adds => DxAccess == Access.Accumulate;

    public override void Emit(KernelWriter w)
    {
        if (IsLinear)
            new InterpolatedVectors(Planes).EmitGradient(w, this);
        else
            new RepeatedVectors(Planes).EmitGradient(w, this);
    }
}
