using System;
using System.Globalization;
using System.Text;

namespace NetGen.Cli.Report;

/// <summary>
/// The style sheet of a page: the system's fonts; colours of Okabe and Ito, which the colour-blind tell apart; dark where
/// the reader's screen is, and light on paper whatever that is. No rule has a character that XML would escape.
/// </summary>
internal static class PageStyle
{
    public static string Text { get; } = """
        :root { color-scheme: light; --paper: #ffffff; --panel: #f6f7f9; --ink: #1b1f24; --soft: #59636e; --line: #e1e5ea; --ground: #8b949e;
          --c1: #0072b2; --c2: #c2500a; --c3: #00795a; --c4: #a3528a; --right: 0, 114, 178; --wrong: 213, 94, 0; --strength: 0.72; --note: #fff6df }
        @media screen and (prefers-color-scheme: dark) {
        :root { color-scheme: dark; --paper: #0d1117; --panel: #151b23; --ink: #e6edf3; --soft: #9aa4af; --line: #262d36; --ground: #6e7681;
          --c1: #56b4e9; --c2: #f0a43a; --c3: #2fc39a; --c4: #d79ac4; --right: 62, 150, 205; --wrong: 218, 108, 25; --strength: 0.72; --note: #2b2413 }
        }
        * { box-sizing: border-box }
        html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif }
        body { max-width: 1160px; margin: 0 auto; padding: 40px 24px 56px; overflow-wrap: break-word }
        h1, h2, h3, p, dl, dd, ul, figure { margin: 0 }
        h1 { font-size: 34px; line-height: 1.15; font-weight: 650; letter-spacing: -0.015em; overflow-wrap: anywhere }
        h2 { font-size: 22px; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; margin-bottom: 20px }
        h3 { font-size: 15px; font-weight: 600; overflow-wrap: anywhere }
        a { color: var(--c1) }
        .soft, .lead { color: var(--soft) }
        .kind { color: var(--soft); font-size: 13px; font-weight: 600; letter-spacing: 0.02em; margin-bottom: 4px }
        .lead { margin-top: 10px; max-width: 70ch; font-size: 16px }
        .text { max-width: 75ch; margin-bottom: 24px }
        .note { margin-top: 16px; padding: 10px 14px; background: var(--note); border-radius: 6px; max-width: 90ch }
        section { margin-top: 44px; padding-top: 28px; border-top: 1px solid var(--line); scroll-margin-top: 8px }
        section h3 { margin-bottom: 2px }
        footer { margin-top: 56px; padding-top: 16px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px }
        nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 28px; font-size: 14px }
        nav a { text-decoration: none; padding: 4px 0 } nav a:hover { text-decoration: underline }

        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 24px 0; margin-top: 32px }
        .figures div { padding: 0 20px; border-left: 1px solid var(--line) }
        .figures div:first-child { border-left: 3px solid var(--c1) }
        .figures dt { font-size: 13px; color: var(--soft) }
        .figures .value { font-size: 28px; line-height: 1.25; font-weight: 600; letter-spacing: -0.015em;
          font-variant-numeric: tabular-nums; white-space: nowrap }
        .figures .soft { font-size: 13px }

        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 440px), 1fr)); gap: 40px 48px }
        .chart { min-width: 0; break-inside: avoid }
        .square { max-width: 460px }
        .plot { display: block; width: calc(100% - 62px); height: 230px; margin: 38px 14px 44px 48px; overflow: visible; --w: 1.75 }
        .square .plot { height: 340px }
        .plot svg { overflow: visible }
        .plot text { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums }
        .plot .end { text-anchor: end } .plot .middle { text-anchor: middle } .plot .title { fill: var(--ink) }
        .grid { stroke: var(--line) } .ground { stroke: var(--ground) } .marked { stroke: var(--ground); stroke-dasharray: 2 3 }
        .plot path, .swatch path { fill: none; vector-effect: non-scaling-stroke; stroke-width: 1.75; stroke-linejoin: round }
        .c1 { stroke: var(--c1) } .c2 { stroke: var(--c2) } .c3 { stroke: var(--c3) } .c4 { stroke: var(--c4) }
        .line.c2 { stroke-dasharray: 6 3 } .line.c3 { stroke-dasharray: 2 3 } .line.c4 { stroke-dasharray: 8 3 2 3 }
        .plot .trace, .swatch .trace { stroke-width: 1; opacity: 0.45 }
        .plot .reference, .swatch .reference { stroke: var(--ground); stroke-width: 1; stroke-dasharray: 4 4 }
        .plot .dots, .swatch .dots { stroke-width: 4; stroke-linecap: round; opacity: 0.7 }
        .plot .point, .swatch .point { stroke-width: 9; stroke-linecap: round }
        .plot .bars, .swatch .bars { stroke: none; opacity: 0.85 } .bars.c1 { fill: var(--c1) }
        .legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 13px }
        .legend li { display: flex; align-items: center; gap: 6px; flex-wrap: wrap }
        .swatch { width: 22px; height: 10px; flex: none }

        .scroll { overflow-x: auto; margin-bottom: 32px; max-width: 100% }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums }
        caption { text-align: left; font-weight: 600; padding-bottom: 8px; font-size: 15px }
        caption span { display: block; font-weight: 400; font-size: 13px; color: var(--soft); max-width: min(80ch, 100vw - 48px) }
        table { width: max-content; min-width: min(100%, 440px) } .matrix { min-width: min(100%, 340px) }
        th, td { padding: 5px 20px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); max-width: 22em;
          overflow-wrap: break-word }
        thead td { border-bottom-color: var(--ground) }
        thead th { font-weight: 600; font-size: 13px; color: var(--soft); border-bottom-color: var(--ground); vertical-align: bottom;
          white-space: nowrap }
        tbody th { font-weight: 500 }
        th.number, td.number { text-align: right; white-space: nowrap }
        th:last-child, td:last-child { padding-right: 0 }
        tr.total th, tr.total td { font-weight: 600; border-top: 1px solid var(--ground); border-bottom: 0 }
        .bar { display: block; height: 10px; margin-top: 6px; min-width: 1px; background: var(--c1); border-radius: 2px }
        .counts { width: min(100%, 560px) } td.bars { width: 60% }

        .matrix { border-collapse: separate; border-spacing: 2px; font-size: 13px }
        .matrix th, .matrix td { border: 0; padding: 4px 6px }
        .matrix td { text-align: center; min-width: 44px; height: 36px; vertical-align: middle; border-radius: 3px; background: var(--panel) }
        .matrix thead th { text-align: center; color: var(--ink); font-weight: 500; max-width: 9em; overflow: hidden; text-overflow: ellipsis }
        .matrix tbody th { text-align: right; vertical-align: middle; position: sticky; left: 0; background: var(--paper);
          white-space: nowrap; max-width: 14em; overflow: hidden; text-overflow: ellipsis }
        .matrix .corner { color: var(--soft); text-align: right }
        .matrix .zero { color: var(--soft) } .matrix .best { outline: 2px solid var(--ink); font-weight: 700 }
        .many { border-spacing: 1px; font-size: 11px }
        .many td { min-width: 24px; height: 22px; padding: 0 2px; border-radius: 2px }
        .many thead th { padding: 4px 0; font-size: 11px; max-height: 12em }
        .many thead bdi { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 11em; overflow: hidden; text-overflow: ellipsis }
        .many tbody th { padding: 0 6px; font-size: 11px }
        .dense { border-spacing: 0 }
        .dense td { min-width: 9px; height: 9px; padding: 0; font-size: 0; border-radius: 0; border: 0.5px solid var(--paper) }
        .dense thead th, .dense tbody th { font-size: 7.5px; line-height: 1; padding: 0 1px } .dense tbody th { max-width: 12em }
        @R@
        .sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); gap: 24px 20px; list-style: none; padding: 0 }
        .sheet li { break-inside: avoid; font-size: 13px; line-height: 1.4; min-width: 0; overflow-wrap: anywhere }
        .sheet img { display: block; width: 100%; max-width: 128px; image-rendering: pixelated; border: 1px solid var(--line);
          border-radius: 3px; margin-bottom: 8px; background: var(--panel) }
        .sheet b { font-weight: 600 } .sheet span { display: block }

        .net { max-height: 620px; overflow: auto; border: 1px solid var(--line); border-radius: 6px; margin-bottom: 32px; text-align: center }
        .net svg { max-width: 100%; height: auto; min-width: min(100%, 280px) }
        details { margin-top: 16px } summary { cursor: pointer; font-weight: 600; padding: 4px 0 }
        pre { margin: 8px 0 24px; padding: 14px 16px; background: var(--panel); border-radius: 6px; overflow-x: auto;
          font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; tab-size: 4 }
        pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere }
        .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 28px }
        .facts dt { color: var(--soft) } .facts dd { overflow-wrap: anywhere }
        .pair { display: flex; flex-wrap: wrap; gap: 8px 72px; align-items: flex-start }
        .pair > div { min-width: 0; max-width: 100% }
        .pair .scroll { min-width: min(100%, 340px) }
        .pair .chart { width: 460px; max-width: 100% }

        @media (max-width: 600px) {
        body { padding: 24px 16px 40px }
        h1 { font-size: 27px }
        section { margin-top: 40px; padding-top: 24px }
        .figures { grid-template-columns: 1fr 1fr; gap: 20px 0; margin-top: 24px }
        .figures div { padding: 0 12px }
        .figures .value { font-size: 23px }
        .facts { grid-template-columns: 1fr; gap: 0 } .facts dd { margin-bottom: 10px }
        .square .plot { height: 270px }
        table { font-size: 13px } th, td { padding-right: 12px } thead th { font-size: 12px } .matrix td { min-width: 32px; height: 30px }
        .sheet { grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)) }
        }
        @media print {
        @page { margin: 16mm 14mm }
        html { font-size: 10.5pt } body { max-width: none; padding: 0 }
        nav { display: none }
        * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
        section { margin-top: 28px; padding-top: 18px } h2, h3, caption, figcaption { break-after: avoid }
        .charts { grid-template-columns: 1fr 1fr; gap: 24px 28px } .plot { height: 180px } .square .plot { height: 230px }
        .scroll, .net { overflow: visible; max-height: none } .net { border: 0; break-inside: avoid } .net svg { max-height: 230mm }
        table { font-size: 8.5pt; width: auto; min-width: 0 } th, td { padding-right: 8px } thead th, .number { white-space: normal }
        tr, figure, .short, .matrix, .sheet li, .note, .figures { break-inside: avoid }
        thead { display: table-header-group }
        .matrix tbody th { position: static } .dense td { min-width: 5px; height: 5px } .dense thead th, .dense tbody th { font-size: 5px }
        details::details-content { content-visibility: visible; display: block } pre { white-space: pre-wrap; overflow-wrap: anywhere }
        a { color: inherit; text-decoration: none }
        }
        """.ReplaceLineEndings("\n").Replace("@R@", Shades(), StringComparison.Ordinal);

    /// <summary>The shades of a matrix: <c>r1</c> to <c>r10</c> of what is right, <c>w1</c> to <c>w10</c> of what is wrong. Ink is readable on each.</summary>
    public const int ShadeCount = 10;

    private static string Shades()
    {
        var rules = new StringBuilder();
        for (int k = 1; k <= ShadeCount; k++)
        {
            // The first is seen already.
            string alpha = string.Create(CultureInfo.InvariantCulture, $"calc(var(--strength) * {0.12 + (0.088 * k):0.###})");
            rules.Append(CultureInfo.InvariantCulture, $".matrix .r{k} {{ background: rgba(var(--right), {alpha}) }} ");
            rules.Append(CultureInfo.InvariantCulture, $".matrix .w{k} {{ background: rgba(var(--wrong), {alpha}) }}\n");
        }

        return rules.ToString();
    }
}
