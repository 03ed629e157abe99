using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NetGen.Cli.Output;
using NetGen.Cli.Report;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Losses;
using NetGen.Training;
using static System.FormattableString;

namespace NetGen.Cli.Runs;

/// <summary>What <c>netgen train</c> was asked for.</summary>
/// <param name="Data">The data.</param>
/// <param name="Test">The test data, where they are files of their own.</param>
/// <param name="Settings">How it trains.</param>
/// <param name="Weights">The weights to begin with.</param>
/// <param name="Resumes">It goes on with an interrupted run.</param>
/// <param name="Forces">It begins anew, whatever was interrupted.</param>
internal sealed record TrainRequest(DataRequest Data, DataRequest? Test, RunSettings Settings, string? Weights, bool Resumes, bool Forces);

/// <summary>A network that was trained, and what is to be said of it.</summary>
internal sealed record TrainedNetwork(LoadedSpec Spec, NetworkSummary Summary, TrainingHistory History, TestedNetwork Tested, RunRecord Record);

/// <summary>Trains a spec's network on data, and writes its files.</summary>
internal sealed class TrainingSession(LoadedSpec spec, TrainRequest request, RunFiles files, Terminal terminal, bool isJson)
{
    /// <summary>Trains, and writes weights, figures and the report. What is cancelled is written too, with a checkpoint to go on from.</summary>
    /// <exception cref="RunException">Something that was given does not fit.</exception>
    public TrainedNetwork Run(CancellationToken cancelled)
    {
        DateTimeOffset started = DateTimeOffset.Now;
        TrainableSpec.Check(spec);
        CheckCheckpoint();
        // C# is compiled while the data are read.
        Task<RunnableNetwork> compiling = Task.Run(() => NetworkCompilation.Compile(spec, CancellationToken.None), CancellationToken.None);
        NetworkTask task = NetworkTask.Of(spec.Network);
        NetworkSummary summary = NetworkSummary.Of(spec.Network);
        RunInputs inputs = RunInputs.Read(request.Data, request.Test, request.Settings.Split, task, spec.Path);
        PreparedData data = PreparedData.Of(inputs.Split, spec.Network, task, request.Settings.Standardizes);
        SayWhat(summary, inputs.All, data);
        cancelled.ThrowIfCancellationRequested();

        var network = (TrainableNetwork)compiling.GetAwaiter().GetResult();
        if (request.Weights is { } weights)
            network.Load(weights);
        var job = new TrainingJob(network, task, data, request.Settings);
        (TrainingHistory history, TrainingCurves curves) = job.Train(Display(), files.Checkpoint, request.Resumes, cancelled);
        TestedNetwork tested = TestedNetwork.Measure(job.Findings, data, inputs);
        var trained = new TrainedNetwork(spec, summary, history, tested, Record(history));
        Write(network, trained, inputs, curves, started);
        return trained;
    }

    private TextWriter Progress => isJson ? terminal.Error : terminal.Out;

    private IRunDisplay Display() => terminal.HasColour && !isJson ? new LiveDisplay(terminal.Width) : new PlainDisplay(Progress);

    private void CheckCheckpoint()
    {
        if (!File.Exists(files.Checkpoint))
        {
            if (request.Resumes)
                terminal.Problem($"there is no {files.Checkpoint} to resume, so the run begins anew");
            return;
        }

        if (!request.Resumes && !request.Forces)
            throw new RunException($"{files.Checkpoint}: a run of this name was interrupted; --resume goes on with it, --force begins anew, "
                + "and -o takes another name");
    }

    private void SayWhat(NetworkSummary summary, Dataset all, PreparedData data)
    {
        DataSplit split = data.Raw;
        Progress.WriteLine(Terminal.Printable(Invariant($"{spec.Path}: {summary.Rows.Count} layers, {summary.Network.ParameterCount:N0} parameters")
            + $", {summary.Network.Loss!.Kind}, {summary.Network.Optimizer.Kind}"));
        string what = all switch
        {
            LabeledDataset labeled => Invariant($"{labeled.ClassCount} classes"),
            TargetDataset { TargetSize: 1 } numbers => $"target {numbers.TargetNames[0]}",
            TargetDataset numbers => Invariant($"{numbers.TargetSize} targets"),
            _ => "",
        };
        Progress.WriteLine(Terminal.Printable(Invariant($"{request.Data.Data}: {all.Count:N0} samples of {all.FeatureCount:N0} features, {what}")
            + (data.Scaling is { } scaling ? $"; {scaling}" : "")));
        (int validated, int tested) = (split.Validation?.Count ?? 0, split.Test?.Count ?? 0);
        Progress.WriteLine(Invariant($"{split.Train.Count:N0} train, {validated:N0} validate, {tested:N0} test ({split.How})"));
        Progress.Flush();
    }

    private RunRecord Record(TrainingHistory history) => new(
        CommandText.OfProcess(), Skeleton.Version, RunEnvironment.Runtime, RunEnvironment.Processor, spec.Network.Seed, EndingOf(history), history.Steps,
        history.RestoredEpoch, request.Settings.Split, request.Data, request.Test);

    private void Write(TrainableNetwork network, TrainedNetwork trained, RunInputs inputs, TrainingCurves curves, DateTimeOffset started)
    {
        (string key, string text) = trained.Record.ToText();
        var texts = new Dictionary<string, string> { [key] = text };
        if (inputs.Label is { } label)
            texts.Add(RunRecord.LabelKey, label);
        network.Save(files.Weights, new WeightsInfo
        {
            ClassNames = (inputs.All as LabeledDataset)?.ClassNames,
            TargetNames = (inputs.All as TargetDataset)?.TargetNames,
            FeatureNames = inputs.All.FeatureNames,
            Features = trained.Tested.Data.Features,
            Targets = trained.Tested.Data.Targets,
            Csv = inputs.All.CsvOptions,
            Texts = texts,
        });
        WholeFile.Write(files.Metrics, Encoding.UTF8.GetBytes(MetricsFile.Write(curves)));
        ReportModel report = ReportBuilder.Build(spec, trained.Record, curves, started, trained.Tested, []);
        try
        {
            WholeFile.Write(files.Report, Encoding.UTF8.GetBytes(HtmlReport.Write(report)));
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or BadImageFormatException)
        {
            // The weights are written, and are what the time was spent on.
            terminal.Problem($"{files.Report}: it was not written, since the library that draws its curves does not run here "
                + $"({(e.InnerException ?? e).Message.ReplaceLineEndings(" ")})");
        }

        if (trained.History.StopReason != StopReason.Cancelled)
            File.Delete(files.Checkpoint);
    }

    // Without the times, which no two runs share.
    private static string EndingOf(TrainingHistory history) => history.StopReason switch
    {
        StopReason.NoImprovement => Invariant($"ended after {history.Epochs.Count} epochs, since the validation no longer improved"),
        StopReason.Cancelled => Invariant($"cancelled after {history.Epochs.Count} epochs"),
        StopReason.Stopped => Invariant($"stopped after {history.Epochs.Count} epochs: {history.StopMessage}"),
        _ => Invariant($"complete after {history.Epochs.Count} epochs"),
    };
}
