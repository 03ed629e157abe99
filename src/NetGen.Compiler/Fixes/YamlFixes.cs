using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Fixes;

/// <summary>Changes of a spec as edits of its YAML, in the style in which it is written.</summary>
internal sealed class YamlFixes(string text)
{
    /// <summary>The diagnostics with their fixes. A change that this YAML has no simple form for is left out.</summary>
    public EquatableArray<Diagnostic> Write(EquatableArray<Diagnostic> diagnostics) => diagnostics.Select(d => d.WithFixes(Write)).ToEquatable();

    private string NewLine => text.Contains("\r\n") ? "\r\n" : "\n";

    private TextEdit? Write(Change change) => change switch
    {
        Change.Replace r => new TextEdit(r.Span.Start, r.Span.Length, r.Word),
        Change.InsertLayer i => Insert(i),
        Change.RemoveLayer r => Remove(r.Layer),
        Change.AddOption a => Add(a),
        _ => null,
    };

    private TextEdit? Insert(Change.InsertLayer change)
    {
        int at = StartOfItem(change.Before.Start);
        string layer = change.Main is null ? change.Kind : $"{change.Kind}: {change.Main}";
        if (DashOf(at) is { } dash)
            return new TextEdit(at, 0, layer + NewLine + new string(' ', dash - StartOfLine(at)) + text.Substring(dash, at - dash));
        return new TextEdit(at, 0, (change.Main is null ? layer : $"{{ {layer} }}") + ", ");
    }

    /// <summary>An item of a block list goes with its lines, one of a flow list with the comma beside it.</summary>
    private TextEdit? Remove(SourceSpan layer)
    {
        int start = StartOfItem(layer.Start), end = layer.Start + layer.Length;
        if (DashOf(start) is not null)
        {
            while (end < text.Length && text[end] != '\n')
                end++;
            int from = StartOfLine(start);
            return new TextEdit(from, System.Math.Min(end + 1, text.Length) - from, "");
        }

        // The braces that close what was opened in it.
        for (int open = text.Substring(start, end - start).Sum(static c => c == '{' ? 1 : c == '}' ? -1 : 0); open > 0 && end < text.Length; end++)
            open += text[end] == '}' ? -1 : text[end] == '{' ? 1 : 0;

        int after = end;
        while (after < text.Length && char.IsWhiteSpace(text[after]))
            after++;
        if (after < text.Length && text[after] == ',')
        {
            after++;
            while (after < text.Length && text[after] == ' ')
                after++;
            return new TextEdit(start, after - start, "");
        }

        int before = start;
        while (before > 0 && char.IsWhiteSpace(text[before - 1]))
            before--;
        return before > 0 && text[before - 1] == ',' ? new TextEdit(before - 1, end - before + 1, "") : null;
    }

    private TextEdit? Add(Change.AddOption change)
    {
        Node layer = change.Layer;
        string option = $"{change.Key}: {change.Word}";
        int behind = layer.Kind.Span.Start + layer.Kind.Span.Length;
        if (layer.Main is { } main)
            return change.Main is null ? null : new TextEdit(main.Span.Start, main.Span.Length, $"{{ {change.Main}: {text.Substring(main.Span.Start, main.Span.Length)}, {option} }}");
        if (layer.Options.Count == 0)
            return text.Length > behind && text[behind] == ':' ? null : new TextEdit(behind, 0, $": {{ {option} }}");
        int first = layer.Options[0].Key.Span.Start;
        int before = first;
        while (before > 0 && char.IsWhiteSpace(text[before - 1]))
            before--;
        return before > 0 && text[before - 1] is '{' or ','
            ? new TextEdit(first, 0, option + ", ")
            : new TextEdit(first, 0, option + NewLine + new string(' ', first - StartOfLine(first)));
    }

    /// <summary>Where the item begins whose kind stands here: at the brace, in <c>[ { dense: 3 } ]</c>.</summary>
    private int StartOfItem(int kind)
    {
        int at = kind;
        while (at > 0 && text[at - 1] == ' ')
            at--;
        return at > 0 && text[at - 1] == '{' ? at - 1 : kind;
    }

    private int StartOfLine(int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>The dash before an item of a block list that begins a line; null in a flow list.</summary>
    private int? DashOf(int at)
    {
        int dash = at - 1;
        while (dash >= 0 && text[dash] == ' ')
            dash--;
        if (dash < 0 || text[dash] != '-')
            return null;
        return text.Substring(StartOfLine(dash), dash - StartOfLine(dash)).All(static c => c == ' ') ? dash : null;
    }
}
