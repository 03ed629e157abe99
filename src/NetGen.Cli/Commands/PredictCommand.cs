using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen predict SPEC --data FILE -o out.csv</c>: what a trained network gives for each sample.</summary>
internal static class PredictCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        var data = new DataOptions(areAnswersRead: false);
        Option<string> weights = DataOptions.Path("--weights", "The weights; without it, those of the spec's last run in this folder, "
            + "or those that the spec names.");
        Option<string[]> keep = DataOptions.List("--keep", "Columns of the data to write before the predictions, such as an id.");
        Option<string> output = OutputFile.Option(".csv", "CSV");
        var command = new Command("predict", "Writes what a trained network gives for each sample as a CSV file. The data need not fit into memory.") { spec, weights };
        foreach (Option option in (IEnumerable<Option>)[.. data.All, keep, output])
            command.Add(option);
        command.SetAction((parsed, cancelled) => Task.Run(
            () => RunProblems.Guard(terminal, () =>
            {
                NetworkCompilation.WarmUp(parsed.GetRequiredValue(spec));
                if (LoadedSpec.Read(parsed.GetRequiredValue(spec), terminal) is not { } loaded)
                    return ExitCode.Failure;
                Predict(loaded, data.Read(parsed), parsed.GetValue(weights), DataOptions.Names(parsed, keep), parsed.GetValue(output), terminal, cancelled);
                return ExitCode.Success;
            }),
            cancelled));
        return new ToolCommand(command, """
            netgen predict iris.yaml --data new.csv -o predictions.csv
            netgen predict iris.yaml --data new.csv --keep id,name > predictions.csv
            netgen predict mnist.yaml --weights mnist.safetensors --data t10k-images-idx3-ubyte -o digits.csv
            """);
    }

    private static void Predict(
        LoadedSpec spec, DataRequest request, string? weights, IReadOnlyList<string> keep, string? output, Terminal terminal, CancellationToken cancelled)
    {
        NetworkTask task = NetworkTask.Of(spec.Network);
        (RunnableNetwork network, WeightsInfo info) = TrainedWeights.Load(spec, NetworkCompilation.Compile(spec, cancelled), weights);
        var reader = new DataReader(request, task);
        IEnumerable<FeatureDataset> chunks = reader.ReadFeatures(info, keep);
        var table = new PredictionTable(task, info, keep);
        void Write(TextWriter writer)
        {
            foreach (FeatureDataset chunk in chunks)
            {
                cancelled.ThrowIfCancellationRequested();
                PreparedData.Check(chunk, request.Data, spec.Path, task);
                float[] outputs = network.Predict(PreparedData.Standardized(chunk, info.Features, null));
                table.Write(writer, chunk, outputs);
            }
        }

        if (output is null or "-")
        {
            Write(terminal.Out);
            return;
        }

        foreach (string input in (string[])[request.Data, spec.Path])
            if (File.Exists(input) && WholeFile.AreSame(output, input))
                throw new RunException($"{output}: it is {(input == spec.Path ? "the spec" : "the data")}, which would be lost; name another file by -o");
        WholeFile.Write(output, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            Write(writer);
        });
    }
}
