using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>A width of vector: how many floats one holds, and the C# of what is done with it.</summary>
internal readonly record struct Lanes(int Count)
{
    public static readonly Lanes Four = new(4), Eight = new(8), Sixteen = new(16);

    /// <summary>From the widest on.</summary>
    public static readonly Lanes[] All = [Sixteen, Eight, Four];

    /// <summary>The class with the operations, by the name that the generated file gives it: <c>V256</c> is Vector256.</summary>
    public string Class => Invariant($"{NameMark.Alias}V{Bits}");

    /// <summary>The type of a vector of floats, by the name that the generated file gives it.</summary>
    public string Type => Invariant($"{NameMark.Alias}Floats{Count}");

    /// <summary>Those names, and what they stand for.</summary>
    public static IEnumerable<(string Alias, string Name)> Aliases => All.SelectMany(static l => new[]
    {
        (l.Type, Invariant($"global::System.Runtime.Intrinsics.Vector{l.Bits}<float>")),
        (l.Class, Invariant($"global::System.Runtime.Intrinsics.Vector{l.Bits}")),
    });

    public int Bits => 32 * Count;

    public string Zero => Type + ".Zero";

    public string Broadcast(string x) => $"{Class}.Create({x})";

    public string MultiplyAdd(string a, string b, string c) => $"{Class}.MultiplyAddEstimate({a}, {b}, {c})";

    /// <summary>0, 1, 2 and so on.</summary>
    public string Ascending => $"{Class}.Create({string.Join(", ", Enumerable.Range(0, Count).Select(static k => Invariant($"{k}f")))})";

    /// <summary>A vector of lanes 0 and 1: 0 in the first <paramref name="zeros"/>.</summary>
    public string KeepFrom(int zeros) =>
        $"{Class}.Create({string.Join(", ", Enumerable.Range(0, Count).Select(k => k < zeros ? "0f" : "1f"))})";

    /// <summary>The widths in which <paramref name="count"/> neighbours are worth computing, the widest first.</summary>
    public static IEnumerable<Lanes> For(int count) => All.Where(l => l.Count <= Math.Max(4, count));

    /// <summary>All bits in the first <paramref name="count"/> lanes.</summary>
    public string MaskOf(int count) =>
        $"{Class}.AsSingle({Class}.Create({string.Join(", ", Enumerable.Range(0, Count).Select(k => k < count ? "-1" : "0"))}))";
}

/// <summary>Neighbouring elements that one vector holds: the first ones of it, where they are fewer than its lanes.</summary>
internal readonly record struct Chunk(int Offset, Lanes Lanes, int Count)
{
    public bool IsWhole => Count == Lanes.Count;

    public int End => Offset + Count;

    /// <summary>
    /// Covers so many elements by vectors of one width, the last one moved back over elements that the one before it holds
    /// already: for what can be computed twice. Fewer than four are a part of a vector.
    /// </summary>
    public static List<Chunk> Overlapping(int count, Lanes widest)
    {
        Lanes lanes = Fitting(count, widest);
        if (count < 4)
            return [new Chunk(0, lanes, count)];
        List<Chunk> chunks = [];
        for (int at = 0; at < count; at += lanes.Count)
            chunks.Add(new Chunk(Math.Min(at, count - lanes.Count), lanes, lanes.Count));
        return chunks;
    }

    /// <summary>Covers so many elements once each: narrower vectors follow where a wide one no longer fits.</summary>
    public static List<Chunk> Disjoint(int count, Lanes widest)
    {
        List<Chunk> chunks = [];
        for (int at = 0; at < count;)
        {
            Lanes lanes = Fitting(count - at, widest);
            int taken = Math.Min(lanes.Count, count - at);
            chunks.Add(new Chunk(at, lanes, taken));
            at += taken;
        }

        return chunks;
    }

    private static Lanes Fitting(int count, Lanes widest) => Lanes.For(count).First(l => l.Count <= widest.Count);
}
