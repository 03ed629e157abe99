using System;

namespace NetGen.Compiler.Weights;

/// <summary>A weight file is damaged, or does not fit the network. The message names the file, the tensor, both shapes or numbers, and what to do.</summary>
internal sealed class WeightsException(string message, Exception? innerException = null) : Exception(message, innerException);
