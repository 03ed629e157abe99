using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Cli.Verify;
using NetGen.Compiler.Text;
using NetGen.Models;
using NetGen.Models.Import;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen import MODEL</c>: a spec and its weights, of a model of another library.</summary>
internal static class ImportCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = $"A model: {ModelFile.Extensions}." };
        model.Validators.Add(Paths.RefuseOptions);
        var output = new Option<string>("--output", "-o")
        {
            Description = "The spec to write; its weights stand beside it, NAME.safetensors. Without it, the model's name with .yaml, in the current folder.",
            HelpName = "NAME.yaml",
        };
        output.Validators.Add(Paths.Check(static path => Path.GetExtension(path).ToLowerInvariant() is "" or ".yaml" or ".yml" ? null
            : $"a spec is written, which '{path}' is no name for; '{Path.ChangeExtension(path, ".yaml")}' would do"));
        var shapes = new Option<string[]>("--input-shape")
        {
            Description = "The sizes of an input that the file leaves open, the batch of 1 included: x=1,100,6. Several times for several inputs.",
            HelpName = "INPUT=SIZES",
        };
        shapes.Validators.Add(static result =>
        {
            foreach (string text in result.Tokens.Select(static t => t.Value).Where(static t => ShapeOf(t) is null))
                result.AddError($"--input-shape takes an input and its sizes, as in x=1,100,6, not '{text}'");
        });
        var loss = new Option<string>("--train")
        {
            Description = "A loss for the spec, with an optimizer, so that the network trains on: cross_entropy; of several outputs policy=cross_entropy,value=huber.",
            HelpName = "LOSS",
        };
        var verify = new Option<bool>("--verify")
        {
            Description = "Compare the generated code with the spec in float64, and with the model in ONNX Runtime where Microsoft.ML.OnnxRuntime has been restored.",
        };
        var command = new Command("import", "Makes a spec and its weights of a model of another library.") { model, output, shapes, loss, verify };
        command.SetAction((parsed, cancelled) => Task.Run(
            () => RunProblems.Guard(terminal, () => Run(
                terminal, parsed.GetRequiredValue(model), parsed.GetValue(output),
                new ImportOptions
                {
                    Shapes = (parsed.GetValue(shapes) ?? []).Select(static t => ShapeOf(t)!.Value).GroupBy(static s => s.Name).ToDictionary(static s => s.Key, static s => s.Last().Sizes),
                    Loss = parsed.GetValue(loss),
                },
                parsed.GetValue(verify), cancelled)),
            cancelled));
        return new ToolCommand(command, """
            netgen import policy.onnx
            netgen import model.onnx -o nets/reader.yaml --train cross_entropy
            netgen import encoder.onnx --input-shape frames=1,100,80
            """);
    }

    private static int Run(Terminal terminal, string model, string? output, ImportOptions options, bool verifies, CancellationToken cancelled)
    {
        string spec = output is null ? Path.GetFileNameWithoutExtension(model) + ".yaml" : Path.HasExtension(output) ? output : output + ".yaml";
        string weights = Path.ChangeExtension(spec, ".safetensors");
        try
        {
            if (!File.Exists(model))
                throw new IOException(Directory.Exists(model) ? "it is a folder; name a file" : "there is no such file");
            ImportedModel imported = ModelFile.Import(model, options with { FileName = Path.GetFileName(model), Weights = Path.GetFileName(weights) });
            WholeFile.Write(weights, stream => NamedTensor.Write(stream, imported.Weights));
            WholeFile.Write(spec, Encoding.UTF8.GetBytes(imported.Spec));
            int count = imported.Weights.Sum(static w => w.Values.Length);
            int layers = imported.Spec.Split('\n').Count(static l => l.StartsWith("  - ", StringComparison.Ordinal));
            terminal.Out.WriteLine($"{spec}: {layers} layer{(layers == 1 ? "" : "s")}");
            terminal.Out.WriteLine($"{weights}: {CSharpLiteral.Grouped(count)} parameters");
            foreach (string note in imported.Notes)
                terminal.Out.WriteLine($"note: {Terminal.Printable(note.TrimEnd('.'))}");
            return verifies ? Verify(terminal, model, imported, spec, weights, cancelled) : ExitCode.Success;
        }
        catch (ImportException e)
        {
            terminal.Problem($"{model}: {Terminal.Printable(e.Message.TrimEnd('.'))}{(e.Details.Count > 0 ? ":" : "")}");
            foreach (string detail in e.Details)
                terminal.Problem($"  {Terminal.Printable(detail)}");
            return ExitCode.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Problem($"{model}: {SpecFinder.Reason(e)}");
            return ExitCode.Failure;
        }
    }

    private static int Verify(Terminal terminal, string model, ImportedModel imported, string spec, string weights, CancellationToken cancelled)
    {
        if (LoadedSpec.Read(spec, terminal) is not { } loaded)
            return ExitCode.Failure;
        terminal.Line("");
        int status = VerifyCommand.Report(Verification.Run(new VerificationRequest(loaded), cancelled), asJson: false, terminal);
        if (!ModelFile.IsOnnx(model))
            return status;
        if (OnnxComparison.Run(model, imported, loaded, weights, out string whyNot, cancelled) is not { } figures)
        {
            terminal.Line($"note: ONNX Runtime was not asked: {whyNot}");
            return status;
        }

        foreach ((string name, ErrorFigure figure) in figures)
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"ONNX Runtime: '{Terminal.Printable(name)}' is off by {figure.Relative:0.0e+0} of the largest, {figure.Largest:g4}"));
            if (!VerificationResult.IsBeyond(figure))
                continue;
            terminal.Out.Flush();
            terminal.Problem(string.Create(CultureInfo.InvariantCulture, $"{model}: '{name}' is off by {figure.Relative:0.0e+0} of the largest that ONNX Runtime gives, above the limit of {VerificationResult.Limit:0.0e+0}"));
            status = ExitCode.Failure;
        }

        return status;
    }

    private static (string Name, int[] Sizes)? ShapeOf(string text)
    {
        int at = text.LastIndexOf('=');
        if (at <= 0)
            return null;
        var sizes = new List<int>();
        foreach (string part in text[(at + 1)..].Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size < 1)
                return null;
            sizes.Add(size);
        }

        return (text[..at], [.. sizes]);
    }
}
