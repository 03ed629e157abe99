using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>
/// Puts several of a layer one behind the other: the depth of a network as a number. Each reads the one before it, so a layer that states what it
/// reads, or that another reads by its name, is refused: what would be meant is not clear.
/// </summary>
internal static class LayerRepeat
{
    /// <summary>As many of one layer as there may be.</summary>
    public const int Most = 256;

    private const string OddForm = "the layer stands in a form of YAML that cannot be repeated here; write it plainly, in block style";

    /// <param name="count">How many of the layer there are in all.</param>
    public static EditedSpec Apply(string text, string name, int count)
    {
        if (SpecEdit.Read(text) is not { } root)
            return EditedSpec.Refused("the spec is no YAML that can be read");
        IReadOnlyList<SpecLayer> layers = SpecLayer.Of(root);
        int place = layers.ToList().FindIndex(l => l.Name == name);
        if (place < 0)
        {
            string[] names = [.. layers.Select(static l => l.Name)];
            string remedy = Nearest.Find(name, names) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", names)}";
            return Refused(name, $"the spec has no layer '{Node.Shorten(name)}'; {remedy}");
        }

        if (count == 1)
            return new EditedSpec(text, null);
        if (Obstacle(layers, layers[place], count) is { } obstacle)
            return Refused(name, obstacle);
        if (Copies(text, layers[place], count - 1) is not { } copied)
            return Refused(name, OddForm);

        var edited = new EditedSpec(copied, null);
        for (int k = 1; k < count && edited.Text is { } now; k++)
        {
            IReadOnlyList<SpecLayer> repeated = SpecEdit.Read(now) is { } next ? SpecLayer.Of(next) : [];
            if (repeated.Count != layers.Count + count - 1)
                return Refused(name, OddForm);
            edited = new PathEdit(now, ["name"], NameOf(name, k)).Run(repeated[place + k]);
        }

        return edited;
    }

    private static EditedSpec Refused(string name, string problem) => EditedSpec.Refused($"'{name}.{SpecEdit.Repeat}': {problem}");

    private static string NameOf(string name, int copy) => Invariant($"{name}_{copy + 1}");

    private static string? Obstacle(IReadOnlyList<SpecLayer> layers, SpecLayer layer, int count)
    {
        if (layer.IsAlias)
            return "the layer is an alias of another; write it out";
        if (layer.Definition.TakesSeveral || layer.Node.Find("from") is not null)
            return "the layer states what it reads ('from'), so its copies would not read one another; write them out";
        if (layers.FirstOrDefault(l => l != layer && References(l).Contains(layer.Name)) is { } reader)
            return $"layer '{reader.Name}' reads it by name, and which of the copies is meant is not clear; write them out";
        string[] names = [.. Enumerable.Range(1, count - 1).Select(k => NameOf(layer.Name, k))];
        return layers.FirstOrDefault(l => names.Contains(l.Name, System.StringComparer.OrdinalIgnoreCase)) is { } other
            ? $"there is a layer '{other.Name}' already, as a copy would be called; give it another name"
            : null;
    }

    /// <summary>The names that a layer reads.</summary>
    private static IEnumerable<string> References(SpecLayer layer)
    {
        SpecValue? from = layer.Definition.TakesSeveral && layer.Node.Main is { } main ? main : layer.Node.Find("from");
        IEnumerable<SpecValue> items = from is ListValue list ? list.Items : from is null ? [] : [from];
        return items.OfType<ScalarValue>().Select(static s => s.Text);
    }

    /// <summary>The text with copies behind the layer, which have its name still; null where the text is not understood.</summary>
    private static string? Copies(string text, SpecLayer layer, int copies)
    {
        var yaml = new YamlText(text);
        SourceSpan span = layer.Value.Span;
        int end = YamlText.EndOf(span);
        var all = new StringBuilder();
        if (yaml.DashBefore(span.Start) is { } dash)
        {
            string item = yaml.NewLine + new string(' ', dash - yaml.StartOfLine(dash)) + text[dash..end];
            for (int k = 0; k < copies; k++)
                all.Append(item);
            return text.Insert(yaml.EndOfLine(end), all.ToString());
        }

        if (text[..span.Start].TrimEnd() is not [.., '[' or ','])
            return null;
        for (int k = 0; k < copies; k++)
            all.Append(", ").Append(text, span.Start, span.Length);
        return text.Insert(end, all.ToString());
    }
}
