using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Training.Text;

namespace NetGen.Training.Safetensors;

/// <summary>Finds the network's parameter for each tensor of a file, one to one.</summary>
internal static class ParameterMatch
{
    private const string FirstLayer = "_l0";

    /// <summary>
    /// The parameter of each tensor. PyTorch's counters of batches (<c>num_batches_tracked</c>) have none and are
    /// left out. A recurrent parameter is found with and without PyTorch's <c>_l0</c>.
    /// </summary>
    /// <exception cref="WeightsException">Names, shapes or dtypes do not agree.</exception>
    public static Dictionary<TensorEntry, NetworkParameter> Match(
        IReadOnlyList<TensorEntry> entries, IReadOnlyList<NetworkParameter> table, string file)
    {
        Dictionary<string, NetworkParameter> byName = table.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var matches = new Dictionary<TensorEntry, NetworkParameter>(ReferenceEqualityComparer.Instance);
        var matched = new Dictionary<NetworkParameter, TensorEntry>(ReferenceEqualityComparer.Instance);
        var unexpected = new List<string>();
        foreach (TensorEntry entry in entries)
        {
            NetworkParameter? parameter = byName.GetValueOrDefault(entry.Name) ?? byName.GetValueOrDefault(OtherSpelling(entry.Name));
            if (parameter is null)
            {
                if (!IsBatchCounter(entry.Name))
                    unexpected.Add(entry.Name);
                continue;
            }

            if (!matched.TryAdd(parameter, entry))
                throw new WeightsException($"{file}: tensors {Excerpt.Quote(matched[parameter].Name)} and {Excerpt.Quote(entry.Name)} are both for the network's parameter '{parameter.Name}'; keep one of them.");
            matches.Add(entry, parameter);
        }

        string[] missing = [.. table.Where(parameter => !matched.ContainsKey(parameter)).Select(parameter => parameter.Name)];
        CheckNames(unexpected, missing, table, file);
        foreach ((TensorEntry entry, NetworkParameter parameter) in matches)
            CheckForm(entry, parameter, file);

        return matches;
    }

    private static bool IsBatchCounter(string name) =>
        name == "num_batches_tracked" || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string OtherSpelling(string name)
    {
        string plain = name.EndsWith(FirstLayer, StringComparison.Ordinal) ? name[..^FirstLayer.Length] : name;
        return plain[(plain.LastIndexOf('.') + 1)..] is "weight_ih" or "weight_hh" or "bias_ih" or "bias_hh"
            ? plain == name ? name + FirstLayer : plain
            : name;
    }

    private static void CheckNames(List<string> unexpected, string[] missing, IReadOnlyList<NetworkParameter> table, string file)
    {
        if (unexpected.Count == 0 && missing.Length == 0)
            return;
        if (missing.Length == 0)
        {
            string near = Nearest.Find(unexpected[0], table.Select(parameter => parameter.Name)) is { } nearest ? $" (the nearest name, '{nearest}', is in the file too)" : "";
            throw new WeightsException($"{file}: the network has no parameter for {Tensors(unexpected)}{near}; leave {Them(unexpected)} out of the file, or add the layer to the spec.");
        }

        if (unexpected.Count == 0)
            throw new WeightsException(
                $"{file}: {Tensors(missing)}, which the network has, {(missing.Length == 1 ? "is" : "are")} missing in the file; save {Them(missing)} too, or load weights of the same architecture.");

        string pairs = string.Join(", ", unexpected.Take(3)
            .Select(name => (Name: name, Nearest: Nearest.Find(name, missing)))
            .Where(pair => pair.Nearest is not null)
            .Select(pair => $"{Excerpt.Quote(pair.Name)} to '{pair.Nearest}'"));
        string remedy = pairs.Length == 0 ? "rename them to the network's names, or name the spec's layers after them" : $"did you mean to rename {pairs}?";
        throw new WeightsException(
            $"{file}: the network has no parameter for {Tensors(unexpected)}, and {Tensors(missing)}, which it has, {(missing.Length == 1 ? "is" : "are")} missing in the file; {remedy}");
    }

    private static void CheckForm(TensorEntry entry, NetworkParameter parameter, string file)
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

    private static string Tensors(IReadOnlyCollection<string> names) =>
        $"{(names.Count == 1 ? "tensor" : "tensors")} {Excerpt.Names(names)}";

    private static string Them(IReadOnlyCollection<string> names) => names.Count == 1 ? "it" : "them";
}
