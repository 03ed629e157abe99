using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Weights;

/// <summary>Finds the network's parameter for each tensor of a file, one to one.</summary>
internal static class ParameterMatch
{
    /// <summary>What the names of a checkpoint's other tensors begin with; no layer is named so.</summary>
    public const string CheckpointPrefix = "checkpoint/";

    /// <summary>
    /// The parameter of each tensor. PyTorch's counters of batches (<c>num_batches_tracked</c>) have none and are
    /// left out, as are tensors without the stated prefix. A recurrent parameter is found with and without PyTorch's <c>_l0</c>.
    /// </summary>
    /// <param name="entries">The file's tensors.</param>
    /// <param name="table">The network's parameters.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="names">How it names the parameters.</param>
    /// <param name="advise">How its reader would be told other names.</param>
    /// <exception cref="WeightsException">Names, shapes or dtypes do not agree.</exception>
    public static Dictionary<TensorEntry, ParameterPlace> Match(
        IReadOnlyList<TensorEntry> entries, IReadOnlyList<ParameterPlace> table, string file, TensorNames names, Func<TensorNames, string> advise)
    {
        Dictionary<string, ParameterPlace> byName = table.ToDictionary(parameter => names.Of(parameter.Name), StringComparer.Ordinal);
        var matches = new Dictionary<TensorEntry, ParameterPlace>();
        var matched = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var unexpected = new List<string>();
        foreach (TensorEntry entry in entries)
        {
            if (!byName.TryGetValue(entry.Name, out ParameterPlace? parameter) && !byName.TryGetValue(RecurrentName.OtherSpelling(entry.Name), out parameter))
            {
                if (!IsExtra(entry.Name) && entry.Name.StartsWith(names.Prefix, StringComparison.Ordinal))
                    unexpected.Add(entry.Name);
                continue;
            }

            if (matched.TryGetValue(parameter.Name, out TensorEntry? other))
                throw new WeightsException($"{file}: tensors {Excerpt.Quote(other.Name)} and {Excerpt.Quote(entry.Name)} are both for the network's parameter '{parameter.Name}'; keep one of them.");
            matched.Add(parameter.Name, entry);
            matches.Add(entry, parameter);
        }

        List<string> missing = [.. byName.Where(parameter => !matched.ContainsKey(parameter.Value.Name)).Select(static parameter => parameter.Key)];
        if (unexpected.Count > 0 || missing.Count > 0)
            throw new WeightsException($"{file}: {Misfit(unexpected, missing, entries, table, names, advise)}");
        foreach (KeyValuePair<TensorEntry, ParameterPlace> match in matches)
            CheckForm(match.Key, match.Value, file);

        return matches;
    }

    /// <summary>It is no parameter of any network: PyTorch's counter of batches, or what a checkpoint of NetGen.Training holds beside the parameters.</summary>
    public static bool IsExtra(string name) => IsBatchCounter(name) || name.StartsWith(CheckpointPrefix, StringComparison.Ordinal);

    public static bool IsBatchCounter(string name) =>
        name == "num_batches_tracked" || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static string Misfit(
        List<string> unexpected, List<string> missing, IReadOnlyList<TensorEntry> entries, IReadOnlyList<ParameterPlace> table, TensorNames names, Func<TensorNames, string> advise)
    {
        if (missing.Count == 0)
        {
            string near = Nearest.Find(unexpected[0], table.Select(parameter => names.Of(parameter.Name))) is { } nearest ? $" (the nearest name, '{nearest}', is in the file too)" : "";
            return $"the network has no parameter for {Tensors(unexpected)}{near}; leave {Them(unexpected)} out of the file, or add the layer to the spec.";
        }

        string are = $"{(missing.Count == 1 ? "is" : "are")} missing in the file";
        bool isPrefixed = entries.Any(e => e.Name.StartsWith(names.Prefix, StringComparison.Ordinal));
        TensorNames? fitting = NameAdvice.Find(entries, table);
        if (unexpected.Count == 0 && (fitting is null || isPrefixed))
            return $"{Tensors(missing)}, which the network has, {are}; save {Them(missing)} too, or load weights of the same architecture.";

        string what = !isPrefixed && entries.Count > 0
            ? $"no tensor begins with {Excerpt.Quote(names.Prefix)}, the stated prefix; they are {Excerpt.Names([.. entries.Select(static e => e.Name)])}"
            : $"the network has no parameter for {Tensors(unexpected)}, and {Tensors(missing)}, which it has, {are}";
        if (fitting is not null)
            return $"{what}; {advise(fitting)}";
        string pairs = string.Join(", ", unexpected.Take(3)
            .Select(name => (Name: name, Nearest: Nearest.Find(name, missing)))
            .Where(pair => pair.Nearest is not null)
            .Select(pair => $"{Excerpt.Quote(pair.Name)} to '{pair.Nearest}'"));
        return $"{what}; {(pairs.Length == 0 ? "rename them to the network's names, or name the spec's layers after them" : $"did you mean to rename {pairs}?")}";
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
