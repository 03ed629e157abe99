using System;

namespace NetGen.Models;

/// <summary>An operation of a model that a spec cannot say, and why, as a sentence goes on that began with the operation.</summary>
internal sealed class UnsupportedNodeException(string reason) : Exception(reason);
