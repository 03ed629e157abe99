using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Google.Protobuf;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Models;
using NetGen.Models.Onnx.Export;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen export SPEC -o MODEL.onnx</c>: a network and its weights as an ONNX model.</summary>
internal static class ExportCommand
{
    private static readonly string s_opsets = string.Create(CultureInfo.InvariantCulture, $"{ExportOptions.FirstOpset} to {ExportOptions.LastOpset}");

    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        Option<string> weights = DataOptions.Path("--weights", "The weights; without it, those of the spec's last run in this folder, "
            + "or those that the spec names.");
        var untrained = new Option<bool>("--untrained") { Description = "Take the weights that training begins with, by the spec's seed." };
        var scales = new Option<bool>("--with-scaling")
        {
            Description = "Let the model take features, and give targets, in the units of the data, by the numbers that the weight file has for that.",
        };
        var opset = new Option<int?>("--opset")
        {
            Description = $"The version of ONNX's operators, {s_opsets}; without it, {ExportOptions.DefaultOpset}.",
            HelpName = "VERSION",
        };
        opset.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
                && version is >= ExportOptions.FirstOpset and <= ExportOptions.LastOpset))
            {
                result.AddError($"--opset: '{token.Value}' is no opset that can be written; those are {s_opsets}");
            }
        });
        Option<string> output = OutputFile.Option(".onnx", "ONNX");
        output.Description = "The file to write; without it, the spec's name with .onnx, in this folder; as -, standard output.";
        var command = new Command("export", "Writes a network and its weights as an ONNX model, for ONNX Runtime and whatever else reads ONNX.")
        {
            spec, weights, untrained, scales, opset, output,
        };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(untrained))
                return;
            if (result.GetResult(weights) is not null)
                result.AddError("--untrained takes the weights that training begins with, and --weights those of a file; leave one of them out");
            if (result.GetValue(scales))
                result.AddError("--with-scaling takes what a weight file has, and --untrained takes none; leave one of them out");
        });
        command.SetAction((parsed, cancelled) => Task.Run(
            () => RunProblems.Guard(terminal, () =>
            {
                if (LoadedSpec.Read(parsed.GetRequiredValue(spec), terminal) is not { } loaded)
                    return ExitCode.Failure;
                string path = parsed.GetValue(output) ?? RunFiles.NameOf(loaded.Path) + ".onnx";
                var export = new Export(loaded, parsed.GetValue(opset) ?? ExportOptions.DefaultOpset, parsed.GetValue(scales), path);
                export.Run(parsed.GetValue(untrained) ? null : FileOf(loaded, parsed.GetValue(weights)), terminal, cancelled);
                return ExitCode.Success;
            }),
            cancelled));
        return new ToolCommand(command, """
            netgen export iris.yaml
            netgen export iris.yaml --weights iris.safetensors -o iris.onnx
            netgen export prices.yaml --with-scaling
            netgen export digits.yaml --untrained --opset 13 -o untrained.onnx
            """);
    }

    /// <summary>The weight file.</summary>
    private static string FileOf(LoadedSpec spec, string? weights) => weights ?? TrainedWeights.Usual(spec) ?? throw new RunException(
        $"there are no weights: {RunFiles.WeightsOf(RunFiles.NameOf(spec.Path))} is not in this folder; name a file by --weights, train the network by "
            + $"netgen train {spec.Path} --data FILE, or take the weights that training begins with by --untrained");

    /// <summary>An export as it was asked for.</summary>
    private sealed record Export(LoadedSpec Spec, int Opset, bool Scales, string Output)
    {
        /// <param name="file">The weights; null for those of the seed.</param>
        public void Run(string? file, Terminal terminal, CancellationToken cancelled)
        {
            CheckOutput(file, terminal);
            ModelProto model = Make(file, terminal, cancelled);
            if (Output == "-")
            {
                using Stream stream = Console.OpenStandardOutput();
                model.WriteTo(stream);
                return;
            }

            try
            {
                WholeFile.Write(Output, model.WriteTo);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw new RunException($"{Output}: {SpecFinder.Reason(e)}", e);
            }

            int nodes = model.Graph.Node.Count;
            string source = file is null ? string.Create(CultureInfo.InvariantCulture, $"untrained weights, by the seed {Spec.Network.Seed}")
                : $"the weights of {file}";
            terminal.Line($"{Output}: {nodes} {(nodes == 1 ? "node" : "nodes")} of opset {Opset}, "
                + $"{CSharpLiteral.Grouped(model.CalculateSize())} bytes, with {source}");
        }

        private void CheckOutput(string? file, Terminal terminal)
        {
            if (Output == "-")
            {
                if (terminal.IsLive)
                    throw new RunException("a model is nothing that a terminal shows; name a file by -o, or pass it on by a pipe");
                return;
            }

            foreach ((string? path, string what) in (ReadOnlySpan<(string?, string)>)[(Spec.Path, "the spec itself"), (file, "the weight file itself")])
            {
                if (path is not null && WholeFile.AreSame(Output, path))
                    throw new RunException($"{Output}: it is {what}, which would be lost; name another file");
            }
        }

        private ModelProto Make(string? file, Terminal terminal, CancellationToken cancelled)
        {
            try
            {
                NetworkWeights weights = file is null
                    ? NetworkWeights.Of(Spec.Network, NetworkCompilation.Compile(Spec, cancelled).Parameters.ToArray())
                    : ReadWeights(file);
                Scaling? features = Scaling.Read(weights.Metadata, "feature", Spec.Network.Input.Size, file ?? ""),
                    targets = Scaling.Read(weights.Metadata, "target", Spec.Network.TargetSize, file ?? "");
                if (Scales && features is null && targets is null)
                {
                    throw new RunException($"{file}: it has no numbers to scale by, since the features and targets were not standardized outside of the "
                        + "network; leave --with-scaling out");
                }

                if (!Scales && (features ?? targets) is not null)
                    terminal.Problem(Note(file!, features is not null, targets is not null));
                return OnnxExporter.Export(Spec.Network, name => weights.Tensors[name], new ExportOptions(Spec.Name, Spec.Text)
                {
                    Opset = Opset,
                    Features = Scales ? features : null,
                    Targets = Scales ? targets : null,
                    Texts = weights.Metadata.Where(static t => t.Key is "netgen.class_names" or "netgen.feature_names" or "netgen.target_names")
                        .ToDictionary(static t => t.Key, static t => t.Value),
                });
            }
            catch (WeightsException e)
            {
                throw new RunException(e.Message, e);
            }
        }

        private NetworkWeights ReadWeights(string file)
        {
            try
            {
                using FileStream stream = File.OpenRead(file);
                return NetworkWeights.Read(stream, file, Spec.Network);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new RunException($"{file}: {(Directory.Exists(file) ? "it is a folder; name a weight file" : SpecFinder.Reason(e))}", e);
            }
        }

        /// <summary>What the user of the model must know, where the data were standardized outside of the network.</summary>
        private static string Note(string file, bool areFeatures, bool areTargets)
        {
            string what = areFeatures && areTargets ? "takes standardized features and gives standardized targets"
                : areFeatures ? "takes standardized features"
                : "gives standardized targets";
            return $"note: the network of {file} {what}, as in training, and so does the model; --with-scaling has it work in the units of the data";
        }
    }
}
