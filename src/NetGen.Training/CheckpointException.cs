using System;

namespace NetGen.Training;

/// <summary>A checkpoint is damaged, is no checkpoint, or is one of another run. The network is as it was, and so is the file.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>An error with its message.</summary>
    /// <param name="message">What is wrong, with names and numbers, and what to do.</param>
    /// <param name="innerException">What the file's reader threw, if it was that.</param>
    public CheckpointException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
