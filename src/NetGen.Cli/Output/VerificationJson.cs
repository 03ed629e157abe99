using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Cli.Verify;

namespace NetGen.Cli.Output;

/// <summary>How far generated code is from right, for other programs. An error that is no number is null.</summary>
internal static class VerificationJson
{
    public static void Write(VerificationResult result, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("spec", result.Spec);
        json.WriteBoolean("passes", result.Passes);
        json.WriteNumber("limit", VerificationResult.Limit);
        Write(json, "relative", result.Worst.Figure.Relative);
        Write(json, "ulp", result.Worst.Figure.Ulps);
        json.WriteString("firstBeyond", result.FirstBeyond?.Name);
        json.WriteString("weights", result.Weights);
        json.WriteString("inputs", result.Inputs);
        json.WriteNumber("samples", result.Samples);
        json.WriteNumber("parameters", result.Parameters);
        json.WriteNumber("multiplyAdds", result.MultiplyAdds);
        json.WriteStartArray("members");
        foreach (MemberErrors member in result.Members)
        {
            json.WriteStartObject();
            json.WriteString("member", member.Member);
            json.WriteString("samples", member.Calls);
            json.WriteString("output", member.Output);
            Write(json, member.Figure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("layers");
        foreach (LayerErrors layer in result.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            Write(json, layer.Shape);
            Write(json, layer.Figure);
            Write(json, "ownRelative", layer.Own.Relative);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("gradients");
        if (result.Gradients is { } gradients)
            Write(json, gradients);
        else
            json.WriteNullValue();
        json.WriteStartArray("notes");
        foreach (string note in result.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, GradientErrors gradients)
    {
        json.WriteStartObject();
        json.WriteNumber("samples", gradients.Samples);
        Write(json, "relative", gradients.Worst?.Relative ?? 0);
        json.WriteNumber("differences", gradients.Differences);
        json.WriteNumber("kinks", gradients.Kinks);
        json.WriteStartArray("parameters");
        foreach (ParameterErrors parameter in gradients.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            Write(json, parameter.Shape);
            Write(json, "largest", parameter.Largest);
            Write(json, "relative", parameter.Error / parameter.Scale);
            json.WriteNumber("differences", parameter.Differences);
            Write(json, "differenceRelative", parameter.DifferenceError / parameter.Scale);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ErrorFigure figure)
    {
        Write(json, "largest", figure.Largest);
        Write(json, "error", figure.Error);
        Write(json, "relative", figure.Relative);
        Write(json, "ulp", figure.Ulps);
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<int> shape)
    {
        json.WriteStartArray("shape");
        foreach (int size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
    }
}
