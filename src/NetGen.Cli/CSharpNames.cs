using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Text;

namespace NetGen.Cli;

/// <summary>Names of classes and namespaces: made of names of files, or checked where the user gives them.</summary>
internal static class CSharpNames
{
    /// <summary>
    /// A class name of any text: the words that spaces, dots, dashes and underscores part, each with a capital, as in <c>DigitsConv</c>. What cannot stand in a
    /// name is left out; <c>Net</c> goes before a digit, and behind what a generated member is called.
    /// </summary>
    public static string ClassOf(string text)
    {
        var name = new StringBuilder();
        bool begins = true;
        foreach (Rune rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (!IsPart(rune) || rune.Value == '_')
            {
                begins = true;
                continue;
            }

            name.Append((begins ? Rune.ToUpperInvariant(rune) : rune).ToString());
            begins = false;
        }

        string made = name.ToString();
        if (made.Length == 0 || !IsStart(made[0]))
            made = "Net" + made;
        return IsTaken(made) || CSharpLiteral.Identifier(made)[0] == '@' ? made + "Net" : made;
    }

    /// <summary>A namespace of any text, of the parts between its dots.</summary>
    public static string NamespaceOf(string text)
    {
        string[] parts = [.. text.Split('.').Where(static p => p.Any(static c => char.IsLetterOrDigit(c))).Select(ClassOf)];
        return parts.Length == 0 ? "Net" : string.Join(".", parts);
    }

    /// <summary>What is wrong with a class name, and what would be right; null where it can be one.</summary>
    public static string? ProblemOfClass(string name) =>
        IsTaken(name) && IsIdentifier(name) ? $"'{name}' is no name for the class: something that is generated with it has that name; '{name}Net' would do" : Problem(name, name, ClassOf);

    /// <summary>What is wrong with a dotted name, and what would be right; null where it can be a namespace.</summary>
    public static string? ProblemOfNamespace(string name)
    {
        if (name.Split('.').Any(static p => p.Length == 0))
            return $"'{name}' is no namespace: there is nothing {(name.Length == 0 ? "in it" : "before, after or between two of its dots")}; '{NamespaceOf(name)}' would do";
        return name.Split('.').Select(p => Problem(p, name, static n => NamespaceOf(n))).FirstOrDefault(static p => p is not null);
    }

    private static string? Problem(string part, string whole, Func<string, string> repair)
    {
        string what = whole == part ? $"'{whole}' is no name" : $"'{part}' in '{whole}' is no name";
        if (CSharpLiteral.Identifier(part)[..1] == "@")
            return $"{what}: C# has that word for itself; '{repair(whole)}' would do";
        if (IsIdentifier(part))
            return null;
        string why = part.Length > 0 && char.IsDigit(part[0]) ? "it begins with a digit" : "a name has letters, digits and underscores";
        return $"{what}: {why}; '{repair(whole)}' would do";
    }

    private static bool IsIdentifier(string name) => name.Length > 0 && IsStart(name[0]) && name.EnumerateRunes().All(IsPart);

    // Letters beyond the basic plane may not stand in names of C#.
    private static bool IsPart(Rune rune) => rune.IsBmp && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsStart(char c) => c == '_' || char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    private static bool IsTaken(string name) => PublicNames.Contains(name) || s_aliases.Contains(name);

    /// <summary>What generated files call things of the framework: where a file stands alone, nothing says what else is beside it.</summary>
    private static readonly HashSet<string> s_aliases = [.. PrivateNames.Aliases];
}
