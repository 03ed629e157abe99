using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Spec;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>
/// Reads what <c>--set</c> takes: <c>hidden.units=16,32,64</c>, <c>optimizer.adam.learning_rate=log:1e-4:1e-1:7</c>.
/// <para>
/// Values are divided by commas; one in brackets, braces or quotes may have commas of its own. They are kept as they are written. A range stands in the
/// place of a value: <c>log:FROM:TO:COUNT</c> (geometric) or <c>linear:FROM:TO:COUNT</c>, its ends included. Its values are rounded to what a person would
/// write, and what is printed is what is trained: to 3 significant digits of the value (log) or of the step (linear); where both ends are whole
/// numbers, to whole numbers if those are still all different. <c>linear:0:1:5</c> is 0, 0.25, 0.5, 0.75, 1; <c>log:16:128:4</c> is 16, 32, 64, 128.
/// </para>
/// </summary>
internal static class ValueList
{
    /// <summary>As many values as one path takes.</summary>
    public const int Most = 1_000;

    private const int Digits = 3;

    /// <summary>Reads the whole of an option; null for the axis where something is wrong, which is then said.</summary>
    public static (SweepAxis? Axis, string? Problem) Parse(string option)
    {
        int equals = option.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            return (null, $"'{option}' has no values; write e.g. {(option.Length == 0 ? "hidden.units" : option)}=16,32,64");
        string path = option[..equals].Trim();
        if (path.Length == 0)
            return (null, $"'{option}' has no path before the =; write e.g. hidden.units{option}");
        (IReadOnlyList<SweepValue>? values, string? problem) = Read(option[(equals + 1)..]);
        return values is null ? (null, $"{path}: {problem}") : (new SweepAxis(path, values), null);
    }

    private static (IReadOnlyList<SweepValue>? Values, string? Problem) Read(string text)
    {
        var values = new List<SweepValue>();
        (IReadOnlyList<string>? parts, string? problem) = Split(text);
        foreach (string part in parts ?? [])
        {
            if (text.Trim().Length == 0)
                return (null, "there are no values; write e.g. 16,32,64");
            if (part.Length == 0)
                return (null, $"a value is missing in '{Node.Shorten(text)}'; leave the comma out, or write \"\" for an empty text");
            (IReadOnlyList<SweepValue>? more, problem) = IsRange(part) ? Range(part) : ([Value(part)], null);
            if (more is null)
                break;
            values.AddRange(more);
            if (values.Count > Most)
                return (null, Invariant($"there are more than {Most:N0} values; a path takes {Most:N0} at most"));
        }

        if (problem is not null)
            return (null, problem);
        for (int k = 0; k < values.Count; k++)
        {
            if (values.Take(k).FirstOrDefault(v => AreSame(v, values[k])) is { } earlier)
            {
                string other = earlier.Text == values[k].Text ? "" : $", once as {earlier.Text}";
                return (null, $"the value {values[k].Text} is there twice{other}; leave one out");
            }
        }

        return (values, null);
    }

    private static bool AreSame(SweepValue a, SweepValue b) => a.Yaml == b.Yaml || (a.Number is { } x && b.Number is { } y && x == y);

    /// <summary>The text at its commas, but for those in brackets and quotes.</summary>
    private static (IReadOnlyList<string>? Parts, string? Problem) Split(string text)
    {
        var parts = new List<string>();
        var open = new Stack<char>();
        int start = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            // Within a word it is an apostrophe.
            else if (c is '"' or '\'' && text[start..i].AsSpan().Trim() is [] or [.., '[' or '{' or ',' or ':' or ' '])
                quote = c;
            else if (c is '[' or '{')
                open.Push(c == '[' ? ']' : '}');
            else if (c is ']' or '}' && (!open.TryPop(out char expected) || expected != c))
                return (null, $"the bracket {c} in '{Node.Shorten(text)}' has no counterpart; add it, or put the text in quotes");
            else if (c == ',' && open.Count == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        if (quote != '\0')
        {
            return (null, $"the quote {quote} in '{Node.Shorten(text)}' is not closed; add it at the end "
                + "(a shell may have taken it: put the whole option in quotes of the other kind)");
        }

        if (open.Count > 0)
            return (null, $"a bracket in '{Node.Shorten(text)}' is not closed; add {open.Peek()}");
        parts.Add(text[start..].Trim());
        return (parts, null);
    }

    private static SweepValue Value(string part)
    {
        bool isQuoted = part.Length >= 2 && part[0] is '"' or '\'' && part[^1] == part[0];
        string word = isQuoted ? part[1..^1] : part;
        if (!isQuoted && SpecEdit.IsOneValue(part))
            return new SweepValue(part, part, NumberOf(part));
        return new SweepValue(word, $"\"{Escaped(word)}\"", null);
    }

    private static string Escaped(string word) => string.Concat(word.Select(static c => c switch
    {
        '"' or '\\' => $"\\{c}",
        _ when char.IsControl(c) => Invariant($"\\u{(int)c:X4}"),
        _ => c.ToString(),
    }));

    private static double? NumberOf(string text) =>
        CoreSchema.TryNumber(new ScalarValue(text, IsPlain: true, default), out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A word, and three numbers or more behind it: <c>lin:0:1:5</c> is meant as a range, a time or a text with a colon is not.</summary>
    private static bool IsRange(string part) =>
        part.Split(':') is [var word, .. var rest]
        && (word is "log" or "linear" || (rest.Length == 3 && word.All(char.IsAsciiLetter) && rest.All(static r => NumberOf(r) is not null)));

    private static (IReadOnlyList<SweepValue>? Values, string? Problem) Range(string part)
    {
        string[] words = part.Split(':');
        string kind = words[0];
        if (kind is not ("log" or "linear"))
        {
            string meant = kind.StartsWith("lo", StringComparison.OrdinalIgnoreCase) || kind.StartsWith('g') ? "log" : "linear";
            return (null, $"there is no range '{kind}'; write {meant}:{string.Join(':', words[1..])}");
        }

        if (words.Length != 4)
        {
            return (null, $"the range '{part}' has {words.Length - 1} parts behind {kind}, but three are needed: "
                + $"where it begins, where it ends, and the number of values, as in {Example(kind)}");
        }

        if (NumberOf(words[1]) is not { } from || NumberOf(words[2]) is not { } to)
            return (null, $"the range '{part}' has an end that is no number; write e.g. {Example(kind)}");
        if (!int.TryParse(words[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count))
            return (null, $"the range '{part}' has '{words[3]}' for the number of values; write a whole number, as in {Example(kind)}");
        if (count < 2)
            return (null, $"the range '{part}' has {count} values, but needs 2 at least, which are its ends; for one value write it alone");
        if (count > Most)
            return (null, Invariant($"the range '{part}' has {count:N0} values, but a path takes {Most:N0} at most"));
        if (from == to)
            return (null, $"the range '{part}' begins where it ends; for one value write it alone");
        if (kind == "log" && (from <= 0 || to <= 0))
            return (null, $"the range '{part}' is geometric, so both ends must be above 0; write linear:{string.Join(':', words[1..])}, or small numbers");

        double[] exact = [.. Enumerable.Range(0, count).Select(k => At(kind == "log", from, to, k, count))];
        if (IsWhole(words[1]) && IsWhole(words[2]) && Rounded(exact, 0) is { } whole)
            return (whole, null);
        // Of a log each value has its own last digit.
        double step = Math.Abs(to - from) / (count - 1);
        IReadOnlyList<SweepValue>? rounded = kind == "linear" ? Rounded(exact, DecimalsFor(step))
            : Distinct([.. exact.Select((v, k) => k == 0 || k == count - 1 ? Number(v) : Number(v, DecimalsFor(v)))]);
        return rounded is null
            ? (null, $"the range '{part}' has values closer together than {Digits} digits can tell; ask for fewer, or list them")
            : (rounded, null);
    }

    private static string Example(string kind) => kind == "log" ? "log:1e-4:1e-1:7" : "linear:0:0.5:6";

    /// <summary>The ends are what was written, without an error of rounding.</summary>
    private static double At(bool isLog, double from, double to, int k, int count)
    {
        if (k == 0 || k == count - 1)
            return k == 0 ? from : to;
        double share = k / (double)(count - 1);
        return isLog ? Math.Exp(Math.Log(from) + (share * (Math.Log(to) - Math.Log(from)))) : from + (share * (to - from));
    }

    private static bool IsWhole(string text) => CoreSchema.TryInteger(new ScalarValue(text, IsPlain: true, default), out _);

    /// <summary>The places behind the point at which a number has so many digits.</summary>
    private static int DecimalsFor(double number) => Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(number)));

    /// <summary>All but the ends, which stay as they are; null where two are the same then.</summary>
    private static IReadOnlyList<SweepValue>? Rounded(double[] exact, int decimals) =>
        Distinct([.. exact.Select((v, k) => k == 0 || k == exact.Length - 1 ? Number(v) : Number(v, Math.Max(0, decimals)))]);

    private static IReadOnlyList<SweepValue>? Distinct(SweepValue[] values) =>
        values.Select(static v => v.Number).Distinct().Count() == values.Length ? values : null;

    private static SweepValue Number(double value, int decimals)
    {
        // Far from 1 a decimal of .NET has not the places.
        double rounded = decimals is >= 0 and <= 15 ? Math.Round(value, decimals)
            : double.Parse(value.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Number(rounded);
    }

    /// <summary>The shortest digits that give the number back, without an exponent where a person would write none.</summary>
    private static SweepValue Number(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('E', StringComparison.Ordinal))
        {
            text = Math.Abs(value) is >= 1e-7 and < 1e16 ? value.ToString("0.#########################", CultureInfo.InvariantCulture)
                : text.Replace("E+", "e", StringComparison.Ordinal).Replace("E-0", "e-", StringComparison.Ordinal).Replace('E', 'e');
        }

        return new SweepValue(text, text, value);
    }
}
