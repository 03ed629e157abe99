using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace NetGen.Build;

/// <summary>
/// Reads the weight files that networks are compiled with, since a generator opens none: hands each over as a text among the additional files, and makes resources
/// of those that are too large for source. What is wrong with a file goes into its text, for the generator to say where the file is named.
/// </summary>
public sealed class ReadNetworkWeights : Task
{
    /// <summary>The project's additional files: specs are among them.</summary>
    public ITaskItem[] Specs { get; set; } = [];

    /// <summary>Weight files that specs in attributes may name.</summary>
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
            WeightUse[] uses = [.. WeightUses.Find(Paths(Specs), Paths(Weights), Paths(Sources))];
            var folder = new HandoverFolder(Path.GetFullPath(Folder));
            HandedOver[] handed = [.. uses.Select(folder.HandOver)];
            folder.RemoveOthers(handed.SelectMany(static h => h.Files));

            Read = [.. uses.Select(static u => new TaskItem(u.Path))];
            Texts = [.. handed.Select(static h => new TaskItem(h.Text))];
            Resources = [.. handed.SelectMany(static h => h.Resources)
                .Select(static r => new TaskItem(r.Path, new Dictionary<string, string> { ["LogicalName"] = r.Name, ["WithCulture"] = "false", ["Type"] = "Non-Resx" }))];
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogError($"NetGen cannot write what it makes of weight files to '{Folder}': {e.Message}");
            return false;
        }
    }

    private static IEnumerable<string> Paths(ITaskItem[] items) => items.Select(static i => i.GetMetadata("FullPath"));
}
