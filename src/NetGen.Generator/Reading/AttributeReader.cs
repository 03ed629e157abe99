using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Reading;

/// <summary>
/// Reads a network from attributes into the tree that YAML gives. The mapping is mechanical: an attribute's base
/// class says where it belongs, names turn to snake_case, arguments to entries of a map.
/// </summary>
internal static class AttributeReader
{
    public static AttributeSpec Read(NetGenAttributes attributes)
    {
        var diagnostics = new DiagnosticBag();
        List<SpecEntry> entries = [];
        List<SpecValue> layers = [];
        HashSet<string> reported = [];
        for (int k = 0; k < attributes.Here.Count; k++)
        {
            NetGenAttribute attribute = attributes.Here[k];
            if (IsLayer(attribute))
            {
                NetGenAttribute? held = attribute.HoldsNext && k + 1 < attributes.Here.Count && attributes.Here[k + 1].IsRecurrent ? attributes.Here[++k] : null;
                layers.Add(held is null ? ReadChoice(attribute, diagnostics) : ReadHolder(attribute, held, diagnostics));
                continue;
            }

            SpecEntry entry = ReadSection(attribute, diagnostics);
            if (Parted(entry, attribute) is { } part)
            {
                AddPart(entries, part, attribute, diagnostics);
                continue;
            }

            SpecEntry? earlier = entries.FirstOrDefault(e => e.Key.Value == entry.Key.Value);
            if (earlier is null)
                entries.Add(entry);
            else if (reported.Add(entry.Key.Value))
                diagnostics.Report(Rules.DuplicateKey, SourceLocation.SpanOf(attribute.Location), Twice(entry.Key.Value));
        }

        if (layers.Count > 0)
        {
            SourceSpan first = SourceLocation.SpanOf(attributes.Here.First(IsLayer).Location);
            SourceSpan last = SourceLocation.SpanOf(attributes.Here.Last(IsLayer).Location);
            int place = entries.FindIndex(static e => e.Key.Value is "input" or "inputs") + 1;
            entries.Insert(place, new SpecEntry(
                new Spanned<string>("layers", first), new ListValue(layers.ToEquatable(), Between(first, last))));
        }

        entries.AddRange(ArgumentReader.Read(attributes.Network).Where(static e => e.Key.Value != "spec" && !IsNoWeights(e)));
        var spec = new MapValue(entries.ToEquatable(), SourceLocation.SpanOf(attributes.Network.Location));
        return new AttributeSpec(spec, diagnostics.ToArray());
    }

    /// <summary>
    /// An input with a name, or a loss of an output, as an entry of the map that <c>inputs</c> or <c>loss</c> is then: the map's key, and the entry. Null for
    /// what stands by itself.
    /// </summary>
    private static (string Key, SpecEntry Entry)? Parted(SpecEntry entry, NetGenAttribute attribute)
    {
        string option = attribute.Name == "Input" ? "name" : attribute.BaseName == "LossAttribute" ? "output" : "";
        MapValue? options = attribute.Name == "Input" ? entry.Value as MapValue : (entry.Value as MapValue)?.Entries[0].Value as MapValue;
        if (option.Length == 0 || options?.Find(option) is not { Value: ScalarValue { IsNull: false } name })
            return null;
        EquatableArray<SpecEntry> others = options.Entries.Where(e => e.Key.Value != option).ToEquatable();
        var key = new Spanned<string>(name.Text, name.Span);
        if (option == "name")
        {
            // A shape alone is that shape.
            SpecValue shape = others.Count == 1 && others[0].Key.Value == "shape" ? others[0].Value : options with { Entries = others };
            return ("inputs", new SpecEntry(key, shape));
        }

        Spanned<string> kind = ((MapValue)entry.Value).Entries[0].Key;
        return ("loss", new SpecEntry(key, others.Count == 0
            ? new ScalarValue(kind.Value, IsPlain: true, kind.Span) : new MapValue(EquatableArray.Of(new SpecEntry(kind, options with { Entries = others })), entry.Value.Span)));
    }

    private static void AddPart(List<SpecEntry> entries, (string Key, SpecEntry Entry) part, NetGenAttribute attribute, DiagnosticBag diagnostics)
    {
        int at = entries.FindIndex(e => e.Key.Value == part.Key);
        SourceSpan name = SourceLocation.SpanOf(attribute.Syntax.Name.GetLocation());
        if (at < 0)
            entries.Add(new SpecEntry(new Spanned<string>(part.Key, name), new MapValue(EquatableArray.Of(part.Entry), SourceLocation.SpanOf(attribute.Location))));
        else if (entries[at].Value is not MapValue map || (part.Key == "loss" && IsLossAlone(map)))
            diagnostics.Report(Rules.DuplicateKey, SourceLocation.SpanOf(attribute.Location), "a network has one loss, or one of each output; give the other its Output too, or remove it");
        else if (map.Find(part.Entry.Key.Value) is not null)
        {
            diagnostics.Report(Rules.DuplicateKey, part.Entry.Key.Span,
                part.Key == "loss" ? $"output '{part.Entry.Key.Value}' has two losses; remove one" : $"two inputs are called '{part.Entry.Key.Value}'; choose another name");
        }
        else
            entries[at] = entries[at] with { Value = map with { Entries = map.Entries.Append(part.Entry).ToEquatable() } };
    }

    /// <summary>A loss that names no output, with its options.</summary>
    private static bool IsLossAlone(MapValue map) => map.Entries.Count == 1 && Compiler.Losses.LossRegistry.Losses.All.Any(d => d.Name == map.Entries[0].Key.Value);

    /// <summary><c>Weights = ""</c> is none, as beside a spec file.</summary>
    private static bool IsNoWeights(SpecEntry entry) => entry.Key.Value == "weights" && entry.Value is ScalarValue { Text.Length: 0 } or ScalarValue { IsNull: true };

    private static bool IsLayer(NetGenAttribute attribute) => attribute.BaseName == "LayerAttribute";

    private static string Twice(string key) => key switch
    {
        "loss" => "a network has one loss; remove all but one",
        "optimizer" => "a network has one optimizer; remove all but one",
        _ => $"a network has one '{key}'; remove all but one",
    };

    private static SpecEntry ReadSection(NetGenAttribute attribute, DiagnosticBag diagnostics)
    {
        SourceSpan name = SourceLocation.SpanOf(attribute.Syntax.Name.GetLocation());
        return attribute.BaseName switch
        {
            "LossAttribute" => new SpecEntry(new Spanned<string>("loss", name), ReadChoice(attribute, diagnostics)),
            "OptimizerAttribute" => new SpecEntry(new Spanned<string>("optimizer", name), ReadChoice(attribute, diagnostics)),
            _ => new SpecEntry(new Spanned<string>(SpecNames.ToSnakeCase(attribute.Name), name), ReadPart(attribute, diagnostics)),
        };
    }

    /// <summary>One of several kinds: <c>relu</c>, or <c>{ dense: { units: 16 } }</c>.</summary>
    private static SpecValue ReadChoice(NetGenAttribute attribute, DiagnosticBag diagnostics)
    {
        SourceSpan span = SourceLocation.SpanOf(attribute.Location);
        var kind = new Spanned<string>(
            SpecNames.ToSnakeCase(attribute.Name), SourceLocation.SpanOf(attribute.Syntax.Name.GetLocation()));
        EquatableArray<SpecEntry> arguments = ReadArguments(attribute, diagnostics);
        if (arguments.Count == 0)
            return new ScalarValue(kind.Value, IsPlain: true, kind.Span);
        return new MapValue(EquatableArray.Of(new SpecEntry(kind, new MapValue(arguments, span))), span);
    }

    /// <summary>A layer with the one that it holds: <c>{ bidirectional: { lstm: { units: 16 } } }</c>.</summary>
    private static MapValue ReadHolder(NetGenAttribute attribute, NetGenAttribute held, DiagnosticBag diagnostics)
    {
        SourceSpan span = Between(SourceLocation.SpanOf(attribute.Location), SourceLocation.SpanOf(held.Location));
        var kind = new Spanned<string>(SpecNames.ToSnakeCase(attribute.Name), SourceLocation.SpanOf(attribute.Syntax.Name.GetLocation()));
        IEnumerable<SpecEntry> inner = ReadChoice(held, diagnostics) is MapValue map ? map.Entries : [];
        return new MapValue(EquatableArray.Of(new SpecEntry(kind, new MapValue(inner.Concat(ReadArguments(attribute, diagnostics)).ToEquatable(), span))), span);
    }

    /// <summary>A part of the network that is no choice: <c>{ parameters: 60KB }</c>; an input of a shape alone is that shape, and outputs are their names.</summary>
    private static SpecValue ReadPart(NetGenAttribute attribute, DiagnosticBag diagnostics)
    {
        EquatableArray<SpecEntry> arguments = ReadArguments(attribute, diagnostics);
        if (attribute.Name == "Outputs")
            return arguments.Count > 0 ? arguments[0].Value : new ListValue(default, SourceLocation.SpanOf(attribute.Location));
        return attribute.Name == "Input" && arguments.Count == 1 && arguments[0].Key.Value == "shape"
            ? arguments[0].Value
            : new MapValue(arguments, SourceLocation.SpanOf(attribute.Location));
    }

    /// <summary>The arguments with each key once: a main value may stand as the constructor's argument and as a property.</summary>
    private static EquatableArray<SpecEntry> ReadArguments(NetGenAttribute attribute, DiagnosticBag diagnostics)
    {
        List<SpecEntry> entries = [];
        foreach (SpecEntry entry in ArgumentReader.Read(attribute))
        {
            if (entries.Any(e => e.Key.Value == entry.Key.Value))
            {
                diagnostics.Report(Rules.DuplicateKey, entry.Key.Span,
                    $"[{attribute.Name}] has '{entry.Key.Value}' twice, as its argument and as a property; remove one");
            }
            else
            {
                entries.Add(entry);
            }
        }

        return entries.ToEquatable();
    }

    private static SourceSpan Between(SourceSpan first, SourceSpan last) => new(
        first.Start, last.Start + last.Length - first.Start, first.StartLine, first.StartColumn, last.EndLine, last.EndColumn);
}
