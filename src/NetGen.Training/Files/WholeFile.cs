using System;
using System.IO;

namespace NetGen.Training.Files;

/// <summary>Writes a file beside and renames it over, so that there is always either the old one or the new one, whole.</summary>
internal sealed class WholeFile : IDisposable
{
    private readonly string path;
    private readonly string beside;
    private readonly FileStream stream;

    /// <summary>Opens the file beside.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public WholeFile(string path)
    {
        this.path = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(this.path);
        if (folder is null || Directory.Exists(this.path))
            throw new IOException($"'{path}' is a folder; name a file to write.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(this.path)}' to; create it first.");

        beside = $"{this.path}.{Path.GetRandomFileName()}.tmp";
        stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Takes the content.</summary>
    public Stream Stream => stream;

    /// <summary>Puts the file in its place; without, it is deleted.</summary>
    public void Commit()
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(beside, path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stream.Dispose();
        File.Delete(beside);
    }
}
