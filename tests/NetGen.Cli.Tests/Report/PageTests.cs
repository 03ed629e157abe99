using System;
using System.Linq;
using NetGen.Cli.Report;
using Xunit;

namespace NetGen.Cli.Tests.Report;

/// <summary>The frame of a page, which other reports have as well, and how its numbers are written.</summary>
public sealed class PageTests
{
    [Fact]
    public void A_page_has_a_title_figures_notes_and_sections()
    {
        var page = new Page("iris", "Sweep")
        {
            Lead = "12 variants", Figures = [new KeyFigure("Best", "97.1 %", "units 16")], Notes = ["One failed."], Foot = "end",
        };
        page.Section("first", "First", static html => html.Text("p", "a < b"));
        page.Section("second", "Second & last", static _ => { });
        ReportPage read = ReportPage.Of(page);

        Assert.Equal("iris – Sweep", read.All("title").Single().Value);
        Assert.Equal("iris", read.All("h1").Single().Value);
        Assert.Equal(["First", "Second & last"], read.All("a").Select(static a => a.Value));
        Assert.Equal(["Sweep", "12 variants", "One failed.", "a < b"], read.All("p").Select(static p => p.Value));
        Assert.Equal("a < b", read.Section("first").Elements().Last().Value);
        Assert.Equal("end", read.All("footer").Single().Value);
    }

    [Fact]
    public void Dark_is_for_screens_and_paper_is_light()
    {
        string style = PageStyle.Text;
        Assert.Contains("@media screen and (prefers-color-scheme: dark)", style, StringComparison.Ordinal);
        Assert.Equal(1, style.Split("prefers-color-scheme").Length - 1);
        Assert.Contains("@media print", style, StringComparison.Ordinal);
        // It stands in the page as it is.
        Assert.DoesNotContain(style, static c => c is '<' or '&');
        Assert.Equal(style.Count(static c => c == '{'), style.Count(static c => c == '}'));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.035124, "0.03512")]
    [InlineData(-1.5, "−1.5")]
    [InlineData(12.3456, "12.35")]
    [InlineData(999.44, "999.4")]
    [InlineData(999.96, "1,000")]
    [InlineData(45_210.4, "45,210")]
    [InlineData(3.14159e-7, "3.142e-7")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.99999, "1")]
    [InlineData(-2.5e12, "−2.5e12")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Numbers_have_four_digits(double value, string text) => Assert.Equal(text, Figures.Text(value));

    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(0.9999, "> 99.9 %")]
    [InlineData(0.0001, "< 0.1 %")]
    [InlineData(0.95454, "95.5 %")]
    [InlineData(double.NaN, "NaN")]
    public void What_is_not_all_is_not_shown_as_all(double share, string text) => Assert.Equal(text, Figures.Percent(share));

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(4.217, "4.2 s")]
    [InlineData(59.97, "1 min 0 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(11_520, "3 h 12 min")]
    [InlineData(300_000, "3 d 11 h")]
    public void Times_have_two_units(double seconds, string text) => Assert.Equal(text, Figures.Duration(TimeSpan.FromSeconds(seconds)));
}
