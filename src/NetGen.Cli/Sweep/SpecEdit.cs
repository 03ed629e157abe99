using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;

namespace NetGen.Cli.Sweep;

/// <summary>What became of a spec's text: the text, or why it could not be changed.</summary>
internal readonly record struct EditedSpec(string? Text, string? Problem)
{
    public static EditedSpec Refused(string problem) => new(null, problem);
}

/// <summary>A value for a place of a spec.</summary>
/// <param name="Path">As <see cref="SpecEdit"/> says.</param>
/// <param name="Value">In YAML's flow style: <c>0.1</c>, <c>relu</c>, <c>[3, 5]</c>.</param>
internal readonly record struct Setting(string Path, string Value);

/// <summary>
/// Sets values in the text of a spec and leaves everything else as it is written: comments, order, line ends.
/// <para>
/// A path is a key of the spec (<c>l2</c>), a layer and its option (<c>hidden.units</c>, <c>dense_2.units</c>), or goes on from there
/// (<c>optimizer.adam.learning_rate</c>, <c>hidden.activation.leaky_relu.negative_slope</c>). What kind of thing it is that has the option may be left
/// out (<c>optimizer.learning_rate</c>). A short form becomes a map where another option than its value is set. A key that is not stated is added.
/// </para>
/// <para>
/// Of an anchored value (<c>units: &amp;n 16</c>) aliases follow, as they do when a person edits it. An alias itself is replaced, and nothing is set
/// within one, since that would change its anchor's place too.
/// </para>
/// <para>
/// <c>NAME.repeat</c> is no option of a layer: it puts so many of it one behind the other, named NAME, NAME_2, …. It is done last, so that what is set
/// on NAME goes for all of them.
/// </para>
/// </summary>
internal static class SpecEdit
{
    /// <summary>The pseudo-option that repeats a layer.</summary>
    public const string Repeat = "repeat";

    /// <summary>Sets one value.</summary>
    public static EditedSpec Set(string text, string path, string value)
    {
        string[] segments = path.Split('.');
        if (segments.Any(static s => s.Length == 0 || !s.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')))
            return EditedSpec.Refused($"'{Node.Shorten(path)}' is no path; write names with a dot between, as in hidden.units");
        if (RepeatedLayer(path) is { } layer)
            return RepeatLayer(text, layer, value);
        if (!IsOneValue(value))
            return EditedSpec.Refused($"'{Node.Shorten(value)}' is not one value of YAML; write a number, a word, or a list in brackets, as in {path}=[3,5]");

        EditedSpec edited = Once(text, segments, value);
        if (edited.Text is null)
            return edited;
        // What was written must be found where it was put: then a second time changes nothing. A layer that is named anew is found by its new name.
        string[] again = segments is [_, "name"] ? [value, "name"] : segments;
        return Once(edited.Text, again, value).Text == edited.Text
            ? edited
            : EditedSpec.Refused($"'{path}' stands in a form of YAML that cannot be changed here; write it plainly, as in {segments[^1]}: {value}");
    }

    /// <summary>
    /// Sets several values, in their order, and then repeats layers, from the last to the first. Says all that is wrong, and gives no text then.
    /// </summary>
    public static (string? Text, IReadOnlyList<string> Problems) Set(string text, IEnumerable<Setting> settings)
    {
        var problems = new List<string>();
        void Apply(IEnumerable<Setting> some)
        {
            foreach (Setting setting in some)
            {
                EditedSpec edited = Set(text, setting.Path, setting.Value);
                text = edited.Text ?? text;
                if (edited.Problem is { } problem)
                    problems.Add(problem);
            }
        }

        ILookup<bool, Setting> repeats = settings.ToLookup(static s => RepeatedLayer(s.Path) is not null);
        Apply(repeats[false]);
        if (!repeats.Contains(true))
            return problems.Count == 0 ? (text, []) : (null, problems);

        // A copy moves the ordinals of the layers behind it, by which those without a name are called.
        IReadOnlyList<SpecLayer> layers = Read(text) is { } root ? SpecLayer.Of(root) : [];
        Apply(repeats[true].OrderByDescending(s => layers.Index().FirstOrDefault(l => l.Item.Name == RepeatedLayer(s.Path)).Index));
        return problems.Count == 0 ? (text, []) : (null, problems);
    }

    /// <summary>The layer that a path repeats; null for all other paths.</summary>
    public static string? RepeatedLayer(string path) =>
        path.Split('.') is [{ Length: > 0 } layer, Repeat] ? layer : null;

    /// <summary>In flow style, and no part of it reaches beyond it.</summary>
    public static bool IsOneValue(string value)
    {
        const string Key = "value: [";
        return Read($"{Key}{value}]")?.Entries is [{ Value: ListValue { Items: [var item] } list }] && list.Span.Length == value.Length + 2
            && item.Span.Start == Key.Length && item.Span.Length == value.Length && (item is MapValue) == value.StartsWith('{')
            && !value.AsSpan().ContainsAny('\r', '\n');
    }

    private static EditedSpec RepeatLayer(string text, string layer, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= LayerRepeat.Most
            ? LayerRepeat.Apply(text, layer, count)
            : EditedSpec.Refused(
                $"'{layer}.{Repeat}' is {Node.Shorten(value)}, but must be a whole number from 1 to {LayerRepeat.Most}: how many of the layer there are");

    private static EditedSpec Once(string text, string[] segments, string value) =>
        Read(text) is { } root ? new PathEdit(text, segments, value).Run(root) : EditedSpec.Refused("the spec is no YAML that can be read");

    internal static MapValue? Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        MapValue? root = YamlReader.Read(text, diagnostics);
        return diagnostics.HasErrors ? null : root;
    }
}
