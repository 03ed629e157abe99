using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;

namespace NetGen.Cli.Output;

/// <summary>A file of weights for other programs.</summary>
internal static class WeightsJson
{
    public static void Write(WeightsList list, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("path", list.Path);
        json.WriteString("format", list.File.Format);
        json.WriteStartArray("tensors");
        foreach (FileTensor tensor in list.File.Tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("type", tensor.View.Type);
            Write(json, tensor.View.Shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("spec", list.Spec);
        json.WriteString("output", list.Output);
        json.WriteStartArray("parameters");
        foreach (ParameterOrigin origin in list.Fitted?.Origins ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", origin.Name);
            Write(json, origin.Shape);
            json.WriteString("from", origin.Source);
            json.WriteString("how", origin.How);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in list.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, IEnumerable<int> shape)
    {
        json.WriteStartArray("shape");
        foreach (int size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
    }
}
