using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Targets;
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

    /// <summary>The widest vectors that <paramref name="count"/> neighbours are worth.</summary>
    public static Lanes WidestFor(int count) => count >= Tuning.Source.FewestForSixteen || count == Sixteen.Count ? Sixteen : count >= Eight.Count ? Eight : Four;

    /// <summary>These and the narrower ones, the widest first.</summary>
    public IEnumerable<Lanes> AndNarrower()
    {
        int most = Count;
        return All.Where(l => l.Count <= most);
    }
}
