using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Cli.Output;

namespace NetGen.Cli.Sweep;

/// <summary>A sweep's results for other programs.</summary>
internal static class SweepJson
{
    public static void Write(SweepReport report, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("name", report.Name);
        json.WriteString("measure", report.Measure);
        json.WriteBoolean("higherIsBetter", report.HigherIsBetter);
        json.WriteNumber("folds", report.Folds);
        json.WriteStartArray("sets");
        foreach (SweepAxis axis in report.Axes)
        {
            json.WriteStartObject();
            json.WriteString("path", axis.Path);
            json.WriteStartArray("values");
            foreach (SweepValue value in axis.Values)
                Write(json, value);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("variants");
        foreach (SweepOutcome outcome in report.Outcomes)
            Write(json, report, outcome);
        json.WriteEndArray();
        WriteIndex(json, "best", report.Best);
        WriteIndex(json, "runnerUp", report.RunnerUp);
        json.WriteStartArray("notes");
        foreach (string note in report.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, SweepReport report, SweepOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteNumber("index", outcome.Variant.Index);
        json.WriteStartObject("values");
        foreach ((SweepAxis axis, SweepValue value) in report.Axes.Zip(outcome.Variant.Values))
        {
            json.WritePropertyName(axis.Path);
            Write(json, value);
        }

        json.WriteEndObject();
        json.WriteString("state", outcome.State);
        VariantFigures? f = outcome.Figures;
        WriteNumber(json, "score", f?.Score);
        WriteNumber(json, "standardDeviation", f?.Deviation);
        WriteNumber(json, "validationLoss", f?.ValidationLoss);
        WriteNumber(json, "trainingLoss", f?.TrainingLoss);
        json.WriteStartObject("figures");
        foreach ((string name, double value) in f?.Figures ?? [])
            WriteNumber(json, name, value);
        json.WriteEndObject();
        WriteNumber(json, "epochs", f?.Epochs);
        WriteNumber(json, "bestEpoch", f?.BestEpoch);
        WriteNumber(json, "parameters", f?.Parameters);
        WriteNumber(json, "seconds", f?.Seconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SweepValue value)
    {
        if (value.Number is { } number)
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(value.Text);
    }

    private static void WriteIndex(Utf8JsonWriter json, string name, SweepOutcome? outcome) => WriteNumber(json, name, outcome?.Variant.Index);

    /// <summary>JSON has no numbers that are not finite.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
