using System.CommandLine;

namespace NetGen.Replay.Commands;

/// <summary><c>replay record</c>: what the working tree's compiler emits, kept under the commit's name.</summary>
internal static class RecordCommand
{
    public static Command Create()
    {
        var full = new Option<bool>("--full") { Description = "Every network for every target with every unrolling: many times as many texts." };
        var command = new Command("record", "Emits all networks by the working tree's compiler, and keeps the texts under the name of its commit.") { full };
        command.SetAction(parsed =>
        {
            var context = ReplayContext.Of(parsed);
            context.Record(context.Repository.Revision(), parsed.GetValue(full));
            return ReplayContext.Ok;
        });
        return command;
    }
}
