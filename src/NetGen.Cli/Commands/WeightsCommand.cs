using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using NetGen.Cli.Output;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen weights FILE</c>: what a file of weights holds, as a safetensors file, by the names of a spec.</summary>
internal static class WeightsCommand
{
    private const string Ending = ".safetensors";

    public static ToolCommand Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "Weights: PyTorch's .pt or .pth, .safetensors, NumPy's .npz or .npy, Keras's .h5 or .keras." };
        file.Validators.Add(Paths.RefuseOptions);
        var output = new Option<string>("--output", "-o")
        {
            Description = "The safetensors file to write; without it, nothing is written, and what there is is listed.",
            HelpName = "WEIGHTS",
        };
        output.Validators.Add(Paths.Check(ProblemOfOutput));
        var spec = new Option<string>("--for") { Description = "The spec whose names and shapes the weights take.", HelpName = "SPEC" };
        var renames = new Option<string[]>("--rename")
        {
            Description = "Call a tensor, or all whose names begin so up to a point, otherwise: OLD=NEW; OLD= leaves out, PREFIX.= takes the prefix off. "
                + "May be repeated.",
            HelpName = "OLD=NEW",
        };
        renames.Validators.Add(Paths.Check(Rename.Problem));
        var json = new Option<bool>("--json") { Description = "Write the list as a JSON object." };
        var command = new Command(
            "weights",
            "Reads weights that PyTorch, NumPy or Keras saved: lists them, or writes them as a safetensors file by a spec's names. Nothing in the file is run.")
        {
            file, output, spec, renames, json,
        };
        command.SetAction(parsed =>
        {
            string[] names = parsed.GetValue(renames) ?? [];
            return Run(new Request(parsed.GetRequiredValue(file), parsed.GetValue(output), parsed.GetValue(spec), names, parsed.GetValue(json)), terminal);
        });
        return new ToolCommand(command, """
            netgen weights model.pth
            netgen weights model.pth --for policy.yaml -o policy.safetensors
            netgen weights checkpoint.pt --rename model.= --rename optimizer= -o model.safetensors
            netgen weights model.keras --for digits.yaml --rename dense_7=hidden -o digits.safetensors
            """);
    }

    private sealed record Request(string File, string? Output, string? Spec, string[] Renames, bool Json);

    private static string? ProblemOfOutput(string path) =>
        path == "-" ? "safetensors files are no text for a terminal; name a file"
        : Path.GetExtension(path).Equals(Ending, StringComparison.OrdinalIgnoreCase) || Directory.Exists(path) ? null
        : $"a safetensors file is written, which '{path}' is no name for; '{Path.ChangeExtension(path, Ending)}' would do";

    private static int Run(Request request, Terminal terminal)
    {
        LoadedSpec? spec = null;
        if (request.Spec is not null && (spec = LoadedSpec.Read(request.Spec, terminal)) is null)
            return ExitCode.Failure;
        string at = request.File;
        try
        {
            using TensorFile opened = TensorFileReader.Open(request.File);
            TensorFile file = opened with { Tensors = Rename.Apply(opened.Tensors, [.. request.Renames.Select(Rename.Of)]) };
            if (file.Tensors.Count == 0)
                throw new TensorFileException($"it holds no tensors "
                    + $"({file.Format}){(opened.Tensors.Count > 0 ? ", all are left out" : "; save a state dict, or the weights of a model")}.");
            SpecWeights? fitted = spec is not null ? SpecWeights.Of(file, spec.Network) : request.Output is not null ? SpecWeights.AsTheyAre(file) : null;
            if (request.Output is not null)
            {
                at = request.Output;
                Write(request, fitted!);
            }

            var list = new WeightsList(request.File, file, fitted, spec?.Path, request.Output);
            if (request.Json)
                WeightsJson.Write(list, terminal.Out);
            else
                WeightsText.Write(list, terminal);
            return ExitCode.Success;
        }
        catch (TensorFileException e)
        {
            // Each line by itself: a line feed would not be printed.
            string[] lines = e.Message.Split('\n');
            terminal.Problem($"{request.File}: {lines[0]}");
            foreach (string line in lines.Skip(1))
                terminal.Error.WriteLine(Terminal.Printable(line));
            return ExitCode.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            terminal.Problem($"{at}: {(at == request.File && Directory.Exists(at) ? "it is a folder; name a file of weights" : SpecFinder.Reason(e))}");
            return ExitCode.Failure;
        }
    }

    private static void Write(Request request, SpecWeights fitted)
    {
        if (WholeFile.AreSame(request.Output!, request.File))
            throw new IOException("it is the file that is read, which would be lost; name another file");
        WholeFile.Write(request.Output!, stream => Models.NamedTensor.Write(stream, fitted.Tensors));
    }
}
