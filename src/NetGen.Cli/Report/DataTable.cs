using System.Collections.Generic;
using NetGen.Cli.Output;

namespace NetGen.Cli.Report;

/// <summary>A column of a table.</summary>
/// <param name="IsNumber">Its cells end at the same place.</param>
internal readonly record struct TableColumn(string Name, bool IsNumber = false);

/// <summary>A table with a caption, that scrolls by itself where the screen is narrower. The first cell of each row is its heading.</summary>
/// <param name="Note">Below the caption; empty for none.</param>
internal sealed record DataTable(string Caption, string Note, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A table of so many rows is not divided between pages of paper.</summary>
    private const int MostOfPage = 25;

    /// <summary>The last row is the sum or mean of the others.</summary>
    public bool HasTotal { get; init; }

    public void Write(HtmlText html)
    {
        using (html.Element("div", ("class", Rows.Count <= MostOfPage ? "scroll short" : "scroll")))
        using (html.Element("table"))
        {
            WriteCaption(html, Caption, Note);
            using (html.Element("thead"))
            using (html.Element("tr"))
            {
                foreach (TableColumn column in Columns)
                    html.Foreign("th", column.Name, Attributes(column, ("scope", "col")));
            }

            using (html.Element("tbody"))
            {
                for (int k = 0; k < Rows.Count; k++)
                {
                    using (html.Element("tr", HasTotal && k == Rows.Count - 1 ? [("class", "total")] : []))
                        WriteCells(html, Rows[k]);
                }
            }
        }
    }

    public static void WriteCaption(HtmlText html, string caption, string note)
    {
        using (html.Element("caption"))
        {
            html.Markup(XmlText.Escape(caption));
            if (note.Length > 0)
                html.Text("span", note);
        }
    }

    private void WriteCells(HtmlText html, IReadOnlyList<string> row)
    {
        for (int c = 0; c < Columns.Count; c++)
        {
            if (c == 0)
                html.Foreign("th", row[c], Attributes(Columns[c], ("scope", "row")));
            else if (Columns[c].IsNumber)
                html.Text("td", row[c], ("class", "number"));
            else
                html.Foreign("td", row[c]);
        }
    }

    private static (string Name, string Value)[] Attributes(TableColumn column, (string Name, string Value) scope) =>
        column.IsNumber ? [scope, ("class", "number")] : [scope];
}
