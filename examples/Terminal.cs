using System;
using System.Text;
using Spectre.Console;

namespace NetGen.Examples;

/// <summary>The console, as the examples share it.</summary>
internal static class Terminal
{
    /// <summary>Whether something drawn can be drawn again in its place: not in a file or a pipe.</summary>
    public static bool IsLive => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    /// <summary>Prepares it for lines, blocks and shades; a file or a pipe gets plain text.</summary>
    public static void Prepare()
    {
        Console.OutputEncoding = Encoding.UTF8; // Windows' default lacks them
        if (!Console.IsOutputRedirected)
            return;

        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
    }
}
