using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Models.Onnx.Export;
using Xunit;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>Exported networks in ONNX Runtime, against the reference in float64.</summary>
public sealed class ExportTests
{
    private static readonly Lazy<HashSet<string>> s_kinds = new(
        static () => [.. ExportSpecs.All.Values.SelectMany(static spec => new ReferenceCase(spec).LayerKinds)]);

    public static TheoryData<string> Networks => [.. ExportSpecs.All.Keys];

    public static TheoryData<string, int> FewByOpset
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string name in ExportSpecs.Few)
            {
                data.Add(name, ExportOptions.FirstOpset);
                data.Add(name, ExportOptions.LastOpset);
            }

            return data;
        }
    }

    public static TheoryData<string> LayerKinds => [.. LayerRegistry.Layers.All.Select(static l => l.Name)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_exported_network_gives_what_the_reference_gives(string network) => Exported.Of(network).AssertRuns(1, 3);

    [Theory]
    [MemberData(nameof(FewByOpset))]
    public void Other_opsets_say_the_same(string network, int opset) => new Exported(ExportSpecs.All[network], opset).AssertRuns(2);

    [Theory]
    [MemberData(nameof(LayerKinds))]
    public void Every_layer_is_exported_and_runs_in_one_of_the_networks(string kind)
    {
        Assert.NotNull(LayerExports.Find(kind));
        Assert.Contains(kind, s_kinds.Value);
    }

    [Fact]
    public void Every_activation_is_exported_and_nothing_else_is()
    {
        Assert.Equal(ActivationRegistry.Activations.All.Select(static a => a.Name).Order(StringComparer.Ordinal),
            ActivationExports.All.Select(static a => a.Kind).Order(StringComparer.Ordinal));
        Assert.Equal(LayerRegistry.Layers.All.Select(static l => l.Name).Order(StringComparer.Ordinal),
            LayerExports.All.SelectMany(static e => e.Kinds).Order(StringComparer.Ordinal));
    }
}
