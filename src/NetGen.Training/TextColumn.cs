using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>
/// How a column of texts becomes features for an <c>embedding</c>: the numbers of its first <see cref="Length"/> tokens in a vocabulary. Number 0 is padding
/// behind a shorter text, and 1 a token that the vocabulary lacks.
/// </summary>
public sealed record TextColumn
{
    /// <summary>The number of features: longer texts are cut off, and shorter ones padded with 0 at their end.</summary>
    public required int Length { get; init; }

    /// <summary>What a text is cut into.</summary>
    public TextTokens Tokens { get; init; }

    /// <summary>Whether capital letters become small ones, so that <c>The</c> and <c>the</c> are one token.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>
    /// The most numbers that a vocabulary from the file may have, with 0 for padding and 1 for unknown tokens. The tokens that are most frequent are taken;
    /// of equally frequent ones, the first in ordinal order.
    /// </summary>
    public int VocabularySize { get; init; } = 10_000;

    /// <summary>
    /// The tokens of the numbers from 2 on; null takes those of the file. <see cref="Dataset.CsvOptions"/> of the training set has them, and an embedding
    /// has an <c>input_dim</c> of their count + 2.
    /// </summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }
}
