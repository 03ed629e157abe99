using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Weights;

/// <summary>Finds the network's parameter for each tensor of a file, one to one.</summary>
internal static class ParameterMatch
{
    private const string FirstLayer = "_l0";

    /// <summary>
    /// The parameter of each tensor. PyTorch's counters of batches (<c>num_batches_tracked</c>) have none and are
    /// left out. A recurrent parameter is found with and without PyTorch's <c>_l0</c>.
    /// </summary>
    /// <exception cref="WeightsException">Names, shapes or dtypes do not agree.</exception>
    public static Dictionary<TensorEntry, ParameterPlace> Match(
        IReadOnlyList<TensorEntry> entries, IReadOnlyList<ParameterPlace> table, string file)
    {
        Dictionary<string, ParameterPlace> byName = table.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var matches = new Dictionary<TensorEntry, ParameterPlace>();
        var matched = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var unexpected = new List<string>();
        foreach (TensorEntry entry in entries)
        {
            if (!byName.TryGetValue(entry.Name, out ParameterPlace? parameter) && !byName.TryGetValue(OtherSpelling(entry.Name), out parameter))
            {
                if (!IsBatchCounter(entry.Name))
                    unexpected.Add(entry.Name);
                continue;
            }

            if (matched.TryGetValue(parameter.Name, out TensorEntry? other))
                throw new WeightsException($"{file}: tensors {Excerpt.Quote(other.Name)} and {Excerpt.Quote(entry.Name)} are both for the network's parameter '{parameter.Name}'; keep one of them.");
            matched.Add(parameter.Name, entry);
            matches.Add(entry, parameter);
        }

        List<string> missing = [.. table.Where(parameter => !matched.ContainsKey(parameter.Name)).Select(parameter => parameter.Name)];
        CheckNames(unexpected, missing, table, file);
        foreach (KeyValuePair<TensorEntry, ParameterPlace> match in matches)
            CheckForm(match.Key, match.Value, file);

        return matches;
    }

    private static bool IsBatchCounter(string name) =>
        name == "num_batches_tracked" || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string OtherSpelling(string name)
    {
        string plain = name.EndsWith(FirstLayer, StringComparison.Ordinal) ? name.Substring(0, name.Length - FirstLayer.Length) : name;
        return plain.Substring(plain.LastIndexOf('.') + 1) is "weight_ih" or "weight_hh" or "bias_ih" or "bias_hh"
            ? plain == name ? name + FirstLayer : plain
            : name;
    }

    private static void CheckNames(List<string> unexpected, List<string> missing, IReadOnlyList<ParameterPlace> table, string file)
    {
        if (unexpected.Count == 0 && missing.Count == 0)
            return;
        if (missing.Count == 0)
        {
            string near = Nearest.Find(unexpected[0], table.Select(parameter => parameter.Name)) is { } nearest ? $" (the nearest name, '{nearest}', is in the file too)" : "";
            throw new WeightsException($"{file}: the network has no parameter for {Tensors(unexpected)}{near}; leave {Them(unexpected)} out of the file, or add the layer to the spec.");
        }

        if (unexpected.Count == 0)
            throw new WeightsException(
                $"{file}: {Tensors(missing)}, which the network has, {(missing.Count == 1 ? "is" : "are")} missing in the file; save {Them(missing)} too, or load weights of the same architecture.");

        string pairs = string.Join(", ", unexpected.Take(3)
            .Select(name => (Name: name, Nearest: Nearest.Find(name, missing)))
            .Where(pair => pair.Nearest is not null)
            .Select(pair => $"{Excerpt.Quote(pair.Name)} to '{pair.Nearest}'"));
        string remedy = pairs.Length == 0 ? "rename them to the network's names, or name the spec's layers after them" : $"did you mean to rename {pairs}?";
        throw new WeightsException(
            $"{file}: the network has no parameter for {Tensors(unexpected)}, and {Tensors(missing)}, which it has, {(missing.Count == 1 ? "is" : "are")} missing in the file; {remedy}");
    }

    private static void CheckForm(TensorEntry entry, ParameterPlace parameter, string file)
    {
        string name = Excerpt.Quote(entry.Name);
        if (!entry.Shape.SequenceEqual(parameter.Shape.Select(size => (long)size)))
        {
            string remedy = entry.Shape.Count == 2 && entry.Shape.Reverse().SequenceEqual(parameter.Shape.Select(size => (long)size))
                ? "transpose it before saving"
                : "load weights of the same architecture, or change the spec";
            throw new WeightsException($"{file}: tensor {name} has the shape {Excerpt.Shape(entry.Shape)}, but the network's parameter has {Excerpt.Shape(parameter.Shape)}; {remedy}.");
        }

        if (!Dtype.IsReadable(entry.Dtype))
            throw new WeightsException($"{file}: tensor {name} has the dtype {entry.Dtype}, but weights are read from F32, F16, BF16 and F64; convert it before saving, in PyTorch by tensor.float().");
    }

    private static string Tensors(List<string> names) =>
        $"{(names.Count == 1 ? "tensor" : "tensors")} {Excerpt.Names(names)}";

    private static string Them(List<string> names) => names.Count == 1 ? "it" : "them";
}
