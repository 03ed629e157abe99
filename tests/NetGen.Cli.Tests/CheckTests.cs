using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary><c>netgen check</c>, run as users run it.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_spec_that_is_right_gives_no_output()
    {
        _folder.Write("a.yaml", Specs.Right);
        Assert.Equal("", (await Tool.Run(_folder.Path, "check", "a.yaml")).Successful());
    }

    [Fact]
    public async Task A_mistake_is_written_in_the_compilers_format_with_the_shapes_below_it()
    {
        _folder.Write("größe 1.yaml", Specs.Wrong);
        ToolResult result = await Tool.Run(_folder.Path, "check", "größe 1.yaml");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"größe 1.yaml(5,29): {Specs.WrongLine}\n    input 8 -> dense_1 64 -> dropout_1 64\n", result.Output);
        Assert.Equal("", result.Errors);
    }

    [Fact]
    public async Task A_folder_gives_its_networks_by_path_and_leaves_out_what_is_no_network_or_not_the_users()
    {
        foreach (string path in new[] { "b/2.yml", "b/10.yaml", "a.yaml", "bin/a.yaml", "obj/a.yaml", "node_modules/x/a.yaml", ".hidden/a.yaml" })
            _folder.Write(path, Specs.Wrong);
        _folder.Write("compose.yaml", "services:\n  web: { image: x }\n");
        _folder.Write("broken.yaml", "a: [\n");
        _folder.Write("unfinished.yaml", "input: 4\nlayers:\n  - dense: {\n");
        ToolResult result = await Tool.Run(_folder.Path, "check", ".");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["a.yaml", "b/10.yaml", "b/2.yml", "unfinished.yaml"],
            result.Lines.Where(static l => !l.StartsWith(' ')).Select(static l => l[..l.IndexOf('(', StringComparison.Ordinal)].Replace('\\', '/')));
    }

    [Fact]
    public async Task A_pattern_that_the_shell_left_alone_names_files()
    {
        _folder.Write("specs/deep/a.yaml", Specs.Wrong);
        _folder.Write("specs/b.yaml", Specs.Wrong);
        _folder.Write("other.yaml", Specs.Wrong);
        ToolResult result = await Tool.Run(_folder.Path, "check", "specs/**/*.yaml");
        Assert.Equal(2, result.Output.Split("NETGEN020").Length - 1);
        Assert.DoesNotContain("other", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_named_is_checked_whatever_it_holds()
    {
        _folder.Write("notes.txt", "a: 1\n");
        ToolResult result = await Tool.Run(_folder.Path, "check", "notes.txt");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("notes.txt(1,1): error NETGEN006", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_rest_is_still_checked()
    {
        _folder.Write("a.yaml", Specs.Wrong);
        Directory.CreateDirectory(_folder.File("empty"));
        _folder.Write("config/compose.yaml", "a: 1\n");
        ToolResult result = await Tool.Run(_folder.Path, "check", "missing.yaml", "empty", "config", "nothing/*.yaml", "a.yaml");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("NETGEN020", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "netgen: missing.yaml: there is no such file or folder",
                "netgen: empty: there is no YAML file in this folder",
                "netgen: nothing/*.yaml: no YAML file matches",
                "netgen: config: no file there holds a network, that is a map with 'input' and 'layers'",
            ],
            result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Json_is_an_array_of_what_was_found_with_places_and_fixes()
    {
        _folder.Write("a.yaml", Specs.Wrong);
        ToolResult result = await Tool.Run(_folder.Path, "check", "--json", "a.yaml");
        Assert.Equal(1, result.ExitCode);
        JsonElement found = Assert.Single(JsonDocument.Parse(result.Output).RootElement.EnumerateArray());
        Assert.Equal("a.yaml", found.GetProperty("path").GetString());
        Assert.Equal((5, 29, 5, 32), (
            found.GetProperty("line").GetInt32(), found.GetProperty("column").GetInt32(), found.GetProperty("endLine").GetInt32(), found.GetProperty("endColumn").GetInt32()));
        Assert.Equal(Specs.WrongLine, $"{found.GetProperty("severity").GetString()} {found.GetProperty("id").GetString()}: {found.GetProperty("message").GetString()}");
        Assert.Equal("input 8 -> dense_1 64 -> dropout_1 64", found.GetProperty("trace").GetString());
        Assert.Equal(JsonValueKind.Array, found.GetProperty("fixes").ValueKind);
    }

    [Fact]
    public async Task Json_of_nothing_is_an_empty_array()
    {
        _folder.Write("a.yaml", Specs.Right);
        Assert.Equal(0, JsonDocument.Parse((await Tool.Run(_folder.Path, "check", "--json", "a.yaml")).Successful()).RootElement.GetArrayLength());
        ToolResult missing = await Tool.Run(_folder.Path, "check", "--json", "missing.yaml");
        Assert.Equal(1, missing.ExitCode);
        Assert.Equal(0, JsonDocument.Parse(missing.Output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task What_a_spec_smuggles_in_does_not_reach_the_terminal()
    {
        _folder.Write("a.yaml", "input: 4\nlayers:\n  - \"\\e[31m\\nb.yaml(1,1): error\"\n");
        ToolResult result = await Tool.Run(_folder.Path, "check", "a.yaml");
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.Single(result.Lines, static l => !l.StartsWith(' '));
    }

    [Theory]
    [InlineData("large")]
    [InlineData("aliases")]
    [InlineData("binary")]
    [InlineData("deep")]
    public async Task A_hostile_file_ends_in_a_diagnostic(string kind)
    {
        _folder.Write("a.yaml", kind switch
        {
            "large" => Encoding.UTF8.GetBytes("input: 4\nlayers:\n" + string.Concat(Enumerable.Repeat("  - dense: 8\n", 800_000))),
            "aliases" => Encoding.UTF8.GetBytes("input: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + string.Concat(Enumerable.Range(0, 9).Select(
                static k => $"{(char)('b' + k)}: &{(char)('b' + k)} [{string.Join(", ", Enumerable.Repeat("*" + (char)('a' + k), 9))}]\n"))),
            "deep" => Encoding.UTF8.GetBytes("input: 4\nlayers: " + new string('[', 100_000)),
            _ => [.. Enumerable.Range(0, 100_000).Select(static k => (byte)(k * 7919 >> 3))],
        });
        ToolResult result = await Tool.Run(_folder.Path, "check", "a.yaml");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("a.yaml(", Assert.Single(result.Lines), StringComparison.Ordinal);
        Assert.Equal("", result.Errors);
    }

    [Fact]
    public async Task Many_files_are_written_in_their_order()
    {
        for (int k = 0; k < 200; k++)
            _folder.Write($"{k:000}.yaml", Specs.Wrong);
        ToolResult result = await Tool.Run(_folder.Path, "check", ".");
        Assert.Equal(Enumerable.Range(0, 200).Select(static k => $"{k:000}"), result.Lines.Where(static l => !l.StartsWith(' ')).Select(static l => l[..3]));
    }

    [Fact]
    public async Task Fix_puts_right_what_it_can_keeps_the_file_as_it_is_otherwise_and_writes_what_remains()
    {
        const string Written = "# größe\r\ninput: 8\r\nlayers:\r\n  - dense: { unitz: 64 }\r\n  - dense: { units: 10, in: 128 }\r\n  - dense: -1\r\nloss: squared_errors\r\n";
        string path = _folder.Write("a.yaml", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Written)]);
        ToolResult result = await Tool.Run(_folder.Path, "check", "--fix", "a.yaml");
        string expected = Written.Replace("unitz", "units", StringComparison.Ordinal).Replace("128", "64", StringComparison.Ordinal).Replace("squared_errors", "squared_error", StringComparison.Ordinal);
        Assert.Equal([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(expected)], File.ReadAllBytes(path));
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(3, result.Lines.Count(static l => l.StartsWith("a.yaml: fixed NETGEN0", StringComparison.Ordinal)));
        Assert.Single(result.Lines, static l => l.StartsWith("a.yaml(6,12): error NETGEN009", StringComparison.Ordinal));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fix_leaves_a_file_in_which_nothing_is_wrong_untouched()
    {
        string path = _folder.Write("a.yaml", Specs.Right);
        DateTime before = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, before);
        Assert.Equal("", (await Tool.Run(_folder.Path, "check", "--fix", "a.yaml")).Successful());
        Assert.Equal(before, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public async Task A_warning_is_no_error_unless_it_is_to_be()
    {
        _folder.Write("a.yaml", "input: 4\nlayers:\n  - dense: 3\n  - softmax\n  - softmax\nloss: cross_entropy\n");
        ToolResult warned = await Tool.Run(_folder.Path, "check", "a.yaml");
        Assert.Equal(0, warned.ExitCode);
        Assert.Contains(": warning NETGEN040: ", warned.Output, StringComparison.Ordinal);
        foreach (string option in new[] { "--warn-as-error", "-warnaserror" })
        {
            ToolResult failed = await Tool.Run(_folder.Path, "check", option, "a.yaml");
            Assert.Equal(1, failed.ExitCode);
            Assert.Contains(": error NETGEN040: ", failed.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Information_is_written_where_it_is_asked_for()
    {
        _folder.Write("a.yaml", Specs.Right);
        ToolResult result = await Tool.Run(_folder.Path, "check", "--info", "a.yaml");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(": info NETGEN034: ", result.Output, StringComparison.Ordinal);
    }
}
