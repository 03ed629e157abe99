using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using NetGen.Cli.Report;

namespace NetGen.Cli.Tests.Report;

/// <summary>A report, read as XML: what is not well-formed does not come this far.</summary>
internal sealed class ReportPage
{
    private static readonly XNamespace s_html = "http://www.w3.org/1999/xhtml";

    private ReportPage(string text)
    {
        Text = text;
        Root = XDocument.Parse(text, LoadOptions.PreserveWhitespace).Root!;
    }

    public string Text { get; }

    public XElement Root { get; }

    /// <summary>The anchors of the sections, in their order.</summary>
    public IEnumerable<string> Sections => All("section").Select(static s => (string)s.Attribute("id")!);

    public static ReportPage Of(ReportModel model) => new(HtmlReport.Write(model));

    public static ReportPage Of(Page page) => new(page.ToString());

    /// <summary>The elements of HTML, not those of SVG.</summary>
    public IEnumerable<XElement> All(string element) => Root.Descendants(s_html + element);

    public XElement Section(string id) => All("section").Single(s => (string?)s.Attribute("id") == id);

    /// <summary>The drawing below a title.</summary>
    public XElement Chart(string title) =>
        All("figure").Single(f => f.Descendants(s_html + "h3").Single().Value.Trim() == title).Elements(GraphicsName("svg")).Single();

    /// <summary>The cells of a table, row by row, with the headings.</summary>
    public string[][] Table(string caption) =>
    [
        .. All("table").Single(t => t.Element(s_html + "caption")!.Nodes().OfType<XText>().First().Value.Trim() == caption).Descendants(s_html + "tr")
            .Select(static r => r.Elements().Select(static c => c.Value.Trim()).ToArray()),
    ];

    public static XName GraphicsName(string element) => XName.Get(element, "http://www.w3.org/2000/svg");

    public static bool HasClass(XElement element, string name) =>
        ((string?)element.Attribute("class") ?? "").Split(' ').Contains(name, StringComparer.Ordinal);
}
