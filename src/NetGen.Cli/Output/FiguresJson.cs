using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Cli.Report;
using NetGen.Training;

namespace NetGen.Cli.Output;

/// <summary>How well a network does, for programs.</summary>
internal static class FiguresJson
{
    /// <summary>An object with the figures of one set, and its confusion matrix where there are classes.</summary>
    public static void Write(SetFigures figures, Evaluation evaluation, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("samples", figures.Samples);
        foreach ((string name, double value) in figures.Figures)
            WriteNumber(json, name, value);
        if (evaluation.Confusion is { } matrix)
            WriteMatrix(matrix, json);
        json.WriteEndObject();
    });

    private static void WriteMatrix(ConfusionMatrix matrix, Utf8JsonWriter json)
    {
        json.WriteStartArray("classes");
        for (int c = 0; c < matrix.ClassCount; c++)
            json.WriteStringValue(matrix.ClassNames[c]);
        json.WriteEndArray();
        json.WriteStartArray("confusion");
        for (int actual = 0; actual < matrix.ClassCount; actual++)
        {
            json.WriteStartArray();
            for (int predicted = 0; predicted < matrix.ClassCount; predicted++)
                json.WriteNumberValue(matrix[actual, predicted]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

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
