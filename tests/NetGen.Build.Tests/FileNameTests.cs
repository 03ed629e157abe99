using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using NetGen.Compiler.Baking;
using Xunit;

namespace NetGen.Build.Tests;

/// <summary>Weight files may be called what files may be called, whatever MSBuild and the compiler make of it.</summary>
public sealed class FileNameTests : IDisposable
{
    private const string Large = "input: 200\nlayers: [ { dense: { units: 200, name: fc1 } } ]\n", Small = "input: 4\nlayers: [ { dense: { units: 2, name: fc1 } } ]\n";

    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Names =>
    [
        "my%20model", "model (1)", "a;b", "percent%", "%41", "semi;;colon", "at@(x)", "dollar$(y)", "apostrophe's", "plus+equal=", "comma,", "hash#amp&", "br[1]{2}", "größe 模型",
        "dot.v1.2.fr", new string('x', 200),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_read_and_handed_on_as_one_file(string name)
    {
        _folder.Write(name + ".safetensors", TaskFolder.Dense(4, 2));
        _folder.Write("large of " + name[..Math.Min(name.Length, 100)] + ".safetensors", TaskFolder.Dense(200, 200));
        _folder.Write($"Specs of {name}/a.yaml", Small + $"weights: \"../{name}.safetensors\"\n");
        _folder.Write($"Specs of {name}/b.yaml", Large + $"weights: \"../large of {name[..Math.Min(name.Length, 100)]}.safetensors\"\n");

        TaskResult result = _folder.Run();

        Assert.Equal([null, null], result.Files.Select(static f => f.Missing ?? f.Error));
        Assert.Equal(40, result[name + ".safetensors"].Data!.Length);
        foreach (ITaskItem item in result.Texts.Concat(result.Resources).Concat(result.Read))
        {
            Assert.True(File.Exists(item.ItemSpec), item.ItemSpec);
            // What MSBuild would read another way is escaped; what was made has no such letter, and the compiler splits lists at commas too.
            Assert.DoesNotContain(((ITaskItem2)item).EvaluatedIncludeEscaped, static c => c is ';' or '*' or '?' or '@' or '$' or '(' or ')' or '\'');
        }

        Assert.All(result.Texts.Concat(result.Resources), static t => Assert.Matches("^[A-Za-z0-9_.-]+$", Path.GetFileName(t.ItemSpec)));
    }

    [Fact]
    public void Wildcards_are_letters_where_the_file_system_has_them()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (string name in new[] { "star*", "question?", "quo\"te" })
        {
            _folder.Write(name + ".safetensors", TaskFolder.Dense(4, 2));
            _folder.Write(name + ".yaml", Small + $"weights: '{name}.safetensors'\n");
        }

        Assert.All(_folder.Run().Files, static f => Assert.NotNull(f.Data));
    }

    [Fact]
    public void One_name_in_two_folders_and_in_two_cases_are_files_of_their_own()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            return;
        foreach ((string path, float fill) in new[] { ("a/w", 1f), ("b/w", 2f), ("b/W", 3f) })
        {
            _folder.Write(path + ".safetensors", TaskFolder.Dense(4, 2, fill: fill));
            _folder.Write(path + ".yaml", Small + $"weights: {Path.GetFileName(path)}.safetensors\n");
        }

        TaskResult result = _folder.Run();

        Assert.Equal([1f, 2f, 3f], result.Files.Select(static f => BitConverter.ToSingle(f.Data!, 0)).Order());
    }

    [Fact]
    public void Files_of_one_content_and_links_to_one_give_one_resource()
    {
        foreach (string name in new[] { "a", "b" })
        {
            _folder.Write(name + ".safetensors", TaskFolder.Dense(200, 200));
            _folder.Write(name + ".yaml", Large + $"weights: {name}.safetensors\n");
        }

        TaskResult result = _folder.Run();

        Assert.Equal(2, result.Files.Count);
        Assert.Equal(result.Files[0].Resources[0].Name, Assert.Single(result.Resources).GetMetadata("LogicalName"));
        Assert.Equal(result.Files[0].Resources, result.Files[1].Resources);
    }

    [Fact]
    public void Backslashes_are_slashes()
    {
        _folder.Write("models/w.safetensors", TaskFolder.Dense(4, 2));
        _folder.Write("w.yaml", Small + "weights: models\\w.safetensors\n");

        Assert.NotNull(Assert.Single(_folder.Run().Files).Data);
    }

    [Fact]
    public void What_a_link_leads_to_is_read_again_though_the_link_is_the_same()
    {
        _folder.Write("old.safetensors", TaskFolder.Dense(4, 2, fill: 1));
        _folder.Write("new.safetensors", TaskFolder.Dense(4, 2, fill: 2));
        _folder.Write("w.yaml", Small + "weights: w.safetensors\n");
        try
        {
            File.CreateSymbolicLink(_folder.PathOf("w.safetensors"), _folder.PathOf("old.safetensors"));
        }
        catch (IOException)
        {
            return; // Windows asks for a right that not everybody has.
        }

        float FirstOf(TaskResult result) => BitConverter.ToSingle(result["w.safetensors"].Data!, 0);
        Assert.Equal(1, FirstOf(_folder.Run()));
        File.Move(_folder.PathOf("new.safetensors"), _folder.PathOf("old.safetensors"), overwrite: true);

        Assert.Equal(2, FirstOf(_folder.Run()));
    }
}
