using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>Something that a spec can name: a layer, an activation, an initializer, a loss, an optimizer.</summary>
internal interface IDefinition
{
    string Name { get; }

    OptionKeys Keys { get; }
}

/// <summary>The things of one sort that a spec can name, in the order in which messages list them.</summary>
/// <param name="sort"><c>layer</c>, for messages.</param>
/// <param name="synonyms">What users of other libraries write, and what it is called here.</param>
internal sealed class Registry<T>(string sort, Rule unknown, T[] all, Dictionary<string, string> synonyms)
    where T : class, IDefinition
{
    public IReadOnlyList<T> All { get; } = all;

    /// <summary>The definition of a name; an unknown one is reported, with the nearest.</summary>
    public T? Find(Spanned<string> name, DiagnosticBag diagnostics)
    {
        if (All.FirstOrDefault(d => d.Name == name.Value) is { } found)
            return found;
        if (name.Value.IndexOf(':') is > 0 and int colon)
        {
            diagnostics.Report(unknown, name.Span, $"there is no {sort} '{Node.Shorten(name.Value)}'; put a space after the colon: {name.Value.Substring(0, colon)}: {Node.Shorten(name.Value.Substring(colon + 1))}");
            return null;
        }

        string? near = synonyms.TryGetValue(name.Value.ToLowerInvariant(), out string? synonym)
            ? synonym
            : Nearest.Find(name.Value, All.Select(static d => d.Name));
        diagnostics.Report(unknown, name.Span,
            $"there is no {sort} '{Node.Shorten(name.Value)}'; " + (near is null ? "there are " + Listed() : $"did you mean '{near}'?"), Change.Spell(name.Span, near));
        return null;
    }

    private string Listed() => string.Join(", ", All.Select(static d => d.Name));
}
