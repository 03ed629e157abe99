using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Generator.Specs;

/// <summary>Where a spec was found, or why it was not.</summary>
/// <param name="Path">The additional file's path as it was handed over; null where there is none.</param>
/// <param name="Rule">What is wrong; null where nothing is.</param>
internal sealed record SpecResolution(string? Path, Rule? Rule, string Message)
{
    public static SpecResolution Found(string path) => new(path, null, "");
}

/// <summary>
/// Finds the additional file that a class names: beside the C# file, then from the project's folder, then among files that are linked from elsewhere. Names are
/// compared exactly first; where the operating system does not tell cases apart, then without regard to case.
/// </summary>
internal static class SpecResolver
{
    private const string Hint =
        "specs reach the compiler as AdditionalFiles, and the package adds the project's *.yaml and *.yml unless EnableDefaultNetworkSpecs is false";

    /// <summary>For hosts that do not tell the project's folder, of which Unity is one.</summary>
    private const string UnityHint = "; Unity hands over files that are named NAME.NetGen.Generator.additionalfile";

    public static SpecResolution Resolve(SpecReference reference, SpecFiles files)
    {
        string written = SpecPath.Normalize(reference.Path);
        return SpecPath.Forms(written).Select(form => Find(form, reference, files)).FirstOrDefault(static r => r is not null)
            ?? NotFound(reference, Candidates(written, reference, files), files);
    }

    /// <summary>The file of a path, or several, which are an error; null where there is none.</summary>
    private static SpecResolution? Find(string written, SpecReference reference, SpecFiles files)
    {
        List<string> candidates = Candidates(written, reference, files);
        string? found = Find(candidates, files, StringComparison.Ordinal);
        if (found is null && Path.DirectorySeparatorChar == '\\')
            found = Find(candidates, files, StringComparison.OrdinalIgnoreCase);
        if (found is not null)
            return SpecResolution.Found(found);

        // A file that the project links from elsewhere, or a host that does not tell the project's folder: what the path ends with has to do.
        string? project = files.ProjectFolder is { } folder ? SpecPath.Normalize(folder) : null;
        string[] matches =
        [
            .. files.Paths.Where(p => SpecPath.Normalize(p).EndsWith("/" + written, StringComparison.Ordinal)
                && (project is null || SpecPath.RelativeTo(project, p) == SpecPath.Normalize(p))),
        ];
        if (matches.Length == 1)
            return SpecResolution.Found(matches[0]);
        if (matches.Length > 1)
            return Ambiguous(reference, matches);
        return null;
    }

    private static List<string> Candidates(string written, SpecReference reference, SpecFiles files)
    {
        List<string> candidates = [SpecPath.Combine(SpecPath.FolderOf(reference.SourcePath), written)];
        if (files.ProjectFolder is not null)
        {
            string fromProject = SpecPath.Combine(SpecPath.Normalize(files.ProjectFolder), written);
            if (fromProject != candidates[0])
                candidates.Add(fromProject);
        }

        return candidates;
    }

    private static string? Find(List<string> candidates, SpecFiles files, StringComparison comparison) => candidates
        .Select(candidate => files.Paths.FirstOrDefault(p => string.Equals(SpecPath.Normalize(p), candidate, comparison)))
        .FirstOrDefault(static p => p is not null);

    private static SpecResolution Ambiguous(SpecReference reference, string[] matches)
    {
        string names = string.Join(" and ", matches.OrderBy(static m => m, StringComparer.Ordinal)
            .Select(static m => $"'{SpecPath.Normalize(m)}'"));
        return new SpecResolution(null, Rules.AmbiguousSpec,
            $"'{reference.Path}' may be {names}; write as much of the path as tells them apart");
    }

    private static SpecResolution NotFound(SpecReference reference, List<string> candidates, SpecFiles files)
    {
        string places = string.Join(" and ", candidates.Select(c => $"'{SpecPath.RelativeTo(files.ProjectFolder, c)}'"));
        string looked = files.ProjectFolder is null ? $"looked for {places}" : $"looked for {places} in the project";
        string? near = MeantBy(reference, files);
        string suggestion = near is null ? "" : $"; did you mean '{near}'?";
        return new SpecResolution(null, Rules.SpecNotFound,
            $"the spec '{reference.Path}' was not found: {looked}{suggestion}; {Hint}{(files.ProjectFolder is null ? UnityHint : "")}");
    }

    /// <summary>The additional file whose name is most like the one asked for, as the class may name it.</summary>
    private static string? MeantBy(SpecReference reference, SpecFiles files)
    {
        string? name = Nearest.Find(SpecPath.NameOf(reference.Path), files.Paths.Select(SpecPath.NameOf));
        if (name is null)
            return null;
        string path = files.Paths.Where(p => SpecPath.NameOf(p) == name).OrderBy(static p => p, StringComparer.Ordinal).First();
        string beside = SpecPath.RelativeTo(SpecPath.FolderOf(reference.SourcePath), path);
        return beside != SpecPath.Normalize(path) ? beside : SpecPath.RelativeTo(files.ProjectFolder, path);
    }
}
