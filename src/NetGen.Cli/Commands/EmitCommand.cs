using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using NetGen.Cli.Output;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen emit SPEC</c>: the generated file on its own, which needs no package.</summary>
internal static class EmitCommand
{
    private static readonly string s_defaultTarget = Target.Named[0].Name;

    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        Option<string> output = OutputFile.Option(".cs", "C#");
        var target = new Option<string>("--target")
        {
            Description = $"What the file is compiled for: {string.Join(", ", Target.Named.Select(static t => t.Name))}; "
                + $"a framework such as net9.0 or net48 takes the newest of these that it can run. Without it, {s_defaultTarget}.",
            HelpName = "TARGET",
        };
        var name = new Option<string>("--class") { Description = "The class; without it, the spec's name as C# writes names.", HelpName = "NAME" };
        var space = new Option<string>("--namespace") { Description = "Its namespace, as in My.App; without it, none.", HelpName = "NAME" };
        target.CompletionSources.Add([.. Target.Named.Select(static t => t.Name)]);
        target.Validators.Add(Paths.Check(TargetName.Problem));
        name.Validators.Add(Paths.Check(CSharpNames.ProblemOfClass));
        space.Validators.Add(Paths.Check(CSharpNames.ProblemOfNamespace));
        var command = new Command("emit", "Writes the generated C# on its own: one file that can be read, kept and compiled without any package.") { spec, output, target, name, space };
        command.SetAction(parsed =>
        {
            if (LoadedSpec.Read(parsed.GetRequiredValue(spec), terminal, withWeights: true) is not { } loaded)
                return ExitCode.Failure;
            string? path = parsed.GetValue(output);
            string text = Emit(loaded, path, parsed.GetValue(target) ?? s_defaultTarget, parsed.GetValue(name), parsed.GetValue(space));
            return OutputFile.Write(path, loaded.Path, text, terminal);
        });
        return new ToolCommand(command, """
            netgen emit digits.yaml -o Digits.g.cs
            netgen emit digits.yaml --target netstandard2.0 --namespace My.App -o Digits.g.cs
            netgen emit digits.yaml --target minimal --class Reader > Reader.cs
            """);
    }

    /// <summary>The file.</summary>
    /// <param name="output">Where it will stand, for its header.</param>
    public static string Emit(LoadedSpec spec, string? output, string target, string? name, string? space)
    {
        string[] origin =
        [
            $"Written by NetGen {Skeleton.Version} from {FileName(spec.Path)}, for {target}. The file is whole: it needs no package, "
                + "and nothing writes it anew by itself.",
            $"Again: {CommandLine(spec.Path, output, target, name, space)}",
            $"SHA-256 of the network: {NetworkHash.Of(spec.Network)}",
        ];
        var declaration = new ClassDeclaration(space, default, name ?? CSharpNames.ClassOf(spec.Name), default) { Origin = origin.ToEquatable() };
        return NetworkCompiler.Emit(spec.Network, declaration, TargetName.Find(target)!, spec.Weights);
    }

    /// <summary>The command that writes the file, without the folders, which are nobody else's business.</summary>
    private static string CommandLine(string path, string? output, string target, string? name, string? space)
    {
        List<string> words = ["netgen", "emit", FileName(path)];
        void Add(string option, string? value)
        {
            if (value is not null)
                words.AddRange([option, value]);
        }

        Add("--target", target == s_defaultTarget ? null : target);
        Add("--class", name);
        Add("--namespace", space);
        Add("-o", output is null or "-" ? null : FileName(output));
        return string.Join(" ", words.Select(static w => w.Contains(' ', StringComparison.Ordinal) ? $"\"{w}\"" : w));
    }

    /// <summary>For a comment, which ends where C# sees a new line.</summary>
    private static string FileName(string path) =>
        Terminal.Printable(System.IO.Path.GetFileName(path)).Replace('\u2028', '\uFFFD').Replace('\u2029', '\uFFFD');
}
