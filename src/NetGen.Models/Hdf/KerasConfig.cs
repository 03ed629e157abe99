using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace NetGen.Models.Hdf;

/// <summary>A layer as a model's configuration has it.</summary>
/// <param name="Name">The user's, or by default its class and a number.</param>
/// <param name="Class">As in <c>BatchNormalization</c>.</param>
/// <param name="HasScale">Of a norm: it has a gamma.</param>
/// <param name="HasCenter">Of a norm: it has a beta.</param>
internal sealed record KerasLayer(string Name, string Class, bool HasScale, bool HasCenter);

/// <summary>What of a model's configuration says something about its weights.</summary>
/// <param name="Layers">In the order of the model, those of models within it as well.</param>
/// <param name="HasChannelsFirst">Images have their channels first.</param>
internal sealed record KerasConfig(IReadOnlyList<KerasLayer> Layers, bool HasChannelsFirst)
{
    public static readonly KerasConfig None = new([], false);

    private const int Deepest = 64;

    /// <summary>From JSON; where that is none, nothing is known.</summary>
    public static KerasConfig Of(string? json)
    {
        try
        {
            if (json is null)
                return None;
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest });
            var layers = new List<KerasLayer>();
            bool hasChannelsFirst = false;
            Collect(document.RootElement, layers, ref hasChannelsFirst);
            return new KerasConfig(layers, hasChannelsFirst);
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static void Collect(JsonElement model, List<KerasLayer> layers, ref bool hasChannelsFirst)
    {
        if (Member(model, "config") is not { } config
            || (Member(config, "layers") ?? (config.ValueKind == JsonValueKind.Array ? config : null)) is not { ValueKind: JsonValueKind.Array } list)
            return;
        foreach (JsonElement layer in list.EnumerateArray())
        {
            if (Text(layer, "class_name") is not { } type || Member(layer, "config") is not { } own)
                continue;
            layers.Add(new KerasLayer(Text(own, "name") ?? Text(layer, "name") ?? "", type, Flag(own, "scale"), Flag(own, "center")));
            hasChannelsFirst |= Text(own, "data_format") == "channels_first" && type.Contains("Conv", StringComparison.Ordinal);
            Collect(layer, layers, ref hasChannelsFirst);
        }
    }

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement member) ? member : null;

    private static string? Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static bool Flag(JsonElement of, string name) => Member(of, name) is not { ValueKind: JsonValueKind.False };
}
