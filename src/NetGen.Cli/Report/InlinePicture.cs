using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NetGen.Cli.Report;

/// <summary>
/// The SVG of <c>netgen graph</c> as a part of a page: its ids get a prefix, and its rules apply to it alone, since those
/// of an SVG inside HTML apply to the whole page.
/// </summary>
internal static partial class InlinePicture
{
    private const string Prefix = "net-";

    public static string Of(string picture)
    {
        XElement svg = XDocument.Parse(picture).Root!;
        foreach (XElement element in svg.DescendantsAndSelf())
        {
            if (element.Attribute("id") is { } id)
                id.Value = Prefix + id.Value;
            if (element.Attribute("aria-labelledby") is { } labels)
                labels.Value = string.Join(' ', labels.Value.Split(' ').Select(static l => Prefix + l));
            if (element.Name.LocalName == "style")
                element.Value = Scoped(element.Value);
        }

        // No declaration, and no spaces that were not there.
        return svg.ToString(SaveOptions.DisableFormatting).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Each selector below the picture's box. Paper is light: dark is for the screen.</summary>
    private static string Scoped(string style) =>
        Selectors().Replace(style, static m => string.Join(", ", m.Value.Split(',').Select(static s => $".net {s.Trim()}")) + " ")
            .Replace("@media (prefers-color-scheme: dark)", "@media screen and (prefers-color-scheme: dark)", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=^|\}\s*|\{\s*(?=[^{}]*\{))[^@{}\s][^@{}]*(?=\{)")]
    private static partial Regex Selectors();
}
