using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NetGen.Compiler.Baking;
using Xunit;

namespace NetGen.Build.Tests;

/// <summary>What the task made of a folder, with its items as MSBuild hands them on.</summary>
internal sealed record TaskResult(ITaskItem[] Texts, ITaskItem[] Resources, ITaskItem[] Read)
{
    /// <summary>The weight files that were handed over, by name.</summary>
    public IReadOnlyList<Handover> Files => [.. Texts.Select(static t => Handover.Read(File.ReadAllText(t.ItemSpec))).OfType<Handover>()];

    /// <summary>Those that nothing names.</summary>
    public string[] Unread => [.. Texts.SelectMany(static t => UnreadWeights.Read(File.ReadAllText(t.ItemSpec)) ?? []).Select(Path.GetFileName)!];

    public Handover this[string name] => Files.Single(f => Path.GetFileName(f.Path) == name);
}

/// <summary>A project's folder, over which the task runs as the package's targets run it.</summary>
internal sealed class TaskFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netgen-build-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string PathOf(string name) => Path.Combine(_folder, name);

    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
    }

    /// <summary>Runs the task over all that is in the folder.</summary>
    /// <param name="stated">Weight files that the project names.</param>
    public TaskResult Run(params string[] stated)
    {
        string[] files = [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Where(f => !f.StartsWith(PathOf("obj"), StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        ITaskItem[] Of(params string[] extensions) => [.. files.Where(f => extensions.Contains(Path.GetExtension(f))).Select(static f => (ITaskItem)new TaskItem(ItemSpec.Of(f)))];
        ITaskItem[] found = [.. Of(".safetensors").Where(i => !stated.Contains(Path.GetFileName(i.ItemSpec)))];
        foreach (ITaskItem item in found)
            item.SetMetadata("IsDefaultItem", "true");
        var task = new ReadNetworkWeights
        {
            Specs = Of(".yaml", ".yml"),
            Sources = Of(".cs"),
            Weights = [.. found, .. stated.Select(s => new TaskItem(ItemSpec.Of(PathOf(s))))],
            Folder = PathOf("obj/netgen"),
        };
        Assert.True(task.Execute());
        return new TaskResult(task.Texts, task.Resources, task.Read);
    }

    /// <summary>A file of a dense layer, float32.</summary>
    public static byte[] Dense(int inputs, int units, string name = "fc1", float fill = 0.5f) => Of(
        ($"{name}.weight", [units, inputs], fill), ($"{name}.bias", [units], fill));

    public static byte[] Of(params (string Name, int[] Shape, float Fill)[] tensors)
    {
        var data = new MemoryStream();
        string[] entries = [.. tensors.Select(t =>
        {
            long begin = data.Length;
            for (int k = t.Shape.Aggregate(static (a, b) => a * b); k > 0; k--)
                data.Write(BitConverter.GetBytes(t.Fill));
            return $"\"{t.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(",", t.Shape)}],\"data_offsets\":[{begin},{data.Length}]}}";
        })];
        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(",", entries)}}}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. data.ToArray()];
    }
}
