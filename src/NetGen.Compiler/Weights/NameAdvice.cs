using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Weights;

/// <summary>
/// Finds by which names a file would fit a network: one prefix before all names (<c>module.fc1.weight</c>), or modules that are numbered or called otherwise
/// (<c>0.weight</c>), which are told apart by their shapes and then taken in order.
/// </summary>
internal static class NameAdvice
{
    private static readonly Regex s_digits = new("[0-9]+", RegexOptions.CultureInvariant);

    /// <summary>What has parameters, in the network or in the file.</summary>
    /// <param name="Name">Of the layer, or of the module.</param>
    /// <param name="Parameters">Their names.</param>
    /// <param name="Form">Their names and shapes.</param>
    private sealed record Module(string Name, string Parameters, string Form);

    /// <summary>Null where no names would do, or several might.</summary>
    public static TensorNames? Find(IReadOnlyList<TensorEntry> entries, IReadOnlyList<ParameterPlace> table)
    {
        Module[] layers = [.. ModulesOf(table.Select(static p => (p.Name, Excerpt.Shape(p.Shape))))];
        Module[] modules = [.. ModulesOf(entries.Where(static e => !ParameterMatch.IsExtra(e.Name)).Select(static e => (e.Name, Excerpt.Shape(e.Shape))))];
        if (layers.Length == 0 || modules.Length == 0)
            return null;
        return PrefixOf(layers, modules) is { } prefix ? new TensorNames(prefix, []) : InOrder(layers, modules);
    }

    /// <summary>What stands before the first layer's name in the file, if it stands before all.</summary>
    private static string? PrefixOf(Module[] layers, Module[] modules)
    {
        var names = new HashSet<string>(modules.Select(static m => m.Name), StringComparer.Ordinal);
        return modules.Where(m => m.Name.EndsWith("." + layers[0].Name, StringComparison.Ordinal))
            .Select(m => m.Name.Substring(0, m.Name.Length - layers[0].Name.Length))
            .FirstOrDefault(prefix => layers.All(l => names.Contains(prefix + l.Name)));
    }

    private static TensorNames? InOrder(Module[] layers, Module[] modules)
    {
        if (layers.Length != modules.Length)
            return null;
        string prefix = CommonPrefix(modules);
        Module[] ordered = [.. modules.Select(m => m with { Name = m.Name.Substring(prefix.Length) }).OrderBy(static m => Natural(m.Name), StringComparer.Ordinal)];
        // By shapes where those tell, else one after another, where the file has numbered them.
        List<(Module Layer, Module Module)>? pairs = Pair(layers, ordered, static m => m.Form) ?? Pair(layers, ordered, static m => m.Parameters);
        return pairs is null ? null : new TensorNames(prefix,
            [.. layers.Select(l => new KeyValuePair<string, string>(l.Name, pairs.First(p => p.Layer == l).Module.Name)).Where(static n => n.Key != n.Value)]);
    }

    /// <summary>Layers and modules of one form, in their order; null where a form has more of one than of the other, or an order that is not known.</summary>
    private static List<(Module, Module)>? Pair(Module[] layers, Module[] modules, Func<Module, string> form)
    {
        var pairs = new List<(Module, Module)>();
        foreach (IGrouping<string, Module> ofForm in layers.GroupBy(form, StringComparer.Ordinal))
        {
            Module[] others = [.. modules.Where(m => form(m) == ofForm.Key)];
            Module[] same = [.. ofForm.Where(l => others.Any(m => m.Name == l.Name))];
            pairs.AddRange(same.Select(l => (l, others.First(m => m.Name == l.Name))));
            Module[] left = [.. ofForm.Except(same)], right = [.. others.Where(m => same.All(l => l.Name != m.Name))];
            if (left.Length != right.Length || right.Select(static m => s_digits.Replace(m.Name, "0")).Distinct(StringComparer.Ordinal).Skip(1).Any())
                return null;
            pairs.AddRange(left.Zip(right, static (l, m) => (l, m)));
        }

        return pairs;
    }

    private static IEnumerable<Module> ModulesOf(IEnumerable<(string Name, string Shape)> parameters) => parameters
        .GroupBy(static p => p.Name.Substring(0, Math.Max(0, p.Name.LastIndexOf('.'))), StringComparer.Ordinal)
        .Select(static g =>
        {
            (string Name, string Shape)[] own =
                [.. g.Select(static p => (Name: RecurrentName.Plain(p.Name.Substring(p.Name.LastIndexOf('.') + 1)), p.Shape)).OrderBy(static p => p.Name, StringComparer.Ordinal)];
            return new Module(g.Key, string.Join(" ", own.Select(static p => p.Name)), string.Join(" ", own.Select(static p => p.Name + p.Shape)));
        });

    /// <summary>Up to a dot.</summary>
    private static string CommonPrefix(Module[] modules)
    {
        string first = modules[0].Name;
        for (int dot = first.LastIndexOf('.'); dot > 0; dot = first.LastIndexOf('.', dot - 1))
        {
            string prefix = first.Substring(0, dot + 1);
            if (modules.All(m => m.Name.StartsWith(prefix, StringComparison.Ordinal)))
                return prefix;
        }

        return "";
    }

    /// <summary>So that 10 comes after 9.</summary>
    private static string Natural(string name) => s_digits.Replace(name, static m => m.Value.PadLeft(10, '0'));
}
