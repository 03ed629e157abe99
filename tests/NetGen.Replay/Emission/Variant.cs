using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Targets;
using NetGen.Replay.Corpus;

namespace NetGen.Replay.Emission;

/// <summary>What a network is emitted for, and how far unrolled.</summary>
internal sealed record Variant(string TargetName, Target Target, Unroll Unroll)
{
    public string Name => $"{TargetName}/{Unroll.ToString().ToLowerInvariant()}";

    /// <summary>Every target with every unrolling, the newest and the default first.</summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        .. from target in Targets()
           from unroll in (Unroll[])[Unroll.Auto, Unroll.Full, Unroll.None]
           select new Variant(target.Name, target.Target, unroll),
    ];

    /// <summary>
    /// What is emitted of a network: everything, or what changes most often, which is the newest target with the unrollings of its specs, and one of
    /// the rest by turns. Whose turn it is follows from the network, so that no network changes that of another.
    /// </summary>
    public static IEnumerable<Variant> Of(CorpusNetwork network, bool isFull)
    {
        if (isFull)
            return All;
        uint number = uint.Parse(network.Id.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Variant turn = All[1 + (int)(number % (uint)(All.Count - 1))];
        return All.Where(v => v == turn || (v.TargetName == All[0].TargetName && (v.Unroll == Unroll.Auto || network.Unrolls.Contains(v.Unroll))));
    }

    /// <summary>Those that users can name, arrays with all of a library, and the newest beside NetGen.Training.</summary>
    private static IEnumerable<(string Name, Target Target)> Targets() =>
        [.. Target.Named, ("arrays", Target.Arrays), ("training", Target.Net10 with { HasTraining = true })];
}
