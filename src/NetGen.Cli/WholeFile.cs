using System;
using System.IO;

namespace NetGen.Cli;

/// <summary>Writes files that are whole at any moment: beside the place where they are to stand, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>
    /// Puts bytes in the place of a file, or where there is none yet. A link stays a link, to the file that is changed, and a file keeps its permissions.
    /// </summary>
    /// <exception cref="IOException">The path leads nowhere, or to a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void Write(string path, byte[] bytes) => Write(path, stream => stream.Write(bytes));

    /// <summary>The same of what is written bit by bit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; where it throws, the file stays as it was.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Target(path);
        if (Directory.Exists(target))
            throw new IOException("it is a folder; name a file");
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            throw new IOException($"there is no folder {Path.GetDirectoryName(path)}; make it first");
        var old = new FileInfo(target);
        // Renaming would replace it all the same.
        if (old is { Exists: true, IsReadOnly: true })
            throw new IOException("it is read-only");

        string beside = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = File.Create(beside))
                write(stream);
            if (old.Exists && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Two paths lead to one file.</summary>
    public static bool AreSame(string a, string b) =>
        string.Equals(Target(a), Target(b), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }
}
