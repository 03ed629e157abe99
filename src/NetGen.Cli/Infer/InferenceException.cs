using System;

namespace NetGen.Cli.Infer;

/// <summary>No spec can be proposed for the data; the message says why, and what to do.</summary>
internal sealed class InferenceException(string message) : Exception(message);
