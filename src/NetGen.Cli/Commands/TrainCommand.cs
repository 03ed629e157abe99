using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Infer;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen train SPEC --data FILE</c>: from data to weights, figures and a report.</summary>
internal static class TrainCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file; with --infer the one to write.", Arity = ArgumentArity.ZeroOrOne };
        spec.Validators.Add(Paths.RefuseOptions);
        var data = new DataOptions();
        var run = new RunOptions();
        Option<string> test = DataOptions.Path("--test", "The test data, where they are a file of their own.");
        Option<string> testLabels = DataOptions.Path("--test-labels", "The file of their labels or targets, where they are a .npy or IDX file.");
        Option<string> weights = DataOptions.Path("--weights", "The weights to begin with, such as those of an earlier run; without it, "
            + "new ones by the spec's seed.");
        var output = new Option<string>("--output", "-o")
        {
            Description = "What the written files' names begin with; without it, the spec's name, in this folder.",
            HelpName = "NAME",
        };
        var infer = new Option<bool>("--infer") { Description = "Propose a spec by the data, write it, and train it." };
        var resume = new Option<bool>("--resume") { Description = "Go on where a run of this name was interrupted." };
        var force = new Option<bool>("--force") { Description = "Begin anew where a run of this name was interrupted; with --infer, overwrite the spec." };
        var json = new Option<bool>("--json") { Description = "Write the result as a JSON object, and the progress to standard error." };
        var command = new Command("train", "Trains a spec's network on data, and writes its weights, its figures by epoch, and a report.") { spec };
        foreach (Option option in data.All)
            command.Add(option);
        foreach (Option option in (Option[])[test, testLabels, .. run.All, weights, output, infer, resume, force, json])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(spec) is not { Tokens.Count: > 0 } && !result.GetValue(infer))
                result.AddError("train needs SPEC, or --infer, which proposes one by the data");
            if (result.GetValue(resume) && result.GetValue(force))
                result.AddError("--resume goes on with an interrupted run, and --force begins anew; leave one of them out");
        });
        command.SetAction((parsed, cancelled) => Task.Run(
            () =>
            {
                DataRequest request = data.Read(parsed);
                var training = new Training(
                    request, parsed.GetValue(test) is { } file ? request with { Data = file, Labels = parsed.GetValue(testLabels) } : null, run.Read(parsed),
                    parsed.GetValue(weights), parsed.GetValue(resume), parsed.GetValue(force), parsed.GetValue(json));
                return RunProblems.Guard(terminal, () => training.Run(parsed.GetValue(spec), parsed.GetValue(output), parsed.GetValue(infer),
                    terminal, cancelled));
            },
            CancellationToken.None)); // a run that is cancelled still writes what it has
        return new ToolCommand(command, """
            netgen train iris.yaml --data iris.csv
            netgen train --infer --data iris.csv
            netgen train digits.yaml --data digits.csv --label digit --epochs 50 --patience 10
            netgen train mnist.yaml --data train-images-idx3-ubyte --labels train-labels-idx1-ubyte --test t10k-images-idx3-ubyte --test-labels t10k-labels-idx1-ubyte
            netgen train prices.yaml --data prices.csv --targets price --one-hot town --missing fill --ignore id
            netgen train iris.yaml --data iris.csv --resume
            """);
    }

    /// <summary>A run as it was asked for.</summary>
    private sealed record Training(DataRequest Data, DataRequest? Test, RunSettings Settings, string? Weights, bool Resumes, bool Forces, bool IsJson)
    {
        public int Run(string? path, string? output, bool infers, Terminal terminal, CancellationToken cancelled)
        {
            NetworkCompilation.WarmUp(infers ? null : path);
            (DataRequest data, RunSettings settings) = (Data, Settings);
            if (infers)
            {
                InferredSpec inferred = InferredSpec.Write(path, Data, Settings, Forces, IsJson ? terminal.Error : terminal.Out);
                (path, data, settings) = inferred;
            }

            if (LoadedSpec.Read(path!, terminal) is not { } spec)
                return ExitCode.Failure;
            var request = new TrainRequest(data, Test, settings, Weights, Resumes, Forces);
            using RunFiles files = RunFiles.Take(output ?? RunFiles.NameOf(path!));
            TrainedNetwork trained = new TrainingSession(spec, request, files, terminal, IsJson).Run(cancelled);
            if (IsJson)
                TrainedJson.Write(trained, files, terminal.Out);
            else
                TrainedText.Write(trained, files, terminal);
            return trained.History.StopReason == StopReason.Cancelled ? ExitCode.Cancelled : ExitCode.Success;
        }
    }
}
