using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;

namespace NetGen.Compiler.Tests.Kernels;

/// <content>What runs over the places of several axes.</content>
internal static partial class KernelDefinitions
{
    private static bool RunOfPlaces(Kernel kernel, KernelData d)
    {
        switch (kernel)
        {
            case Broadcast k:
                Walk(k.Axes, (at, y) => d.Put(k.Y, y, Activated(k.Epilogue, ValueAt(k.Axes, k.Function, at, d), d), k.YAccess));
                return true;
            case Reduction k:
                var joined = new SortedDictionary<int, List<double>>();
                Walk(k.Axes, (at, y) =>
                {
                    if (!joined.TryGetValue(y, out List<double>? values))
                        joined[y] = values = [];
                    values.Add(ValueAt(k.Axes, k.Function, at, d));
                });
                foreach ((int y, List<double> values) in joined)
                    d.Put(k.Y, y, k.Scale * (k.Kind switch { ReductionKind.Sum => values.Sum(), ReductionKind.Max => values.Max(), _ => values.Min() }),
                        k.YAccess);
                return true;
            default:
                return false;
        }
    }

    private static double ValueAt(PlacedAxes axes, Expr formula, int[] at, KernelData d) =>
        d.Value(formula, axes.Sources.Select((s, k) => (s.Variable, Value: d.Read(s.Buffer, at[k]))).ToDictionary(static v => v.Variable, static v => v.Value));

    /// <summary>Every place: where each source is read, and where the result belongs.</summary>
    private static void Walk(PlacedAxes axes, Action<int[], int> body)
    {
        void Within(int axis, int[] at, int y)
        {
            if (axis == axes.Sizes.Count)
                body(at, y);
            else
                ForEach(axes.Sizes[axis], place =>
                    Within(axis + 1, [.. at.Select((a, k) => a + (place * axes.Sources[k].Strides[axis]))], y + (place * axes.Result[axis])));
        }

        Within(0, new int[axes.Sources.Count], 0);
    }
}
