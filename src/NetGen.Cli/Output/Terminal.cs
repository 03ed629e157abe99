using System;
using System.IO;
using System.Linq;
using System.Text;

namespace NetGen.Cli.Output;

/// <summary>Where the tool writes: standard output for what was asked for, standard error for what went wrong.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isLive) : IDisposable
{
    public TextWriter Out => output;

    public TextWriter Error => error;

    /// <summary>Somebody is looking, and wants colour: not in a pipe or a file, nor where NO_COLOR is set.</summary>
    public bool IsLive => isLive;

    public static Terminal OfProcess()
    {
        bool isLive = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        // Lines are written in one go: a thousand diagnostics are not a thousand system calls.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 14);
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        if (!Console.IsOutputRedirected && OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        return new Terminal(output, error, isLive);
    }

    /// <summary>A line of output. What a spec or a path smuggles in to steer a terminal, or to look like a line of its own, is replaced.</summary>
    public void Line(string text) => output.WriteLine(Printable(text));

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
