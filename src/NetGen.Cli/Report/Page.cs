using System;
using System.Collections.Generic;

namespace NetGen.Cli.Report;

/// <summary>A figure that a page begins with.</summary>
/// <param name="Label">What it is: "Test accuracy".</param>
/// <param name="Value">As it is shown: "96.7 %".</param>
/// <param name="Detail">What belongs to it, small: "of 30 samples"; empty for none.</param>
internal sealed record KeyFigure(string Label, string Value, string Detail = "");

/// <summary>
/// A page in one file, that needs neither network nor script: a head, key figures, and sections with a list of them on top.
/// <code>
/// var page = new Page("iris", "Sweep") { Lead = "12 variants", Figures = [new("Best", "97.1 %")] };
/// page.Section("variants", "Variants", html =&gt; html.Text("p", "…"));
/// string text = page.ToString();
/// </code>
/// <see cref="ChartSvg"/> and <see cref="DataTable"/> write into sections. <see cref="PageStyle"/> has the classes: a heat map is a table of the class
/// <c>matrix</c> whose cells are <c>r1</c> (pale) to <c>r10</c> in blue, or <c>w1</c> to <c>w10</c> in orange.
/// </summary>
/// <param name="title">The heading, which may be a name of the user's.</param>
/// <param name="kind">What the page is, above the heading and in the window's title: "Training report".</param>
internal sealed class Page(string title, string kind)
{
    private readonly HtmlText _sections = new();
    private readonly List<(string Id, string Heading)> _contents = [];

    /// <summary>A sentence below the heading.</summary>
    public string Lead { get; init; } = "";

    /// <summary>Shown large, the most important first.</summary>
    public IReadOnlyList<KeyFigure> Figures { get; init; } = [];

    /// <summary>What the reader must know first.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A line at the end: what made the page.</summary>
    public string Foot { get; init; } = "";

    /// <summary>Adds a section.</summary>
    /// <param name="id">Of its anchor, unique on the page.</param>
    /// <param name="write">Writes what is below its heading, whose own headings begin with h3.</param>
    public void Section(string id, string heading, Action<HtmlText> write)
    {
        _contents.Add((id, heading));
        using (_sections.Element("section", ("id", id), ("aria-labelledby", id + "-heading")))
        {
            _sections.Text("h2", heading, ("id", id + "-heading"));
            write(_sections);
        }
    }

    /// <summary>The page. The same content gives the same text.</summary>
    public override string ToString()
    {
        var html = new HtmlText();
        html.Markup("<!DOCTYPE html>\n");
        using (html.Element("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")))
        {
            using (html.Element("head"))
            {
                html.Void("meta", ("charset", "utf-8"));
                html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
                html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
                html.Text("title", $"{title} – {kind}");
                html.Markup("<style>\n" + PageStyle.Text + "\n</style>\n");
            }

            using (html.Element("body"))
            {
                using (html.Element("header"))
                    WriteHeader(html);
                using (html.Element("main"))
                    html.Markup(_sections.ToString());
                if (Foot.Length > 0)
                    html.Text("footer", Foot);
            }
        }

        return html.ToString();
    }

    private void WriteHeader(HtmlText html)
    {
        html.Text("p", kind, ("class", "kind"));
        html.Foreign("h1", title);
        if (Lead.Length > 0)
            html.Foreign("p", Lead, ("class", "lead"));
        if (Figures.Count > 0)
        {
            using (html.Element("dl", ("class", "figures")))
            {
                foreach (KeyFigure figure in Figures)
                {
                    using (html.Element("div"))
                    {
                        html.Text("dt", figure.Label);
                        html.Text("dd", figure.Value, ("class", "value"));
                        if (figure.Detail.Length > 0)
                            html.Foreign("dd", figure.Detail, ("class", "soft"));
                    }
                }
            }
        }

        foreach (string note in Notes)
            html.Foreign("p", note, ("class", "note"), ("role", "note"));
        if (_contents.Count > 1)
        {
            using (html.Element("nav", ("aria-label", "Sections")))
            {
                foreach ((string id, string heading) in _contents)
                    html.Text("a", heading, ("href", "#" + id));
            }
        }
    }
}
