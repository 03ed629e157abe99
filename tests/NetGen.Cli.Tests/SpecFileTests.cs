using System;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace NetGen.Cli.Tests;

/// <summary>How a file is read, and written back as it was.</summary>
public sealed class SpecFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with mark", "utf-16", "utf-16BE", "utf-32", "latin1"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_changed_file_keeps_its_encoding_mark_and_line_endings(string name)
    {
        Encoding encoding = name switch { "utf-8" => new UTF8Encoding(false), "utf-8 with mark" => Encoding.UTF8, _ => Encoding.GetEncoding(name) };
        const string Before = "input: 4 # größe\r\nlayers:\r\n", After = "input: 8 # größe\r\nlayers:\r\n";
        string path = _folder.Write("a.yaml", [.. encoding.Preamble, .. encoding.GetBytes(Before)]);
        SpecFile file = SpecFile.Read(path);
        Assert.Equal(Before, file.Text);
        file.Write(After);
        Assert.Equal([.. encoding.Preamble, .. encoding.GetBytes(After)], File.ReadAllBytes(path));
        Assert.Equal(["a.yaml"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_link_stays_a_link_and_a_mode_a_mode()
    {
        if (OperatingSystem.IsWindows())
            return; // Links need a privilege there, and modes are none.
        string target = _folder.Write("target.yaml", "a");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(_folder.File("link.yaml"), target);
        SpecFile.Read(_folder.File("link.yaml")).Write("b");
        Assert.Equal("b", File.ReadAllText(target));
        Assert.Equal(target, new FileInfo(_folder.File("link.yaml")).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(target));
    }
}
