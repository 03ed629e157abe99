using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Cli.Verify;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen verify SPEC</c>: the generated code of a network against the float64 reference.</summary>
internal static class VerifyCommand
{
    private const int MostSamples = 100_000;

    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        Option<string> weights = DataOptions.Path("--weights", "The weights; without it, those of the spec's last run in this folder, those that the spec names, "
            + "or drawn ones.");
        var data = new DataOptions(areAnswersRead: false, isRequired: false);
        var samples = new Option<int?>("--samples") { Description = "How many samples; without it, 9, or fewer of a large network.", HelpName = "N" };
        samples.Validators.Add(Paths.Check(static text => int.TryParse(text, out int n) && n is < 1 or > MostSamples ? $"{text} is not from 1 to {MostSamples}" : null));
        var seed = new Option<int?>("--seed") { Description = "Of samples, targets and weights that are drawn; without it, the spec's.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Write the errors as a JSON object." };
        var command = new Command("verify", "Compares the generated code of a network with the spec carried out in float64: its outputs, layer by layer, and the gradients of its loss.") { spec, weights };
        foreach (Option option in (IEnumerable<Option>)[.. data.All, samples, seed, json])
            command.Add(option);
        command.SetAction((parsed, cancelled) => Task.Run(
            () => RunProblems.Guard(terminal, () =>
            {
                NetworkCompilation.WarmUp(parsed.GetRequiredValue(spec));
                if (LoadedSpec.Read(parsed.GetRequiredValue(spec), terminal) is not { } loaded)
                    return ExitCode.Failure;
                string trained = RunFiles.WeightsOf(RunFiles.NameOf(loaded.Path));
                var request = new VerificationRequest(loaded)
                {
                    Weights = parsed.GetValue(weights) ?? (File.Exists(trained) ? trained : null),
                    Samples = parsed.GetValue(samples),
                    Seed = parsed.GetValue(seed),
                };
                if (data.AreGiven(parsed))
                {
                    DataRequest file = data.Read(parsed);
                    request = request with { InputsFrom = file.Data, Inputs = (info, most) => SampleFile.Read(file, loaded, info, most) };
                }

                return Report(Verification.Run(request, cancelled), parsed.GetValue(json), terminal);
            }),
            cancelled));
        return new ToolCommand(command, """
            netgen verify digits.yaml
            netgen verify digits.yaml --weights digits.safetensors --data digits.csv --samples 100
            netgen verify digits.yaml --seed 7 --json
            """);
    }

    /// <summary>Writes what was found.</summary>
    /// <returns>How the tool ends: with a failure where the code is further from right than the limit.</returns>
    public static int Report(VerificationResult result, bool asJson, Terminal terminal)
    {
        if (asJson)
            VerificationJson.Write(result, terminal.Out);
        else
            VerificationText.Write(result, terminal);
        if (result.Passes)
            return ExitCode.Success;
        // The verdict comes last, wherever the two streams lead.
        terminal.Out.Flush();
        terminal.Problem($"{result.Spec}: {VerificationText.Failure(result)}");
        return ExitCode.Failure;
    }
}
