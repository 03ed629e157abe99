using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Kernels;

/// <summary>A <see cref="ChannelMap"/> over planes, in vectors along each of them: what is the same for all of a channel is in every lane.</summary>
internal static class PlaneMap
{
    public static void Emit(KernelWriter w, ChannelMap map) => w.PerWidth(map.Rows, Lanes.Eight, v =>
        ForEachChannel(v, map, (values, y, perChannel) =>
        {
            List<Chunk> chunks = map.YAccess == Access.Overwrite ? Chunk.Overlapping(map.Rows, v.Lanes) : Chunk.Disjoint(map.Rows, v.Lanes);
            Func<Chunk, Func<string, string>> single = Broadcast(v, map, perChannel, chunks);
            Planes.ForEachVector(v, chunks, [.. map.Values.Select((s, k) => (s.Variable + "At", values[k])), ("yAt", y)], (at, group) =>
            {
                foreach (Chunk chunk in group)
                    v.Store(at[map.Values.Count], chunk, map.Print(v, at, chunk, single(chunk)));
            });
        }));

    /// <summary>The sum of the map over each plane is added to the channel's element of its result.</summary>
    public static void EmitSum(KernelWriter w, ChannelMap terms) => w.PerWidth(terms.Rows, Lanes.Eight, v =>
        ForEachChannel(v, terms, (values, sum, perChannel) =>
        {
            List<Chunk> chunks = Chunk.Disjoint(terms.Rows, v.Lanes);
            Func<Chunk, Func<string, string>> single = Broadcast(v, terms, perChannel, chunks);
            string all = v.Sum(terms.Rows, [.. terms.Values.Select((s, k) => (s.Variable + "At", values[k]))], (at, chunk) => terms.Print(v, at, chunk, single(chunk)));
            v.Code.Line($"{sum.Element} += {all};");
        }, resultPerChannel: true));

    private static void ForEachChannel(VectorWriter v, ChannelMap map, Action<Place[], Place, Place[]> body, bool resultPerChannel = false)
    {
        int values = map.Values.Count;
        v.Repeat(map.Channels,
            [
                .. map.Values.Select(s => (s.Variable + "Of", v.Start(s.Buffer), map.Rows)), ("yOf", v.Start(map.Y), resultPerChannel ? 1 : map.Rows),
                .. map.PerChannel.Select(s => (s.Variable + "Of", v.Start(s.Buffer), 1)),
            ],
            at => body([.. at.Take(values)], at[values], [.. at.Skip(values + 1)]), writtenOut: false);
    }

    /// <summary>Declares a channel's values in every lane, for each width that is used.</summary>
    private static Func<Chunk, Func<string, string>> Broadcast(VectorWriter v, ChannelMap map, Place[] perChannel, List<Chunk> chunks)
    {
        Func<string, string> single = map.DeclareSingle(v, perChannel);
        var names = new Dictionary<(Lanes, string), string>();
        foreach (Lanes lanes in chunks.Select(static c => c.Lanes).Distinct())
        {
            foreach (string variable in map.PerChannel.Select(static s => s.Variable).Concat(map.Hoisted.Select(static h => h.Name)).Where(n => map.Function.Contains(Expr.Var(n))))
            {
                string local = v.Kernel.Local(variable + "s");
                v.Code.Line($"var {local} = {lanes.Broadcast(single(variable))};");
                names[(lanes, variable)] = local;
            }
        }

        return chunk => variable => names.TryGetValue((chunk.Lanes, variable), out string? local) ? local : variable;
    }
}
