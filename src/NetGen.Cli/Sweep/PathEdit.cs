using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Cli.Sweep;

/// <summary>Follows one path through a spec to the edit that sets its value.</summary>
/// <param name="path">The names of the path.</param>
/// <param name="value">In flow style.</param>
internal sealed class PathEdit(string text, string[] path, string value)
{
    private readonly YamlText _yaml = new(text);
    private string? _problem;

    public EditedSpec Run(MapValue root) => Finish(OfRoot(root));

    /// <summary>The same within a layer: the path is one of its options.</summary>
    public EditedSpec Run(SpecLayer layer) => Finish(OfLayer(layer, 0));

    private EditedSpec Finish(TextEdit? edit) => edit is { } e
        ? new EditedSpec(TextEdit.Apply(text, [e]), null)
        : EditedSpec.Refused(_problem ?? $"'{string.Join('.', path)}' stands in a form of YAML that cannot be changed here; write it plainly, in block style");

    private TextEdit? OfRoot(MapValue root)
    {
        if (PathKind.RootKeys.Keys.Contains(path[0]) && path[0] != "layers")
            return InMap(root, PathKind.RootKeys, PathKind.OfRoot, 0);
        IReadOnlyList<SpecLayer> layers = SpecLayer.Of(root);
        if (layers.FirstOrDefault(l => l.Name == path[0]) is not { } layer)
            return Refuse(NoSuchBeginning(layers));
        if (path.Length == 1)
        {
            IEnumerable<string> keys = layer.Definition.Keys.Keys.Take(4).Append(SpecEdit.Repeat);
            return Refuse($"'{path[0]}' is a layer; name the option to set, such as {string.Join(", ", keys.Select(k => $"{path[0]}.{k}"))}");
        }

        return OfLayer(layer, 1);
    }

    private TextEdit? OfLayer(SpecLayer layer, int depth)
    {
        if (layer.IsAlias)
            return Refuse($"layer '{layer.Name}' is an alias of another; write it out");
        return InNode(new Place(layer.Value, null), layer.Node, PathKind.KeysOf(layer.Definition), $"layer '{layer.Name}'", depth);
    }

    private string NoSuchBeginning(IReadOnlyList<SpecLayer> layers)
    {
        if (layers.Count == 0)
            return $"the spec has no layers, so '{string.Join('.', path)}' is nothing of it";
        if (path[0] == "layers")
        {
            string first = layers[0].Name;
            return $"'{string.Join('.', path)}' is no value of one layer; name a layer and its option, "
                + $"as in {first}.{layers[0].Definition.Keys.Main ?? "trainable"}, or repeat one, as in {first}.{SpecEdit.Repeat}";
        }

        IEnumerable<string> keys = PathKind.RootKeys.Keys.Where(static k => k != "layers");
        // Behind a dot there is an option of a layer, or of what has options.
        IEnumerable<string> names = path.Length > 1 ? layers.Select(static l => l.Name).Concat(["loss", "optimizer", "input", "weights", "budget"]) : keys;
        string what = path.Length > 1 ? "layer or key" : "key";
        string remedy = Suggestion.Of(path[0], names, PathKind.RootKeys.Words).Remedy(
            path.Length > 1 ? $"there are the layers {string.Join(", ", layers.Select(static l => l.Name))}" : $"a spec has {string.Join(", ", keys)}");
        if (path.Length == 1 && layers.FirstOrDefault(l => l.Definition.Keys.Keys.Contains(path[0])) is { } owner)
            remedy = $"it is an option of a layer; write {owner.Name}.{path[0]}";
        return $"the spec has no {what} '{Node.Shorten(path[0])}'; {remedy}";
    }

    /// <summary>Within what a key's value is.</summary>
    private TextEdit? Within(Place place, PathKind kind, int depth)
    {
        if (place.Entry is { } entry && _yaml.IsAlias(entry))
            return Refuse($"'{Walked(depth)}' is an alias, and what is set in it would change what it repeats too; write it out");
        switch (kind)
        {
            case PathKind.Map map:
                return InOptions(place.Entry!, map.Keys, $"'{Walked(depth)}'", depth);
            case PathKind.Named named when Node.Of(place.Value) is { } node && named.Find(node.Kind.Value) is { } thing:
                if (named.Find(path[depth]) is { } written)
                {
                    if (written.Name != thing.Name)
                    {
                        string right = string.Join('.', [.. path[..depth], thing.Name, .. path[(depth + 1)..]]), walked = Walked(depth);
                        return Refuse($"'{walked}' is {thing.Name}, not {written.Name}; write {right}, or set {walked}={written.Name} before it");
                    }

                    depth++;
                    if (depth == path.Length)
                        return Refuse(NoOptionNamed(thing));
                }

                return InNode(place, node, thing.Keys, $"{named.Sort.Split(' ')[1]} '{thing.Name}'", depth);
            case PathKind.Named or PathKind.Leaf when place.Value is MapValue map:
                // Such as losses by their outputs.
                return InMap(map, null, key => kind is PathKind.Named ? kind : PathKind.OfOption(key), depth);
            case PathKind.Named named:
                string stated = Node.Describe(place.Value), example = $"{Walked(depth)}={{ {named.Things[0].Name}: … }}";
                return Refuse($"'{Walked(depth)}' is {stated}, which has no '{path[depth]}'; set it whole, as in {example}");
            default:
                return Refuse($"'{Walked(depth)}' is {Node.Describe(place.Value)}, which has nothing of a name in it; set it whole: {Walked(depth)}=…");
        }
    }

    /// <summary>Within a named thing and its options.</summary>
    private TextEdit? InNode(Place place, Node node, OptionKeys keys, string owner, int depth)
    {
        if (place.Value is MapValue map)
            return InOptions(map.Entries[0], keys, owner, depth);
        if (Check(keys, owner, depth) is not { } option || Rest(PathKind.OfOption(option), depth + 1) is not { } rest)
            return null;
        string options = option == keys.Main && depth + 1 == path.Length && IsShort(value) ? value : $"{{ {option}: {rest} }}";
        string whole = $"{node.Kind.Value}: {options}";
        if (place.Entry is null && _yaml.IsBehindDash(place.Value.Span.Start))
            return new TextEdit(place.Value.Span.Start, place.Value.Span.Length, whole);
        whole = $"{{ {whole} }}";
        return place.Entry is { } entry ? _yaml.Replace(entry, whole) : new TextEdit(place.Value.Span.Start, place.Value.Span.Length, whole);
    }

    /// <summary>Within options, which may be a map, the main one's value alone, or nothing yet.</summary>
    private TextEdit? InOptions(SpecEntry entry, OptionKeys keys, string owner, int depth)
    {
        if (_yaml.IsAlias(entry) && entry.Value is MapValue)
            return Refuse($"{owner} has an alias for its options, and what is set in it would change what it repeats too; write them out");
        if (entry.Value is MapValue map)
        {
            // Keys that are stated are right, or the compiler says what is wrong with them.
            OptionKeys all = keys with { Keys = keys.Keys.Union(map.Entries.Select(static e => e.Key.Value)).ToEquatable() };
            return InMap(map, all, PathKind.OfOption, depth, owner);
        }

        if (Check(keys, owner, depth) is not { } option)
            return null;
        bool isEmpty = entry.Value is ScalarValue { IsNull: true };
        if (option == keys.Main && !isEmpty)
            return depth + 1 == path.Length ? ReplaceMain(entry, keys) : Within(new Place(entry.Value, entry), PathKind.OfOption(option), depth + 1);
        if (Rest(PathKind.OfOption(option), depth + 1) is not { } rest)
            return null;
        if (isEmpty)
            return _yaml.Replace(entry, option == keys.Main && depth + 1 == path.Length && IsShort(value) ? value : $"{{ {option}: {rest} }}");
        return keys.Main is null
            ? Refuse($"{owner} has {Node.Describe(entry.Value)}, which is not of its options; write them as a map")
            : _yaml.Replace(entry, $"{{ {keys.Main}: {_yaml.FlowOf(entry)}, {option}: {rest} }}");
    }

    /// <summary>A map in the main value's place would be taken for options.</summary>
    private TextEdit? ReplaceMain(SpecEntry entry, OptionKeys keys) => _yaml.Replace(entry, IsShort(value) ? value : $"{{ {keys.Main}: {value} }}");

    private static bool IsShort(string value) => !value.StartsWith('{');

    /// <param name="keys">Those that there are; null where that is not known.</param>
    private TextEdit? InMap(MapValue map, OptionKeys? keys, Func<string, PathKind> kindOf, int depth, string owner = "the spec")
    {
        string key = path[depth];
        if (keys is not null && Check(keys, owner, depth) is null)
            return null;
        SpecEntry? entry = map.Find(key);
        if (depth + 1 < path.Length && entry is not null && !(entry.Value is ScalarValue { IsNull: true }))
            return Within(new Place(entry.Value, entry), kindOf(key), depth + 1);
        if (Rest(kindOf(key), depth + 1) is not { } rest)
            return null;
        return entry is null ? _yaml.Add(map, key, rest) : _yaml.Replace(entry, rest);
    }

    /// <summary>The value of what the path leads to from here on where nothing of it is stated yet; null after a problem.</summary>
    private string? Rest(PathKind kind, int depth)
    {
        if (depth == path.Length)
            return value;
        switch (kind)
        {
            case PathKind.Map map:
                return Check(map.Keys, $"'{Walked(depth)}'", depth) is { } key && Rest(PathKind.OfOption(key), depth + 1) is { } rest
                    ? $"{{ {key}: {rest} }}" : null;
            case PathKind.Named named:
                IDefinition? thing = named.Find(path[depth]);
                if (thing is not null)
                    depth++;
                else if (named.Default is { } name && named.Find(name)!.Keys.Keys.Contains(path[depth]))
                    thing = named.Find(name)!;
                if (thing is null)
                {
                    string remedy = Suggestion.Of(path[depth], named.Things.Select(static t => t.Name), named.Words)
                        .Remedy($"there are {string.Join(", ", named.Things.Select(static t => t.Name))}");
                    return Nothing($"'{Walked(depth)}' is not stated, and '{Node.Shorten(path[depth])}' is not {named.Sort}; {remedy}");
                }

                if (depth == path.Length)
                    return Nothing(NoOptionNamed(thing));
                string owner = $"{named.Sort.Split(' ')[1]} '{thing.Name}'";
                return Check(thing.Keys, owner, depth) is { } option && Rest(PathKind.OfOption(option), depth + 1) is { } inner
                    ? $"{{ {thing.Name}: {{ {option}: {inner} }} }}" : null;
            default:
                string missing = Walked(depth);
                return Nothing($"'{missing}' is not stated, and is nothing that has a '{Node.Shorten(path[depth])}'; set it whole: {missing}=…");
        }
    }

    /// <summary>The option at a place of the path; null after a problem where its owner has none of that name.</summary>
    private string? Check(OptionKeys keys, string owner, int depth)
    {
        string option = path[depth];
        if (keys.Keys.Contains(option))
            return option;
        string all = keys.Keys.Count == 0 ? "it takes none" : $"it takes {string.Join(", ", keys.Keys)}";
        string remedy = Suggestion.Of(option, keys.Keys, keys.Words).Remedy(all);
        return Nothing($"{owner} has no option '{Node.Shorten(option)}'; {remedy}");
    }

    private string NoOptionNamed(IDefinition thing) => thing.Keys.Keys.Count == 0
        ? $"'{string.Join('.', path)}' has no options; to choose it, write {string.Join('.', path[..^1])}={thing.Name}"
        : $"'{string.Join('.', path)}' is not a value; name an option, as in {string.Join('.', path)}.{thing.Keys.Main ?? thing.Keys.Keys[0]},"
            + $" or to choose it write {string.Join('.', path[..^1])}={thing.Name}";

    private string Walked(int depth) => string.Join('.', path[..depth]);

    private TextEdit? Refuse(string problem)
    {
        _problem ??= problem;
        return null;
    }

    private string? Nothing(string problem)
    {
        _problem ??= problem;
        return null;
    }

    /// <summary>A value, and the entry whose value it is; null of an item of a list.</summary>
    private readonly record struct Place(SpecValue Value, SpecEntry? Entry);
}
