using System.Collections.Generic;
using System.Text;
using NetGen.Training.Csv;

namespace NetGen.Training;

/// <summary>
/// How a CSV file is read. The default is UTF-8, a header, commas between cells, decimal points, no missing values,
/// and every column but the label or the targets a feature. <see cref="Dataset.CsvOptions"/> of the training set reads
/// a second file in the same way.
/// </summary>
public sealed partial record CsvOptions
{
    /// <summary>
    /// The file's encoding where it has no byte order mark; null is UTF-8. Bytes that are no text in it are an error.
    /// </summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether the first line has the columns' names; otherwise they are <c>column_1</c>, <c>column_2</c>, ….</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What stands between two cells: a tab, or a character from U+001F to U+007E that is no blank, <c>"</c> or <c>#</c>.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>What stands before a number's fraction: <c>'.'</c> or <c>','</c>. There are no thousands separators.</summary>
    public char DecimalSeparator { get; init; } = '.';

    /// <summary>Lines that begin with this character are skipped, such as <c>'#'</c>; null skips none.</summary>
    public char? Comment { get; init; }

    /// <summary>
    /// The feature columns, in the order wanted; null takes every column that is neither a label or target nor in
    /// <see cref="Ignore"/>, in the order of the file.
    /// </summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns to leave out, such as an id.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>
    /// The column that tells which samples belong together, such as a patient's; it is no feature. <see cref="Dataset.Groups"/> has a number for each of its
    /// texts, for splits that leave no group in both sets.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>
    /// Feature columns of texts. Each becomes a feature for every category, 1 where the cell is that category and 0
    /// elsewhere, named <c>colour=red</c>; the categories are in ordinal order.
    /// </summary>
    public IReadOnlyList<string> OneHot { get; init; } = [];

    /// <summary>
    /// Feature columns of texts. Each becomes one feature, the number of its category from 0, for an <c>embedding</c>; the categories are in ordinal order,
    /// and <see cref="Categories"/> of the data set's options has their count. A missing one is an error, or its line is dropped.
    /// </summary>
    public IReadOnlyList<string> Index { get; init; } = [];

    /// <summary>Feature columns of texts, each of which becomes the numbers of its words or characters in a vocabulary, for an <c>embedding</c>.</summary>
    public IReadOnlyDictionary<string, TextColumn> Text { get; init; } = new Dictionary<string, TextColumn>();

    /// <summary>
    /// The categories of <see cref="OneHot"/> and <see cref="Index"/> columns, in the order of their features; another one in the file is an
    /// error. A column that is not listed takes those that the file has.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What becomes of missing values.</summary>
    public MissingValues MissingValues { get; init; }

    /// <summary>
    /// The texts that are missing values beside the empty cell, whatever their case. Null takes NA, N/A, #N/A, NaN,
    /// null, none, ? and &lt;NA&gt; for columns of numbers; a list counts for labels and texts too.
    /// </summary>
    public IReadOnlyList<string>? MissingTexts { get; init; }

    /// <summary>What <see cref="MissingValues.Fill"/> fills a column with, over the values that the file has.</summary>
    public FillWith FillWith { get; init; }

    /// <summary>Numbers by column that <see cref="MissingValues.Fill"/> takes in place of the column's own.</summary>
    public IReadOnlyDictionary<string, double> FillValues { get; init; } = new Dictionary<string, double>();

    /// <summary>The names of a file's columns, in their order.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="System.IO.FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetException">The file is empty, or a column has no name.</exception>
    public IReadOnlyList<string> ReadColumns(string path)
    {
        using var table = new CsvTable(path, this);
        return table.Columns;
    }
}
