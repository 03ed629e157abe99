using System;
using System.IO;

namespace NetGen.Training.Files;

/// <summary>Writes a file beside its place and renames it over, so that there is always either the old one or the new one, whole.</summary>
internal static class WholeFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">Its place; the folder must exist.</param>
    /// <param name="what">What is written, for messages: <c>the weights</c>.</param>
    /// <param name="write">Writes it.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">It cannot be written; what was there before still is.</exception>
    public static void Write(string path, string what, Action<Stream> write)
    {
        string whole = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(whole);
        if (folder is null || Directory.Exists(whole))
            throw new IOException($"'{path}' is a folder; name the file to save {what} to.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to save '{Path.GetFileName(whole)}' to; create it first.");

        string beside = $"{whole}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, whole, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
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
}
