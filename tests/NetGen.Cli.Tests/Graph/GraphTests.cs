using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using NetGen.Cli.Graph;
using NetGen.Cli.Graph.Drawing;
using NetGen.Compiler;
using Xunit;

namespace NetGen.Cli.Tests.Graph;

/// <summary><c>netgen graph</c>: what the pictures say.</summary>
public sealed class GraphTests : IDisposable
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tool_writes_a_picture_of_the_layers_their_shapes_and_their_costs()
    {
        const string Name = "Ziffern & <b> für später 日本.yaml";
        _folder.Write(Name, """
            input: [1, 8, 8]
            layers:
              - conv2d: { filters: 4, kernel_size: 3, padding: same, activation: { elu: { alpha: 0.5 } }, name: edges }
              - conv2d: { filters: 4, kernel_size: [3, 1], padding: same, trainable: false }
              - add: [conv2d_2, edges]
              - dropout: 0.25
              - flatten
              - dense: { units: 2, trainable: [weight] }
              - softmax
            loss: cross_entropy
            optimizer: { adam: { learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 100 } } } }
            """);
        Assert.Equal("", (await Tool.Run(_folder.Path, "graph", Name, "-o", "net.svg")).Successful());
        XElement svg = XDocument.Load(_folder.File("net.svg")).Root!;

        string[] texts = [.. svg.Descendants(s_svg + "text").Select(static t => t.Value)];
        Assert.Equal(
            [
                Path.GetFileNameWithoutExtension(Name), "[channels 1, 8, 8] → 2", "606 parameters · 2,424 bytes · 5,888 multiply-adds (macs)",
                "input", "edges", "conv2d · elu (alpha 0.5)", "filters 4 · kernel_size 3 · padding same", "40 parameters", "2,304 macs",
                "conv2d_2", "conv2d", "filters 4 · kernel_size [3, 1] · padding same", "52 parameters, frozen", "3,072 macs",
            ],
            texts.Take(14));
        Assert.Equal(4, texts.Count(static t => t == "[channels 4, 8, 8]"));
        Assert.Contains("514 parameters, partly frozen", texts);
        Assert.Contains("rate 0.25", texts);
        Assert.Contains("adam · learning_rate cosine (from 0.1, to 0.001, steps 100)", texts);
        // A line for each arc: seven layers, of which one reads two, the output and the loss.
        Assert.Equal(10, svg.Descendants(s_svg + "path").Count(static p => ((string?)p.Attribute("class"))?.StartsWith("wire", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void The_same_spec_gives_the_same_picture_and_its_texts_stay_in_their_boxes()
    {
        string name = new('a', 60);
        string spec = $"input: 16\nlayers: [ {{ dense: {{ units: 16, activation: relu, name: {name} }} }}, {{ lstm: {{ units: 4, return_sequences: true, name: b{name} }} }}, {{ dense: {{ units: 3, name: c{name}, use_bias: false }} }}, {{ dropout: {{ rate: 0.5, name: d{name} }} }} ]\nloss: mean_squared_error\n"
            .Replace("input: 16", "input: [5, 16]", StringComparison.Ordinal);
        string picture = Draw("net.yaml", spec);
        Assert.Equal(picture, Draw("net.yaml", spec));

        XElement svg = XDocument.Parse(picture).Root!;
        // The whole name is in the tooltip.
        Assert.Contains(svg.Descendants(s_svg + "title"), t => t.Value.StartsWith($"b{name}: lstm\nunits 4\nreturn_sequences true\n[time 5, features 16] to [time 5, features 4]\nweight_ih_l0 [16, 16]", StringComparison.Ordinal));
        int boxes = 0;
        foreach (XElement group in svg.Descendants(s_svg + "g").Where(static g => g.Elements(s_svg + "rect").Any()))
        {
            XElement box = group.Element(s_svg + "rect")!;
            (double left, double right) = (Number(box, "x"), Number(box, "x") + Number(box, "width"));
            foreach (XElement text in group.Elements(s_svg + "text"))
            {
                string style = (string)text.Attribute("class")!;
                double width = TextWidth.Of(text.Value, style.StartsWith("name", StringComparison.Ordinal) ? Sizes.NameSize : Sizes.DetailSize, style.StartsWith("name", StringComparison.Ordinal));
                double begin = Number(text, "x") - (style.EndsWith("right", StringComparison.Ordinal) ? width : style.EndsWith("middle", StringComparison.Ordinal) ? width / 2 : 0);
                Assert.True(begin > left + 4 && begin + width < right - 4, $"'{text.Value}' is wider than its box");
            }

            boxes++;
        }

        Assert.Equal(6, boxes);
    }

    [Theory]
    [InlineData("short", 100, "short")]
    [InlineData("a text that is longer than there is room for", 100, "a text that is lo…")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301", 31, "e\u0301e\u0301…")]
    [InlineData("x", 1, "…")]
    public void A_text_is_cut_between_letters_to_what_fits(string text, double width, string cut)
    {
        Assert.Equal(cut, TextWidth.Fit(text, width, 11));
        if (text.Length > 1)
            Assert.True(TextWidth.Of(cut, 11) <= width + 0.1);
    }

    [Fact]
    public void What_xml_cannot_hold_is_replaced() => Assert.Equal("a\uFFFDb\uFFFDc", XDocument.Parse(Draw("a\u0001b\uD800c.yaml", Specs.Right)).Root!.Element(s_svg + "title")!.Value);

    [Fact]
    public void Colours_are_told_apart_in_grey()
    {
        double[] lightness = [.. Family.All.Where(static f => f != Family.End).Select(static f => Luminance(f.Strong)).Order()];
        Assert.All(lightness.Zip(lightness.Skip(1)), static pair => Assert.True(pair.Second - pair.First > 0.01, $"{pair}"));
        // Texts are dark on light, light on dark.
        Assert.All(Family.All, static f => Assert.True(Luminance(f.Light) > 0.8 && Luminance(f.Dark) < 0.05, f.Name));
    }

    private static string Draw(string path, string yaml) => NetworkPicture.Draw(new LoadedSpec(path, yaml, NetworkCompiler.Check(yaml).Network!));

    private static double Number(XElement element, string attribute) => (double)element.Attribute(attribute)!;

    /// <summary>The relative luminance of sRGB, from 0 to 1.</summary>
    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            double c = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}
