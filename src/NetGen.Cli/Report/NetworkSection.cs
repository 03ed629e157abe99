using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Passes;

namespace NetGen.Cli.Report;

/// <summary>The layers and what they cost, the network's picture, and the spec.</summary>
internal static class NetworkSection
{
    public static Action<HtmlText>? Of(ReportModel model) => html =>
    {
        NetworkSummary summary = model.Network.Summary;
        Layers(summary).Write(html);
        if (model.Network.Picture.Length > 0)
        {
            // A region that scrolls is reached by the keyboard as well.
            using (html.Element("div", ("class", "net"), ("role", "region"), ("aria-label", "Picture of the network"), ("tabindex", "0")))
                html.Markup(InlinePicture.Of(model.Network.Picture));
        }

        if (model.Network.SpecText.Length > 0)
        {
            using (html.Element("details"))
            {
                html.Text("summary", "The spec, as it was trained");
                html.Text("pre", model.Network.SpecText.ReplaceLineEndings("\n"));
            }
        }
    };

    /// <summary>The table of <c>netgen summary</c>.</summary>
    private static DataTable Layers(NetworkSummary summary)
    {
        List<IReadOnlyList<string>> rows = [.. summary.Network.Inputs.Select(i => (IReadOnlyList<string>)[i.Name, "", i.Shape.ToString(), "", "", .. Enumerable.Repeat("", 2 * summary.Times.Count)])];
        foreach ((int place, SummaryRow row) in summary.Rows.Index())
        {
            rows.Add(
            [
                row.Layer.Name, row.Kind, row.Layer.Output.ToString(),
                row.Parameters == 0 ? "" : Figures.Count(row.Parameters) + (row.IsFrozen ? " frozen" : ""),
                row.MultiplyAdds == 0 ? "" : Figures.Count(row.MultiplyAdds),
                .. summary.Times.SelectMany(t => Times(t.Layers[place].One, t.Layers[place].OfBatch)),
            ]);
        }

        rows.Add(
        [
            "total", "", "", Figures.Count(summary.Network.ParameterCount), Figures.Count(summary.Costs.MultiplyAdds),
            .. summary.Times.SelectMany(static t => Times(t.One, t.OfBatch)),
        ]);
        return new DataTable("Layers", Note(summary),
        [
            new("layer"), new("kind"), new("output"), new("parameters", IsNumber: true), new("multiply-adds", IsNumber: true),
            .. summary.Times.SelectMany(static t => (TableColumn[])
                [new($"{t.Machine.Name}, ns", IsNumber: true), new($"of {TimeEstimate.Samples}", IsNumber: true)]),
        ], rows)
        {
            HasTotal = true,
        };
    }

    private static string Note(NetworkSummary summary)
    {
        string training = summary.TrainingScratchBytes is { } bytes ? $", {Figures.Count(bytes)} in training on one sample" : "";
        return $"{Figures.Count(summary.TrainedParameters)} of {Figures.Count(summary.Network.ParameterCount)} parameters are trained; "
            + $"parameters: {Figures.Count(summary.Costs.ParameterBytes)} bytes; "
            + $"scratch memory: {Figures.Count(summary.Costs.ScratchBytes)} bytes forward{training}. "
            + $"Times are estimates for inference of one sample, and for each of {TimeEstimate.Samples}.";
    }

    private static string[] Times(double one, double ofBatch) => [TimeEstimate.Text(one), TimeEstimate.Text(ofBatch)];
}
