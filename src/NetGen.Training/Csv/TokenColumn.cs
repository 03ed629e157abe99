using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Csv;

/// <summary>A column of texts, which becomes the numbers of their tokens.</summary>
internal sealed class TokenColumn : FeatureColumn
{
    private readonly NumberCell cells;
    private readonly bool fills;
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal); // in the order in which they came
    private readonly List<long> frequencies = [];
    private readonly List<int[]> texts = [];
    private int[] numbers = [];

    /// <param name="name">The column's name.</param>
    /// <param name="index">Where it stands in the file.</param>
    /// <param name="cells">Says which cells are missing.</param>
    /// <param name="fills">Whether a missing cell is a text without a token; otherwise it is an error.</param>
    /// <param name="options">What the column becomes.</param>
    public TokenColumn(string name, int index, NumberCell cells, bool fills, TextColumn options) : base(name, index)
    {
        Tokenizer.Check(options, nameof(options));
        this.cells = cells;
        this.fills = fills;
        Options = options;
        FeatureNames = [.. Enumerable.Range(0, options.Length).Select(i => FormattableString.Invariant($"{name}[{i}]"))];
    }

    /// <summary>What the column becomes; with the vocabulary, once all texts are taken.</summary>
    public TextColumn Options { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> FeatureNames { get; }

    /// <inheritdoc/>
    public override bool IsMissing(CsvTable table) => cells.IsMissingText(table[Index]);

    /// <inheritdoc/>
    public override void Add(CsvTable table)
    {
        if (IsMissing(table) && !fills)
            throw table.Error(Index, $"{(table[Index].Length == 0 ? "is empty" : $"holds {Excerpt.Quote(table[Index])}, which stands for a missing value")}; fill it in, leave the line out, or take it as a text without a word: MissingValues.Fill in the options.");

        var first = new List<int>();
        foreach (string token in IsMissing(table) ? [] : Tokenizer.Split(table[Index], Options))
        {
            if (known.TryAdd(token, frequencies.Count))
                frequencies.Add(0);
            int number = known[token];
            frequencies[number]++;
            if (first.Count < Options.Length)
                first.Add(number);
        }

        texts.Add([.. first]);
    }

    /// <inheritdoc/>
    public override void Complete(CsvTable table)
    {
        if (Options.Vocabulary is null)
        {
            if (known.Count == 0)
                throw new DatasetException(table.File, null, $"column {Excerpt.Quote(Name)} has no {(Options.Tokens == TextTokens.Words ? "word" : "character")} in any line; leave it out by Ignore in the options.");
            IEnumerable<string> tokens = known.Keys.OrderByDescending(token => frequencies[known[token]]).ThenBy(token => token, StringComparer.Ordinal);
            Options = Options with { Vocabulary = [.. tokens.Take(Options.VocabularySize - Tokenizer.FirstToken)] };
        }

        var tokenizer = new Tokenizer(Options);
        numbers = new int[known.Count];
        foreach ((string token, int number) in known)
            numbers[number] = tokenizer.NumberOf(token);
    }

    /// <inheritdoc/>
    public override void Forget() => texts.Clear();

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<double> features)
    {
        features.Fill(Tokenizer.Padding);
        for (int i = 0; i < texts[sample].Length; i++)
            features[i] = numbers[texts[sample][i]];
    }
}
