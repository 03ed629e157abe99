using System;
using System.IO;

namespace NetGen.Training.Files;

/// <summary>Opens the files that data sets are read from.</summary>
internal static class DataFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The system does not let it be read.</exception>
    public static FileStream Open(string path)
    {
        CheckExists(path);
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, null, $"the file cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Checks that there is a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static void CheckExists(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException(Directory.Exists(path)
                ? $"'{path}' is a folder, not a data file."
                : $"There is no data file '{path}'; the current folder is '{Environment.CurrentDirectory}'.", path);
    }
}
