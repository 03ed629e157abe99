using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using static NetGen.Cli.Graph.Drawing.Sizes;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>From a checked spec to its figures: the input, the layers in their order, the output and, where there is one, the loss.</summary>
internal sealed class FigureFactory(MapValue spec, NetworkSummary summary)
{
    // What has a line of its own, or is not for a picture: tooltips have it.
    private static readonly string[] s_told = ["name", "activation", "from", "trainable", "in", "kernel_initializer", "bias_initializer", "recurrent_initializer"];

    private readonly long _most = summary.Rows.Max(static r => r.MultiplyAdds);

    public IReadOnlyList<Figure> Make()
    {
        Network network = summary.Network;
        LayerHeader[] headers = [.. ((ListValue)spec.Find("layers")!.Value).Items.Select(static i => HeaderOf(Node.Of(i)!))];
        List<Figure> figures = [.. network.Inputs.Select((input, k) =>
        {
            Shape given = GivenBy(ValueSource.Input(k));
            return new Figure(Outline.Pill, Family.End, input.Name, "", [], "", "", 0, given.ToString(), network.NamesInputs ? $"input {input.Name} {given}" : $"input {given}")
            {
                FarLabel = FarLabelOf(input.Name, ValueSource.Input(k)),
            };
        })];
        figures.AddRange(summary.Rows.Select((row, k) => OfLayer(row, headers[k], new ValueSource(k))));
        figures.AddRange(network.Outputs.Select(o => new Figure(
            Outline.Pill, Family.End, network.NamesOutputs ? o.Name : "output", "", [], "", "", 0, null, network.NamesOutputs ? $"output {o.Name} {o.Shape}" : $"output {o.Shape}")));
        figures.AddRange(network.Trained.Select(o => OfLoss(o, network)));
        double width = figures.Where(static f => f.Outline is Outline.Box or Outline.Dashed).Max(Wanted);
        return [.. figures.Select(f => Fitted(f, Math.Clamp(width, LeastWidth, MostWidth)))];
    }

    private static LayerHeader HeaderOf(Node layer) => new(layer, LayerRegistry.Layers.All.First(d => d.Name == layer.Kind.Value));

    private Figure OfLayer(SummaryRow row, LayerHeader header, ValueSource place)
    {
        Layer layer = row.Layer;
        IReadOnlyList<string> options = SpecWords.Options(header.Node, header.Definition.Keys, s_told);
        string kind = layer.Kind + (header.Node.Find("activation") is { } activation ? " · " + SpecWords.Of(activation) : "");
        string frozen = row.IsFrozen ? " frozen" : layer.Parameters.Any(static p => !p.IsTrained && !p.IsStatistic) ? " partly frozen" : "";
        string parameters = row.Parameters == 0 ? "" : $"{CSharpLiteral.Grouped(row.Parameters)} parameter{(row.Parameters == 1 ? "" : "s")}{(frozen.Length == 0 ? "" : "," + frozen)}";
        string work = row.MultiplyAdds == 0 ? "" : $"{CSharpLiteral.Grouped(row.MultiplyAdds)} macs";
        string[] tooltip =
        [
            $"{layer.Name}: {kind}",
            .. SpecWords.Options(header.Node, header.Definition.Keys, "name", "activation"),
            $"{layer.Input} to {layer.Output}",
            .. layer.Parameters.Select(p => $"{p.Name} [{string.Join(", ", p.Shape)}]{(p.IsTrained || p.IsStatistic ? "" : ", frozen")}"),
            .. row.MultiplyAdds == 0 ? Array.Empty<string>() : [$"{CSharpLiteral.Grouped(row.MultiplyAdds)} multiply-adds"],
        ];
        return new Figure(
            layer is Dropout ? Outline.Dashed : Outline.Box, Family.Of(layer), layer.Name, kind, options, parameters, work,
            row.MultiplyAdds == 0 ? 0 : (double)row.MultiplyAdds / _most, GivenBy(place).ToString(), string.Join("\n", tooltip))
        {
            FarLabel = FarLabelOf(layer.Name, place),
        };
    }

    /// <summary>The shape of what an input or a layer gives: where nothing had decided its axes, as the first decides that reads it.</summary>
    private Shape GivenBy(ValueSource source)
    {
        Shape shape = summary.Network.ShapeOf(source);
        return shape.Layout != Compiler.Shapes.Layout.Undecided ? shape
            : summary.Network.Layers.Where(l => l.Sources[0] == source).Select(static l => l.Input).FirstOrDefault(i => i.Layout != Compiler.Shapes.Layout.Undecided && i.Dimensions == shape.Dimensions) ?? shape;
    }

    private string FarLabelOf(string name, ValueSource source) => $"{TextWidth.Fit(name, MostFarName, LabelSize)} {GivenBy(source)}";

    private Figure OfLoss(OutputPart output, Network network)
    {
        Loss loss = output.Loss!;
        List<string> details = [.. OptionsOf(OutputBinder.LossOf(spec, network, output), LossRegistry.Losses.All.First(d => d.Name == loss.Kind).Keys)];
        // The optimizer is of all losses together: it stands with the first.
        if (output == network.Trained.First())
        {
            details.Add(network.Optimizer.Kind);
            IReadOnlyList<string> written = OptionsOf(spec.Find("optimizer")?.Value, OptimizerRegistry.Optimizers.All.First(d => d.Name == network.Optimizer.Kind).Keys);
            details.AddRange(written.Count > 0 ? written : [$"learning_rate {CSharpLiteral.Shortest(network.Optimizer.LearningRate)}"]);
            if (network.L2 > 0)
                details.Add($"l2 {CSharpLiteral.Shortest(network.L2)}");
        }

        return new Figure(Outline.Cut, Family.End, loss.Kind, "loss", details, "", "", 0, null, $"loss {loss.Kind}\n{string.Join("\n", details)}");
    }

    private static IReadOnlyList<string> OptionsOf(SpecValue? value, OptionKeys keys) =>
        value is not null && Node.Of(value) is { } node ? SpecWords.Options(node, keys) : [];

    /// <summary>The width that the texts take if none is cut; long details go on a second line.</summary>
    private static double Wanted(Figure f) => SidePadding + new[]
    {
        TextWidth.Of(f.Name, NameSize, isBold: true) + (f.Kind.Length == 0 ? 0 : Between + TextWidth.Of(f.Kind, DetailSize)),
        TextWidth.Of(f.Parameters, DetailSize) + (f.Work.Length == 0 ? 0 : Between + TextWidth.Of(f.Work, DetailSize)),
        Math.Min(TextWidth.Of(string.Join(Separator, f.Details), DetailSize), f.Outline == Outline.Cut ? MostLossWidth : FullLine),
    }.Max();

    /// <summary>The figure with its texts on lines that fit.</summary>
    private static Figure Fitted(Figure f, double width)
    {
        if (f.Outline == Outline.Pill)
            return f with { Width = TextWidth.Of(f.Name, NameSize, isBold: true) + 40, Height = SlimHeight };
        if (f.Outline == Outline.Cut)
            width = Math.Clamp(Wanted(f), LeastWidth, MostLossWidth);

        double inside = width - SidePadding;
        // What is one line of texts needs no more.
        bool isDefaultName = f.Name.StartsWith(f.Kind + "_", StringComparison.Ordinal) && f.Name[(f.Kind.Length + 1)..].All(char.IsAsciiDigit);
        if (f.Parameters.Length == 0 && f.Work.Length == 0 && f.Outline != Outline.Cut)
        {
            string right = string.Join(Separator, isDefaultName ? f.Details : [f.Kind, .. f.Details]);
            if (TextWidth.Of(f.Name, NameSize, isBold: true) + Between + TextWidth.Of(right, DetailSize) <= inside)
                return f with { Kind = right, Details = [], Width = width, Height = SlimHeight };
        }

        string kind = TextWidth.Fit(f.Kind, inside * 0.6, DetailSize);
        string name = TextWidth.Fit(f.Name, inside - (kind.Length == 0 ? 0 : Between + TextWidth.Of(kind, DetailSize)), NameSize, isBold: true);
        IReadOnlyList<string> details = Lines(f.Details, inside);
        bool hasLast = f.Parameters.Length > 0 || f.Work.Length > 0;
        return f with
        {
            Name = name, Kind = kind, Details = details, Width = width,
            Height = FirstLine + (LineHeight * (details.Count + (hasLast ? 1 : 0))) + BottomPadding + (f.Share > 0 ? BarRoom : 0),
        };
    }

    private static IReadOnlyList<string> Lines(IReadOnlyList<string> words, double width)
    {
        List<string> lines = [];
        foreach (string word in words)
        {
            string fitted = TextWidth.Fit(word, width, DetailSize);
            if (lines.Count > 0 && TextWidth.Of(lines[^1] + Separator + fitted, DetailSize) <= width)
                lines[^1] += Separator + fitted;
            else
                lines.Add(fitted);
        }

        return lines;
    }
}
