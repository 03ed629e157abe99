using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.Compiler.Text;
using NetGen.Models.Weights;

namespace NetGen.Models.Hdf;

/// <summary>
/// Weights of Keras. Keras 2 has a group for each layer, whose attribute says what its weights are called; Keras 3 has paths of classes,
/// <c>layers/dense_1/vars/0</c>, with the names in config.json, if that is there.
/// </summary>
internal static partial class KerasFiles
{
    private const string Weights = "model.weights.h5", Config = "config.json";

    public static bool IsArchive(ZipContent zip) => zip.Has(Weights);

    /// <summary>A .keras file.</summary>
    public static TensorFile Read(ZipContent zip)
    {
        using (zip)
        {
            KerasConfig config = zip.Has(Config) ? KerasConfig.Of(Encoding.UTF8.GetString(zip.ReadChecked(Config))) : KerasConfig.None;
            byte[] weights = zip.ReadChecked(Weights);
            if (!weights.AsSpan().StartsWith(HdfContent.Magic))
                throw new TensorFileException($"its {Weights} is no HDF5 file; it is damaged, save it again.");
            return Of(HdfContent.Read(weights), config, "Keras");
        }
    }

    /// <summary>A .h5 file, of weights or of a whole model.</summary>
    public static TensorFile Read(byte[] bytes)
    {
        HdfGroup root = HdfContent.Read(bytes);
        return Of(root, KerasConfig.Of(root.Text("model_config")), "HDF5");
    }

    private static TensorFile Of(HdfGroup root, KerasConfig config, string format)
    {
        HdfGroup within = root.Groups.GetValueOrDefault("model_weights") ?? root;
        string[] layers = Names(within, "layer_names");
        bool isNewer = layers.Length == 0 && (root.Groups.ContainsKey("layers") || root.Groups.ContainsKey("_layer_checkpoint_dependencies"));
        IReadOnlyList<FileTensor> tensors = layers.Length > 0 ? ByLayers(within, layers)
            : isNewer ? ByClasses(root, config)
            : [.. Plain(root, "").Select(static t => new FileTensor(t.Name, t.View))];
        return new TensorFile(layers.Length > 0 ? "Keras 2, HDF5" : isNewer ? "Keras 3" : format, tensors)
        {
            IsKeras = layers.Length > 0 || isNewer,
            HasChannelsFirst = config.HasChannelsFirst,
        };
    }

    private static List<FileTensor> ByLayers(HdfGroup root, string[] layers)
    {
        var tensors = new List<FileTensor>();
        foreach (string layer in layers)
        {
            if (!root.Groups.TryGetValue(layer, out HdfGroup? group))
                throw new TensorFileException($"its layer {Excerpt.Quote(layer)} is missing; the file is damaged, save it again.");
            foreach (string weight in Names(group, "weight_names"))
            {
                TensorView view = group.Find(weight)
                    ?? throw new TensorFileException($"its weight {Excerpt.Quote(weight)} of the layer {Excerpt.Quote(layer)} is missing; the file is "
                        + "damaged, save it again.");
                tensors.Add(new FileTensor(KerasName.Of(layer, weight), view));
            }
        }

        return Distinct(tensors);
    }

    /// <summary>Names that are too many for one attribute stand in several, with numbers behind.</summary>
    private static string[] Names(HdfGroup group, string attribute)
    {
        if (group.Texts.TryGetValue(attribute, out string[]? names))
            return names;
        var parts = new List<string>();
        for (int k = 0; group.Texts.TryGetValue($"{attribute}{k}", out string[]? part); k++)
            parts.AddRange(part);
        return [.. parts];
    }

    private static List<FileTensor> ByClasses(HdfGroup root, KerasConfig config)
    {
        // dense, dense_1: the layers of a class in the order of the model.
        var known = new Dictionary<string, KerasLayer>(StringComparer.Ordinal);
        foreach (IGrouping<string, KerasLayer> same in config.Layers.GroupBy(static l => KerasName.Snake(l.Class), StringComparer.Ordinal))
        {
            foreach ((int k, KerasLayer layer) in same.Index())
                known[k == 0 ? same.Key : $"{same.Key}_{k}"] = layer;
        }

        var order = config.Layers.Index().GroupBy(static l => l.Item.Name, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => g.First().Index, StringComparer.Ordinal);
        List<FileTensor> tensors = [];
        foreach ((string path, HdfGroup vars) in Holders(root, ""))
        {
            string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
            // Seeds and the optimizer's moments are no weights of the network.
            if (parts.Any(static p => p is "seed_generator" or "optimizer" or "metrics"))
                continue;
            int at = Array.FindIndex(parts, static p => !KerasName.IsCell(p));
            string group = at < 0 ? "" : parts[at];
            KerasLayer? layer = known.GetValueOrDefault(group);
            string name = layer?.Name ?? vars.Text("name") ?? group;
            string inner = string.Concat(parts.Skip(at + 1).Where(static p => !KerasName.IsCell(p)).Select(static p => KerasName.Direction(p) + "."));
            string[] roles = KerasRoles.Of(at < 0 ? "" : Numbered().Replace(group, ""), vars.Tensors.Count, layer);
            foreach ((string key, TensorView view) in vars.Tensors)
                tensors.Add(new FileTensor($"{name}.{inner}{(int.TryParse(key, out int k) && k >= 0 && k < roles.Length ? roles[k] : key)}", view));
        }

        return [.. Distinct(tensors).Select(static (t, k) => (t, k)).OrderBy(t => order.GetValueOrDefault(t.t.Name.Split('.')[0], int.MaxValue))
            .ThenBy(static t => Digits().Replace(t.t.Name[..t.t.Name.LastIndexOf('.')], static m => m.Value.TrimStart('_').PadLeft(10, '0')),
                StringComparer.Ordinal).ThenBy(static t => t.k).Select(static t => t.t)];
    }

    /// <summary>The groups that have variables, and the paths to them.</summary>
    private static IEnumerable<(string Path, HdfGroup Vars)> Holders(HdfGroup group, string path)
    {
        foreach ((string name, HdfGroup inner) in group.Groups)
        {
            if (name == "vars")
            {
                if (inner.Tensors.Count > 0)
                    yield return (path, inner);
            }
            else
            {
                foreach ((string, HdfGroup) holder in Holders(inner, $"{path}/{name}"))
                    yield return holder;
            }
        }
    }

    /// <summary>Any other HDF5 file: its data sets by their paths.</summary>
    private static IEnumerable<(string Name, TensorView View)> Plain(HdfGroup group, string path) =>
        group.Tensors.Select(t => (path + t.Key, t.Value)).Concat(group.Groups.SelectMany(g => Plain(g.Value, $"{path}{g.Key}.")));

    private static List<FileTensor> Distinct(List<FileTensor> tensors) =>
        tensors.GroupBy(static t => t.Name, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1) is { Key: var twice }
            ? throw new TensorFileException($"it has two tensors that are called {Excerpt.Quote(twice)}; give the layers names of their own, and save it "
                + "again.")
            : tensors;

    [GeneratedRegex("_[0-9]+$")]
    private static partial Regex Numbered();

    [GeneratedRegex("_?[0-9]+")]
    private static partial Regex Digits();
}
