using System;
using System.IO;
using System.Runtime.InteropServices;
using NetGen.Cli.Output;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>What becomes of <c>-o</c>, which graph, emit, schema and new share.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("-")]
    public void Nothing_and_a_dash_are_standard_output(string? path) => Assert.Equal((0, "text", ""), Write(path));

    [Fact]
    public void A_file_is_replaced_as_a_whole()
    {
        string file = _folder.Write("a.svg", "older and longer");
        Assert.Equal((0, "", ""), Write(file));
        Assert.Equal("text", File.ReadAllText(file));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_cannot_be_written_is_said_and_left_as_it_is()
    {
        string spec = _folder.Write("a.yaml", "input: 4"), locked = _folder.Write("locked.svg", "old");
        File.SetAttributes(locked, FileAttributes.ReadOnly);
        Assert.Equal((1, "", $"netgen: {spec}: it is the spec itself, which would be lost; name another file\n"), Write(spec, spec));
        Assert.Equal((1, "", $"netgen: {locked}: it is read-only\n"), Write(locked));
        Assert.Equal((1, "", $"netgen: {_folder.Path}: it is a folder; name a file\n"), Write(_folder.Path));
        string nowhere = _folder.File("none/a.svg");
        Assert.Equal((1, "", $"netgen: {nowhere}: there is no folder {_folder.File("none")}; make it first\n"), Write(nowhere));
        Assert.Equal(("input: 4", "old"), (File.ReadAllText(spec), File.ReadAllText(locked)));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
        File.SetAttributes(locked, FileAttributes.Normal);
    }

    [Fact]
    public void A_link_to_the_spec_is_the_spec()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return;
        string spec = _folder.Write("a.yaml", "input: 4"), link = _folder.File("link.svg");
        File.CreateSymbolicLink(link, spec);
        Assert.Equal(1, Write(link, spec).ExitCode);
        string other = _folder.Write("other.svg", "old");
        File.Delete(link);
        File.CreateSymbolicLink(link, other);
        Assert.Equal(0, Write(link, spec).ExitCode);
        Assert.Equal("text", File.ReadAllText(other));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    private static (int ExitCode, string Output, string Errors) Write(string? path, string? input = null)
    {
        using StringWriter output = new(), errors = new();
        using var terminal = new Terminal(output, errors, isLive: false);
        int exitCode = OutputFile.Write(path, input, "text", terminal);
        return (exitCode, output.ToString(), errors.ToString().ReplaceLineEndings("\n"));
    }
}
