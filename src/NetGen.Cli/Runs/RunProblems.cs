using System;
using System.IO;
using NetGen.Cli.Output;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>Says what is wrong with data, weights and options, without a stack trace.</summary>
internal static class RunProblems
{
    /// <summary>Runs a command, and says what the user gave wrong.</summary>
    /// <returns>How the tool ends.</returns>
    public static int Guard(Terminal terminal, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (ToolWords.IsOfUser(e))
        {
            bool isOfSystem = e is (IOException or UnauthorizedAccessException) and not (FileNotFoundException or DirectoryNotFoundException);
            terminal.Problem(isOfSystem ? SpecFinder.Reason(e) : ToolWords.Of(e));
            return ExitCode.Failure;
        }
    }
}
