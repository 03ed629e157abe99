using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Runs;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using static System.FormattableString;

namespace NetGen.Cli.Sweep;

/// <summary>All that a sweep trains, in its order: the last path varies fastest.</summary>
internal sealed record SweepPlan(IReadOnlyList<SweepAxis> Axes, IReadOnlyList<SweepVariant> Variants)
{
    /// <summary>As many variants as a sweep may have.</summary>
    public const int Most = 10_000;

    // Who sees twenty knows what to do.
    private const int MostProblems = 20;

    /// <summary>Makes and checks every variant. Where one is wrong there is no plan, but what is wrong with all of them.</summary>
    public static (SweepPlan? Plan, IReadOnlyList<string> Problems) Make(LoadedSpec spec, IReadOnlyList<SweepAxis> axes, CancellationToken cancelled = default)
    {
        if (axes.GroupBy(static a => a.Path).FirstOrDefault(static g => g.Count() > 1) is { } twice)
            return (null, [$"{twice.Key} is set twice; write all its values behind one --set"]);
        long count = 1;
        foreach (SweepAxis axis in axes)
            count = Math.Min(count * axis.Values.Count, int.MaxValue);
        if (count > Most)
        {
            string factors = string.Join(" x ", axes.Select(static a => a.Values.Count));
            string product = count == int.MaxValue ? "far too many" : Invariant($"{count:N0}");
            string remedy = "set fewer values, or one path after the other";
            return (null, [Invariant($"{factors} values make {product} variants, but a sweep has {Most:N0} at most; {remedy}")]);
        }

        var made = new (SweepVariant? Variant, IReadOnlyList<string> Problems)[count];
        Parallel.For(0, (int)count, new ParallelOptions { CancellationToken = cancelled }, k => made[k] = Make(spec, axes, k));
        IReadOnlyList<string> problems = ProblemsOf(axes, made);
        if (problems.Count > 0)
            return (null, problems);

        var first = new Dictionary<string, int>();
        var variants = new List<SweepVariant>();
        foreach (SweepVariant variant in made.Select(static m => m.Variant!))
            variants.Add(first.TryAdd(variant.NetworkHash, variant.Index) ? variant : variant with { TwinOf = first[variant.NetworkHash] });
        return (new SweepPlan(axes, variants), []);
    }

    private static (SweepVariant?, IReadOnlyList<string>) Make(LoadedSpec spec, IReadOnlyList<SweepAxis> axes, int index)
    {
        int[] places = PlacesOf(axes, index);
        SweepValue[] values = [.. axes.Zip(places, static (a, p) => a.Values[p])];
        (string? text, IReadOnlyList<string> problems) = SpecEdit.Set(spec.Text, axes.Zip(values, static (a, v) => new Setting(a.Path, v.Yaml)));
        if (text is null)
            return (null, problems);
        try
        {
            CheckResult check = NetworkCompiler.Check(text);
            if (check.Network is not { } network)
                return (null, [.. check.Diagnostics.Where(static d => d.IsError).Select(static d => $"error {d.Rule.Id}: {d.Message}")]);
            if (TrainableSpec.ObstacleOf(network) is { } obstacle)
                return (null, [obstacle]);
            return (new SweepVariant(index, places, values, spec with { Text = text, Network = network }, Compiler.Binding.NetworkHash.Of(network)), []);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (null, [InternalErrors.Of(e).Message]);
        }
    }

    private static int[] PlacesOf(IReadOnlyList<SweepAxis> axes, int index)
    {
        int[] places = new int[axes.Count];
        for (int a = axes.Count - 1; a >= 0; a--)
            (index, places[a]) = Math.DivRem(index, axes[a].Values.Count);
        return places;
    }

    /// <summary>Each problem once, with the values that it comes from: those that all variants have in common that have it.</summary>
    private static List<string> ProblemsOf(IReadOnlyList<SweepAxis> axes, (SweepVariant? Variant, IReadOnlyList<string> Problems)[] made)
    {
        var lines = new List<string>();
        foreach (IGrouping<string, int> group in made.Index().SelectMany(static m => m.Item.Problems.Distinct().Select(p => (Problem: p, m.Index)))
            .GroupBy(static p => p.Problem, static p => p.Index))
        {
            int[][] places = [.. group.Select(k => PlacesOf(axes, k))];
            int[] common = [.. Enumerable.Range(0, axes.Count).Where(a => axes[a].Values.Count > 1 && places.All(p => p[a] == places[0][a]))];
            // All others of those paths have it as well; else the first stands for them.
            bool isWhole = places.Length == made.Length / common.Aggregate(1, (product, a) => product * axes[a].Values.Count);
            IEnumerable<int> named = isWhole ? common : Enumerable.Range(0, axes.Count);
            string label = string.Join(" ", named.Select(a => $"{axes[a].Path}={axes[a].Values[places[0][a]].Text}"));
            string others = isWhole || places.Length == 1 ? "" : $" (and {places.Length - 1} variants more)";
            lines.Add(label.Length == 0 ? group.Key : $"{label}{others}: {group.Key}");
        }

        if (lines.Count > MostProblems)
            lines = [.. lines.Take(MostProblems), $"and {lines.Count - MostProblems} problems more"];
        return lines;
    }
}
