using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Tests.Numerics;
using NetGen.Replay.Corpus;
using NetGen.Replay.Emission;
using Xunit;

namespace NetGen.Compiler.Tests.Replay;

/// <summary>Which specs the emission replay finds, and what it emits of them.</summary>
public sealed class SpecCorpusTests
{
    private const string Spec = "input: 3\nlayers: [dense: 2]\n";

    [Fact]
    public void Specs_that_tests_make_by_interpolation_are_found()
    {
        List<string> failed = [];
        FoundText[] texts = [.. StaticStrings.Of(typeof(ActivationNetworkTests).Assembly, failed.Add)];
        Assert.Empty(failed);
        FoundText found = Assert.Single(texts, static t => t.Place == "ActivationNetworkTests[prelu of 7]");
        Assert.Contains("layers: [dense: 7, prelu, dense: 3]", found.Text);
        Assert.NotNull(CorpusNetwork.Of(found));
        // From a dictionary, and from an array of tuples.
        Assert.Contains(texts, static t => t.Place == "JitTierTests[TierIris]");
        Assert.Contains(texts, static t => t.Place.StartsWith("PredictTests[Streamed]") && CorpusNetwork.Of(t) is not null);
    }

    [Fact]
    public void String_literals_are_found_in_source_and_sums_of_them_are_one()
    {
        const string Source = """"
            class C
            {
                const string A = "input: 3\n" + ("layers: " + @"[dense: 2]");
                [Theory, InlineData("x\ty")]
                void M() => Call($"{A} is no literal", """
                    raw
                      text
                    """);
            }
            """";
        Assert.Equal(["input: 3\nlayers: [dense: 2]", "x\ty", "raw\n  text"], CSharpStrings.Of(Source));
    }

    [Fact]
    public void A_network_counts_once_however_it_is_written_and_unrolled()
    {
        CorpusNetwork[] networks = SpecCorpus.Distinct(
        [
            new("a", "no spec with layers"),
            new("b", "input: 3\nlayers: [dense: -2]\n"),
            new("c\t#1", Spec),
            new("d", "{ input: [3], layers: [dense: { units: 2 }], unroll: full }"),
            new("e", "input: 3\nlayers: [dense: 4]\n"),
        ]);
        Assert.Equal(["c  1", "e"], networks.Select(static n => n.Place));
        Assert.Equal([Unroll.Auto, Unroll.Full], networks[0].Unrolls);
    }

    [Fact]
    public void Networks_of_too_many_layers_are_left_out()
    {
        static FoundText Deep(int layers) => new("deep", $"input: 3\nlayers: [{string.Join(", ", Enumerable.Repeat("relu", layers))}]\n");
        Assert.NotNull(CorpusNetwork.Of(Deep(CorpusNetwork.TooManyLayers - 1)));
        Assert.Null(CorpusNetwork.Of(Deep(CorpusNetwork.TooManyLayers)));
    }

    [Fact]
    public void A_quick_record_has_the_default_the_specs_own_unrollings_and_one_other()
    {
        CorpusNetwork network = CorpusNetwork.Of(new FoundText("a", Spec))! with { Unrolls = [Unroll.Auto, Unroll.None] };
        string[] variants = [.. Variant.Of(network, isFull: false).Select(static v => v.Name)];
        Assert.Contains("net10.0/auto", variants);
        Assert.Contains("net10.0/none", variants);
        Assert.InRange(variants.Length, 2, 3);
        Assert.Equal(3 * (Target.Named.Count + 2), Variant.Of(network, isFull: true).Count());
    }
}
