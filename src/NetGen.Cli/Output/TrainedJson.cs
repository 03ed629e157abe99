using System.IO;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Output;

/// <summary>What a run reached, for programs.</summary>
internal static class TrainedJson
{
    public static void Write(TrainedNetwork trained, RunFiles files, TextWriter output) => JsonOutput.Write(output, json =>
    {
        TrainingHistory history = trained.History;
        json.WriteStartObject();
        json.WriteString("spec", trained.Spec.Path);
        json.WriteString("ending", history.StopReason switch
        {
            StopReason.NoImprovement => "no_improvement",
            StopReason.Cancelled => "cancelled",
            StopReason.Stopped => "stopped",
            _ => "completed",
        });
        json.WriteNumber("epochs", history.Epochs.Count);
        json.WriteNumber("steps", history.Steps);
        if (history.RestoredEpoch is { } epoch)
            json.WriteNumber("bestEpoch", epoch);
        else
            json.WriteNull("bestEpoch");
        json.WriteNumber("seconds", history.Duration.TotalSeconds);
        json.WriteNumber("parameters", trained.Summary.Network.ParameterCount);
        FiguresJson.WriteSets(trained.Tested.Sets, json);
        json.WriteStartObject("files");
        json.WriteString("weights", files.Weights);
        json.WriteString("metrics", files.Metrics);
        json.WriteString("report", files.Report);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
