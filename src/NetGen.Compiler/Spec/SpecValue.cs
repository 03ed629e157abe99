using NetGen.Compiler.Text;

namespace NetGen.Compiler.Spec;

/// <summary>
/// A value as the user wrote it, with its place: what both front ends (YAML and attributes) read a network into.
/// Aliases are resolved and duplicate keys reported before; nothing else has been checked.
/// </summary>
internal abstract record SpecValue(SourceSpan Span);

/// <summary>A scalar. A plain one (not quoted) may be read as a number or a boolean, a quoted one is text.</summary>
internal sealed record ScalarValue(string Text, bool IsPlain, SourceSpan Span) : SpecValue(Span)
{
    /// <summary>Nothing was written (<c>dense:</c>), or null by YAML's core schema.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record ListValue(EquatableArray<SpecValue> Items, SourceSpan Span) : SpecValue(Span);

internal sealed record MapValue(EquatableArray<SpecEntry> Entries, SourceSpan Span) : SpecValue(Span)
{
    public SpecEntry? Find(string key)
    {
        foreach (SpecEntry entry in Entries)
        {
            if (entry.Key.Value == key)
                return entry;
        }

        return null;
    }
}

/// <summary>One key of a map and its value.</summary>
internal sealed record SpecEntry(Spanned<string> Key, SpecValue Value);
