using System.CommandLine;
using System.Linq;
using NetGen.Replay.Storage;

namespace NetGen.Replay.Commands;

/// <summary><c>replay sizes</c>: the largest texts.</summary>
internal static class SizesCommand
{
    public static Command Create()
    {
        var top = new Option<int>("--top") { Description = "How many.", HelpName = "N", DefaultValueFactory = static _ => 20 };
        var command = new Command("sizes", "The largest texts of the newest manifest.") { top };
        command.SetAction(parsed =>
        {
            var context = ReplayContext.Of(parsed);
            Manifest manifest = context.Vault.Newest();
            context.Output.WriteLine($"{manifest.Name}: {manifest.Entries.Count:N0} texts, {manifest.Characters:N0} characters");
            foreach (TextEntry entry in manifest.Entries.OrderByDescending(static e => e.Characters).Take(parsed.GetValue(top)))
                context.Output.WriteLine($"{entry.Characters,12:N0} characters {entry.Lines,9:N0} lines  {entry.Key}");
            return ReplayContext.Ok;
        });
        return command;
    }
}
