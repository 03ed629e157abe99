using System;

namespace NetGen.Training;

/// <summary>A group of processes cannot begin, or cannot go on: a process left it, or what connects them failed. Train on from the last checkpoint.</summary>
public sealed class ProcessGroupException : Exception
{
    /// <summary>An error with its message.</summary>
    /// <param name="message">What is wrong, with names and numbers, and what to do.</param>
    /// <param name="innerException">What caused it, if it was an exception.</param>
    public ProcessGroupException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
