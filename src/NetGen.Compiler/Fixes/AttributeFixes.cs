using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Fixes;

/// <summary>Changes of a spec that is written in attributes, as edits of the C#.</summary>
internal sealed class AttributeFixes
{
    private readonly HashSet<SourceSpan> _texts = [];

    private AttributeFixes(SpecValue spec) => FindTexts(spec);

    /// <param name="spec">What the attributes say.</param>
    public static EquatableArray<Diagnostic> Write(EquatableArray<Diagnostic> diagnostics, MapValue spec)
    {
        if (diagnostics.All(static d => d.Changes.Count == 0))
            return diagnostics;
        var fixes = new AttributeFixes(spec);
        return diagnostics.Select(d => d.WithFixes(fixes.Write)).ToEquatable();
    }

    private TextEdit? Write(Change change) => change switch
    {
        Change.Replace r when char.IsDigit(r.Word[0]) => new TextEdit(r.Span.Start, r.Span.Length, r.Word.Contains('.') ? r.Word + "f" : r.Word),
        Change.Replace { Word: "true" or "false" } r => new TextEdit(r.Span.Start, r.Span.Length, r.Word),
        Change.Replace r when r.Word[0] == '[' => new TextEdit(r.Span.Start, r.Span.Length, Items(r.Word)),
        Change.Replace r when _texts.Contains(r.Span) => new TextEdit(r.Span.Start, r.Span.Length, $"\"{r.Word}\""),
        Change.InsertLayer i => new TextEdit(i.Before.Start, 0, Pascal(i.Kind) + (i.Main is null ? "" : $"({Items(i.Main)})") + ", "),
        Change.AddOption { Word: "true" or "false" } a => Add(a),
        // Names are types and members of enumerations here, which C# itself checks; what a layer goes with is a question of brackets.
        _ => null,
    };

    /// <summary>Words that are written as strings.</summary>
    private void FindTexts(SpecValue value)
    {
        switch (value)
        {
            case ScalarValue { IsPlain: false }:
                _texts.Add(value.Span);
                break;
            case ListValue list:
                foreach (SpecValue item in list.Items)
                    FindTexts(item);
                break;
            case MapValue map:
                foreach (SpecEntry entry in map.Entries)
                    FindTexts(entry.Value);
                break;
        }
    }

    private static string Items(string list) => list.Trim('[', ']');

    private static TextEdit? Add(Change.AddOption change)
    {
        Node layer = change.Layer;
        string option = $"{Pascal(change.Key)} = {change.Word}";
        SpecValue? last = layer.Options.Count > 0 ? layer.Options[layer.Options.Count - 1].Value : layer.Main;
        return last is null
            ? new TextEdit(layer.Kind.Span.Start + layer.Kind.Span.Length, 0, $"({option})")
            : new TextEdit(last.Span.Start + last.Span.Length, 0, ", " + option);
    }

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(static w => char.ToUpperInvariant(w[0]) + w.Substring(1)));
}
