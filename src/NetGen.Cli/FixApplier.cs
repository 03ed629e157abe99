using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli;

/// <summary>A mistake that was put right: what it was, and what was done.</summary>
internal sealed record AppliedFix(Diagnostic Diagnostic, Fix Fix);

/// <summary>A text after its fixes.</summary>
/// <param name="Applied">In the order in which they were made.</param>
/// <param name="Remaining">What is found in the text as it now is.</param>
internal sealed record FixedText(string Text, IReadOnlyList<AppliedFix> Applied, IReadOnlyList<Diagnostic> Remaining);

/// <summary>Applies the fixes of diagnostics to a text.</summary>
internal static class FixApplier
{
    // Fixes that undo one another would go on for ever.
    private const int MostRounds = 10;

    /// <summary>Checks and fixes until nothing changes any more.</summary>
    public static FixedText Run(string text, Func<string, IReadOnlyList<Diagnostic>> check)
    {
        var applied = new List<AppliedFix>();
        IReadOnlyList<Diagnostic> found = check(text);
        for (int round = 0; round < MostRounds; round++)
        {
            // What is a warning may be meant, and its fix makes another network of it.
            (string changed, IReadOnlyList<AppliedFix> fixes) = Apply(text, found.Where(static d => d.IsError));
            if (changed == text)
                break;
            applied.AddRange(fixes);
            text = changed;
            found = check(text);
        }

        return new FixedText(text, applied, found);
    }

    /// <summary>Applies the first fix of each diagnostic, but for those that overlap one before: the next round finds what is left of them.</summary>
    public static (string Text, IReadOnlyList<AppliedFix> Applied) Apply(string text, IEnumerable<Diagnostic> diagnostics)
    {
        var applied = new List<AppliedFix>();
        var edits = new List<TextEdit>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (diagnostic.Fixes.Count == 0)
                continue;
            Fix fix = diagnostic.Fixes[0];
            if (fix.Edits.Any(e => e.Start < 0 || e.Length < 0 || e.Start + e.Length > text.Length || edits.Exists(other => Overlap(e, other))))
                continue;
            edits.AddRange(fix.Edits);
            applied.Add(new AppliedFix(diagnostic, fix));
        }

        string newLine = NewLineOf(text);
        return (TextEdit.Apply(text, edits.Select(e => e with { Text = e.Text.ReplaceLineEndings(newLine) })), applied);
    }

    /// <summary>Two that replace the same character, or that insert in one place, where it is not known which comes first.</summary>
    private static bool Overlap(TextEdit a, TextEdit b) => a.Start == b.Start || (a.Start < b.Start + b.Length && b.Start < a.Start + a.Length);

    /// <summary>How the text's first line ends.</summary>
    private static string NewLineOf(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 || text[end] == '\n' ? "\n" : end + 1 < text.Length && text[end + 1] == '\n' ? "\r\n" : "\r";
    }
}
