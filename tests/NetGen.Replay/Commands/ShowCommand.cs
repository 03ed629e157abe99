using System;
using System.CommandLine;
using System.Linq;
using NetGen.Replay.Storage;

namespace NetGen.Replay.Commands;

/// <summary><c>replay show</c>: one text.</summary>
internal static class ShowCommand
{
    private const int MostListed = 50;

    public static Command Create()
    {
        var key = new Argument<string>("KEY") { Description = "A key, or a part of one." };
        var of = new Option<string?>("--of") { Description = "The manifest that has it; without it, the newest.", HelpName = "NAME" };
        var command = new Command("show", "Prints a text, or the keys that fit where there are several.") { key, of };
        command.SetAction(parsed =>
        {
            var context = ReplayContext.Of(parsed);
            Manifest manifest = parsed.GetValue(of) is { } name ? context.Vault.Base(name, "") : context.Vault.Newest();
            string wanted = parsed.GetRequiredValue(key);
            TextEntry[] fits = [.. manifest.Entries.Where(e => e.Key.Contains(wanted, StringComparison.OrdinalIgnoreCase))];
            if (fits.FirstOrDefault(e => e.Key == wanted) is { } whole)
                fits = [whole];
            if (fits is [var one])
            {
                context.Output.Write(context.Vault.Texts.Read(one.Hash));
                return ReplayContext.Ok;
            }

            context.Output.WriteLine($"{fits.Length:N0} keys of {manifest.Name} have '{wanted}' in them");
            foreach (TextEntry entry in fits.Take(MostListed))
                context.Output.WriteLine(entry.Key);
            if (fits.Length > MostListed)
                context.Output.WriteLine("...");
            return ReplayContext.Unusable;
        });
        return command;
    }
}
