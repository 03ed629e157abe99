using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Unicode;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;

namespace NetGen.Training.Safetensors;

/// <summary>
/// Reads the JSON of a safetensors header: an object with one entry <c>{dtype, shape, data_offsets}</c> for each
/// tensor. Whatever the bytes are, it ends in entries or in a <see cref="WeightsException"/>.
/// </summary>
internal static class HeaderJson
{
    // A well-formed header nests three deep; PyTorch's tensors have at most 64 axes.
    private const int DeepestNesting = 8;
    private const int MostAxes = 64;

    /// <summary>What is wrong with a header that does not begin as an object does.</summary>
    public static string NoObject => Problem("it does not begin with '{'");

    /// <summary>The entries in the order of the file, and the texts of <c>__metadata__</c>.</summary>
    /// <param name="json">It begins with a brace.</param>
    /// <param name="file">The file, for messages.</param>
    public static (List<TensorEntry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json, string file)
    {
        if (!Utf8.IsValid(json))
            throw Malformed(file, "it is not UTF-8");

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
            var entries = new List<TensorEntry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var names = new HashSet<string>(StringComparer.Ordinal);
            reader.Read();
            while (ReadInside(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = Text(ref reader, file);
                if (!names.Add(name))
                    throw new WeightsException($"{file}: the header names tensor {Excerpt.Quote(name)} twice; save the file again with one tensor of that name.");

                ReadInside(ref reader);
                if (name == "__metadata__")
                    ParseMetadata(ref reader, metadata, file);
                else
                    entries.Add(ParseEntry(ref reader, name, file));
            }

            // Behind the closing brace only white space is allowed; the reader throws on anything else.
            reader.Read();
            return (entries, metadata);
        }
        catch (JsonException e)
        {
            throw Malformed(file, e.Message, e);
        }
    }

    // The format has texts there; what else is there is not ours to judge.
    private static void ParseMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata, string file)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (ReadInside(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = Text(ref reader, file);
            ReadInside(ref reader);
            if (reader.TokenType == JsonTokenType.String)
                metadata[key] = Text(ref reader, file);
            else
                reader.Skip();
        }
    }

    private static TensorEntry ParseEntry(ref Utf8JsonReader reader, string name, string file)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Malformed(file, $"tensor {Excerpt.Quote(name)} is not an object with dtype, shape and data_offsets");

        string? dtype = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (ReadInside(ref reader) && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = Text(ref reader, file);
            ReadInside(ref reader);
            switch (key)
            {
                case "dtype" when dtype is null && reader.TokenType == JsonTokenType.String:
                    dtype = Text(ref reader, file);
                    break;
                case "shape" when shape is null:
                    shape = ParseSizes(ref reader, name, key, MostAxes, file);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseSizes(ref reader, name, key, 2, file);
                    break;
                case "dtype" when dtype is null:
                    throw Malformed(file, $"the dtype of tensor {Excerpt.Quote(name)} is not a string");
                case "dtype" or "shape" or "data_offsets":
                    throw Malformed(file, $"tensor {Excerpt.Quote(name)} states {key} twice");
                default:
                    throw Malformed(file, $"tensor {Excerpt.Quote(name)} has the unknown key {Excerpt.Quote(key)}");
            }
        }

        if (dtype is null || shape is null || offsets is null)
            throw Malformed(file, $"tensor {Excerpt.Quote(name)} has no {(dtype is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        if (offsets.Count != 2)
            throw Malformed(file, $"the data_offsets of tensor {Excerpt.Quote(name)} are {Excerpt.Shape(offsets)}, where a begin and an end belong");

        return new TensorEntry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static List<long> ParseSizes(ref Utf8JsonReader reader, string name, string key, int most, string file)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} is not a list");

        var sizes = new List<long>();
        while (ReadInside(ref reader) && reader.TokenType != JsonTokenType.EndArray)
        {
            if (sizes.Count == most)
                throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} has more than {most} numbers");
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long size))
                throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} holds something other than 64-bit integers");
            if (size < 0)
                throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} holds {size}, which is negative");
            sizes.Add(size);
        }

        return sizes;
    }

    // The bytes are one final block, so the reader throws rather than answers false inside the object.
    private static bool ReadInside(ref Utf8JsonReader reader) =>
        reader.Read() ? true : throw new JsonException("it ends too early");

    private static string Text(ref Utf8JsonReader reader, string file)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, written as an escape.
            throw Malformed(file, "a name in it is not valid Unicode", e);
        }
    }

    private static WeightsException Malformed(string file, string what, Exception? inner = null) => new($"{file}: {Problem(what)}", inner);

    private static string Problem(string what) => $"the header is not that of a safetensors file: {what}; the file is damaged or of another format, save it again.";
}
