using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using NetGen.Compiler.Text;

namespace NetGen.Models.Nam;

/// <summary>An object of a .nam file, whose members are of the kind that is asked for, or it is said which are not.</summary>
/// <param name="json">The object.</param>
/// <param name="path">What it is called in messages.</param>
internal sealed class NamObject(JsonElement json, string path)
{
    /// <summary>No network of this kind has a size beyond it.</summary>
    private const int LargestSize = 4096;

    public static NamObject Of(JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.Object ? new NamObject(json, path)
            : throw new ImportException($"{path} is no JSON object; it is no model of Neural Amp Modeler.");

    public string Path => path;

    public IEnumerable<string> Keys => json.EnumerateObject().Select(static p => p.Name);

    /// <summary>A member; null where it is not there, or null itself.</summary>
    public JsonElement? Find(string name) => json.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public string Text(string name) => Require(name, JsonValueKind.String, "a text").GetString()!;

    public string? TextOrNone(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public double? NumberOrNone(string name) => Find(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public NamObject Object(string name) => Of(Require(name, JsonValueKind.Object, "an object"), $"{path}.{name}");

    /// <summary>A size, from 1 on.</summary>
    public int Size(string name) =>
        Require(name, JsonValueKind.Number, "a number") is var number && number.TryGetInt32(out int size) && size is >= 1 and <= LargestSize
            ? size
            : throw new ImportException($"{path}.{name} is {Excerpt.Quote(number.GetRawText())}, where a size from 1 to {LargestSize} belongs.");

    public IReadOnlyList<int> Sizes(string name)
    {
        JsonElement list = Require(name, JsonValueKind.Array, "a list");
        return [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int size) && size is >= 1 and <= 1 << 20
            ? size
            : throw new ImportException($"{path}.{name} holds {Excerpt.Quote(item.GetRawText())}, where sizes belong."))];
    }

    public bool Flag(string name) => Find(name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw new ImportException($"{path}.{name} is {Excerpt.Quote(Find(name)!.Value.GetRawText())}, where true or false belongs."),
    };

    public IReadOnlyList<NamObject> Objects(string name) =>
        [.. Require(name, JsonValueKind.Array, "a list").EnumerateArray().Select((item, k) => Of(item, $"{path}.{name}[{k}]"))];

    public float[] Numbers(string name)
    {
        JsonElement list = Require(name, JsonValueKind.Array, "a list");
        return [.. list.EnumerateArray().Select((item, k) =>
            item.ValueKind == JsonValueKind.Number && (float)item.GetDouble() is var number && float.IsFinite(number)
            ? number
            : throw new ImportException($"{path}.{name}[{k}] is {Excerpt.Quote(item.GetRawText())}, where a number belongs that a float can hold."))];
    }

    /// <summary>Refuses members that would change what the network computes.</summary>
    /// <param name="known">Those that are read.</param>
    public void CheckKeys(params ReadOnlySpan<string> known)
    {
        foreach (string key in Keys)
        {
            if (!known.Contains(key) && Find(key) is { } value && value.ValueKind != JsonValueKind.False)
                throw new ImportException($"{path} has {Excerpt.Quote(key)}, which a WaveNet of the first generation and an LSTM do not have; later "
                    + "architectures cannot be imported yet.");
        }
    }

    private JsonElement Require(string name, JsonValueKind kind, string what)
    {
        if (Find(name) is not { } member)
            throw new ImportException($"{path} has no {Excerpt.Quote(name)}; it is no model of Neural Amp Modeler, or a damaged one.");
        return member.ValueKind == kind ? member : throw new ImportException($"{path}.{name} is {Excerpt.Quote(member.GetRawText())}, where {what} belongs.");
    }
}
