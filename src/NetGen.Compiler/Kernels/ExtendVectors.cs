using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// The code of <see cref="Extend"/>: the inside is copied by stretches, each axis being extended as soon as all within it is; so what stands at its ends is
/// copied from y, in whole stretches too.
/// </summary>
internal sealed class ExtendVectors(EquatableArray<ExtendedAxis> axes, bool reflects)
{
    public void Emit(KernelWriter w, Ir.Buffer x, Ir.Buffer y) => w.Vectors(Fewest(isBack: false), v => WriteAxis(v, 0, v.Start(x), v.Start(y)));

    public void EmitGradient(KernelWriter w, Ir.Buffer dy, Ir.Buffer dx, bool adds) =>
        w.Vectors(Fewest(isBack: true), v => WriteBack(v, 0, v.Start(dy), v.Start(dx), adds));

    /// <summary>Elements of x for each place of an axis.</summary>
    private int Inner(int axis) => axes.Skip(axis + 1).Aggregate(1, static (size, a) => size * a.Size);

    /// <summary>Elements of y.</summary>
    private int InnerExtended(int axis) => axes.Skip(axis + 1).Aggregate(1, static (size, a) => size * a.Extended);

    /// <summary>Nothing within the places of an axis is extended.</summary>
    private bool IsWhole(int axis) => axes.Skip(axis + 1).All(static a => !a.IsExtended);

    /// <summary>Elements of the shortest stretch that vectors can copy.</summary>
    private int Fewest(bool isBack)
    {
        List<int> stretches = [];
        for (int axis = 0; axis < axes.Count; axis++)
        {
            if (IsWhole(axis))
                stretches.Add(axes[axis].Size * Inner(axis));
            if (axes[axis].IsExtended && (!isBack || IsWhole(axis)))
                stretches.Add(isBack ? Inner(axis) : InnerExtended(axis));
            if (IsWhole(axis))
                break;
        }

        return stretches.Where(static s => s >= VectorCode.FewestLanes).DefaultIfEmpty(1).Min();
    }

    private void WriteAxis(VectorCode v, int axis, Address x, Address y)
    {
        (int size, int before, int after) = axes[axis];
        int step = InnerExtended(axis);
        if (IsWhole(axis))
            VectorCopy.WriteAny(v, size * step, x, y + (before * step), adds: false);
        else
            v.Repeat(size, [("x", x, Inner(axis)), ("y", y + (before * step), step)], at => WriteAxis(v, axis + 1, at[0], at[1]), isWrittenOut: false);
        ForEachEnd(v, axes[axis], y, step, y + (before * step), step, (end, inside) => VectorCopy.WriteAny(v, step, inside, end, adds: false));
    }

    private void WriteBack(VectorCode v, int axis, Address dy, Address dx, bool adds)
    {
        (int size, int before, _) = axes[axis];
        int step = Inner(axis), wide = InnerExtended(axis);
        if (IsWhole(axis))
            VectorCopy.WriteAny(v, size * step, dy + (before * wide), dx, adds);
        else
            v.Repeat(size, [("dy", dy + (before * wide), wide), ("dx", dx, step)], at => WriteBack(v, axis + 1, at[0], at[1], adds), isWrittenOut: false);
        ForEachEnd(v, axes[axis], dy, wide, dx, step, (end, inside) =>
        {
            if (IsWhole(axis))
                VectorCopy.WriteAny(v, step, end, inside, adds: true);
            else
                WriteBack(v, axis + 1, end, inside, adds: true);
        });
    }

    /// <summary>Runs a body for each place at both ends of an axis, and the one within it that is copied there.</summary>
    /// <param name="extended">Where the axis begins with its ends.</param>
    /// <param name="inside">Where it begins without them, perhaps in other memory.</param>
    private void ForEachEnd(VectorCode v, ExtendedAxis axis, Address extended, int extendedStep, Address inside, int step, Action<Address, Address> body)
    {
        void End(int count, int at, int of) => v.Repeat(
            count, [("end", extended + (at * extendedStep), extendedStep), ("inside", inside + (of * step), reflects ? -step : 0)], at => body(at[0], at[1]),
            isWrittenOut: count <= 2);
        if (axis.Before > 0)
            End(axis.Before, 0, reflects ? axis.Before : 0);
        if (axis.After > 0)
            End(axis.After, axis.Before + axis.Size, reflects ? axis.Size - 2 : axis.Size - 1);
    }
}
