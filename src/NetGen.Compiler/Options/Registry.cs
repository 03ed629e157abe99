using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Options;

/// <summary>Something that a spec can name: a layer, an activation, an initializer, a loss, an optimizer.</summary>
internal interface IDefinition
{
    string Name { get; }

    OptionKeys Keys { get; }
}

/// <summary>The things of one sort that a spec can name, in the order in which messages list them.</summary>
/// <param name="sort"><c>layer</c>, for messages.</param>
/// <param name="glossary">What users of other libraries write, and what it is called here.</param>
internal sealed class Registry<T>(string sort, Rule unknown, T[] all, Glossary glossary)
    where T : class, IDefinition
{
    /// <summary>Of all names, so many letters are listed in a message.</summary>
    private const int MostLetters = 400;

    public IReadOnlyList<T> All { get; } = all;

    public Glossary Glossary => glossary;

    public IReadOnlyList<string> Names { get; } = [.. all.Select(static d => d.Name)];

    /// <summary>The definition of a name; an unknown one is reported, with the nearest.</summary>
    /// <param name="owner">Among whose options it is named.</param>
    public T? Find(Spanned<string> name, OptionReader owner)
    {
        if (All.FirstOrDefault(d => d.Name == name.Value) is { } found)
            return found;
        if (name.Value.IndexOf(':') is > 0 and int colon)
        {
            owner.Diagnostics.Report(unknown, name.Span, $"there is no {sort} '{Node.Shorten(name.Value)}'; put a space after the colon: {name.Value.Substring(0, colon)}: {Node.Shorten(name.Value.Substring(colon + 1))}");
            return null;
        }

        var meant = Suggestion.Of(name.Value, Names, glossary, () => owner.Elsewhere.OfName(name.Value, sort));
        owner.Diagnostics.Report(unknown, name.Span, $"there is no {sort} '{Node.Shorten(name.Value)}'; {meant.Remedy("there are " + Listed())}", meant.Spell(name.Span));
        return null;
    }

    /// <summary>All names, or the first of them where there are more than anybody reads.</summary>
    private string Listed()
    {
        string[] first = [.. Names.TakeWhile((_, k) => Names.Take(k + 1).Sum(static name => name.Length + 2) <= MostLetters)];
        string listed = string.Join(", ", first);
        return first.Length == Names.Count ? listed : $"{listed} and {Names.Count - first.Length} more, which docs/spec.md lists";
    }

    /// <summary>What a name, or another library's word for it, is called here; null where it is of another sort.</summary>
    public string? Canonical(string name) => Names.Contains(name) ? name : glossary.Find(name, Names) is { Names.Count: 1 } meaning ? meaning.Names[0] : null;
}
