using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using NetGen.Cli.Commands;
using NetGen.Compiler.Text;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>The options that say where data are and how they are read, of every command that reads some.</summary>
internal sealed class DataOptions
{
    private static readonly Dictionary<string, char> s_delimiters = new() { ["comma"] = ',', ["semicolon"] = ';', ["tab"] = '\t', ["pipe"] = '|', [@"\t"] = '\t' };
    private static readonly Dictionary<string, MissingValues> s_missing = new() { ["refuse"] = MissingValues.Refuse, ["drop"] = MissingValues.Drop, ["fill"] = MissingValues.Fill };

    private readonly Option<string> data = Path("--data", "The data: a CSV file, a .npy, .npz or IDX file, "
        + "or a folder with a folder of images for each class.");
    private readonly Option<string> labels = Path("--labels", "The file of labels or targets, where the data are a .npy or IDX file.");
    private readonly Option<string> label = new("--label") { Description = "The column of labels; without it, the last column.", HelpName = "COLUMN" };
    private readonly Option<string[]> targets = List("--targets", "The columns of numbers to learn, as in A,B; without it, the last ones.");
    private readonly Option<string[]> ignore = List("--ignore", "Columns to leave out, such as an id.");
    private readonly Option<string[]> oneHot = List("--one-hot", "Columns of texts that become a feature for each category.");
    private readonly Option<string[]> index = List("--index", "Columns of texts that become the number of their category, for an embedding.");
    private readonly Option<string> group = new("--group")
    {
        Description = "The column that tells which samples belong together; the sets share no group.",
        HelpName = "COLUMN",
    };
    private readonly Option<string> delimiter = new("--delimiter")
    {
        Description = "What stands between cells: a character, or tab. Without it, the first lines tell.",
        HelpName = "CHARACTER",
    };
    private readonly Option<string> separator = new("--decimal")
    {
        Description = "What stands before a fraction: . or ,. Without it, the first lines tell.",
        HelpName = "CHARACTER",
    };
    private readonly Option<string> comment = new("--comment") { Description = "What begins a line to skip, such as #.", HelpName = "CHARACTER" };
    private readonly Option<bool> noHeader = new("--no-header") { Description = "The first line has no names; the columns are column_1, column_2, …." };
    private readonly Option<string> encoding = new("--encoding")
    {
        Description = "The file's encoding, such as latin1; without it, UTF-8 or what its byte order mark says.",
        HelpName = "NAME",
    };
    private readonly Option<string> missing = new("--missing")
    {
        Description = "What becomes of missing values: refuse (unless stated), drop (the line), or fill (by the median).",
        HelpName = "WHAT",
    };
    private readonly Option<string[]> classes = List("--classes", "The classes in the order of the outputs; without it, those of the data in ordinal order.");
    private readonly Option<string[]> arrays = List("--arrays", "The names of features and labels in a .npz file; without it, x,y.");
    private readonly Option<string> scale = new("--scale")
    {
        Description = "What each number of an array file is multiplied by, as 1/255.",
        HelpName = "NUMBER",
    };

    /// <param name="areAnswersRead">Labels or targets are read as well.</param>
    /// <param name="isRequired">The command has nothing to do without data.</param>
    public DataOptions(bool areAnswersRead = true, bool isRequired = true)
    {
        All = areAnswersRead
            ? [data, labels, label, targets, ignore, oneHot, index, group, delimiter, separator, comment, noHeader, encoding, missing, classes, arrays, scale]
            : [data, label, targets, ignore, delimiter, separator, comment, noHeader, encoding, missing, scale];
        data.Required = isRequired;
        missing.CompletionSources.Add([.. s_missing.Keys]);
        delimiter.CompletionSources.Add([.. s_delimiters.Keys.Where(static name => name.Length > 2)]);
        delimiter.Validators.Add(Paths.Check(static text => s_delimiters.ContainsKey(text) || text.Length == 1 ? null : $"'{text}' is no character; "
            + "there are tab, comma, semicolon, pipe, or any one character"));
        separator.Validators.Add(Paths.Check(static text => text is "." or "," ? null : $"'{text}' stands before no fraction; there are . and ,"));
        comment.Validators.Add(Paths.Check(static text => text.Length == 1 ? null : $"'{text}' is not one character; # is usual"));
        missing.Validators.Add(Paths.Check(static text => s_missing.ContainsKey(text) ? null : $"there is no '{text}'; {(Nearest.Find(text, s_missing.Keys) is { } near ? $"did you mean '{near}'?" : "there are refuse, drop, fill")}"));
        scale.Validators.Add(Paths.Check(static text => Ratio(text) is null ? $"'{text}' is no number; 0.00392 and 1/255 are" : null));
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>Whether a command line names data.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(data) is not null;

    /// <summary>What a command line says.</summary>
    public DataRequest Read(ParseResult parsed) => new()
    {
        Data = parsed.GetRequiredValue(data),
        Labels = parsed.GetValue(labels),
        Label = parsed.GetValue(label),
        Targets = Names(parsed, targets),
        Ignore = Names(parsed, ignore),
        OneHot = Names(parsed, oneHot),
        Index = Names(parsed, index),
        Group = parsed.GetValue(group),
        Delimiter = parsed.GetValue(delimiter) is { } text ? s_delimiters.TryGetValue(text, out char named) ? named : text[0] : null,
        DecimalSeparator = parsed.GetValue(separator)?[0],
        Comment = parsed.GetValue(comment)?[0],
        HasNoHeader = parsed.GetValue(noHeader),
        Encoding = parsed.GetValue(encoding),
        Missing = parsed.GetValue(missing) is { } what ? s_missing[what] : null,
        Classes = Names(parsed, classes),
        Arrays = Names(parsed, arrays),
        Scale = parsed.GetValue(scale) is { } factor ? Ratio(factor)!.Value : 1,
    };

    /// <summary>An option that takes several names, between commas or one by one.</summary>
    public static Option<string[]> List(string name, string description) => new(name) { Description = description, HelpName = "A,B", Arity = ArgumentArity.OneOrMore };

    /// <summary>The names that such an option was given.</summary>
    public static IReadOnlyList<string> Names(ParseResult parsed, Option<string[]> option) =>
        [.. (parsed.GetValue(option) ?? []).SelectMany(static names => names.Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>An option that names a file.</summary>
    public static Option<string> Path(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static float? Ratio(string text)
    {
        string[] parts = text.Split('/');
        float[] numbers = new float[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i]) || numbers[i] == 0)
                return null;
        return numbers switch { [var x] => x, [var x, var y] => x / y, _ => null };
    }
}
