using System;
using System.CommandLine;
using System.IO;
using System.Text;
using NetGen.Cli.Commands;
using NetGen.Cli.Output;

namespace NetGen.Cli;

/// <summary>Where a command puts the text that it makes: the file that <c>-o</c> names, or standard output.</summary>
internal static class OutputFile
{
    /// <summary>The option that names the file.</summary>
    /// <param name="extension">What the name of such a file ends in; a name without an extension is taken too.</param>
    /// <param name="what">What the command writes, as in "SVG".</param>
    /// <param name="remedy">How to come by other files, if there is a way, as the end of a sentence.</param>
    public static Option<string> Option(string extension, string what, string? remedy = null)
    {
        var option = new Option<string>("--output", "-o") { Description = "The file to write; without it, or as -, standard output.", HelpName = "FILE" };
        option.Validators.Add(Paths.Check(path =>
        {
            string written = Path.GetExtension(path);
            if (path == "-" || written.Length == 0 || written.Equals(extension, StringComparison.OrdinalIgnoreCase) || Directory.Exists(path))
                return null;
            return $"{what} is written, which '{path}' is no name for; '{Path.ChangeExtension(path, extension)}' would do{remedy}";
        }));
        return option;
    }

    /// <summary>Writes the text, and says why where that cannot be.</summary>
    /// <param name="path">Null or <c>-</c> for standard output.</param>
    /// <param name="input">The file that the text was made of, which is not overwritten; null for none.</param>
    /// <returns>How the tool ends.</returns>
    public static int Write(string? path, string? input, string text, Terminal terminal)
    {
        if (path is null or "-")
        {
            terminal.Out.Write(text);
            return ExitCode.Success;
        }

        try
        {
            if (input is not null && WholeFile.AreSame(path, input))
                throw new IOException("it is the spec itself, which would be lost; name another file");
            WholeFile.Write(path, Encoding.UTF8.GetBytes(text));
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            terminal.Problem($"{path}: {SpecFinder.Reason(e)}");
            return ExitCode.Failure;
        }
    }
}
