using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;
using NetGen.Cli.Report;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Commands;

/// <summary><c>netgen evaluate SPEC --data FILE</c>: how well trained weights do on data.</summary>
internal static class EvaluateCommand
{
    public static ToolCommand Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "A spec file." };
        spec.Validators.Add(Paths.RefuseOptions);
        var data = new DataOptions();
        Option<string> weights = DataOptions.Path("--weights", "The weights; without it, those of the spec's last run in this folder, "
            + "or those that the spec names.");
        Option<string[]> metrics = RunOptions.Metrics();
        var json = new Option<bool>("--json") { Description = "Write the figures as a JSON object." };
        var command = new Command("evaluate", "Measures a trained network on data, which need not fit into memory.") { spec, weights };
        foreach (Option option in (IEnumerable<Option>)[.. data.All, metrics, json])
            command.Add(option);
        command.SetAction((parsed, cancelled) => Task.Run(
            () => RunProblems.Guard(terminal, () =>
            {
                NetworkCompilation.WarmUp(parsed.GetRequiredValue(spec));
                if (LoadedSpec.Read(parsed.GetRequiredValue(spec), terminal) is not { } loaded)
                    return ExitCode.Failure;
                Metric[] asked = [.. DataOptions.Names(parsed, metrics).Select(static name => Measures.Find(name)!)];
                (SetFigures figures, Evaluation evaluation) = Measure(loaded, data.Read(parsed), parsed.GetValue(weights), asked, cancelled);
                if (parsed.GetValue(json))
                    FiguresJson.Write(figures, evaluation, terminal.Out);
                else
                    FiguresText.Write([figures], evaluation, terminal);
                return ExitCode.Success;
            }),
            cancelled));
        return new ToolCommand(command, """
            netgen evaluate iris.yaml --data iris.csv
            netgen evaluate digits.yaml --weights digits.safetensors --data more.csv --metric top_3
            netgen evaluate digits.yaml --data more.csv --json
            """);
    }

    private static (SetFigures Figures, Evaluation Evaluation) Measure(
        LoadedSpec spec, DataRequest request, string? weights, IReadOnlyList<Metric> asked, CancellationToken cancelled)
    {
        TrainableSpec.Check(spec);
        NetworkTask task = NetworkTask.Of(spec.Network);
        (RunnableNetwork network, WeightsInfo info) = TrainedWeights.Load(spec, NetworkCompilation.Compile(spec, cancelled), weights);
        var trainable = (TrainableNetwork)network;
        object chunks = new DataReader(request, task).ReadChunks(info);
        bool hasLabels = chunks is ChunkedDataset<LabeledDataset>;
        Metric[] metrics = [.. Measures.Usual(task, info.Targets, hasLabels).Concat(asked.Select(m => Measures.InUnits(m,
            info.Targets))).DistinctBy(static m => m.Name)];
        Evaluation evaluation = trainable.EvaluateChunks(Ready(chunks, request, spec, task, info), metrics, cancelled);
        return (new SetFigures("data", evaluation.Count, Findings.Named(evaluation)), evaluation);
    }

    // Each chunk is checked and standardized as it is read.
    private static object Ready(object chunks, DataRequest request, LoadedSpec spec, NetworkTask task, WeightsInfo info)
    {
        Dataset Change(Dataset chunk)
        {
            PreparedData.Check(chunk, request.Data, spec.Path, task);
            return PreparedData.Standardized(chunk, info.Features, info.Targets);
        }

        return chunks is ChunkedDataset<LabeledDataset> labeled
            ? labeled.Map(chunk => (LabeledDataset)Change(chunk))
            : ((ChunkedDataset<TargetDataset>)chunks).Map(chunk => (TargetDataset)Change(chunk));
    }
}
