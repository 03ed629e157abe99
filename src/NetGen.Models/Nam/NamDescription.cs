using System;
using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace NetGen.Models.Nam;

/// <summary>What a model says of itself, for the comment that its spec begins with.</summary>
internal static class NamDescription
{
    private const int LongestText = 100;

    public static IReadOnlyList<string> Of(NamObject root, string architecture)
    {
        NamObject? metadata = root.Find("metadata") is { ValueKind: System.Text.Json.JsonValueKind.Object } ? root.Object("metadata") : null;
        string? Text(string name) => metadata?.TextOrNone(name) is { } text && OneLine(text) is { Length: > 0 } line ? line : null;
        var lines = new List<string>();
        string? gear = Joined(" ", Text("gear_make"), Text("gear_model"));
        string? what = Joined(", ", gear, Text("gear_type"), Text("tone_type") is { } tone ? tone.Replace('_', ' ') : null);
        lines.Add($"{Text("name") ?? "A guitar amplifier"}{(what is null ? "" : $": {what}")}{(Text("modeled_by") is { } author ? $"; modeled by {author}" : "")}.");
        double rate = root.NumberOrNone("sample_rate") ?? 48000;
        lines.Add(Invariant($"Neural Amp Modeler, {architecture}, {rate} samples a second{(root.NumberOrNone("sample_rate") is null ? " (not stated, the usual rate)" : "")}."));
        string? levels = Joined(", ", Level("loudness", "loudness {0:0.0} dB"), Level("input_level_dbu", "input at {0:0.0} dBu"),
            Level("output_level_dbu", "output at {0:0.0} dBu"));
        if (levels is not null)
            lines.Add($"As it says of itself: {levels}.");
        return lines;

        string? Level(string name, string format) => metadata?.NumberOrNone(name) is { } level
            ? string.Format(System.Globalization.CultureInfo.InvariantCulture, format, level) : null;
    }

    private static string? Joined(string separator, params IEnumerable<string?> parts) => parts.OfType<string>().ToArray() is { Length: > 0 } said
        ? string.Join(separator, said) : null;

    /// <summary>A text of the file in a comment: on one line, and not for long.</summary>
    private static string OneLine(string text)
    {
        static bool IsOdd(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c);
        string line = new([.. text.Trim().Select(static c => IsOdd(c) ? ' ' : c).Take(LongestText)]);
        return line.Trim().TrimEnd('.');
    }
}
