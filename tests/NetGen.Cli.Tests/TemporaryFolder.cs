using System;
using System.IO;
using System.Text;

namespace NetGen.Cli.Tests;

/// <summary>A folder of a test's own, gone afterwards; its name has a space and letters beyond ASCII.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("netgen-");

    public TemporaryFolder() => Directory.CreateDirectory(Path);

    public string Path => System.IO.Path.Combine(_root.FullName, "Netze für später");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A file with this text, in UTF-8 without a mark.</summary>
    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string file = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllBytes(file, bytes);
        return file;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
