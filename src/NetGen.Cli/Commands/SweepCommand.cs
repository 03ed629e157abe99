using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Cli.Sweep;
using NetGen.Compiler.Emit;

namespace NetGen.Cli.Commands;

/// <summary>Opens the data and the settings of training that a command line names.</summary>
/// <param name="spec">The spec as it is, for what is asked of the data.</param>
/// <param name="folds">How many folds each variant is trained on; 1 for one validation set.</param>
/// <exception cref="RunException">Something that was given does not fit.</exception>
internal delegate IVariantTrainer TrainerOpener(ParseResult parsed, LoadedSpec spec, int folds);

/// <summary><c>netgen sweep SPEC --set …</c>: trains variants of a spec, and compares them.</summary>
internal static class SweepCommand
{
    private const int MostFolds = 100, MostWorkers = 1_024;

    public static ToolCommand Create(Terminal terminal)
    {
        var data = new DataOptions();
        var training = new RunOptions(hasWorkers: false);
        return Create(terminal, [.. data.All, .. training.All], (parsed, spec, folds) => new VariantTrainer(spec, data.Read(parsed),
            training.Read(parsed), folds));
    }

    /// <summary>The same with another trainer.</summary>
    /// <param name="options">The options that the trainer is made by.</param>
    /// <param name="open">Makes it.</param>
    public static ToolCommand Create(Terminal terminal, IReadOnlyList<Option> options, TrainerOpener open)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        var set = new Option<string[]>("--set")
        {
            Description = "A path of the spec and the values to try, as hidden.units=16,32 or optimizer.adam.learning_rate=log:1e-4:1e-1:7 (or linear:…); "
                + "NAME.repeat=1,2,3 repeats a layer. Of several, all combinations are trained.",
            HelpName = "PATH=VALUES",
            Required = true,
        };
        set.Validators.Add(Paths.Check(static text => ValueList.Parse(text).Problem));
        var folds = new Option<int>("--folds")
        {
            Description = "Train each variant on K folds, and compare the means; without it, on one validation set.",
            HelpName = "K",
            DefaultValueFactory = static _ => 1,
        };
        folds.Validators.Add(Number(2, MostFolds, "the data are divided into that many parts, of which each is validated on once"));
        var workers = new Option<int>("--workers")
        {
            Description = "How many are trained at the same time; without it, as many as there are processors. The results do not depend on it.",
            HelpName = "N",
            DefaultValueFactory = static _ => Environment.ProcessorCount,
        };
        workers.Validators.Add(Number(1, MostWorkers, "each is a thread"));
        var best = new Option<string>("--best") { Description = "Write the spec of the best variant to this file.", HelpName = "FILE" };
        best.Validators.Add(Paths.Check(static path => Path.GetExtension(path) is ".yaml" or ".yml" ? null : "a spec is written, "
            + $"which '{path}' is no name for; '{Path.ChangeExtension(path, ".yaml")}' would do"));
        var resume = new Option<bool>("--resume") { Description = "Go on with what NAME.sweep.csv has of this sweep." };
        var json = new Option<bool>("--json") { Description = "Write the results as a JSON object." };
        var output = new Option<string>("--output", "-o")
        {
            Description = "How the file is called that is written, NAME.sweep.csv; without it, like the spec, in this folder.",
            HelpName = "NAME",
        };
        var command = new Command("sweep", "Trains variants of a spec on the same data, and prints the grid of their validation results.")
        {
            spec, set, folds, workers, best, resume, json, output,
        };
        foreach (Option option in options)
            command.Add(option);
        command.SetAction((parsed, cancelled) => Task.Run(
            () =>
            {
                NetworkCompilation.WarmUp(null);
                if (LoadedSpec.Read(parsed.GetRequiredValue(spec), terminal) is not { } loaded)
                    return ExitCode.Failure;
                SweepAxis[] axes = [.. parsed.GetRequiredValue(set).Select(static s => ValueList.Parse(s).Axis!)];
                (SweepPlan? plan, IReadOnlyList<string> problems) = SweepPlan.Make(loaded, axes, cancelled);
                foreach (string problem in problems)
                    terminal.Problem(problem);
                if (plan is null)
                    return ExitCode.Failure;
                return RunProblems.Guard(terminal, () =>
                {
                    string name = parsed.GetValue(output) ?? loaded.Name;
                    IVariantTrainer trainer = open(parsed, loaded, parsed.GetValue(folds));
                    using var disposed = trainer as IDisposable;
                    using FileStream hold = RunFiles.Hold(name + ".sweep", name + ".sweep.csv");
                    string? chosen = parsed.GetValue(best);
                    if (chosen is not null && WholeFile.AreSame(chosen, loaded.Path))
                        throw new RunException($"{chosen}: it is the spec itself, which would be lost; name another file by --best");
                    return Run(loaded, plan, trainer, name, chosen, parsed.GetValue(resume), parsed.GetValue(workers), parsed.GetValue(json),
                        terminal, cancelled);
                });
            },
            CancellationToken.None));
        return new ToolCommand(command, """
            netgen sweep digits.yaml --data digits.csv --set hidden.units=16,32,64
            netgen sweep digits.yaml --data digits.csv --set hidden.units=16,32,64 --set optimizer.sgd.learning_rate=log:1e-3:1:7
            netgen sweep digits.yaml --data digits.csv --set hidden.repeat=1,2,3 --set hidden.activation=relu,tanh --folds 5
            netgen sweep digits.yaml --data digits.csv --set l2=0,1e-4,1e-3 --best best.yaml
            """);
    }

    private static int Run(
        LoadedSpec spec, SweepPlan plan, IVariantTrainer trainer, string name, string? best, bool resume, int workers, bool json, Terminal terminal,
        CancellationToken cancelled)
    {
        (string path, string page) = (name + ".sweep.csv", name + ".sweep.html");
        int total = plan.Variants.Count;
        SweepReport Report(IReadOnlyList<SweepOutcome> outcomes) =>
            new(spec.Name, trainer.Measure, trainer.HigherIsBetter, trainer.Folds, plan.Axes, outcomes);
        void Say(string line) => terminal.Error.WriteLine(Terminal.Printable(line));
        try
        {
            var file = new SweepFile(path, new SweepCsv(plan, trainer.Folds, trainer.Identity), total);
            (IReadOnlyList<SweepOutcome>? earlier, string? problem) = file.Open(resume);
            if (earlier is null)
            {
                terminal.Problem(problem!);
                return ExitCode.Failure;
            }

            if (earlier.Count > 0)
                Say($"{earlier.Count} of {total} variants are finished in {path}; remove the file to train them again");
            // A file that cannot be written is better known before hours of training.
            file.Save(earlier, now: true);
            SweepReport none = Report([]);
            // In a terminal as well: variants finish in any order.
            var runner = new SweepRunner(plan, trainer, workers, outcomes => file.Save(outcomes, now: false), p => Say(SweepText.Line(none, p)));
            // At Ctrl-C at once: a process that does not end soon enough is ended.
            using CancellationTokenRegistration kept = cancelled.Register(() => TrySave(file, runner.Finished));
            SweepRun run;
            try
            {
                run = runner.Run(earlier, cancelled);
            }
            finally
            {
                // What was finished in the last second, however it ended.
                file.Save(runner.Finished, now: true);
            }

            if (run.IsCancelled)
            {
                terminal.Problem($"{path}: {run.Outcomes.Count} of {total} variants are finished; go on with --resume");
                return ExitCode.Cancelled;
            }

            SweepReport report = Report(run.Outcomes);
            string html = SweepPage.Write(report, CommandText.OfProcess(), trainer.Data, Skeleton.Version);
            WholeFile.Write(page, Encoding.UTF8.GetBytes(html));
            if (best is not null && report.Best is { } outcome)
                WholeFile.Write(best, Encoding.UTF8.GetBytes(outcome.Variant.Spec.Text));
            if (json)
                SweepJson.Write(report, terminal.Out);
            else
            {
                SweepText.Write(report, terminal);
                terminal.Line("");
                terminal.Line($"{path}  {page}{(best is null ? "" : "  " + best)}");
            }

            return report.Best is null ? ExitCode.Failure : ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Problem($"{path}: {SpecFinder.Reason(e)}");
            return ExitCode.Failure;
        }
    }

    private static void TrySave(SweepFile file, IReadOnlyList<SweepOutcome> outcomes)
    {
        try
        {
            file.Save(outcomes, now: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is saved once more at the end, where that is said.
        }
    }

    /// <summary>Refuses what is no number from one to another.</summary>
    private static Action<OptionResult> Number(int from, int to, string what) => Paths.Check(text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= from && number <= to ? null
            : FormattableString.Invariant($"'{text}' is no whole number from {from} to {to:N0}; {what}"));
}
