using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>A layer and the module of the file that is it.</summary>
internal sealed record LayerPair(TargetLayer Layer, SourceModule Module, LayerFit Fit);

/// <summary>
/// Which module of a file is which layer of a network: by names, then by shapes where those leave no choice, then in their order where modules are only
/// numbered.
/// </summary>
/// <param name="Pairs">What is certain.</param>
/// <param name="Layers">Layers without a module.</param>
/// <param name="Modules">Modules without a layer.</param>
internal sealed record WeightFit(IReadOnlyList<LayerPair> Pairs, IReadOnlyList<TargetLayer> Layers, IReadOnlyList<SourceModule> Modules)
{
    /// <summary>More comparisons than this are no network that somebody wrote.</summary>
    private const long MostComparisons = 4_000_000;

    public bool IsPerfect => Layers.Count == 0 && Modules.Count == 0;

    public static WeightFit Of(IReadOnlyList<SourceModule> modules, IReadOnlyList<TargetLayer> layers, TensorFile file)
    {
        if ((long)modules.Count * layers.Count > MostComparisons)
            throw new TensorFileException($"it has {modules.Count} modules, too many to compare with {layers.Count} layers; leave some out by --rename NAME=.");
        var fits = new Dictionary<(TargetLayer, SourceModule), LayerFit>();
        foreach (TargetLayer layer in layers)
        {
            foreach (SourceModule module in modules)
                fits.Add((layer, module), ModuleFit.Of(module, layer, file.IsKeras, file.HasChannelsFirst));
        }

        var pairs = new List<LayerPair>();
        List<TargetLayer> freeLayers = [.. layers];
        List<SourceModule> freeModules = [.. modules];
        void Pair(TargetLayer layer, SourceModule module)
        {
            pairs.Add(new LayerPair(layer, module, fits[(layer, module)]));
            freeLayers.Remove(layer);
            freeModules.Remove(module);
        }

        bool Fits(TargetLayer layer, SourceModule module) => fits[(layer, module)].IsPerfect;
        string prefix = PrefixOf(layers, modules, Fits);
        (TargetLayer Layer, SourceModule Module)[] named =
            [.. layers.SelectMany(l => modules.Where(m => m.Name == prefix + l.Name && Fits(l, m)).Take(1).Select(m => (l, m)))];
        // Keras counts from dense, dense_1, and here it is dense_1, dense_2: such names say something only where they say all.
        foreach ((TargetLayer layer, SourceModule module) in named)
        {
            if (named.Length == layers.Count || !layer.HasDefaultName || module.IsRenamed)
                Pair(layer, module);
        }

        // Whoever has one choice takes it, which may leave others one.
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (TargetLayer layer in freeLayers.ToArray())
            {
                SourceModule[] choice = [.. freeModules.Where(m => Fits(layer, m))];
                if (choice.Length == 1 && freeLayers.Count(l => Fits(l, choice[0])) == 1)
                {
                    Pair(layer, choice[0]);
                    moved = true;
                }
            }
        }

        // What has the same choice is taken in order, where names are told apart by numbers alone.
        string ChoiceOf(TargetLayer layer) => string.Join(' ', freeModules.Select((m, k) => Fits(layer, m) ? k : -1).Where(static k => k >= 0));
        foreach (IGrouping<string, TargetLayer> same in freeLayers.ToArray().GroupBy(ChoiceOf).ToArray())
        {
            TargetLayer[] group = [.. same];
            SourceModule[] choice = [.. freeModules.Where(m => Fits(group[0], m)).OrderBy(static m => m.Order, StringComparer.Ordinal)];
            // Keras's own order is that of its graph, which numbers in names need not be.
            bool isOrdered = !file.IsKeras || choice.SequenceEqual(modules.Where(choice.Contains));
            if (choice.Length == group.Length && isOrdered && !choice.Select(static m => m.Unnumbered).Distinct(StringComparer.Ordinal).Skip(1).Any())
            {
                foreach ((TargetLayer layer, SourceModule module) in group.Zip(choice))
                    Pair(layer, module);
            }
        }

        return new WeightFit([.. layers.SelectMany(l => pairs.Where(p => p.Layer == l))], freeLayers, freeModules);
    }

    /// <summary>What stands before the names of layers in the file: of several, that of the most layers.</summary>
    private static string PrefixOf(IReadOnlyList<TargetLayer> layers, IReadOnlyList<SourceModule> modules, Func<TargetLayer, SourceModule, bool> fits) =>
        layers.SelectMany(l => modules.Where(m => (m.Name == l.Name || m.Name.EndsWith("." + l.Name, StringComparison.Ordinal)) && fits(l, m))
                .Select(m => m.Name[..^l.Name.Length]))
            .GroupBy(static p => p, StringComparer.Ordinal).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key.Length)
            .FirstOrDefault()?.Key ?? "";
}
