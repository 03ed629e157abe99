using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Cli.Report;
using NetGen.Cli.Runs;
using NetGen.Training;

namespace NetGen.Cli.Output;

/// <summary>What a run reached, for programs.</summary>
internal static class TrainedJson
{
    public static void Write(TrainedNetwork trained, RunFiles files, TextWriter output) => JsonOutput.Write(output, json =>
    {
        TrainingHistory history = trained.Run.History;
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
        WriteSets(trained.Run.Sets, json);
        json.WriteStartObject("files");
        json.WriteString("weights", files.Weights);
        json.WriteString("metrics", files.Metrics);
        json.WriteString("report", files.Report);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>An object for each set: <c>"test": { "samples": 30, "loss": 0.1, "accuracy": 0.97 }</c>.</summary>
    public static void WriteSets(IReadOnlyList<SetFigures> sets, Utf8JsonWriter json)
    {
        foreach (SetFigures set in sets)
        {
            json.WriteStartObject(set.Set);
            json.WriteNumber("samples", set.Samples);
            foreach ((string name, double value) in set.Figures)
                WriteNumber(json, name, value);
            json.WriteEndObject();
        }
    }

    // JSON has no NaN.
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
