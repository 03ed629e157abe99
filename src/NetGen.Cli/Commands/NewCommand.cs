using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Text;
using NetGen.Cli.Output;
using NetGen.Cli.Templates;
using NetGen.Compiler.Text;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen new spec</c> and <c>netgen new project</c>: something to begin with.</summary>
internal static class NewCommand
{
    // NuGet would take the project for the package that it asks for.
    private static readonly string[] s_packages = ["NetGen", "NetGen.Training"];

    public static ToolCommand Create(Terminal terminal)
    {
        ToolCommand[] parts = [CreateSpec(terminal), CreateProject(terminal)];
        var command = new Command("new", "Writes a spec, or a project, to begin with.");
        foreach (ToolCommand part in parts)
            command.Add(part.Command);
        return new ToolCommand(command, string.Join("\n", parts.Select(static p => p.Examples))) { Parts = parts };
    }

    private static Option<bool> Force() => new("--force") { Description = "Overwrite files that are there already." };

    private static ToolCommand CreateSpec(Terminal terminal)
    {
        var path = new Argument<string>("PATH") { Description = "The file to write, or - for standard output.", DefaultValueFactory = static _ => "network.yaml" };
        path.Validators.Add(static argument =>
        {
            if (argument.Tokens is [{ Value: not "-" and var file }] && Path.GetExtension(file) is not (".yaml" or ".yml"))
                argument.AddError(file.StartsWith('-') ? UsageErrors.UnknownOption((CommandResult)argument.Parent!, file) : $"'{file}' does not end "
                    + $"in .yaml or .yml, so no build would find it; '{file}.yaml' would do");
        });
        var kind = new Option<string>("--kind")
        {
            Description = $"What it is for: {string.Join(", ", SpecTemplate.Kinds)}. Without it, {SpecTemplate.All[0].Kind}.",
            HelpName = "KIND",
        };
        kind.CompletionSources.Add([.. SpecTemplate.Kinds]);
        kind.Validators.Add(Paths.Check(ProblemOfKind));
        Option<bool> force = Force();
        var command = new Command("spec", "Writes a spec with comments, which checks without a warning.") { path, kind, force };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(path);
            SpecTemplate template = SpecTemplate.All.First(t => t.Kind == (parsed.GetValue(kind) ?? SpecTemplate.All[0].Kind));
            // Editors are told of the schema where it is: netgen schema writes it.
            bool hasSchema = file != "-" && File.Exists(Path.Combine(Path.GetDirectoryName(file) ?? "", SpecTemplate.SchemaFile));
            string text = template.Text(hasSchema);
            return file == "-" ? OutputFile.Write(file, null, text, terminal) : Write([(file, Encoding.UTF8.GetBytes(text))], parsed.GetValue(force), terminal);
        });
        return new ToolCommand(command, """
            netgen new spec digits.yaml
            netgen new spec forecast.yaml --kind sequence
            """);
    }

    private static ToolCommand CreateProject(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The folder to make, which is the project's name too; a path, or . for this folder." };
        name.Validators.Add(Paths.RefuseOptions);
        name.Validators.Add(static argument =>
        {
            string project = NameOf(argument.Tokens[0].Value);
            if (s_packages.Contains(project, StringComparer.OrdinalIgnoreCase))
                argument.AddError($"'{project}' is a package that the project uses, so NuGet would not take it for a project's name; 'My{project}' would do");
            else if (project.Length == 0)
                argument.AddError($"'{argument.Tokens[0].Value}' has no name for a project");
        });
        Option<bool> force = Force();
        var command = new Command("project", "Makes a folder with a program that trains a network on data made by a formula.") { name, force };
        command.SetAction(parsed =>
        {
            return WriteProject(parsed.GetRequiredValue(name), ToolOrigin.Of(AppContext.BaseDirectory), parsed.GetValue(force), terminal);
        });
        return new ToolCommand(command, """
            netgen new project Spirals         then: cd Spirals; dotnet run -c Release
            """);
    }

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Length == 0 ? "/" : folder)));

    private static string? ProblemOfKind(string kind)
    {
        if (SpecTemplate.Kinds.Contains(kind))
            return null;
        string remedy = Nearest.Find(kind, SpecTemplate.Kinds) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", SpecTemplate.Kinds)}";
        return $"there is no kind '{kind}'; {remedy}";
    }

    /// <summary>Writes a project that has NetGen from where the tool came from, and says how to run it.</summary>
    public static int WriteProject(string folder, ToolOrigin origin, bool force, Terminal terminal)
    {
        var source = new ProjectSource(origin, folder);
        // What is known of the machine's packages already is the user's.
        bool hasConfig = File.Exists(Path.Combine(folder, ProjectSource.Config));
        IEnumerable<(string Name, byte[] Content)> files = ProjectTemplate.Files(NameOf(folder), source)
            .Select(static f => (f.Name, Encoding.UTF8.GetBytes(f.Text)))
            .Concat(source.Files.Where(f => !hasConfig || f.Name != ProjectSource.Config));
        int status = Write([.. files.Select(f => (Path.Combine(folder, f.Name), f.Content))], force, terminal, folder);
        if (status != ExitCode.Success)
            return status;

        if (origin.Packages.Length > 0)
            terminal.Line(hasConfig
                ? $"{ProjectSource.Config} was there already: let it name {ProjectSource.Feed}, which has NetGen {origin.Version}"
                : $"{ProjectSource.Config} names {ProjectSource.Feed}, which has NetGen {origin.Version}");
        terminal.Line($"next: {(Path.GetFullPath(folder) == Path.GetFullPath(".") ? "" : $"cd {Quoted(folder)} && ")}dotnet run -c Release");
        return ExitCode.Success;
    }

    private static string Quoted(string path) =>
        path.All(static c => char.IsLetterOrDigit(c) || c is '.' or '/' or '\\' or '_' or '-' or ':' or '~') ? path : $"\"{path}\"";

    /// <summary>Writes all of the files or, where one is in the way, none.</summary>
    private static int Write(IReadOnlyList<(string Path, byte[] Content)> files, bool force, Terminal terminal, string? folder = null)
    {
        string path = folder ?? files[0].Path;
        try
        {
            if (!force && files.Select(static f => f.Path).FirstOrDefault(Path.Exists) is { } existing)
            {
                terminal.Problem($"{existing}: it is there already; --force overwrites it");
                return ExitCode.Failure;
            }

            if (File.Exists(folder))
                throw new IOException("it is a file; name a folder");
            if (folder is not null)
                Directory.CreateDirectory(folder);
            foreach ((string file, byte[] content) in files)
            {
                path = file;
                if (folder is not null)
                    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                WholeFile.Write(file, content);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            terminal.Problem($"{path}: {SpecFinder.Reason(e)}");
            return ExitCode.Failure;
        }

        foreach ((string file, _) in files)
            terminal.Line(file);
        return ExitCode.Success;
    }
}
