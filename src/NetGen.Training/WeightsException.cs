// The reader of weight files, which the compiler has too, throws the one of whom it serves.
global using WeightsException = NetGen.Training.WeightsException;

using System;

namespace NetGen.Training;

/// <summary>
/// A weight file is damaged, or does not fit the network. The message names the file, the tensor, both shapes or
/// numbers, and what to do. The network it was loaded into is as it was.
/// </summary>
public sealed class WeightsException : Exception
{
    /// <summary>An error with its message.</summary>
    /// <param name="message">What is wrong, with names and numbers, and what to do.</param>
    /// <param name="innerException">What the file's reader threw, if it was that.</param>
    public WeightsException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
