using System.Linq;

namespace NetGen.Cli.Graph.Drawing;

/// <summary>Colours and fonts of a picture, on light paper and, where the reader's is dark, on dark.</summary>
internal static class StyleSheet
{
    public static string Text { get; } = $$"""
        text { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "DejaVu Sans", sans-serif; fill: #1f2328 }
        .paper { fill: #ffffff }
        .title { font-size: {{SvgText.Number(Sizes.TitleSize)}}px; font-weight: bold }
        .subtitle { font-size: {{SvgText.Number(Sizes.SubtitleSize)}}px; fill: #57606a }
        .name { font-size: {{SvgText.Number(Sizes.NameSize)}}px; font-weight: bold }
        .detail { font-size: {{SvgText.Number(Sizes.DetailSize)}}px; fill: #57606a }
        .count { font-size: {{SvgText.Number(Sizes.DetailSize)}}px }
        .label { font-size: {{SvgText.Number(Sizes.LabelSize)}}px; fill: #57606a }
        .right { text-anchor: end }
        .middle { text-anchor: middle }
        .outline { stroke-width: 1 }
        .dashed { stroke-dasharray: 4 3 }
        .wire { fill: none; stroke: #818b96; stroke-width: 1.4 }
        .arrow { fill: #818b96 }
        {{string.Join("\n", Family.All.Select(static f => $".{f.Name} .outline {{ fill: {f.Light}; stroke: {f.Strong} }}\n.{f.Name} .strong {{ fill: {f.Strong} }}"))}}
        @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 }
        .paper { fill: #0d1117 }
        .subtitle, .detail, .label { fill: #9aa4af }
        {{string.Join("\n", Family.All.Select(static f => $".{f.Name} .outline {{ fill: {f.Dark} }}"))}}
        }
        """.ReplaceLineEndings("\n");
}
