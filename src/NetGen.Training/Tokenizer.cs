using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using NetGen.Compiler.Text;

namespace NetGen.Training;

/// <summary>
/// Turns texts into the numbers of their tokens, as a column of a CSV file is: <c>new Tokenizer(train.CsvOptions!.Text["review"])</c> does so for the texts
/// that a network meets in use.
/// </summary>
public sealed class Tokenizer
{
    /// <summary>The number behind the end of a text.</summary>
    public const int Padding = 0;

    /// <summary>The number of a token that the vocabulary lacks.</summary>
    public const int Unknown = 1;

    /// <summary>The number of the vocabulary's first token.</summary>
    internal const int FirstToken = 2;

    private const int LargestVocabulary = 1 << 24; // up to which floats hold each number

    private readonly TextColumn column;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>A tokenizer with a vocabulary.</summary>
    /// <param name="column">How texts become numbers; with its <see cref="TextColumn.Vocabulary"/>.</param>
    /// <exception cref="ArgumentException">There is no vocabulary, a token is in it twice, or a number is out of range.</exception>
    public Tokenizer(TextColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        Check(column, nameof(column));
        if (column.Vocabulary is null)
            throw new ArgumentException("The column has no Vocabulary; take the column of train.CsvOptions.Text, which has that of the training file.", nameof(column));

        this.column = column;
        foreach (string token in column.Vocabulary)
            if (!numbers.TryAdd(token, FirstToken + numbers.Count))
                throw new ArgumentException($"Tokens {numbers[token]} and {FirstToken + numbers.Count} of the Vocabulary are both {Excerpt.Quote(token)}; list each token once.", nameof(column));
    }

    /// <summary>How many numbers there are, with those of padding and unknown tokens: the <c>input_dim</c> of an embedding.</summary>
    public int Count => FirstToken + numbers.Count;

    /// <summary>The numbers of a text's first tokens, as floats, which a network takes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="features">Takes the numbers, [<see cref="TextColumn.Length"/>].</param>
    /// <exception cref="ArgumentException">There is room for more or fewer numbers.</exception>
    public void Encode(string text, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (features.Length != column.Length)
            throw new ArgumentException($"There is room for {features.Length} numbers, but a text has {column.Length} (Length); give as much.", nameof(features));

        features.Fill(Padding);
        int count = 0;
        foreach (string token in Split(text, column))
        {
            if (count == features.Length)
                return;
            features[count++] = NumberOf(token);
        }
    }

    /// <summary>The number of one token.</summary>
    internal int NumberOf(string token) => numbers.GetValueOrDefault(token, Unknown);

    /// <summary>Cuts a text into its tokens.</summary>
    internal static IEnumerable<string> Split(string text, TextColumn column)
    {
        string all = column.LowerCase ? text.ToLowerInvariant() : text;
        int start = 0, end = 0;
        foreach (Rune rune in all.EnumerateRunes())
        {
            int next = end + rune.Utf16SequenceLength;
            if (column.Tokens == TextTokens.Characters)
            {
                yield return all[end..next];
            }
            else if (!IsOfWord(rune))
            {
                if (end > start)
                    yield return all[start..end];
                start = next;
            }

            end = next;
        }

        if (column.Tokens == TextTokens.Words && end > start)
            yield return all[start..end];
    }

    /// <summary>Checks a column's numbers.</summary>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    internal static void Check(TextColumn column, string parameter)
    {
        if (column.Length < 1)
            throw new ArgumentException($"Length is {column.Length}; a text becomes at least 1 number.", parameter);
        if (column.VocabularySize is <= FirstToken or > LargestVocabulary)
            throw new ArgumentException($"VocabularySize is {column.VocabularySize}; it is from {FirstToken + 1}, with the numbers of padding and unknown tokens, to {LargestVocabulary}, up to which floats hold each number.", parameter);
        if (column.Vocabulary is { Count: 0 or > LargestVocabulary - FirstToken })
            throw new ArgumentException($"The Vocabulary has {column.Vocabulary.Count} tokens; give 1 to {LargestVocabulary - FirstToken}, or null for those of the file.", parameter);
    }

    private static bool IsOfWord(Rune rune) => rune.Value == '_' || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
