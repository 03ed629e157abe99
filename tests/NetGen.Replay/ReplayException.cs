using System;

namespace NetGen.Replay;

/// <summary>What the tool cannot do, in words for who asked for it.</summary>
internal sealed class ReplayException(string message) : Exception(message);
