using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Spec;

/// <summary>
/// A named thing and its options, as layers, activations, initializers, losses and optimizers are all written:
/// <c>relu</c>, <c>dense: 16</c>, or <c>dense: { units: 16 }</c>.
/// </summary>
/// <param name="Kind">The name, and where it stands.</param>
/// <param name="Main">The value written in place of a map, or null.</param>
/// <param name="Options">The map's entries.</param>
internal sealed record Node(Spanned<string> Kind, SpecValue? Main, EquatableArray<SpecEntry> Options)
{
    /// <summary>From its name to the end of its last option.</summary>
    public SourceSpan Whole
    {
        get
        {
            SourceSpan last = Options.Select(static o => o.Value.Span).Append(Main?.Span ?? Kind.Span).OrderBy(static s => s.Start + s.Length).Last();
            return Kind.Span with { Length = last.Start + last.Length - Kind.Span.Start, EndLine = last.EndLine, EndColumn = last.EndColumn };
        }
    }

    public SpecValue? Find(string key) => Options.FirstOrDefault(o => o.Key.Value == key)?.Value;

    /// <summary>The one that a value is; null where it is none.</summary>
    public static Node? Of(SpecValue value) => value switch
    {
        ScalarValue { IsNull: false, Text.Length: > 0 } name => new Node(new Spanned<string>(name.Text, name.Span), null, default),
        MapValue { Entries.Count: 1 } map => map.Entries[0] switch
        {
            { Value: ScalarValue { IsNull: true } } entry => new Node(entry.Key, null, default),
            { Value: MapValue options } entry => new Node(entry.Key, null, options.Entries),
            var entry => new Node(entry.Key, entry.Value, default),
        },
        _ => null,
    };

    /// <summary>A value in words, for messages.</summary>
    public static string Describe(SpecValue value) => value switch
    {
        ScalarValue { IsNull: true } => "nothing",
        ScalarValue { IsPlain: false } s => $"the text \"{Shorten(s.Text)}\"",
        ScalarValue s => $"'{Shorten(s.Text)}'",
        ListValue l => l.Items.Count == 0 ? "an empty list" : "a list",
        _ => "a map",
    };

    public static string Shorten(string text) => text.Length <= 40 ? text : text.Substring(0, 39) + "…";
}
