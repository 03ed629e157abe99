using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Fixes;

/// <summary>Changes of a spec that is written in attributes, as edits of the C#.</summary>
internal static class AttributeFixes
{
    public static EquatableArray<Diagnostic> Write(EquatableArray<Diagnostic> diagnostics) => diagnostics.Select(static d => d.WithFixes(Write)).ToEquatable();

    private static TextEdit? Write(Change change) => change switch
    {
        Change.Replace r when char.IsDigit(r.Word[0]) => new TextEdit(r.Span.Start, r.Span.Length, r.Word.Contains('.') ? r.Word + "f" : r.Word),
        Change.InsertLayer i => new TextEdit(i.Before.Start, 0, Pascal(i.Kind) + ", "),
        Change.AddOption { Word: "true" or "false" } a => Add(a),
        // Names are types and members of enumerations here, which C# itself checks; what a layer goes with is a question of brackets.
        _ => null,
    };

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
