using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using NetGen.Cli.Report;
using NetGen.Training;
using Xunit;

namespace NetGen.Cli.Tests.Report;

/// <summary>The report as a whole: what is on it, and that it needs nothing besides itself.</summary>
public sealed class HtmlReportTests
{
    private const string Hostile = "</script><script>alert('x\"&\")</script> \u202Eevil\u0001";

    public static TheoryData<string> Kinds => [.. s_samples.Keys];

    private static readonly Dictionary<string, Func<ReportModel>> s_samples = new()
    {
        ["iris"] = SampleReports.Iris, ["binary"] = SampleReports.Binary, ["regression"] = SampleReports.Regression, ["digits"] = SampleReports.Digits,
        ["least"] = SampleReports.Least, ["hostile"] = HostileModel, ["many classes"] = static () => SampleReports.Classifier(60, 3_000),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_report_needs_neither_network_nor_script(string kind)
    {
        ReportPage page = ReportPage.Of(s_samples[kind]());

        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; img-src data:",
            (string?)page.All("meta").Single(static m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content"));
        string[] forbidden = ["script", "iframe", "object", "embed", "link", "base", "form", "foreignObject", "use", "image"];
        Assert.DoesNotContain(page.Root.DescendantsAndSelf(), e => forbidden.Contains(e.Name.LocalName, StringComparer.OrdinalIgnoreCase));
        foreach (XAttribute attribute in page.Root.DescendantsAndSelf().Attributes().Where(static a => !a.IsNamespaceDeclaration))
        {
            Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.ToString());
            if (attribute.Name.LocalName is "href" or "src")
                Assert.True(attribute.Value[0] == '#' || attribute.Value.StartsWith("data:image/bmp;base64,", StringComparison.Ordinal), attribute.ToString());
        }

        // Addresses are names of namespaces, and nothing else.
        string text = page.Text.Replace("\"http://www.w3.org/1999/xhtml\"", "").Replace("\"http://www.w3.org/2000/svg\"", "");
        Assert.DoesNotContain("http://", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_report_is_sound_for_those_who_cannot_see_it(string kind)
    {
        ReportPage page = ReportPage.Of(s_samples[kind]());

        string[] ids = [.. page.Root.DescendantsAndSelf().Attributes("id").Select(static a => a.Value)];
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.Single(page.All("h1"));
        Assert.All(page.All("table"), static t => Assert.NotEqual("", t.Elements().First(static e => e.Name.LocalName == "caption").Value.Trim()));
        Assert.All(page.All("img"), static i => Assert.NotEqual("", (string?)i.Attribute("alt") ?? ""));
        Assert.All(page.All("figure"), static f =>
            Assert.NotEqual("", (string?)f.Elements(ReportPage.GraphicsName("svg")).Single().Attribute("aria-label") ?? ""));
        // Each entry of the contents has its section.
        Assert.Equal(page.All("a").Select(static a => (string)a.Attribute("href")!), page.Sections.Select(static s => "#" + s));
        foreach (XElement labelled in page.Root.Descendants().Where(static e => e.Attribute("aria-labelledby") is not null))
            Assert.All(((string)labelled.Attribute("aria-labelledby")!).Split(' '), id => Assert.Contains(id, ids));
        // An HTML parser reads an empty element that is no void one as an open one.
        Assert.DoesNotContain(page.Root.Descendants(), static e => e.Name.LocalName is "td" or "th" or "span" or "p" or "div" or "li" or "bdi" && e.IsEmpty);
    }

    [Fact]
    public void Hostile_names_stay_text()
    {
        ReportPage page = ReportPage.Of(HostileModel());

        string shown = Hostile.Replace('\u0001', '\uFFFD');
        Assert.Equal(shown, page.All("h1").Single().Value);
        foreach (string id in (string[])["results", "classes", "values", "worst", "data", "run", "network"])
            Assert.Contains(shown, page.Section(id).Value, StringComparison.Ordinal);
        // Each stands in an element that keeps its direction to itself: the text of no other has the mark.
        XElement[] marked = [.. page.All("section").Descendants().Where(static e => e.Nodes().OfType<XText>().Any(static t => t.Value.Contains('\u202E')))];
        Assert.All(marked, static e => Assert.True(e.Name.LocalName is "bdi" or "pre" or "text" or "title" or "desc", e.ToString()));
        Assert.True(marked.Length > 10);
    }

    [Fact]
    public void What_is_not_known_has_no_section()
    {
        Assert.Equal(["curves", "network", "run"], ReportPage.Of(SampleReports.Least()).Sections);
        Assert.Equal(["network", "run"], ReportPage.Of(SampleReports.Least() with { Curves = new TrainingCurves([], []) }).Sections);
        Assert.Equal(["curves", "results", "classes", "worst", "network", "data", "run"], ReportPage.Of(SampleReports.Iris()).Sections);
        Assert.Equal(["curves", "results", "values", "worst", "network", "data", "run"], ReportPage.Of(SampleReports.Regression()).Sections);
    }

    [Fact]
    public void The_page_begins_with_how_good_the_network_is_and_what_it_took()
    {
        Assert.Equal(
            [
                ("Test accuracy", "95.5 %", "of 22 samples"), ("Test loss", "0.1034", "cross_entropy"), ("Epochs", "60", "of 100, epoch 43 kept"),
                ("Time", "4.2 s", "480 steps"), ("Parameters", "131", "4 → 3"),
            ], KeyFigures(SampleReports.Iris()));
        Assert.Equal(("Test RMSE", "35,870", "of 22 samples"), KeyFigures(SampleReports.Regression())[0]);
        // Without a test set, the validation's; without any, the last epoch's.
        ReportModel validation = SampleReports.Iris() with { MeasuredOn = "validation", Sets = [.. SampleReports.Iris().Sets.Take(2)] };
        Assert.Equal(("Validation accuracy", "95.7 %", "of 23 samples"), KeyFigures(validation)[0]);
        Assert.Equal(("Training loss", "1.5", "cross_entropy"), KeyFigures(SampleReports.Least())[0]);
    }

    [Fact]
    public void The_run_can_be_made_again_from_what_the_report_says()
    {
        string run = ReportPage.Of(SampleReports.Iris()).Section("run").Value;
        foreach (string fact in (string[])
        [
            SampleReports.Iris().Run.Command, "0.1.0", ".NET 10.0.1, Linux 6.12", "AVX-512, 8 processors", "1 (split", "7 (initial weights", "of epoch 43",
            "2026-03-14 15:09:26 +01:00", "did not improve",
        ])
            Assert.Contains(fact, run, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_model_gives_the_same_bytes_whatever_the_culture(string kind)
    {
        string text = HtmlReport.Write(s_samples[kind]());
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var numbers = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "~" };
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = numbers };
            Assert.Equal(text, HtmlReport.Write(s_samples[kind]()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void A_hundred_thousand_epochs_are_a_small_file()
    {
        string text = HtmlReport.Write(SampleReports.Long(100_000));
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 50_000, 500_000);
    }

    [Fact]
    public void Large_images_and_many_columns_are_a_small_file()
    {
        SampleImage image = SampleReports.Image(3, 224, 224, 1);
        ReportModel model = SampleReports.Digits() with
        {
            Worst = [.. Enumerable.Range(1, 200).Select(k => new WorstSample(k, "a", "b", 1, [], image))],
            Data = SampleReports.Digits().Data! with
            {
                Columns = [.. Enumerable.Range(0, 20_000).Select(static k => new ColumnFacts($"c{k}", "feature", "number", 0, 0, 0, 0, 0, 1))],
            },
        };
        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlReport.Write(model)), 50_000, 1_000_000);
    }

    [Fact]
    public void The_picture_of_the_network_keeps_its_rules_to_itself()
    {
        ReportPage page = ReportPage.Of(SampleReports.Iris());
        XElement picture = page.Section("network").Descendants(ReportPage.GraphicsName("svg")).Single();

        Assert.Equal("net-title net-description", (string?)picture.Attribute("aria-labelledby"));
        Assert.Contains(picture.Descendants(ReportPage.GraphicsName("text")), static t => t.Value == "hidden");
        string style = picture.Descendants(ReportPage.GraphicsName("style")).Single().Value;
        IEnumerable<string> rules = style.Split('\n').Where(static l => l.Contains('{') && !l.StartsWith('@'));
        string[] selectors = [.. rules.SelectMany(static l => l[..l.IndexOf('{')].Split(','))];
        Assert.True(selectors.Length > 20);
        Assert.All(selectors, static s => Assert.StartsWith(".net ", s.Trim(), StringComparison.Ordinal));
        Assert.Contains("@media screen and (prefers-color-scheme: dark) {", style, StringComparison.Ordinal);
        // Nothing but the selectors was changed.
        string before = XDocument.Parse(SampleReports.Iris().Network.Picture).Descendants(ReportPage.GraphicsName("style")).Single().Value;
        string Bare(string text) => text.Replace(".net ", "").Replace("screen and ", "").Replace(" ", "");
        Assert.Equal(Bare(before), Bare(style));
    }

    [Fact]
    public void The_layers_are_those_of_the_summary_and_the_spec_is_there()
    {
        ReportPage page = ReportPage.Of(SampleReports.Iris());
        string[][] layers = page.Table("Layers");
        Assert.Equal(["layer", "input", "hidden", "dense_2", "softmax_1", "total"], layers.Select(static r => r[0]));
        Assert.Equal(["hidden", "dense relu", "16", "80", "64"], layers[2].Take(5));
        Assert.Equal(["total", "", "", "131", "112"], layers[^1].Take(5));
        Assert.Contains("- dense: { units: 16, activation: relu, name: hidden }", page.Section("network").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_have_their_columns_their_classes_and_their_split()
    {
        ReportPage page = ReportPage.Of(SampleReports.Iris());
        Assert.Contains("70 % training, 15 % validation, 15 % test", page.Section("data").Value, StringComparison.Ordinal);
        Assert.Equal(["petal_length", "feature", "number", "1", "3.759", "6.9", "1.764", "43", "2"], page.Table("Columns")[3]);
        Assert.Equal(["species", "label", "text", "", "", "", "", "3", "0"], page.Table("Columns")[5]);
        Assert.Equal(["setosa", "50", "33.3 %", ""], page.Table("Classes")[1]);

        ReportModel uneven = SampleReports.Iris() with { Data = SampleReports.Iris().Data! with { ClassCounts = [("a", 30), ("b", 60), ("c", 0)] } };
        IEnumerable<XAttribute> widths = ReportPage.Of(uneven).Section("data").Descendants().Attributes("style");
        Assert.Equal(["width: 50%", "width: 100%", "width: 0%"], widths.Select(static s => s.Value));
    }

    [Fact]
    public void Of_many_classes_the_largest_and_the_smallest_are_counted()
    {
        (string Name, long Count)[] counts = [.. Enumerable.Range(0, 90).Select(static k => ($"c{k}", (long)(37 * k % 90)))];
        ReportModel model = SampleReports.Iris() with { Data = SampleReports.Iris().Data! with { ClassCounts = counts } };
        string[][] table = ReportPage.Of(model).Table("Classes");
        Assert.Equal(41, table.Length);
        Assert.Equal(["89", "88", "87"], table[1..4].Select(static r => r[1]));
        Assert.Equal(["2", "1", "0"], table[^3..].Select(static r => r[1]));
    }

    private static (string Label, string Value, string Detail)[] KeyFigures(ReportModel model)
    {
        XElement list = ReportPage.Of(model).All("dl").First();
        IEnumerable<string[]> figures = list.Elements().Select(static d => d.Elements().Select(static e => e.Value).ToArray());
        return [.. figures.Select(static d => (d[0], d[1], d.Length > 2 ? d[2] : ""))];
    }

    /// <summary>All that a user names has a hostile name.</summary>
    private static ReportModel HostileModel()
    {
        ReportModel model = SampleReports.Iris();
        var figures = new Dictionary<string, double> { [Hostile] = 0.5 };
        NetworkFacts network = SampleReports.Network(Hostile.Replace('/', '-') + ".yaml", Specs.Right);
        return model with
        {
            Name = Hostile,
            Run = model.Run with { Command = Hostile, Ending = Hostile, Processor = Hostile, Runtime = Hostile, Version = Hostile },
            Network = network with { SpecText = Hostile, Loss = Hostile },
            Curves = model.Curves with { Epochs = [.. model.Curves.Epochs.Select(e => e with { Metrics = figures })] },
            Data = new DataFacts([Hostile], 3, Hostile, [new ColumnFacts(Hostile, Hostile, Hostile, 0, null, null, null, null, null)], [(Hostile, 3)]),
            Sets = [new SetFigures("test", 3, figures)],
            Classes = new ClassFacts(
                new ConfusionMatrix(new long[,] { { 3, 1 }, { 0, 2 } }, [Hostile, Hostile]), [new RocPoint(0, 0, 1), new RocPoint(1, 1, 0)], 0.5),
            Values = [new ValueFacts(Hostile, [1, 2, 3], [1, 2, 4])],
            Worst =
            [
                new WorstSample(1, Hostile, Hostile, 1, [(Hostile, Hostile)], null),
                new WorstSample(2, Hostile, Hostile, 1, [(Hostile, Hostile)], null),
            ],
            Notes = [Hostile],
        };
    }
}
