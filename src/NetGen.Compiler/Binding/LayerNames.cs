using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Binding;

/// <summary>Gives every layer its name: the one written, or its kind and its ordinal among the layers of its kind.</summary>
internal static class LayerNames
{
    private const int MaxLength = 100;

    /// <param name="inputs">The names of the network's inputs, where they have any.</param>
    public static void Assign(IReadOnlyList<LayerHeader?> headers, IEnumerable<string> inputs, DiagnosticBag diagnostics)
    {
        var ordinals = new Dictionary<string, int>();
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string input in inputs)
            taken[input] = "that of an input";
        var written = new List<(LayerHeader Header, ScalarValue Name)>();
        foreach (LayerHeader? header in headers)
        {
            if (header is null)
                continue;
            string kind = header.Definition.Name;
            ordinals.TryGetValue(kind, out int count);
            ordinals[kind] = ++count;
            header.Name = FormattableString.Invariant($"{kind}_{count}");
            if (header.Node.Find("name") is { } name)
            {
                if (ReadName(name, header.Name, diagnostics) is { } scalar)
                    written.Add((header, scalar));
            }
            else if (taken.TryGetValue(header.Name, out string? input))
                diagnostics.Report(Rules.DuplicateName, header.Node.Kind.Span, $"the default name of this layer, '{header.Name}', is {input} (case does not count); give it a name, or the input another");
            else
                taken[header.Name] = $"the default name of a layer that has none";
        }

        foreach ((LayerHeader header, ScalarValue name) in written)
        {
            if (taken.TryGetValue(name.Text, out string? by))
            {
                diagnostics.Report(Rules.DuplicateName, name.Span, $"the name '{name.Text}' is {by} (case does not count); choose another");
                continue;
            }

            taken[name.Text] = "taken by a layer before";
            header.Name = name.Text;
        }
    }

    private static ScalarValue? ReadName(SpecValue value, string layer, DiagnosticBag diagnostics)
    {
        if (value is not ScalarValue { IsNull: false } name)
        {
            diagnostics.Report(Rules.WrongKind, value.Span, $"layer '{layer}': 'name' is a word, not {Node.Describe(value)}; write e.g. name: hidden");
            return null;
        }

        if (IsInvalid(name.Text, out string? why))
        {
            bool isReserved = IsIdentifier(name.Text);
            diagnostics.Report(Rules.InvalidName, value.Span, $"layer '{layer}': the name {(isReserved ? $"'{name.Text}'" : Node.Describe(value))} {why}");
            return null;
        }

        return name;
    }

    /// <summary>Whether a layer, or an input, cannot be called so; and why, as a message goes on.</summary>
    public static bool IsInvalid(string name, out string? why)
    {
        why = !IsIdentifier(name) ? $"is no identifier; write up to {MaxLength} letters a-z, digits and underscores, not a digit first"
            : string.Equals(name, "input", StringComparison.OrdinalIgnoreCase) ? "is reserved for the network's input; choose another"
            : null;
        return why is not null;
    }

    private static bool IsIdentifier(string name) => name.Length is > 0 and <= MaxLength && !char.IsDigit(name[0])
        && name.All(static c => c is '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));
}
