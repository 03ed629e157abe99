using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NetGen.Compiler.Diagnostics;

namespace NetGen.Cli.Explain;

/// <summary>The pages of docs/diagnostics, which the tool has within it, and the rules by what a user calls them.</summary>
internal static class RulePages
{
    private const string Prefix = "NETGEN";

    /// <summary>The rule of that id; <c>netgen020</c>, <c>020</c> and <c>20</c> name it too. Null where there is none.</summary>
    public static Rule? Find(string name) => NumberOf(name) is { } number ? Rules.All.FirstOrDefault(rule => NumberOf(rule) == number) : null;

    /// <summary>What is wrong with a rule's name, with the rules that may be meant; null for nothing.</summary>
    public static string? Problem(string name)
    {
        if (Find(name) is not null)
            return null;
        string[] near = [.. Near(name).Select(static rule => $"{rule.Id} ({rule.Title})")];
        string remedy = near.Length > 0 ? $"did you mean {string.Join(" or ", near)}?" : "netgen explain lists all, which are named as in NETGEN020 or 20";
        return $"there is no rule '{name}'; {remedy}";
    }

    /// <summary>The rule's page, in Markdown.</summary>
    public static string Read(Rule rule)
    {
        string name = $"diagnostics/{rule.Id}.md";
        using Stream stream = typeof(RulePages).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static IEnumerable<Rule> Near(string name)
    {
        // The letters may be misspelt: the number counts.
        string digits = string.Concat(name.Reverse().TakeWhile(char.IsAsciiDigit).Reverse());
        if (digits.Length > 0)
        {
            if (digits.Length < name.Length && Find(digits) is { } meant)
                return [meant];
            // An id that was never given, or mistyped: its neighbours in the list, which is ordered by subject.
            return NumberOf(digits) is { } number
                ? Rules.All.OrderBy(rule => Math.Abs(NumberOf(rule) - number)).Take(2).OrderBy(NumberOf)
                : [];
        }

        // A word of a title, such as nesterov.
        return name.Length < 3 ? [] : Rules.All.Where(rule => rule.Title.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(3);
    }

    private static int? NumberOf(string name)
    {
        ReadOnlySpan<char> digits = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name.AsSpan(Prefix.Length) : name;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    private static int NumberOf(Rule rule) => int.Parse(rule.Id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
