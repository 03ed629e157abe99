using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Cli.Sweep;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Spec;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>What goes for every spec of the examples.</summary>
public sealed class SpecEditExampleTests
{
    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "examples"));

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Root, "*.yaml", SearchOption.AllDirectories)
        .Select(static f => Path.GetRelativePath(Root, f))
        .Where(static f => !f.Split('/', '\\').Any(static p => p is "bin" or "obj")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_option_set_to_its_own_value_changes_nothing(string example)
    {
        string text = File.ReadAllText(Path.Combine(Root, example));
        string hash = NetworkHash.Of(SpecEditTests.Checked(text));
        (string Path, SpecValue Value)[] options = [.. Options(text)];
        Assert.True(options.Length >= 3, example);
        foreach ((string path, SpecValue value) in options)
        {
            string own = text.Substring(value.Span.Start, value.Span.Length);
            EditedSpec edited = SpecEdit.Set(text, path, own);
            Assert.True(edited.Text == text, $"{path}={own}: {edited.Problem}\n{edited.Text}");
            Assert.Equal(hash, NetworkHash.Of(SpecEditTests.Checked(edited.Text!)));
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_option_set_to_another_value_is_found_at_its_path_and_all_others_are_as_they_were(string example)
    {
        string text = File.ReadAllText(Path.Combine(Root, example));
        Dictionary<string, string> before = Written(text);
        foreach (string path in before.Keys)
        {
            string edited = SpecEdit.Set(text, path, "0.0625").Text!;
            Dictionary<string, string> after = Written(edited);
            Assert.Equal(before.Select(o => (o.Key, o.Key == path ? "0.0625" : o.Value)), after.Select(static o => (o.Key, o.Value)));
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_option_that_is_not_stated_is_added_in_a_way_that_checks(string example)
    {
        string text = File.ReadAllText(Path.Combine(Root, example));
        Network network = SpecEditTests.Checked(text);
        string hash = NetworkHash.Of(network);
        int added = 0;
        foreach (SpecLayer layer in SpecLayer.Of(SpecEdit.Read(text)!).Where(static l => l.Definition.TakesTrainable && l.Node.Find("trainable") is null))
        {
            // What is the default makes no other network.
            string edited = SpecEdit.Set(text, $"{layer.Name}.trainable", "true").Text!;
            if (NetworkCompiler.Check(edited).Network is not { } same)
            {
                Assert.Empty(layer.Definition.ParameterNames);
                continue;
            }

            added++;
            Assert.NotEqual(text, edited);
            Assert.Equal(hash, NetworkHash.Of(same));
        }

        Assert.True(added > 0 || example.Contains("textbook", StringComparison.Ordinal), example);
        if (network.Loss is not null)
            Assert.NotEqual(hash, NetworkHash.Of(SpecEditTests.Checked(SpecEdit.Set(text, "seed", "12345").Text!)));
    }

    private static Dictionary<string, string> Written(string text) =>
        Options(text).ToDictionary(static o => o.Path, o => text.Substring(o.Value.Span.Start, o.Value.Span.Length));

    /// <summary>Every number of a spec, and every list, by its path.</summary>
    private static IEnumerable<(string Path, SpecValue Value)> Options(string text)
    {
        MapValue root = SpecEdit.Read(text)!;
        foreach (SpecEntry entry in root.Entries.Where(static e => e.Key.Value != "layers"))
        {
            foreach ((string, SpecValue) option in Within(entry.Key.Value, entry.Value))
                yield return option;
        }

        foreach (SpecLayer layer in SpecLayer.Of(root))
        {
            if (layer.Node.Main is { } main)
                yield return ($"{layer.Name}.{layer.Definition.Keys.Main}", main);
            foreach (SpecEntry entry in layer.Node.Options)
            {
                foreach ((string, SpecValue) option in Within($"{layer.Name}.{entry.Key.Value}", entry.Value))
                    yield return option;
            }
        }
    }

    private static IEnumerable<(string Path, SpecValue Value)> Within(string path, SpecValue value) => value switch
    {
        MapValue map => map.Entries.SelectMany(e => Within($"{path}.{e.Key.Value}", e.Value)),
        ListValue list => [(path, list)],
        ScalarValue scalar when CoreSchema.TryNumber(scalar, out _) => [(path, scalar)],
        _ => [],
    };

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
