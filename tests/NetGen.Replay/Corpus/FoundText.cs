namespace NetGen.Replay.Corpus;

/// <summary>A text that may be a spec.</summary>
/// <param name="Place">Where it was found, short, and the same until somebody moves it: a file, or a class with a name.</param>
internal sealed record FoundText(string Place, string Text);
