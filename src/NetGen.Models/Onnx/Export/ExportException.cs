using System;

namespace NetGen.Models.Onnx.Export;

/// <summary>A network cannot be exported. The message says why, without a dot at its end.</summary>
internal sealed class ExportException(string message) : Exception(message);
