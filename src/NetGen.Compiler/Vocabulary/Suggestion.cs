using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Vocabulary;

/// <summary>What a name was meant to be that is not there.</summary>
/// <param name="Names">The likely names; of several, no one is put in its place.</param>
/// <param name="Note">What to say besides, or, where there is no name, instead.</param>
/// <param name="IsSame">The one name may stand in its place as it is.</param>
internal sealed record Suggestion(EquatableArray<string> Names, string? Note, bool IsSame)
{
    private const int FewestLetters = 3, MostNames = 3;

    private static readonly Suggestion s_nothing = new(default, null, IsSame: false);

    /// <summary>Nothing is known of it.</summary>
    public bool IsEmpty => Names.Count == 0 && Note is null;

    /// <summary>
    /// In this order: the same letters; another library's word; where it belongs instead; the beginning of a name, or a name and more; the nearest by letters.
    /// </summary>
    /// <param name="elsewhere">Where the name belongs, if it is one of another kind.</param>
    public static Suggestion Of(string written, IEnumerable<string> names, Glossary glossary, Func<string?>? elsewhere = null)
    {
        string[] all = [.. names];
        if (Same(written, all) is { } same)
            return One(same);
        if (glossary.Find(written, all) is { } meaning)
            return new Suggestion(meaning.Names, meaning.Note, meaning.IsSame);
        if (elsewhere?.Invoke() is { } place)
            return s_nothing with { Note = place };
        if (glossary.Missing(written) is { } missing)
            return s_nothing with { Note = missing };
        string[] begun = ByPrefix(written, all);
        if (begun.Length > 0)
            return new Suggestion(new EquatableArray<string>(begun), null, IsSame: true);
        return Nearest.Find(written, all) is { } near ? One(near) : s_nothing;
    }

    /// <summary>The remedy of a message, or what it says where there is none.</summary>
    public string Remedy(string otherwise) => (Names.Count, Note, IsSame) switch
    {
        (0, null, _) => otherwise,
        (0, { } note, _) => note,
        (_, { } note, false) => $"here it is {Quoted(" and ")}, {note}",
        (_, { } note, true) => $"did you mean {Quoted(" or ")}, {note}?",
        _ => $"did you mean {Quoted(" or ")}?",
    };

    /// <summary>The same behind a semicolon; nothing where there is none.</summary>
    public string Hint => IsEmpty ? "" : "; " + Remedy("");

    /// <summary>The one name in its place.</summary>
    public Change[] Spell(SourceSpan span) => Change.Spell(span, Names.Count == 1 && IsSame ? Names[0] : null);

    private static Suggestion One(string name) => new(EquatableArray.Of(name), null, IsSame: true);

    private string Quoted(string between) => string.Join(between, Names.Select(static n => $"'{n}'"));

    /// <summary>Whether two names have the same letters.</summary>
    private static string? Same(string written, string[] names)
    {
        string key = Glossary.Key(written);
        return key.Length == 0 ? null : names.FirstOrDefault(n => Nearest.Fold(n) == key);
    }

    private static string[] ByPrefix(string written, string[] names)
    {
        string word = Glossary.Key(written);
        if (word.Length < FewestLetters)
            return [];
        string[] longer = [.. names.Where(n => Nearest.Fold(n).StartsWith(word, StringComparison.Ordinal))];
        if (longer.Length > 0)
            return longer.Length <= MostNames ? longer : [];
        string? shorter = names.Where(n => EndsAWord(written, n)).OrderByDescending(static n => n.Length).FirstOrDefault();
        return shorter is null ? [] : [shorter];
    }

    /// <summary>The name stands at the beginning, and a new word, or a number, behind it.</summary>
    private static bool EndsAWord(string written, string name)
    {
        string folded = Nearest.Fold(name);
        int at = 0;
        for (int k = 0; k < written.Length; k++)
        {
            bool isSeparator = written[k] is '-' or '_' or ' ';
            if (at == folded.Length)
                return at >= FewestLetters && (isSeparator || (char.IsUpper(written[k]) && !char.IsUpper(written[k - 1])) || (char.IsDigit(written[k]) && !char.IsDigit(written[k - 1])));
            if (isSeparator)
                continue;
            if (char.ToLowerInvariant(written[k]) != folded[at])
                return false;
            at++;
        }

        return false;
    }
}
