using System;
using System.IO;

namespace NetGen.Training.Files;

/// <summary>Writes a file beside its place and renames it over, so that there is always either the old one or the new one, whole.</summary>
internal sealed class WholeFile : IDisposable
{
    private readonly string path;
    private readonly string beside;
    private readonly FileStream stream;

    /// <summary>Opens the file beside.</summary>
    /// <param name="path">Its place; the folder must exist.</param>
    /// <param name="what">What is written, for messages: <c>the weights</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">It cannot be written; what was there before still is.</exception>
    public WholeFile(string path, string what)
    {
        this.path = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(this.path);
        if (folder is null || Directory.Exists(this.path))
            throw new IOException($"'{path}' is a folder; name the file to save {what} to.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to save '{Path.GetFileName(this.path)}' to; create it first.");

        beside = $"{this.path}.{Path.GetRandomFileName()}.tmp";
        stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Takes the content.</summary>
    public Stream Stream => stream;

    /// <summary>Writes a file at once.</summary>
    /// <inheritdoc cref="WholeFile(string, string)"/>
    public static void Write(string path, string what, Action<Stream> write)
    {
        using var file = new WholeFile(path, what);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Removes what writers left that were killed.</summary>
    public static void RemoveLeftovers(string path)
    {
        string whole = Path.GetFullPath(path);
        foreach (string left in Directory.EnumerateFiles(Path.GetDirectoryName(whole)!, Path.GetFileName(whole) + ".*.tmp"))
            try
            {
                File.Delete(left);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process is writing it.
            }
    }

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
