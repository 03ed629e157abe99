using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;
using Buffer = NetGen.Compiler.Ir.Buffer;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// A variable of a formula, what it is read from, and how far apart its neighbours along each axis stand: 0 where it is the same for all of them.
/// </summary>
internal sealed record PlacedSource(string Variable, Buffer Buffer, EquatableArray<int> Strides);

/// <summary>
/// The axes that a formula is computed over, the outermost first, none of a single element unless it is the only one; those that every buffer has one behind
/// the other are one.
/// </summary>
/// <param name="Sizes">How many places each has.</param>
/// <param name="Result">How far apart their results stand; 0 along an axis over which they are joined.</param>
internal sealed record PlacedAxes(EquatableArray<int> Sizes, EquatableArray<int> Result, EquatableArray<PlacedSource> Sources)
{
    /// <param name="sizes">The axes as they are presented.</param>
    /// <param name="result">The strides of the result along them.</param>
    /// <param name="sources">The same of what is read.</param>
    /// <param name="order">Strides by which the axes are put in order: the largest is the outermost.</param>
    public static PlacedAxes Of(IReadOnlyList<int> sizes, IReadOnlyList<int> result, IReadOnlyList<PlacedSource> sources, IReadOnlyList<int> order)
    {
        var axes = new List<(int Size, int[] Strides)>();
        foreach (int axis in Enumerable.Range(0, sizes.Count).Where(k => sizes[k] > 1).OrderByDescending(k => order[k]))
        {
            int size = sizes[axis];
            int[] strides = [result[axis], .. sources.Select(s => s.Strides[axis])];
            if (axes.Count > 0 && axes[axes.Count - 1] is var outer && outer.Strides.Zip(strides, (o, s) => o == s * size).All(static same => same))
                axes[axes.Count - 1] = (outer.Size * size, strides);
            else
                axes.Add((size, strides));
        }

        // A single place is an axis as well.
        if (axes.Count == 0)
            axes.Add((1, [.. Enumerable.Repeat(1, sources.Count + 1)]));
        return new PlacedAxes(
            axes.Select(static a => a.Size).ToEquatable(), axes.Select(static a => a.Strides[0]).ToEquatable(),
            sources.Select((s, k) => s with { Strides = axes.Select(a => a.Strides[k + 1]).ToEquatable() }).ToEquatable());
    }

    public int Count => Sizes.Count;

    public int Inner => Sizes[Count - 1];

    /// <summary>The axes over which results are joined.</summary>
    public IEnumerable<int> Joined => Enumerable.Range(0, Count).Where(axis => Result[axis] == 0);

    public IEnumerable<int> Kept => Enumerable.Range(0, Count).Where(axis => Result[axis] != 0);

    /// <summary>How many places there are.</summary>
    public long Places => Sizes.Aggregate(1L, static (product, size) => product * size);

    /// <summary>A loop in a loop over some of the axes: the body is told where the sources stand, and last the result.</summary>
    public void Over(VectorCode v, IEnumerable<int> axes, Address[] at, Action<Address[]> body)
    {
        int[] walked = [.. axes];
        void Within(int k, Address[] from)
        {
            if (k == walked.Length)
            {
                body(from);
                return;
            }

            // What is the same all along the axis stays where it is.
            int axis = walked[k];
            int[] moving = [.. Enumerable.Range(0, from.Length).Where(b => StrideOf(b, axis) != 0)];
            v.Repeat(Sizes[axis], [.. moving.Select(b => (HintOf(b) + "At", from[b], (Offset)StrideOf(b, axis)))], to =>
            {
                Address[] places = [.. from];
                for (int m = 0; m < moving.Length; m++)
                    places[moving[m]] = to[m];
                Within(k + 1, places);
            }, isWrittenOut: false);
        }

        Within(0, at);
    }

    /// <summary>A loop over one axis, so many places at a time, each told by its number among them; then over what is left.</summary>
    public void OverInSteps(VectorCode v, int axis, int together, Address[] at, Action<Address[], int> body)
    {
        int[] moving = [.. Enumerable.Range(0, at.Length).Where(b => StrideOf(b, axis) != 0)];
        void Loop(int trips, int step, int from) => v.Repeat(
            trips, [.. moving.Select(b => (HintOf(b) + "At", at[b] + (StrideOf(b, axis) * from), (Offset)(StrideOf(b, axis) * step)))], to =>
            {
                for (int k = 0; k < step; k++)
                {
                    Address[] places = [.. at];
                    for (int m = 0; m < moving.Length; m++)
                        places[moving[m]] = to[m] + (StrideOf(moving[m], axis) * k);
                    body(places, k);
                }
            }, isWrittenOut: false);

        Loop(Sizes[axis] / together, together, 0);
        if (Sizes[axis] % together > 0)
            Loop(Sizes[axis] % together, 1, Sizes[axis] / together * together);
    }

    /// <summary>The stride of a source, or behind the last of the result.</summary>
    public int StrideOf(int buffer, int axis) => buffer < Sources.Count ? Sources[buffer].Strides[axis] : Result[axis];

    public string HintOf(int buffer) => buffer < Sources.Count ? Sources[buffer].Variable : "y";

    /// <summary>The elements of every source, and last of the result, at each place, in order.</summary>
    public IEnumerable<int[]> Elements()
    {
        int[] place = new int[Count];
        for (long n = 0; n < Places; n++)
        {
            yield return [.. Enumerable.Range(0, Sources.Count + 1)
                .Select(b => Enumerable.Range(0, place.Length).Sum(axis => place[axis] * StrideOf(b, axis)))];
            for (int axis = Count - 1; axis >= 0 && ++place[axis] == Sizes[axis]; axis--)
                place[axis] = 0;
        }
    }

    /// <summary>A formula over the sources' values, each of which is asked for once.</summary>
    public Term Value(Expr formula, Func<int, Term> value)
    {
        var known = new Dictionary<string, Term>();
        return ExprTerms.Of(formula, name =>
        {
            if (!known.TryGetValue(name, out Term? term))
                known[name] = term = value(Enumerable.Range(0, Sources.Count).First(k => Sources[k].Variable == name));
            return term;
        });
    }
}
