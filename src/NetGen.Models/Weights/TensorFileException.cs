using System;

namespace NetGen.Models.Weights;

/// <summary>A file of weights cannot be read, or does not fit. The message says what is wrong and what to do; it does not name the file.</summary>
internal class TensorFileException(string message, Exception? innerException = null) : Exception(message, innerException);
