using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Cli.Report;

/// <summary>What the data are: the files, how they were divided, the columns, the classes.</summary>
internal static class DataSection
{
    /// <summary>The most rows of each table.</summary>
    private const int MostColumns = 100, MostClasses = 40;

    public static Action<HtmlText>? Of(ReportModel model) => model.Data is { } data ? html => Write(html, data) : null;

    private static void Write(HtmlText html, DataFacts data)
    {
        using (html.Element("dl", ("class", "facts text")))
        {
            if (data.Files.Count > 0)
            {
                html.Text("dt", data.Files.Count == 1 ? "File" : "Files");
                html.Foreign("dd", string.Join(", ", data.Files));
            }

            html.Text("dt", "Samples");
            html.Text("dd", Figures.Count(data.Rows));
            if (data.SplitText.Length > 0)
            {
                html.Text("dt", "Split");
                html.Foreign("dd", data.SplitText);
            }
        }

        if (data.ClassCounts.Count > 0)
            WriteClasses(html, data.ClassCounts);
        if (data.Columns.Count > 0)
            Columns(data.Columns).Write(html);
    }

    private static void WriteClasses(HtmlText html, IReadOnlyList<(string Name, long Count)> classes)
    {
        long all = Math.Max(1, classes.Sum(static c => c.Count)), largest = Math.Max(1, classes.Max(static c => c.Count));
        // Of many, the largest and the smallest.
        (string Name, long Count)[] ordered = [.. classes.OrderByDescending(static c => c.Count)];
        const int Half = MostClasses / 2;
        bool isAll = classes.Count <= MostClasses;
        IEnumerable<(string Name, long Count)> shown = isAll ? classes : ordered[..Half].Concat(ordered[^Half..]);
        using (html.Element("div", ("class", "scroll")))
        using (html.Element("table", ("class", "counts")))
        {
            DataTable.WriteCaption(html, "Classes", isAll ? "" : $"The {Half} largest and the {Half} smallest of {Figures.Count(classes.Count)}.");
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                html.Text("th", "class", ("scope", "col"));
                html.Text("th", "samples", ("scope", "col"), ("class", "number"));
                html.Text("th", "share", ("scope", "col"), ("class", "number"));
                html.Text("td", "");
            }

            using (html.Element("tbody"))
            {
                foreach ((string name, long count) in shown)
                {
                    string width = string.Create(CultureInfo.InvariantCulture, $"width: {100.0 * count / largest:0.#}%");
                    using (html.Element("tr"))
                    {
                        html.Foreign("th", name, ("scope", "row"));
                        html.Text("td", Figures.Count(count), ("class", "number"));
                        html.Text("td", Figures.Percent((double)count / all), ("class", "number"));
                        using (html.Element("td", ("class", "bars")))
                            html.Text("span", "", ("class", "bar"), ("style", width));
                    }
                }
            }
        }
    }

    private static DataTable Columns(IReadOnlyList<ColumnFacts> columns) => new("Columns",
        columns.Count > MostColumns ? $"The first {MostColumns} of {Figures.Count(columns.Count)}." : "",
        [
            new("column"), new("role"), new("kind"), new("lowest", IsNumber: true), new("mean", IsNumber: true), new("highest", IsNumber: true),
            new("deviation", IsNumber: true), new("distinct", IsNumber: true), new("missing", IsNumber: true),
        ],
        [.. columns.Take(MostColumns).Select(static c => (IReadOnlyList<string>)
        [
            c.Name, c.Role, c.Kind, Figures.Text(c.Min), Figures.Text(c.Mean), Figures.Text(c.Max), Figures.Text(c.Deviation),
            c.Distinct is { } distinct ? Figures.Count(distinct) : "", Figures.Count(c.Missing),
        ])]);
}
