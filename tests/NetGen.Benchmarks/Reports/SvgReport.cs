using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace NetGen.Benchmarks;

/// <summary>Bars on a logarithmic scale: a panel per task, a group per network, a bar per peer, a line where the bound is.</summary>
/// <remarks>Without a background, in colours that stand on white and on black; texts follow the reader's theme.</remarks>
internal static class SvgReport
{
    private const double Width = 1120, PanelHeight = 210, Left = 62, Right = 12, Top = 68, PanelGap = 58, LetterWidth = 6.6, LineHeight = 14;

    /// <summary>What is blocked by hand has its compiler's colour, paler; TorchSharp that of PyTorch, whose library it calls.</summary>
    private static readonly IReadOnlyList<(string Peer, string Colour, double Opacity)> Colours =
    [
        (OursPeer.PeerName, "#2f81f7", 1),
        ("gcc", "#d29922", 1),
        ("gcc-blocked", "#d29922", 0.45),
        ("clang", "#e5534b", 1),
        ("clang-blocked", "#e5534b", 0.45),
        ("openblas", "#986ee2", 1),
        ("fann", "#3fa34d", 1),
        ("onnxruntime", "#1b9e9e", 1),
        ("pytorch", "#d55fa5", 1),
        ("torchsharp", "#d55fa5", 0.45),
    ];

    public static string Write(Comparison comparison)
    {
        List<IGrouping<BenchmarkTask, TaskResult>> panels = [.. comparison.Tasks.GroupBy(t => t.Task)];
        double height = Top + panels.Count * (PanelHeight + PanelGap);
        StringBuilder svg = new();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width:0} {height:0}\" role=\"img\" aria-label=\"Time of a call, by network and peer\">\n"));
        svg.Append("""
            <style>
              text { font: 12px system-ui, sans-serif; fill: #3d444d }
              .title { font-weight: 600; font-size: 14px }
              .grid { stroke: #8b949e; stroke-opacity: 0.3 }
              .bound { stroke: #3d444d; stroke-width: 1.5; stroke-dasharray: 3 2 }
              @media (prefers-color-scheme: dark) { text { fill: #d1d7e0 } .bound { stroke: #d1d7e0 } }
            </style>

            """);
        HashSet<string> shown = [.. comparison.Tasks.SelectMany(t => t.Peers).Where(p => p.Verdict == Verdict.Timed).Select(p => p.Peer)];
        Legend(svg, [.. Colours.Where(c => shown.Contains(c.Peer))]);
        for (int p = 0; p < panels.Count; p++)
            Panel(svg, [.. panels[p]], Top + p * (PanelHeight + PanelGap) + 24);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Legend(StringBuilder svg, IReadOnlyList<(string Peer, string Colour, double Opacity)> peers)
    {
        svg.Append(Text(Left, 18, "Nanoseconds of a call, logarithmic: less is better", "start", "title"));
        double x = Left;
        foreach ((string peer, string colour, double opacity) in peers)
        {
            svg.Append(Invariant($"<rect x=\"{x:0.#}\" y=\"32\" width=\"12\" height=\"12\" rx=\"2\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>\n"));
            svg.Append(Text(x + 17, 42, peer, "start"));
            x += 30 + 7 * peer.Length;
        }

        svg.Append(Invariant($"<line class=\"bound\" x1=\"{x:0.#}\" x2=\"{x + 14:0.#}\" y1=\"38\" y2=\"38\"/>\n"));
        svg.Append(Text(x + 19, 42, "the core's bound", "start"));
    }

    private static void Panel(StringBuilder svg, IReadOnlyList<TaskResult> tasks, double top)
    {
        double bottom = top + PanelHeight;
        double[] values = [.. tasks.SelectMany(Timed).Select(p => p.Times!.Median)];
        int low = values.Length == 0 ? 0 : (int)Math.Floor(Math.Log10(values.Min() * 0.8)), high = values.Length == 0 ? 1 : (int)Math.Ceiling(Math.Log10(values.Max() * 1.2));
        svg.Append(Text(Left, top - 8, tasks[0].Task.Description, "start", "title"));
        for (int power = low; power <= high; power++)
        {
            double y = Y(Math.Pow(10, power));
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>\n"));
            svg.Append(Text(Left - 6, y + 4, Unit(power), "end"));
        }

        double group = (Width - Left - Right) / tasks.Count;
        for (int g = 0; g < tasks.Count; g++)
        {
            List<(PeerResult Result, string Colour, double Opacity)> bars =
                [.. from c in Colours join p in Timed(tasks[g]) on c.Peer equals p.Peer select (p, c.Colour, c.Opacity)];
            double width = Math.Min(24, group * 0.86 / Math.Max(1, bars.Count)), start = Left + (g + 0.5) * group - bars.Count * width / 2;
            for (int b = 0; b < bars.Count; b++)
            {
                (PeerResult result, string colour, double opacity) = bars[b];
                double y = Y(result.Times!.Median);
                svg.Append(Invariant($"<rect x=\"{start + b * width + 0.5:0.#}\" y=\"{y:0.#}\" width=\"{width - 1:0.#}\" height=\"{bottom - y:0.#}\" fill=\"{colour}\" fill-opacity=\"{opacity}\">"));
                svg.Append($"<title>{WebUtility.HtmlEncode($"{result.Peer}, {result.Form}: {Words.Nanoseconds(result.Times.Median)} ns")}</title></rect>\n");
            }

            double bound = tasks[g].BoundNanoseconds;
            if (bound > Math.Pow(10, low))
                svg.Append(Invariant($"<line class=\"bound\" x1=\"{start - 4:0.#}\" x2=\"{start + bars.Count * width + 4:0.#}\" y1=\"{Y(bound):0.#}\" y2=\"{Y(bound):0.#}\"/>\n"));
            string[] lines = tasks.Count > 6 ? [tasks[g].Net.Name] : Wrapped($"{tasks[g].Net.Name}: {tasks[g].Net.Description}", (int)(group / LetterWidth));
            for (int line = 0; line < lines.Length; line++)
                svg.Append(Text(Left + (g + 0.5) * group, bottom + 17 + LineHeight * line, lines[line], "middle"));
        }

        double Y(double ns) => bottom - (Math.Log10(ns) - low) / (high - low) * PanelHeight;
    }

    /// <summary>One line where it fits, else two: the second begins with the last word that lets the first fit.</summary>
    private static string[] Wrapped(string text, int most)
    {
        int cut = text.Length <= most ? -1 : text.LastIndexOf(' ', most);
        return cut < 0 ? [text] : [text[..cut], text[(cut + 1)..]];
    }

    private static IEnumerable<PeerResult> Timed(TaskResult task) => task.Peers.Where(p => p.Verdict == Verdict.Timed);

    private static string Unit(int power) => power switch
    {
        < 3 => $"{Math.Pow(10, power).ToString(CultureInfo.InvariantCulture)} ns",
        < 6 => $"{Math.Pow(10, power - 3).ToString(CultureInfo.InvariantCulture)} µs",
        _ => $"{Math.Pow(10, power - 6).ToString(CultureInfo.InvariantCulture)} ms",
    };

    private static string Text(double x, double y, string text, string anchor, string? style = null) => Invariant(
        $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\"{(style is null ? "" : $" class=\"{style}\"")}>{WebUtility.HtmlEncode(text)}</text>\n");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
