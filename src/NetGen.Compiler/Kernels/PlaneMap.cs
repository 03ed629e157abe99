using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>A <see cref="ChannelMap"/> over planes, in vectors along each of them: what is the same for all of a channel is in every lane.</summary>
internal static class PlaneMap
{
    public static void Emit(KernelWriter w, ChannelMap map) => w.Vectors(map.Rows, v => ForEachChannel(v, map, map.Rows, (values, y, constants) =>
    {
        int result = map.Values.Count;
        List<(string, Address)> places = [.. map.Values.Select((s, k) => (s.Variable + "At", values[k])), ("yAt", y)];
        v.OverSeveral(map.Rows, Tuning.Pools.PlaneVectors, once: map.YAccess != Ir.Access.Overwrite, places, parts =>
        {
            foreach ((Address[] at, Part part) in parts)
                v.Store(at[result], part, map.Value(v, at, part, constants));
        });
    }));

    /// <summary>The sum of the map over each plane is added to the channel's element of its result.</summary>
    public static void EmitSum(KernelWriter w, ChannelMap terms) => w.Vectors(terms.Rows, v => ForEachChannel(
        v, terms, 1, (values, sum, constants) => v.StoreElement(sum, v.Element(sum) + ChannelSum.SumOverRows(v, terms, values, constants))));

    /// <param name="results">How many elements of the result a channel has.</param>
    private static void ForEachChannel(VectorCode v, ChannelMap map, int results, Action<Address[], Address, IReadOnlyDictionary<string, Term>> body)
    {
        int values = map.Values.Count;
        v.Repeat(map.Channels,
            [
                .. map.Values.Select(s => (s.Variable + "Of", v.Start(s.Buffer), (Offset)map.Rows)), ("yOf", v.Start(map.Y), results),
                .. map.PerChannel.Select(s => (s.Variable + "Of", v.Start(s.Buffer), (Offset)1)),
            ],
            at => body([.. at.Take(values)], at[values], map.ConstantsOfOne(v, [.. at.Skip(values + 1)])), isWrittenOut: false);
    }
}
