using System;
using System.Collections.Generic;

namespace NetGen.Models;

/// <summary>A model that cannot be imported, for reasons that its user can read.</summary>
internal sealed class ImportException(string message, IReadOnlyList<string> details) : Exception(message)
{
    public ImportException(string message)
        : this(message, [])
    {
    }

    /// <summary>Everything that stands in the way, a line each; empty where the message says it all.</summary>
    public IReadOnlyList<string> Details { get; } = details;
}
