using System.CommandLine;

namespace NetGen.Replay.Commands;

/// <summary><c>replay corpus</c>: reads the specs anew.</summary>
internal static class CorpusCommand
{
    public static Command Create()
    {
        var command = new Command("corpus", "Reads the specs of tests, examples and pages anew; it builds the compiler's tests, which make most of them.");
        command.SetAction(static parsed =>
        {
            ReplayContext.Of(parsed).Gather();
            return ReplayContext.Ok;
        });
        return command;
    }
}
