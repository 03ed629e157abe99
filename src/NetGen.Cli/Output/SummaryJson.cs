using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Passes;

namespace NetGen.Cli.Output;

/// <summary>The layer table for other programs.</summary>
internal static class SummaryJson
{
    /// <summary>Of an estimate: more than it is worth, so that sums come out.</summary>
    private const int Digits = 3;

    public static void Write(string path, NetworkSummary summary, TextWriter output) => JsonOutput.Write(output, json =>
    {
        Compiler.Binding.Network network = summary.Network;
        json.WriteStartObject();
        json.WriteString("path", path);
        Write(json, "input", network.Input.Dimensions);
        Write(json, "output", network.Output.Dimensions);
        if (network.NamesInputs)
            Write(json, "inputs", network.Inputs.Select(static i => (i.Name, i.Shape, (string?)null)), hasLosses: false);
        if (network.NamesOutputs)
            Write(json, "outputs", network.Outputs.Select(static o => (o.Name, o.Shape, o.Loss?.Kind)), hasLosses: true);
        json.WriteString("loss", network.Loss?.Kind);
        json.WriteString("optimizer", network.Loss is null ? null : network.Optimizer.Kind);
        json.WriteStartArray("layers");
        foreach ((int place, SummaryRow row) in summary.Rows.Index())
            Write(json, row, summary.Times.Select(t => (t.Machine, t.Layers[place].One, t.Layers[place].OfBatch)));
        json.WriteEndArray();
        json.WriteNumber("parameters", network.ParameterCount);
        json.WriteNumber("trainedParameters", summary.TrainedParameters);
        json.WriteNumber("parameterBytes", summary.Costs.ParameterBytes);
        json.WriteNumber("multiplyAdds", summary.Costs.MultiplyAdds);
        json.WriteNumber("scratchBytes", summary.Costs.ScratchBytes);
        Write(json, summary.Times.Select(static t => (t.Machine, t.One, t.OfBatch)));
        Write(json, "trainingScratchBytes", summary.TrainingScratchBytes);
        Write(json, "streamStateBytes", summary.StreamStateBytes);
        json.WriteEndObject();
    });

    /// <summary>The inputs or outputs by their names.</summary>
    private static void Write(Utf8JsonWriter json, string key, IEnumerable<(string Name, Compiler.Shapes.Shape Shape, string? Loss)> parts, bool hasLosses)
    {
        json.WriteStartArray(key);
        foreach ((string name, Compiler.Shapes.Shape shape, string? loss) in parts)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            Write(json, "shape", shape.Dimensions);
            if (hasLosses)
                json.WriteString("loss", loss);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SummaryRow row, IEnumerable<(Machine Machine, double One, double OfBatch)> times)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Layer.Name);
        json.WriteString("kind", row.Layer.Kind);
        json.WriteString("activation", row.Layer.LastActivation?.Kind);
        Write(json, "output", row.Layer.Output.Dimensions);
        json.WriteNumber("parameters", row.Parameters);
        json.WriteBoolean("isFrozen", row.IsFrozen);
        json.WriteNumber("multiplyAdds", row.MultiplyAdds);
        Write(json, times);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<(Machine Machine, double One, double OfBatch)> times)
    {
        json.WriteStartArray("estimatedNanoseconds");
        foreach ((Machine machine, double one, double ofBatch) in times)
        {
            json.WriteStartObject();
            json.WriteString("machine", machine.Name);
            json.WriteNumber("one", TimeEstimate.Rounded(one, Digits));
            json.WriteNumber("of64", TimeEstimate.Rounded(ofBatch, Digits));
            json.WriteEndObject();
        }

        json.WriteEndArray();
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
