using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NetGen.Build;

/// <summary>
/// Reads the weight files that networks are compiled with, since a generator opens none: hands each over as a text among the additional files, and makes
/// resources of those that are too large for source. What is wrong with a file goes into its text, for the generator to say where the file is named.
/// </summary>
public sealed class ReadNetworkWeights : Task
{
    /// <summary>The project's additional files: specs are among them.</summary>
    public ITaskItem[] Specs { get; set; } = [];

    /// <summary>Weight files: those that the project names, and, with <c>IsDefaultItem</c>, those that were found, which classes may name.</summary>
    public ITaskItem[] Weights { get; set; } = [];

    /// <summary>The project's C# files.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>Where what is made goes.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>A text for each weight file.</summary>
    [Output]
    public ITaskItem[] Texts { get; set; } = [];

    /// <summary>The resources, with their <c>LogicalName</c>.</summary>
    [Output]
    public ITaskItem[] Resources { get; set; } = [];

    /// <summary>The weight files that something names, whether they are there or not.</summary>
    [Output]
    public ITaskItem[] Read { get; set; } = [];

    public override bool Execute()
    {
        try
        {
            (IReadOnlyList<WeightUse> uses, IReadOnlyList<string> unread) =
                WeightUses.Find(Paths(Specs), Paths(Weights.Where(static w => !IsFound(w))), Paths(Weights.Where(IsFound)), Paths(Sources));
            var folder = new HandoverFolder(Path.GetFullPath(Folder));
            HandedOver[] handed = [.. uses.Select(folder.HandOver)];
            string[] unreadText = unread.Count == 0 ? [] : [folder.Tell(unread)];
            folder.RemoveOthers([.. handed.SelectMany(static h => h.Files), .. unreadText]);

            Read = [.. uses.Select(static u => new TaskItem(ItemSpec.Of(u.Path)))];
            Texts = [.. handed.Select(static h => h.Text).Concat(unreadText).Select(static t => new TaskItem(ItemSpec.Of(t)))];
            // Files of one content, or a file by two names, give one resource.
            Resources = [.. handed.SelectMany(static h => h.Resources).GroupBy(static r => r.Name, StringComparer.Ordinal).Select(static g => g.First())
                .Select(static r => new TaskItem(
                    ItemSpec.Of(r.Path), new Dictionary<string, string> { ["LogicalName"] = r.Name, ["WithCulture"] = "false", ["Type"] = "Non-Resx" }))];
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogError($"NetGen cannot write what it makes of weight files to '{Folder}': {e.Message}");
            return false;
        }
    }

    private static bool IsFound(ITaskItem weights) => string.Equals(weights.GetMetadata("IsDefaultItem"), "true", StringComparison.OrdinalIgnoreCase);

    private static string[] Paths(IEnumerable<ITaskItem> items) => [.. items.Select(static i => i.GetMetadata("FullPath"))];
}
