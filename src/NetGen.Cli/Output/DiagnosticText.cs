using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;
using Spectre.Console;

namespace NetGen.Cli.Output;

/// <summary>
/// Diagnostics as compilers print them, which editors and build servers read; where somebody looks, with the line that each
/// is about, and their number.
/// </summary>
internal static class DiagnosticText
{
    /// <summary>A line for each, and where a layer is wrong, below it the shapes that led there.</summary>
    public static void Write(IReadOnlyList<CheckedFile> files, Terminal terminal)
    {
        foreach (CheckedFile file in files)
        {
            string[] lines = terminal.IsLive ? file.Text.ReplaceLineEndings("\n").Split('\n') : [];
            foreach (Diagnostic diagnostic in file.Diagnostics)
            {
                WriteHead(file.Path, diagnostic, terminal);
                if (diagnostic.Span.StartLine < lines.Length)
                    WriteExcerpt(lines[diagnostic.Span.StartLine], diagnostic, terminal);
                if (diagnostic.Trace is { } trace)
                    terminal.Line(("    " + trace, Colour.Dim));
            }
        }
    }

    /// <summary>How many there are, in words.</summary>
    public static string Count(IReadOnlyList<CheckedFile> files)
    {
        string specs = Some(files.Count, "spec");
        string[] counts =
        [
            .. files.SelectMany(static f => f.Diagnostics).GroupBy(static d => d.Rule.Severity)
                .OrderByDescending(static g => g.Key == Severity.Error).ThenByDescending(static g => g.Key == Severity.Warning)
                .Select(static g => g.Key == Severity.Info ? Some(g.Count(), "note") : Some(g.Count(), Diagnostic.Word(g.Key))),
        ];
        return counts.Length == 0 ? $"{specs}, nothing wrong" : $"{string.Join(", ", counts)} in {specs}";
    }

    private static void WriteHead(string path, Diagnostic diagnostic, Terminal terminal)
    {
        string line = diagnostic.ToString(path), kind = $"{Diagnostic.Word(diagnostic.Rule.Severity)} {diagnostic.Rule.Id}";
        int start = line.IndexOf(": " + kind, StringComparison.Ordinal) + 2;
        terminal.Line((line[..start], Colour.Bold), (kind, ColourOf(diagnostic)), (line[(start + kind.Length)..], Colour.None));
    }

    /// <summary>The line of the spec, cut where it is longer than the terminal's, and marks below the text that must change.</summary>
    private static void WriteExcerpt(string line, Diagnostic diagnostic, Terminal terminal)
    {
        SourceSpan span = diagnostic.Span;
        string number = FormattableString.Invariant($"{span.StartLine + 1,5} | ");
        string margin = "      | ";
        int start = Math.Min(span.StartColumn, line.Length);
        int end = span.EndLine == span.StartLine ? Math.Clamp(span.EndColumn, start, line.Length) : line.Length;
        int room = terminal.Width - number.Length - 2;
        int first = line.Length <= room || end <= room ? 0 : Math.Max(0, start - room / 3);
        string rest = Terminal.Printable(line[first..].Replace('\t', ' '));
        string shown = rest[..Math.Min(rest.Length, room)];
        if (first > 0)
            shown = "…" + shown[1..];
        terminal.Line((number, Colour.Dim), (shown, Colour.None), (rest.Length > room ? "…" : "", Colour.Dim));

        string before = shown[..(start - first)], marked = shown[before.Length..Math.Clamp(end - first, before.Length, shown.Length)];
        string marks = new string(' ', before.GetCellWidth()) + new string('^', Math.Max(1, marked.GetCellWidth()));
        terminal.Line((margin, Colour.Dim), (marks, ColourOf(diagnostic)));
    }

    private static Colour ColourOf(Diagnostic diagnostic) => diagnostic.Rule.Severity switch
    {
        Severity.Error => Colour.Red,
        Severity.Warning => Colour.Yellow,
        _ => Colour.Cyan,
    };

    private static string Some(int count, string what) => FormattableString.Invariant($"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
