using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Binding;

namespace NetGen.Replay.Corpus;

/// <summary>One of the networks whose code is looked at.</summary>
/// <param name="Place">Where its spec was found first.</param>
/// <param name="Id">The beginning of its hash as it was when the corpus was gathered: what the compiler calls it later does not matter.</param>
/// <param name="Unrolls">What its specs say of <c>unroll</c>; networks that differ in that alone are one.</param>
/// <param name="Yaml">The first of its specs.</param>
internal sealed record CorpusNetwork(string Place, string Id, IReadOnlyList<Unroll> Unrolls, string Yaml)
{
    private const int IdLength = 10, MostOfPlace = 90;

    /// <summary>
    /// Layers of a network that is left out: such networks test that the compiler ends, take it seconds each, and their code is that of
    /// networks with fewer layers, again and again.
    /// </summary>
    public const int TooManyLayers = 200;

    /// <summary>The network of a text; null where it is none, or one that is left out.</summary>
    public static CorpusNetwork? Of(FoundText found)
    {
        if (NetworkCompiler.Check(found.Text).Network is not { } network || network.Layers.Count >= TooManyLayers)
            return null;
        return new CorpusNetwork(Key(found.Place), NetworkHash.Of(network with { Unroll = Unroll.Auto })[..IdLength], [network.Unroll], found.Text);
    }

    /// <summary>The place as a part of a line: names of specs may be long, and hold anything.</summary>
    private static string Key(string place)
    {
        string text = string.Concat(place.Select(static c => char.IsControl(c) || c == '#' ? ' ' : c));
        return text.Length > MostOfPlace ? text[..MostOfPlace] + "..." : text;
    }

    /// <summary>The same network found several times.</summary>
    public static CorpusNetwork Merge(IEnumerable<CorpusNetwork> same)
    {
        CorpusNetwork[] all = [.. same];
        return all[0] with { Unrolls = [.. all.SelectMany(static n => n.Unrolls).Distinct().Order()] };
    }
}
