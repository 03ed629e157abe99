using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>
/// Settles the identifiers of a file once all of it is printed. A name that comes from a layer's has marks until then (<see cref="NameMark"/>), so it cannot be
/// taken for a name that the code around it uses for itself: here it becomes an identifier that the file has for nothing else.
/// </summary>
internal static class FileNames
{
    /// <summary>The text with identifiers for marked names.</summary>
    /// <param name="free">An alias that means nothing else where the file stands, after the one that is wanted.</param>
    /// <param name="names">The identifiers of the marked names.</param>
    public static string Settle(string text, Func<string, string> free, out Dictionary<string, string> names)
    {
        string[] marked = [.. MarkedIn(text)];
        // What else the file calls so, as far as it is in the way: found by trying.
        var taken = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            names = Choose(marked, free, taken);
            int before = taken.Count;
            taken.UnionWith(PlainIn(text, [.. names.Values]));
            if (taken.Count == before)
                return Replace(text, names);
        }
    }

    private static IEnumerable<string> MarkedIn(string text)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (CSharpWord word in CSharpWord.In(text).Where(static w => w.IsMarked))
        {
            string name = text.Substring(word.Start, word.Length);
            if (known.Add(name))
                yield return name;
        }
    }

    private static Dictionary<string, string> Choose(string[] marked, Func<string, string> free, HashSet<string> taken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in marked)
            Of(name);
        return names;

        string Of(string name)
        {
            int mark = name.LastIndexOfAny([NameMark.Value, NameMark.Method, NameMark.Alias]);
            if (mark < 0)
                return name;
            if (names.TryGetValue(name, out string? known))
                return known;
            string last = name.Substring(mark + 1);
            // What belongs to a value is called after it.
            string wanted = mark > 0 ? Of(name.Substring(0, mark)) + last
                : name[0] switch
                {
                    NameMark.Value => NameScope.Camel(last),
                    NameMark.Alias => free(last),
                    _ => last,
                };
            return names[name] = NameScope.Unique(wanted, n => !CSharpLiteral.IsKeyword(n) && !taken.Contains(n) && given.Add(n));
        }
    }

    /// <summary>Which of some names stand in the code without marks. Members of others, behind a dot, are in nobody's way.</summary>
    private static IEnumerable<string> PlainIn(string text, HashSet<string> names)
    {
        HashSet<int> lengths = [.. names.Select(static n => n.Length)];
        foreach (CSharpWord word in CSharpWord.In(text).Where(static w => w is { IsCode: true, IsMarked: false }))
        {
            if (!lengths.Contains(word.Length) || (word.Start > 0 && text[word.Start - 1] == '.'))
                continue;
            string name = text.Substring(word.Start, word.Length);
            if (names.Contains(name))
                yield return name;
        }
    }

    private static string Replace(string text, Dictionary<string, string> names)
    {
        var result = new StringBuilder(text.Length);
        int copied = 0;
        foreach (CSharpWord word in CSharpWord.In(text).Where(static w => w.IsMarked))
        {
            result.Append(text, copied, word.Start - copied).Append(names[text.Substring(word.Start, word.Length)]);
            copied = word.Start + word.Length;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }
}
