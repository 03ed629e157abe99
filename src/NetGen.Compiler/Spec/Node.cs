using System.Linq;
using NetGen.Compiler.Diagnostics;
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

    /// <summary>Reads one; <paramref name="what"/> is <c>a layer</c>, <c>a loss</c>, for messages.</summary>
    public static Node? Read(SpecValue value, string what, string example, DiagnosticBag diagnostics)
    {
        switch (value)
        {
            case ScalarValue { IsNull: false, Text.Length: > 0 } name:
                return new Node(new Spanned<string>(name.Text, name.Span), null, default);
            case MapValue { Entries.Count: 1 } map:
                SpecEntry entry = map.Entries[0];
                return entry.Value switch
                {
                    ScalarValue { IsNull: true } => new Node(entry.Key, null, default),
                    MapValue options => new Node(entry.Key, null, options.Entries),
                    _ => new Node(entry.Key, entry.Value, default),
                };
            case MapValue { Entries.Count: > 1 } map:
                string first = map.Entries[0].Key.Value;
                diagnostics.Report(Rules.WrongKind, map.Entries[1].Key.Span,
                    $"'{map.Entries[1].Key.Value}' stands beside '{first}', but {what} is one name with its options; write {first}: {{ …, {map.Entries[1].Key.Value}: … }}, or indent the options below '{first}:'");
                return null;
            default:
                diagnostics.Report(Rules.WrongKind, value.Span, $"{what} is a name, or a name with its options, not {Describe(value)}; write e.g. {example}");
                return null;
        }
    }

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
