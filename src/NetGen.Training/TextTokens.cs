namespace NetGen.Training;

/// <summary>What a text is cut into.</summary>
public enum TextTokens
{
    /// <summary>Runs of letters, marks, digits and underscores; all else separates them.</summary>
    Words,

    /// <summary>Unicode characters, with blanks and punctuation.</summary>
    Characters,
}
