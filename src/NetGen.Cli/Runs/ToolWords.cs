using System;

namespace NetGen.Cli.Runs;

/// <summary>Says what the training library says of data and options in the words of the command line, whose user writes no C#.</summary>
internal static class ToolWords
{
    // What the library calls it, and what the tool does.
    private static readonly (string Library, string Tool)[] s_words =
    [
        (": MissingValues in the options does either", ": --missing drop or --missing fill does either"),
        ("MissingValues.Fill in the options", "--missing fill"),
        ("name a column of texts in OneHot, Index or Text in the options", "name a column of texts in --one-hot or --index"),
        ("by CsvOptions.Ignore", "by --ignore"),
        ("by Ignore in the options", "by --ignore"),
        ("by Ignore", "by --ignore"),
        ("state it as Delimiter in the options", "state it by --delimiter"),
        ("state Comment = ", "state --comment "),
        ("state DecimalSeparator = ", "state --decimal "),
        ("state Encoding = Encoding.Unicode", "state --encoding utf-16"),
        ("state Encoding = Encoding.BigEndianUnicode", "state --encoding utf-16be"),
        ("or state HasHeader = false", "or say --no-header"),
        ("leave HasHeader = false out of the options", "leave --no-header out"),
        ("(HasHeader = false)", "(--no-header)"),
        ("set Resume = false to begin anew", "begin anew by --force"),
        ("state another file", "name other files by -o"),
        ("or read it whole by Dataset.FromCsv", "or train on a part of it"),
        ("for regression, write target: ", "for regression, take a loss for numbers, such as mean_squared_error, with --targets "),
        ("Categories in the options", "the training data"),
        ("give it a number by FillValues in the options", "fill it in"),
        ("classNames", "--classes"),
        (" in the options", ""),
    ];

    /// <summary>A message without C#'s words, and without the dot at its end, as the tool's messages are.</summary>
    public static string Of(Exception exception)
    {
        string message = exception is ArgumentException { ParamName: { } name } ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;
        foreach ((string library, string tool) in s_words)
            message = message.Replace(library, tool, StringComparison.Ordinal);
        // What follows is C#.
        int call = message.IndexOf("; load it by these names: LoadWeights(", StringComparison.Ordinal);
        if (call >= 0)
            message = message[..call] + "; name the weights of this network, or give its layers those names";
        message = message.ReplaceLineEndings(" ").TrimEnd('.');
        return message is [>= 'A' and <= 'Z', >= 'a' and <= 'z' or ' ', ..] ? char.ToLowerInvariant(message[0]) + message[1..] : message;
    }

    /// <summary>Whether an exception tells of something that the user gave.</summary>
    public static bool IsOfUser(Exception exception) => exception is RunException or NetGen.Training.DatasetException or NetGen.Training.WeightsException
        or NetGen.Training.CheckpointException or NetGen.Training.TrainingDivergedException or System.IO.IOException or UnauthorizedAccessException
        or ArgumentException or InvalidOperationException;
}
