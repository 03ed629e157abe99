using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen check SPEC…</c>: the build's diagnostics, without a build.</summary>
internal static class CheckCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var specs = new Argument<string[]>("SPEC") { Description = "Spec files, folders to look for specs in, or patterns such as specs/**/*.yaml.", Arity = ArgumentArity.OneOrMore };
        specs.Validators.Add(Paths.RefuseOptions);
        var fix = new Option<bool>("--fix") { Description = "Put right the errors that can be, in the files; with --warn-as-error warnings too." };
        var json = new Option<bool>("--json") { Description = "Write the diagnostics as a JSON array." };
        var warnAsError = new Option<bool>("--warn-as-error", "-warnaserror") { Description = "Count warnings as errors." };
        var info = new Option<bool>("--info") { Description = "Write information too, which a build does not print." };
        var command = new Command("check", "Checks specs by the rules of the build, and writes what is wrong in the compiler's format.") { specs, fix, json, warnAsError, info };
        command.SetAction((parsed, cancelled) => Task.Run(
            () =>
            {
                var checker = new SpecChecker(parsed.GetValue(fix), parsed.GetValue(warnAsError), parsed.GetValue(info));
                return Run(parsed.GetRequiredValue(specs), checker, parsed.GetValue(json), terminal, cancelled);
            },
            cancelled));
        return new ToolCommand(command, """
            netgen check digits.yaml           one spec
            netgen check .                     every spec below this folder
            netgen check "specs/**/*.yaml"     what a pattern names
            netgen check --fix digits.yaml     misspelt names and sizes that do not fit, put right
            netgen check --json . > out.json   for other programs
            """);
    }

    private static int Run(string[] paths, SpecChecker checker, bool json, Terminal terminal, CancellationToken cancelled)
    {
        bool failed = false;
        void Problem(string message)
        {
            failed = true;
            terminal.Problem(message);
        }

        IReadOnlyList<Candidate> candidates = new SpecFinder(Problem, cancelled).Find(paths);
        (IReadOnlyList<CheckedFile> files, IReadOnlyList<string> problems) = checker.Run(candidates, cancelled);
        foreach (string problem in problems)
            Problem(problem);

        foreach (CheckedFile file in files)
        {
            foreach (AppliedFix applied in file.Fixes)
            {
                string line = $"{file.Path}: fixed {applied.Diagnostic.Rule.Id}: {applied.Fix.Title}";
                if (json)
                    terminal.Problem(line);
                else
                    terminal.Line(line);
            }
        }

        if (json)
            DiagnosticJson.Write(files, terminal.Out);
        else
            DiagnosticText.Write(files, terminal);
        if (terminal.IsLive && !json && files.Count > 0)
            terminal.Line((DiagnosticText.Count(files), files.Any(static f => f.Diagnostics.Count > 0) || failed ? Colour.Bold : Colour.Green));
        return failed || files.Any(static f => f.Diagnostics.Any(static d => d.IsError)) ? ExitCode.Failure : ExitCode.Success;
    }
}
