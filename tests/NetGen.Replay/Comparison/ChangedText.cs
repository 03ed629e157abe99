namespace NetGen.Replay.Comparison;

/// <summary>A text that is not what it was.</summary>
/// <param name="Old">The hash of what it was.</param>
/// <param name="New">The hash of what it is.</param>
internal sealed record ChangedText(string Key, string Old, string New);
