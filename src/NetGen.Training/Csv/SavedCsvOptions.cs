using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NetGen.Training.Csv;

/// <summary><see cref="CsvOptions"/> as a weight file has them, as JSON: the encoding by its name, and what is not stated left out.</summary>
internal sealed record SavedCsvOptions
{
    public string? Encoding { get; init; }

    public bool? HasHeader { get; init; }

    public char? Delimiter { get; init; }

    public char? DecimalSeparator { get; init; }

    public char? Comment { get; init; }

    public string[]? Features { get; init; }

    public string[]? Ignore { get; init; }

    public string? Group { get; init; }

    public string[]? OneHot { get; init; }

    public string[]? Index { get; init; }

    public Dictionary<string, TextColumn>? Text { get; init; }

    public Dictionary<string, string[]>? Categories { get; init; }

    public MissingValues? MissingValues { get; init; }

    public string[]? MissingTexts { get; init; }

    public FillWith? FillWith { get; init; }

    public Dictionary<string, double>? FillValues { get; init; }

    /// <summary>What is saved of options.</summary>
    public static SavedCsvOptions Of(CsvOptions options)
    {
        var usual = new CsvOptions();
        static string[]? Names(IReadOnlyCollection<string> names) => names.Count == 0 ? null : [.. names];
        return new SavedCsvOptions
        {
            Encoding = options.Encoding?.WebName,
            HasHeader = options.HasHeader == usual.HasHeader ? null : options.HasHeader,
            Delimiter = options.Delimiter == usual.Delimiter ? null : options.Delimiter,
            DecimalSeparator = options.DecimalSeparator == usual.DecimalSeparator ? null : options.DecimalSeparator,
            Comment = options.Comment,
            Features = options.Features is null ? null : [.. options.Features],
            Ignore = Names(options.Ignore),
            Group = options.Group,
            OneHot = Names(options.OneHot),
            Index = Names(options.Index),
            Text = options.Text.Count == 0 ? null : options.Text.ToDictionary(),
            Categories = options.Categories.Count == 0 ? null : options.Categories.ToDictionary(static column => column.Key, static column => column.Value.ToArray()),
            MissingValues = options.MissingValues == usual.MissingValues ? null : options.MissingValues,
            MissingTexts = options.MissingTexts is null ? null : [.. options.MissingTexts],
            FillWith = options.FillWith == usual.FillWith ? null : options.FillWith,
            FillValues = options.FillValues.Count == 0 ? null : options.FillValues.ToDictionary(),
        };
    }

    /// <summary>The options.</summary>
    /// <exception cref="System.ArgumentException">There is no such encoding.</exception>
    public CsvOptions ToOptions()
    {
        var usual = new CsvOptions();
        return new CsvOptions
        {
            Encoding = Encoding is null ? null : System.Text.Encoding.GetEncoding(Encoding),
            HasHeader = HasHeader ?? usual.HasHeader,
            Delimiter = Delimiter ?? usual.Delimiter,
            DecimalSeparator = DecimalSeparator ?? usual.DecimalSeparator,
            Comment = Comment,
            Features = Features,
            Ignore = Ignore ?? [],
            Group = Group,
            OneHot = OneHot ?? [],
            Index = Index ?? [],
            Text = Text ?? [],
            Categories = Categories?.ToDictionary(static column => column.Key, static IReadOnlyList<string> (column) => column.Value) ?? [],
            MissingValues = MissingValues ?? usual.MissingValues,
            MissingTexts = MissingTexts,
            FillWith = FillWith ?? usual.FillWith,
            FillValues = FillValues ?? [],
        };
    }
}
