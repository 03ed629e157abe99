using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Diagnostics;

/// <summary>A stretch of the file's text, and what replaces it.</summary>
internal readonly record struct TextEdit(int Start, int Length, string Text)
{
    /// <summary>The text with edits that do not overlap.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        foreach (TextEdit edit in edits.OrderByDescending(static e => e.Start))
            text = text.Remove(edit.Start, edit.Length).Insert(edit.Start, edit.Text);
        return text;
    }
}

/// <summary>What would make a mistake right.</summary>
/// <param name="Title">In the imperative, as an editor's menu shows it.</param>
/// <param name="Edits">None overlaps another.</param>
internal sealed record Fix(string Title, EquatableArray<TextEdit> Edits);

/// <summary>What a fix does to a spec, before it is known how the front end writes that.</summary>
internal abstract record Change(string Title)
{
    /// <summary>The nearest right name in place of one that is not; nothing where none is near.</summary>
    public static Change[] Spell(SourceSpan span, string? near) => near is null ? [] : [new Replace($"Write '{near}'", span, near)];

    /// <summary>Another word or number in place of one.</summary>
    /// <param name="Word">In the words of YAML.</param>
    public sealed record Replace(string Title, SourceSpan Span, string Word) : Change(Title);

    /// <summary>A layer before another: bare, or with its main value.</summary>
    /// <param name="Before">The other's kind.</param>
    public sealed record InsertLayer(string Title, SourceSpan Before, string Kind, string? Main = null) : Change(Title);

    /// <summary>A layer left out.</summary>
    public sealed record RemoveLayer(string Title, SourceSpan Layer) : Change(Title);

    /// <summary>One more option of a layer.</summary>
    /// <param name="Main">What its single value is called, where it has one.</param>
    public sealed record AddOption(string Title, Node Layer, string? Main, string Key, string Word) : Change(Title);

    /// <summary>Several that only together make it right.</summary>
    public sealed record All(string Title, EquatableArray<Change> Parts) : Change(Title);

    /// <summary>Its edits; null where the front end has no form for one of them.</summary>
    /// <param name="write">The edit of a change that is one.</param>
    public EquatableArray<TextEdit>? Edits(System.Func<Change, TextEdit?> write)
    {
        TextEdit?[] edits = [.. (this is All all ? all.Parts : EquatableArray.Of(this)).Select(write)];
        return edits.Contains(null) ? null : edits.Select(static e => e!.Value).ToEquatable();
    }
}
