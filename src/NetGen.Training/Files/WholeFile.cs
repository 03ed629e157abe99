using System;
using System.IO;

namespace NetGen.Training.Files;

/// <summary>Writes a file beside and renames it over, so that there is always either the old one or the new one, whole.</summary>
internal static class WholeFile
{
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string whole = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(whole);
        if (folder is null || Directory.Exists(whole))
            throw new IOException($"'{path}' is a folder; name a file to write.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(whole)}' to; create it first.");

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
}
