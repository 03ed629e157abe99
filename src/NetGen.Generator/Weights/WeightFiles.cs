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

/// <summary>A text of the build's step: a weight file, or the names of those that nothing names.</summary>
internal sealed record WeightText(Handover? File, EquatableArray<string> Unread);

/// <summary>The weight files that the build's step handed over, as texts of its own among the additional files.</summary>
/// <param name="Unread">Those of the project that it did not read, since nothing names them.</param>
internal sealed record WeightFiles(EquatableArray<Handover> Files, EquatableArray<string> Unread, string? ProjectFolder)
{
    public static bool IsHandover(string path) => path.EndsWith(Handover.Extension, StringComparison.OrdinalIgnoreCase);

    public static WeightText Read(AdditionalText text, CancellationToken cancellation)
    {
        string content = text.GetText(cancellation)?.ToString() ?? "";
        return new WeightText(Handover.Read(content), UnreadWeights.Read(content)?.ToEquatable() ?? default);
    }

    public static WeightFiles Of(IEnumerable<WeightText> texts, string? projectFolder)
    {
        WeightText[] all = [.. texts];
        return new(
            all.Select(static t => t.File).OfType<Handover>().OrderBy(static f => f.Path, StringComparer.Ordinal).ToEquatable(),
            all.SelectMany(static t => t.Unread).ToEquatable(),
            projectFolder);
    }

    /// <summary>What a class is compiled with: the weights that its spec names, or what is wrong with them as an error of the spec.</summary>
    /// <param name="result">The spec, checked.</param>
    /// <param name="path">Its file, or the C# file where it is written in attributes.</param>
    public (CheckResult Result, BakedWeights? Weights) Resolve(CheckResult result, string path)
    {
        if (result.Network is not { Weights: not null } network)
            return (result, null);
        (BakedWeights? weights, Rule? rule, string message) = Load(network, path, SpecPath.IsSpec(path) ? path : null);
        return rule is null ? (result, weights) : (result.WithWeightsError(rule, message) with { Network = null }, null);
    }

    /// <summary>A network's weights, or what is wrong with them.</summary>
    /// <param name="path">Of the file that names them.</param>
    /// <param name="spec">Of the network's spec, which may say how its tensors are named; null where it is written in attributes.</param>
    public (BakedWeights? Weights, Rule? Rule, string Message) Load(Network network, string path, string? spec)
    {
        WeightsOption option = network.Weights!;
        string[] candidates = Candidates(option, path, spec);
        Handover? file = Find(candidates, StringComparison.Ordinal);
        if (file is null && Path.DirectorySeparatorChar == '\\')
            file = Find(candidates, StringComparison.OrdinalIgnoreCase);
        if (file is null && ForeignFile.DescribeByName(option.Path) is { } foreign)
            return (null, Rules.UnusableWeights, $"{option.File}: by its name, {foreign}");
        if (file is null or { Missing: not null })
            return (null, Rules.WeightsNotFound, NotFound(option, path, candidates, file));
        try
        {
            return (BakedWeights.Of(network, file, spec is not null), null, "");
        }
        catch (WeightsException e)
        {
            return (null, Rules.UnusableWeights, e.Message);
        }
    }

    private Handover? Find(string[] candidates, StringComparison comparison)
    {
        Handover?[] found = [.. candidates.Select(c => Files.FirstOrDefault(f => string.Equals(SpecPath.Normalize(f.Path), c, comparison)))];
        return found.FirstOrDefault(static f => f is { Missing: null }) ?? found.FirstOrDefault(static f => f is not null);
    }

    /// <summary>
    /// Beside the file that names it, a spec or a C# file; of one that a class names, from the project's folder and beside the class's spec as well.
    /// </summary>
    private string[] Candidates(WeightsOption option, string path, string? spec)
    {
        string?[] folders = path == spec ? [SpecPath.FolderOf(path)] : [SpecPath.FolderOf(path), ProjectFolder, spec is null ? null : SpecPath.FolderOf(spec)];
        return [.. folders.OfType<string>().Select(f => SpecPath.Combine(SpecPath.Normalize(f), option.File)).Distinct()];
    }

    private string NotFound(WeightsOption option, string path, string[] candidates, Handover? missing)
    {
        if (Unread.FirstOrDefault(u => candidates.Contains(SpecPath.Normalize(u))) is { } unread)
            return $"the weight file '{option.File}' was not read: it is there, but its name stands as text in no constant of the project's C# files and at no 'Weights ='; {Include(unread)}";

        string places = string.Join(" and ", candidates.Select(static c => $"'{c}'"));
        string[] known = [.. Files.Where(static f => f.Missing is null).Select(static f => f.Path), .. Unread];
        string? near = Nearest.Find(StemOf(option.Path), known.Select(StemOf));
        string remedy = near is not null ? $"did you mean '{SpecPath.FromFolder(SpecPath.FolderOf(path), known.First(k => StemOf(k) == near))}'?"
            : missing is not null ? $"{missing.Missing}; put the file there, or write its path relative to {(SpecPath.IsSpec(path) ? "the spec" : "the C# file or the project")}"
            : $"the build's step reads the files that specs in YAML name, and those below the project's folder whose names stand as text in its C# files; of any other, {Include(candidates[0])}";
        return $"the weight file '{option.File}' was not found: looked for {places}; {remedy}";
    }

    /// <summary>The extension is the same for all, and would make short names alike.</summary>
    private static string StemOf(string path) => Path.GetFileNameWithoutExtension(SpecPath.NameOf(path));

    private string Include(string path) =>
        $"add <NetworkWeights Include=\"{(ProjectFolder is null ? SpecPath.Normalize(path) : SpecPath.FromFolder(SpecPath.Normalize(ProjectFolder), path))}\" /> to the project";
}
