using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.IO;
using System.Text;
using NetGen.Replay.Commands;

namespace NetGen.Replay;

/// <summary>The tool's entry: its commands, and what becomes of a wrong command line.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        const string Summary = "Records the C# that the working tree's compiler generates for every spec in the repository, and shows what a change changed.";
        var root = new RootCommand(Summary)
        {
            ReplayContext.OutOption, RecordCommand.Create(), DiffCommand.Create(), ShowCommand.Create(), SizesCommand.Create(), CorpusCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        using StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        try
        {
            int status = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output });
            return parsed.Action is ParseErrorAction ? ReplayContext.Unusable : status;
        }
        catch (ReplayException e)
        {
            Console.Error.WriteLine(e.Message);
            return ReplayContext.Unusable;
        }
    }
}
