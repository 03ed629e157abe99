using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Weights;

/// <summary>How a file names a network's parameters: what stands before all of them, and what it calls layers, or single parameters.</summary>
/// <param name="prefix">As in <c>module.</c>; tensors of a file that begin otherwise are not the network's.</param>
/// <param name="names">From a layer, or a parameter with its layer, to the name in the file without the prefix.</param>
internal sealed class TensorNames(string prefix, IReadOnlyCollection<KeyValuePair<string, string>> names)
{
    public static readonly TensorNames OfNetwork = new("", []);

    public string Prefix { get; } = prefix;

    public IReadOnlyCollection<KeyValuePair<string, string>> Names { get; } = names;

    /// <summary>A parameter's name in the file; where the file's layer has no name, the parameter's alone.</summary>
    public string Of(string parameter)
    {
        int dot = parameter.LastIndexOf('.');
        string name = Find(parameter) ?? Find(RecurrentName.OtherSpelling(parameter))
            ?? (Find(parameter.Substring(0, dot)) is { } layer ? layer + parameter.Substring(layer.Length == 0 ? dot + 1 : dot) : parameter);
        return Prefix + name;
    }

    /// <summary>Keys that name nothing in the network, and parameters that would have the tensor of another.</summary>
    /// <param name="parameters">The network's.</param>
    public IEnumerable<(string Key, string Problem, string? Near)> Check(IReadOnlyList<string> parameters)
    {
        string[] layers = [.. parameters.Select(static p => p.Substring(0, p.LastIndexOf('.'))).Distinct(StringComparer.Ordinal)];
        bool IsKnown(string key) => layers.Contains(key) || parameters.Contains(key) || parameters.Contains(RecurrentName.OtherSpelling(key));
        foreach (string key in Names.Select(static n => n.Key).Where(k => !IsKnown(k)))
        {
            string? near = Nearest.Find(key, key.IndexOf('.') < 0 ? layers : parameters);
            string remedy = near is not null ? $"did you mean '{near}'?"
                : layers.Length == 0 ? "the network has no parameters at all"
                : $"those that have are {Excerpt.Names(layers)}";
            yield return (key, $"no layer {Excerpt.Quote(key)} of the network has parameters; {remedy}", near);
        }

        foreach (IGrouping<string, string> tensor in parameters.GroupBy(Of, StringComparer.Ordinal).Where(static g => g.Count() > 1))
        {
            string[] both = [.. tensor.Take(2)];
            string key = Names.Select(static n => n.Key).Last(k => both.Any(p => p == k || p.StartsWith(k + ".", StringComparison.Ordinal) || p == RecurrentName.OtherSpelling(k)));
            yield return (key, $"{Excerpt.Quote(both[0])} and {Excerpt.Quote(both[1])} would both be tensor {Excerpt.Quote(tensor.Key)}; give each a name of its own", null);
            yield break;
        }
    }

    private string? Find(string key) => Names.FirstOrDefault(n => n.Key == key).Value;
}
