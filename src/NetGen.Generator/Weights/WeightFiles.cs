using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using NetGen.Compiler;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Generator.Specs;

namespace NetGen.Generator.Weights;

/// <summary>The weight files that the build's step handed over, as texts of its own among the additional files.</summary>
internal sealed record WeightFiles(EquatableArray<Handover> Files, string? ProjectFolder)
{
    public static bool IsHandover(string path) => path.EndsWith(Handover.Extension, StringComparison.OrdinalIgnoreCase);

    public static Handover? Read(AdditionalText text, CancellationToken cancellation) =>
        text.GetText(cancellation)?.ToString() is { } content ? Handover.Read(content) : null;

    public static WeightFiles Of(IEnumerable<Handover?> files, string? projectFolder) =>
        new(files.OfType<Handover>().OrderBy(static f => f.Path, StringComparer.Ordinal).ToEquatable(), projectFolder);

    /// <summary>What a class is compiled with: the weights that its spec names, or what is wrong with them as an error of the spec.</summary>
    /// <param name="result">The spec, checked.</param>
    /// <param name="path">Its file, or the C# file where it is written in attributes.</param>
    public (CheckResult Result, BakedWeights? Weights) Resolve(CheckResult result, string path)
    {
        if (result.Network is not { Weights: { } option } network)
            return (result, null);
        Handover? file = Find(option, path);
        if (file is null or { Missing: not null })
            return (Failed(result, Rules.WeightsNotFound, NotFound(option, path, file)), null);
        try
        {
            return (result, BakedWeights.Of(network, file));
        }
        catch (WeightsException e)
        {
            return (Failed(result, Rules.UnusableWeights, e.Message), null);
        }
    }

    private static CheckResult Failed(CheckResult result, Rule rule, string message) => result.WithWeightsError(rule, message) with { Network = null };

    private Handover? Find(WeightsOption option, string path)
    {
        string[] candidates = [.. Candidates(option, path)];
        return Find(candidates, StringComparison.Ordinal) ?? (Path.DirectorySeparatorChar == '\\' ? Find(candidates, StringComparison.OrdinalIgnoreCase) : null);
    }

    private Handover? Find(string[] candidates, StringComparison comparison)
    {
        Handover?[] found = [.. candidates.Select(c => Files.FirstOrDefault(f => string.Equals(SpecPath.Normalize(f.Path), c, comparison)))];
        return found.FirstOrDefault(static f => f is { Missing: null }) ?? found.FirstOrDefault(static f => f is not null);
    }

    /// <summary>Beside the spec; of a spec in attributes, from the project's folder as well.</summary>
    private IEnumerable<string> Candidates(WeightsOption option, string path)
    {
        yield return SpecPath.Combine(SpecPath.FolderOf(path), option.File);
        if (!SpecPath.IsSpec(path) && ProjectFolder is not null)
            yield return SpecPath.Combine(SpecPath.Normalize(ProjectFolder), option.File);
    }

    private string NotFound(WeightsOption option, string path, Handover? missing)
    {
        string places = string.Join(" and ", Candidates(option, path).Distinct().Select(c => $"'{SpecPath.RelativeTo(ProjectFolder, c)}'"));
        string? near = Nearest.Find(SpecPath.NameOf(option.File), Files.Where(static f => f.Missing is null).Select(static f => SpecPath.NameOf(f.Path)));
        string remedy = near is not null ? $"did you mean '{near}'?"
            : missing is not null ? $"{missing.Missing}; put the file there, or write its path relative to the spec"
            : "weights reach the compiler through the package's build step, which takes the files that specs in YAML name, those of the project that a C# file names beside the word Weights, and NetworkWeights items";
        return $"the weight file '{option.File}' was not found: looked for {places}; {remedy}";
    }
}
