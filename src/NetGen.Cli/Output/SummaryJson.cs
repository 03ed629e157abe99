using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Compiler.Emit;

namespace NetGen.Cli.Output;

/// <summary>The layer table for other programs.</summary>
internal static class SummaryJson
{
    public static void Write(string path, NetworkSummary summary, TextWriter output) => JsonOutput.Write(output, json =>
    {
        Compiler.Binding.Network network = summary.Network;
        json.WriteStartObject();
        json.WriteString("path", path);
        Write(json, "input", network.Input.Dimensions);
        Write(json, "output", network.Output.Dimensions);
        json.WriteString("loss", network.Loss?.Kind);
        json.WriteString("optimizer", network.Loss is null ? null : network.Optimizer.Kind);
        json.WriteStartArray("layers");
        foreach (SummaryRow row in summary.Rows)
            Write(json, row);
        json.WriteEndArray();
        json.WriteNumber("parameters", network.ParameterCount);
        json.WriteNumber("trainedParameters", summary.TrainedParameters);
        json.WriteNumber("parameterBytes", summary.Costs.ParameterBytes);
        json.WriteNumber("multiplyAdds", summary.Costs.MultiplyAdds);
        json.WriteNumber("scratchBytes", summary.Costs.ScratchBytes);
        Write(json, "trainingScratchBytes", summary.TrainingScratchBytes);
        Write(json, "streamStateBytes", summary.StreamStateBytes);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, SummaryRow row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Layer.Name);
        json.WriteString("kind", row.Layer.Kind);
        json.WriteString("activation", row.Layer.LastActivation?.Kind);
        Write(json, "output", row.Layer.Output.Dimensions);
        json.WriteNumber("parameters", row.Parameters);
        json.WriteBoolean("isFrozen", row.IsFrozen);
        json.WriteNumber("multiplyAdds", row.MultiplyAdds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<int> sizes)
    {
        json.WriteStartArray(name);
        foreach (int size in sizes)
            json.WriteNumberValue(size);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
