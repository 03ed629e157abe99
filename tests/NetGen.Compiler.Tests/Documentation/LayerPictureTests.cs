using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using Xunit;

namespace NetGen.Compiler.Tests.Documentation;

/// <summary>The pages on layers show specs that compile, and pictures that the reference draws of them.</summary>
public sealed class LayerPictureTests
{
    private static readonly string[] s_names =
    [
        "exp", "log", "sqrt", "square", "abs", "reciprocal", "sin", "cos", "clip", "power", "rescaling", "normalization",
        "add", "subtract", "multiply", "divide", "maximum", "minimum", "average", "concat",
        "reduce_mean", "reduce_sum", "reduce_max", "reduce_min", "group_norm", "instance_norm",
        "slice", "pad", "reverse", "repeat_vector", "upsample1d", "upsample2d", "pixel_shuffle", "pixel_unshuffle", "ceil_mode", "count_include_pad",
        "simple_rnn", "gru", "lstm", "initial_state", "bidirectional", "weights_of",
    ];

    public static TheoryData<string> Names => [.. s_names];

    public static TheoryData<string> Pictures => [.. LayerPictures.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_layer_has_a_section_with_its_picture_and_a_row_in_the_table(string name)
    {
        LayerSection section = Assert.Single(LayerPage.Sections, s => s.Names.Contains(name));
        Assert.Contains(name, section.Pictures);
        Assert.Contains($"[`{name}`]({section.Page}#{name})", File.ReadAllText(Path.Combine(LayerPage.Folder, "README.md")));
    }

    [Fact]
    public void Every_spec_on_the_pages_is_right()
    {
        IEnumerable<string> wrong =
            from section in LayerPage.Sections
            from spec in section.Specs
            from diagnostic in NetworkCompiler.Check(spec).Diagnostics
            select $"{section.Page}, {section.Heading}: {diagnostic.ToString("spec")}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_picture_is_shown_once_and_drawn_here()
    {
        Assert.Equal(LayerPictures.All.Keys.Order(StringComparer.Ordinal), LayerPage.Sections.SelectMany(static s => s.Pictures).Order(StringComparer.Ordinal));
        Assert.Equal(
            LayerPictures.All.Keys.Select(static name => name + ".svg").Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(LayerPage.Folder, "pictures")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>With the environment variable <c>NETGEN_ACCEPT_SNAPSHOTS</c> set to 1, a picture that differs is written anew.</summary>
    [Theory, MemberData(nameof(Pictures))]
    public void A_picture_is_what_the_reference_draws(string name)
    {
        LayerSection section = Assert.Single(LayerPage.Sections, s => s.Pictures.Contains(name));
        string drawn = LayerPictures.All[name](section), file = Path.Combine(LayerPage.Folder, "pictures", name + ".svg");
        string shown = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (shown != drawn && Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(file, shown = drawn);
        Assert.Equal(drawn, shown);
    }

    [Fact]
    public void A_shared_weights_gradient_in_the_picture_is_the_sum_of_the_others()
    {
        LayerSection section = Assert.Single(LayerPage.Sections, static s => s.Pictures.Contains("weights_of"));
        (double[] first, double[] second, double[] sum) = LayerPictures.GradientsOfSharedWeight(section.Specs[0]);
        Assert.Contains(first, static g => g != 0);
        Assert.Contains(second, static g => g != 0);
        Assert.All(sum, (g, i) => Assert.Equal(first[i] + second[i], g, 1e-12));
    }
}
