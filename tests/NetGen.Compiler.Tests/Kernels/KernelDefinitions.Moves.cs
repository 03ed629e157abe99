using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>What continues its input at its ends, and what makes it larger.</summary>
internal static partial class KernelDefinitions
{
    private static bool RunOfMoves(Kernel kernel, KernelData d)
    {
        switch (kernel)
        {
            case Extend k:
                foreach ((int x, int y) in PlacesOf(k.Axes, k.Reflects))
                    d.Put(k.Y, y, d.Read(k.X, x));
                return true;
            case ExtendGradient k:
                d.Begin(k.Dx, k.DxAccess);
                foreach ((int x, int y) in PlacesOf(k.Axes, k.Reflects))
                    d.Put(k.Dx, x, d.Read(k.Dy, y), Access.Accumulate);
                return true;
            case Upsample k:
                d.Begin(k.Y, Access.Overwrite);
                foreach ((int x, int y, double share) in SharesOf(k.Planes, k.IsLinear))
                    d.Put(k.Y, y, share * d.Read(k.X, x), Access.Accumulate);
                return true;
            case UpsampleGradient k:
                d.Begin(k.Dx, k.DxAccess);
                foreach ((int x, int y, double share) in SharesOf(k.Planes, k.IsLinear))
                    d.Put(k.Dx, x, share * d.Read(k.Dy, y), Access.Accumulate);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Each place of what is extended, with the place of the input that stands there.</summary>
    private static IEnumerable<(int X, int Y)> PlacesOf(IReadOnlyList<ExtendedAxis> axes, bool reflects)
    {
        IEnumerable<(int X, int Y)> places = [(0, 0)];
        foreach (ExtendedAxis axis in axes)
        {
            places = [.. from p in places from k in Enumerable.Range(0, axis.Extended)
                select ((p.X * axis.Size) + Inside(k - axis.Before, axis.Size), (p.Y * axis.Extended) + k)];
        }

        return places;

        int Inside(int place, int size) => !reflects ? Math.Clamp(place, 0, size - 1) : place < 0 ? -place : place >= size ? (2 * (size - 1)) - place : place;
    }

    /// <summary>What each output is made of.</summary>
    private static IEnumerable<(int X, int Y, double Share)> SharesOf(UpsampledPlanes p, bool isLinear) =>
        from outer in Enumerable.Range(0, p.Outer)
        from row in Along(p.Rows, p.Down, isLinear)
        from column in Along(p.Columns, p.Across, isLinear)
        from inner in Enumerable.Range(0, p.Inner)
        where row.Share * column.Share != 0
        select ((((((outer * p.Rows) + row.X) * p.Columns) + column.X) * p.Inner) + inner,
            (((((outer * p.Rows * p.Down) + row.Y) * p.Columns * p.Across) + column.Y) * p.Inner) + inner, row.Share * column.Share);

    private static IEnumerable<(int X, int Y, double Share)> Along(int size, int factor, bool isLinear)
    {
        for (int y = 0; y < size * factor; y++)
        {
            if (!isLinear)
            {
                yield return (y / factor, y, 1);
                continue;
            }

            double at = ((y + 0.5) / factor) - 0.5, below = Math.Floor(at);
            yield return ((int)Math.Clamp(below, 0, size - 1), y, 1 - (at - below));
            yield return ((int)Math.Clamp(below + 1, 0, size - 1), y, at - below);
        }
    }
}
