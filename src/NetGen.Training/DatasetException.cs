using System;

namespace NetGen.Training;

/// <summary>
/// A data file cannot be read as a data set. The message names the file, the line, the column and the text, and
/// what to do.
/// </summary>
public sealed class DatasetException : Exception
{
    /// <summary>An error with its place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, counted from 1; null where the whole file is meant.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What the file's reader threw, if it was that.</param>
    public DatasetException(string file, long? line, string message, Exception? innerException = null)
        : base(line is null ? $"{file}: {message}" : FormattableString.Invariant($"{file}({line}): {message}"), innerException)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file, as it was named.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1 with the header; null where the whole file is meant.</summary>
    public long? Line { get; }
}
