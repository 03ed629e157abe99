using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>The samples with the largest losses: what they are, what was right and what the network gave.</summary>
internal static class WorstSection
{
    /// <summary>The features that have a column; of more, the rest is counted.</summary>
    private const int MostFeatures = 8;

    private const int MostImages = 24, MostRows = 100;

    public static Action<HtmlText>? Of(ReportModel model)
    {
        if (model.Worst.Count == 0)
            return null;
        return html =>
        {
            WorstSample[] images = [.. model.Worst.Where(static s => s.Image is not null).Take(MostImages)];
            if (images.Length > 0)
                WriteImages(html, model, images);
            else
                Table(model).Write(html);
        };
    }

    private static string Intro(ReportModel model) =>
        $"The samples of the {model.MeasuredOn} set that the network does worst on. Rows are counted from 1.";

    private static DataTable Table(ReportModel model)
    {
        WorstSample[] samples = [.. model.Worst.Take(MostRows)];
        IReadOnlyList<(string Name, string Value)> features = samples.MaxBy(static s => s.Features.Count)!.Features;
        int shown = Math.Min(features.Count, MostFeatures);
        string note = features.Count > shown ? $" The first {shown} of {Figures.Count(features.Count)} features are shown." : "";
        return new DataTable("Largest losses", Intro(model) + note,
        [
            new("row", IsNumber: true), new("right"), new("given"), new("loss", IsNumber: true),
            .. features.Take(shown).Select(static f => new TableColumn(f.Name)),
        ],
        [.. samples.Select(s => (IReadOnlyList<string>)
        [
            Figures.Count(s.Row), s.Right, s.Given, Figures.Text(s.Loss),
            .. Enumerable.Range(0, shown).Select(k => k < s.Features.Count ? s.Features[k].Value : ""),
        ])]);
    }

    private static void WriteImages(HtmlText html, ReportModel model, WorstSample[] samples)
    {
        html.Text("p", Intro(model), ("class", "text soft"));
        using (html.Element("ul", ("class", "sheet")))
        {
            foreach (WorstSample sample in samples)
            {
                using (html.Element("li"))
                {
                    string alt = $"Sample {Figures.Count(sample.Row)}, right: {sample.Right}, given: {sample.Given}";
                    html.Void("img", ("src", BitmapUri.Of(sample.Image!)), ("alt", alt));
                    html.Foreign("b", sample.Given);
                    html.Foreign("span", $"right: {sample.Right}");
                    html.Text("span", $"loss {Figures.Text(sample.Loss)}, row {Figures.Count(sample.Row)}", ("class", "soft"));
                }
            }
        }
    }
}
