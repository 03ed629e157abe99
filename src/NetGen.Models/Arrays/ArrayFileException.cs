using System;
using NetGen.Models.Weights;

namespace NetGen.Models.Arrays;

/// <summary>An array of NumPy cannot be read. The reader of its header, which the training library has too, knows it as DatasetException.</summary>
/// <param name="array">Its name in the archive; empty for the only one of a file.</param>
/// <param name="line">Arrays have none.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">What the stream threw, if it was that.</param>
internal sealed class ArrayFileException(string array, long? line, string message, Exception? innerException = null)
    : TensorFileException(array.Length == 0 ? message : $"array '{array}': {message}", innerException)
{
    public long? Line => line;
}
