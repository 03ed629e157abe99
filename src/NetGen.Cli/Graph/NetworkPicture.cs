using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Cli.Graph.Drawing;
using NetGen.Cli.Graph.Layout;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using static NetGen.Cli.Graph.Drawing.Sizes;

namespace NetGen.Cli.Graph;

/// <summary>
/// A picture of a network in SVG: boxes for what it is made of, from the input on top to the loss, and lines for what goes from one to the next.
/// </summary>
internal static class NetworkPicture
{
    private const double MostTitle = 620, HeaderHeight = 76;

    /// <summary>The same text for the same spec.</summary>
    public static string Draw(LoadedSpec spec)
    {
        NetworkSummary summary = NetworkSummary.Of(spec.Network);
        var root = (MapValue)YamlReader.Read(spec.Text, new DiagnosticBag())!;
        IReadOnlyList<Figure> figures = new FigureFactory(root, summary).Make();
        Arc[] arcs = [.. ArcsOf(spec.Network)];
        Arrangement arrangement = LayeredLayout.Run(new Digraph(
            [.. figures.Select(static f => new Vertex(f.Width, f.Height, f.Gives is null ? 0 : TextWidth.Of(f.Gives, LabelSize), TextWidth.Of(f.FarLabel, LabelSize)))], arcs));

        string title = TextWidth.Fit(spec.Name, MostTitle, TitleSize, isBold: true);
        string[] subtitles = [.. Subtitles(summary, figures)];
        double titleWidth = Math.Max(TextWidth.Of(title, TitleSize, isBold: true), subtitles.Max(static s => TextWidth.Of(s, SubtitleSize)));
        double inner = Math.Max(arrangement.Width, titleWidth);
        double width = Math.Ceiling(inner + (2 * Margin)), height = Math.Ceiling(arrangement.Height + HeaderHeight + (2 * Margin));

        var svg = new SvgText();
        svg.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("width", width), ("height", height), ("viewBox", $"0 0 {SvgText.Number(width)} {SvgText.Number(height)}"), ("role", "img"), ("aria-labelledby", "title description"));
        svg.Text("title", spec.Name, ("id", "title"));
        svg.Text("desc", $"A neural network from {InputsOf(spec.Network)} to {OutputsOf(spec.Network)}: {string.Join(", ", spec.Network.Layers.Select(static l => l.Name))}", ("id", "description"));
        svg.Text("style", StyleSheet.Text);
        svg.Empty("rect", ("class", "paper"), ("width", "100%"), ("height", "100%"));
        svg.Text("text", title, ("class", "title"), ("x", Margin), ("y", Margin + 16));
        for (int k = 0; k < subtitles.Length; k++)
            svg.Text("text", subtitles[k], ("class", "subtitle"), ("x", Margin), ("y", Margin + 36 + (16 * k)));
        svg.Open("g", ("transform", $"translate({SvgText.Number(Math.Round(Margin + ((inner - arrangement.Width) / 2)))} {SvgText.Number(Margin + HeaderHeight)})"));
        // Lines of one beginning are one line until they part.
        ILookup<int, int> leaving = Enumerable.Range(0, arcs.Length).ToLookup(k => arcs[k].From);
        for (int k = 0; k < arcs.Length; k++)
            DrawWire(svg, figures, arcs[k], arrangement.Wires[k], [.. leaving[arcs[k].From].Where(other => other < k).Select(other => arrangement.Wires[other])]);
        for (int k = 0; k < figures.Count; k++)
            FigureDrawing.Draw(svg, figures[k], arrangement.Boxes[k]);
        foreach (LabelPlace label in arrangement.Labels)
            svg.Text("text", label.IsFar ? figures[label.Vertex].FarLabel : figures[label.Vertex].Gives!, ("class", "label"), ("x", label.Left), ("y", label.Baseline));
        svg.Close();
        svg.Close();
        return svg.ToString();
    }

    /// <summary>Who reads whom: inputs are the first, outputs behind the layers, losses the last.</summary>
    private static IEnumerable<Arc> ArcsOf(Network network)
    {
        int inputs = network.Inputs.Count, outputs = inputs + network.Layers.Count, losses = outputs + network.Outputs.Count;
        int PlaceOf(ValueSource source) => source.IsInput ? source.Part : inputs + source.Layer;
        for (int k = 0; k < network.Layers.Count; k++)
        {
            foreach (ValueSource source in network.Layers[k].Sources)
                yield return new Arc(PlaceOf(source), inputs + k);
        }

        for (int k = 0; k < network.Outputs.Count; k++)
        {
            yield return new Arc(PlaceOf(network.Outputs[k].Source), outputs + k);
            if (network.Outputs[k].Loss is not null)
                yield return new Arc(outputs + k, losses++);
        }
    }

    private static string InputsOf(Network network) =>
        !network.NamesInputs ? network.Input.ToString() : string.Join(", ", network.Inputs.Select(static i => $"{i.Name} {i.Shape}"));

    private static string OutputsOf(Network network) =>
        !network.NamesOutputs ? network.Output.ToString() : string.Join(", ", network.Outputs.Select(static o => $"{o.Name} {o.Shape}"));

    private static IEnumerable<string> Subtitles(NetworkSummary summary, IReadOnlyList<Figure> figures)
    {
        Network network = summary.Network;
        // As the layers that read it take it.
        string input = network.NamesInputs ? string.Join(", ", network.Inputs.Select((i, k) => $"{i.Name} {figures[k].Gives}")) : figures[0].Gives!;
        yield return $"{input} → {OutputsOf(network)}";
        yield return string.Join(Separator,
            $"{CSharpLiteral.Grouped(network.ParameterCount)} parameters", $"{CSharpLiteral.Grouped(summary.Costs.ParameterBytes)} bytes", $"{CSharpLiteral.Grouped(summary.Costs.MultiplyAdds)} multiply-adds (macs)");
    }

    private static void DrawWire(SvgText svg, IReadOnlyList<Figure> figures, Arc arc, IReadOnlyList<Point> corners, IReadOnlyList<IReadOnlyList<Point>> drawn)
    {
        string dashed = figures[arc.To].Outline == Outline.Cut ? " dashed" : "";
        svg.Open("g");
        svg.Text("title", $"{figures[arc.From].Name} to {figures[arc.To].Name}{(figures[arc.From].Gives is { } shape ? ": " + shape : "")}");
        svg.Empty("path", ("class", "wire" + dashed), ("d", WirePath.Line(WirePath.Rest(corners, drawn))));
        svg.Empty("path", ("class", "arrow"), ("d", WirePath.Head(corners[^1])));
        svg.Close();
    }
}
