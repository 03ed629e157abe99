using System;
using System.IO;
using System.Linq;
using System.Text;
using Spectre.Console;

namespace NetGen.Cli.Output;

/// <summary>Where the tool writes: standard output for what was asked for, standard error for what went wrong.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isLive, bool hasColour = false) : IDisposable
{
    public TextWriter Out => output;

    public TextWriter Error => error;

    /// <summary>Somebody is looking: standard output is no pipe and no file.</summary>
    public bool IsLive => isLive;

    /// <summary>Somebody is looking and wants colour: NO_COLOR is not set, and the terminal shows any.</summary>
    public bool HasColour => hasColour;

    /// <summary>Columns of a line that is not broken.</summary>
    public int Width { get; init; } = 120;

    public static Terminal OfProcess()
    {
        bool isLive = !Console.IsOutputRedirected;
        // Lines are written in one go: a thousand diagnostics are not a thousand system calls.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 14);
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        if (!Console.IsOutputRedirected && OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        return isLive
            ? new Terminal(output, error, isLive, HasColours()) { Width = Math.Max(40, AnsiConsole.Profile.Width) }
            : new Terminal(output, error, isLive);
    }

    /// <summary>A line of output. What a spec or a path smuggles in to steer a terminal, or to look like a line of its own, is replaced.</summary>
    public void Line(string text) => output.WriteLine(Printable(text));

    /// <summary>The same, its parts in colours where there are any.</summary>
    public void Line(params ReadOnlySpan<(string Text, Colour Colour)> parts)
    {
        foreach ((string text, Colour colour) in parts)
            output.Write(hasColour && colour != Colour.None ? $"\u001b[{(int)colour}m{Printable(text)}\u001b[0m" : Printable(text));
        output.WriteLine();
    }

    /// <summary>A line about what went wrong.</summary>
    public void Problem(string message) => error.WriteLine(Printable("netgen: " + message));

    /// <summary>The same where even that may fail.</summary>
    public void TryProblem(string message)
    {
        try
        {
            Problem(message);
        }
        catch (IOException)
        {
            // Nobody is there to read it.
        }
    }

    private static bool HasColours() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && AnsiConsole.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };

    public void Dispose()
    {
        try
        {
            output.Flush();
            error.Flush();
        }
        catch (IOException)
        {
            // Whoever read it has gone, as in netgen check … | head.
        }
    }

    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
