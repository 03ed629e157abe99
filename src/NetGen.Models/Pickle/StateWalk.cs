using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>
/// Finds the tensors in what a pickle holds: in dictionaries and lists by keys and numbers, in modules of PyTorch as their state dict names them, in
/// objects of other classes by their attributes.
/// </summary>
internal sealed class StateWalk
{
    private const int Deepest = 100;

    private const int LongestKey = 1000;

    private readonly List<FileTensor> _tensors = [];

    /// <summary>What is being walked through: what holds itself is left there.</summary>
    private readonly HashSet<object> _above = new(ReferenceEqualityComparer.Instance);

    // What is small may hold what is large many times.
    private readonly Budget _budget = new(200_000, "the pickle holds too much");

    /// <summary>The tensors, in their order.</summary>
    public static IReadOnlyList<FileTensor> Find(object? root, string path = "")
    {
        var walk = new StateWalk();
        walk.Visit(root, path, path.Length == 0 ? "" : path + ".");
        // In Python, the last of several values of a key counts.
        return [.. walk._tensors.GroupBy(static t => t.Name, StringComparer.Ordinal).Select(static g => g.Last())];
    }

    private void Visit(object? value, string path, string container)
    {
        _budget.Spend(1 + path.Length / 64);
        switch (value)
        {
            case TensorView tensor:
                _tensors.Add(new FileTensor(path, tensor, container));
                break;
            case NumpyArray { View: { } view }:
                _tensors.Add(new FileTensor(path, view, container));
                break;
            case PickleDictionary or PickleList or PickleRecord when !_above.Contains(value):
                if (_above.Count == Deepest)
                    throw new TensorFileException($"the pickle nests deeper than {Deepest} levels; that is no file of weights, or a damaged one.");
                _above.Add(value);
                Inside(value, path, container);
                _above.Remove(value);
                break;
        }
    }

    private void Inside(object value, string path, string container)
    {
        switch (value)
        {
            case PickleDictionary dictionary:
                Entries(dictionary, path, path.Length == 0 ? "" : path + ".");
                break;
            case PickleList list:
                for (int k = 0; k < list.Items.Count; k++)
                    Visit(list.Items[k], Join(path, k.ToString(CultureInfo.InvariantCulture)), container);
                break;
            case PickleRecord { State: PickleDictionary state } when Attribute(state, "_modules") is PickleDictionary modules
                && Attribute(state, "_parameters") is { } parameters:
                Module(state, parameters, modules, path, container);
                break;
            // What a module of TorchScript keeps in lists are its parameters once more.
            case PickleRecord { State: PickleDictionary state, Type.Module: var module } when module.StartsWith("__torch__", StringComparison.Ordinal):
                Entries(state, path, container, static (_, value) => value is not PickleList);
                break;
            case PickleRecord record:
                Visit(record.Arguments is PickleList { Items: [var only] } ? only : record.Arguments, path, container);
                Visit(record.List, path, container);
                Entries(record.Entries, path, container);
                if (record.State is PickleDictionary attributes)
                    Entries(attributes, path, container);
                else
                    Visit(record.State, path, container);
                break;
        }
    }

    /// <summary>A module that was pickled as a whole: what its state_dict() would have.</summary>
    private void Module(PickleDictionary state, object parameters, PickleDictionary modules, string path, string container)
    {
        Visit(parameters, path, container);
        if (Attribute(state, "_buffers") is PickleDictionary buffers)
        {
            List<object?> passing = (Attribute(state, "_non_persistent_buffers_set") as PickleList)?.Items ?? [];
            Entries(buffers, path, container, (key, _) => !passing.Contains(key));
        }

        Entries(modules, path, container);
    }

    private void Entries(PickleDictionary dictionary, string path, string container, Func<string, object?, bool>? isWanted = null)
    {
        foreach ((object? key, object? value) in dictionary.Items)
        {
            string? name = key switch
            {
                string text => text,
                long number => number.ToString(CultureInfo.InvariantCulture),
                _ => null, // what is neither is a name of nothing that a network has
            };
            if (name?.Length > LongestKey)
                throw new TensorFileException($"the pickle has the key {Excerpt.Quote(name)} of {name.Length} letters; that is no file of weights, or a "
                    + "damaged one.");
            if (name is not null && isWanted?.Invoke(name, value) != false)
                Visit(value, Join(path, name), container);
        }
    }

    private static object? Attribute(PickleDictionary state, string name) => state.Items.LastOrDefault(i => i.Key is string key && key == name).Value;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
