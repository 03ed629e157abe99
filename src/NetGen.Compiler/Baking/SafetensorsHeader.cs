using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;

namespace NetGen.Compiler.Baking;

/// <summary>
/// Reads the JSON of a safetensors header: an object with one entry <c>{dtype, shape, data_offsets}</c> for each tensor.
/// Whatever the bytes are, it ends in entries or in a <see cref="WeightsException"/>.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>Far more than the tensors of the largest network take.</summary>
    public const int Longest = 1 << 24;

    // A well-formed header nests three deep; a few more for what stands in its metadata.
    private const int DeepestNesting = 8;
    private const int MostAxes = 64;
    private const string NotAnObject = "it is no JSON object";

    /// <summary>What is wrong with a header that does not begin as an object does.</summary>
    public static string NoObject => Problem(NotAnObject);

    /// <summary>The entries in the order of their data; <c>__metadata__</c> is skipped.</summary>
    /// <param name="json">It begins with a brace.</param>
    public static List<TensorEntry> Parse(byte[] json, string file) => HeaderLayout.Check(Entries(json, file), file);

    private static List<TensorEntry> Entries(byte[] json, string file)
    {
        XElement root;
        try
        {
            // The framework's reader takes a bare word for a text, and stops behind the first value.
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json).TrimEnd(' ');
            if (text.Length == 0 || text[text.Length - 1] != '}')
                throw Malformed(file, NotAnObject);
            var quotas = new XmlDictionaryReaderQuotas { MaxDepth = DeepestNesting, MaxStringContentLength = Longest, MaxArrayLength = Longest, MaxNameTableCharCount = Longest, MaxBytesPerRead = Longest };
            using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(text), quotas);
            root = XElement.Load(reader);
        }
        // Braces that close nothing make the framework's reader fail by itself, so all that it throws means the same.
        catch (Exception e) when (e is not (OutOfMemoryException or WeightsException))
        {
            throw Malformed(file, e.Message.TrimEnd('.'), e);
        }

        var entries = new List<TensorEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (XElement element in root.Elements())
        {
            string name = KeyOf(element);
            if (!names.Add(name))
                throw new WeightsException($"{file}: the header names tensor {Excerpt.Quote(name)} twice; save the file again with one tensor of that name.");
            if (name != "__metadata__")
                entries.Add(Entry(element, name, file));
        }

        return entries;
    }

    private static TensorEntry Entry(XElement element, string name, string file)
    {
        string quoted = Excerpt.Quote(name);
        if (!Is(element, "object"))
            throw Malformed(file, $"tensor {quoted} is not an object with dtype, shape and data_offsets");
        var values = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (XElement value in element.Elements())
        {
            string key = KeyOf(value);
            if (key is not ("dtype" or "shape" or "data_offsets"))
                throw Malformed(file, $"tensor {quoted} has the unknown key {Excerpt.Quote(key)}");
            if (values.ContainsKey(key))
                throw Malformed(file, $"tensor {quoted} states {key} twice");
            values.Add(key, value);
        }

        foreach (string key in new[] { "dtype", "shape", "data_offsets" })
        {
            if (!values.ContainsKey(key))
                throw Malformed(file, $"tensor {quoted} has no {key}");
        }

        if (!Is(values["dtype"], "string"))
            throw Malformed(file, $"the dtype of tensor {quoted} is not a string");
        List<long> offsets = Sizes(values["data_offsets"], name, "data_offsets", 2, file);
        if (offsets.Count != 2)
            throw Malformed(file, $"the data_offsets of tensor {quoted} are {Excerpt.Shape(offsets)}, where a begin and an end belong");
        return new TensorEntry(name, values["dtype"].Value, Sizes(values["shape"], name, "shape", MostAxes, file), offsets[0], offsets[1]);
    }

    private static List<long> Sizes(XElement list, string name, string key, int most, string file)
    {
        if (!Is(list, "array"))
            throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} is not a list");
        XElement[] items = [.. list.Elements().Take(most + 1)];
        if (items.Length > most)
            throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} has more than {most} numbers");
        var sizes = new List<long>();
        foreach (XElement item in items)
        {
            if (!Is(item, "number") || !long.TryParse(item.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long size))
                throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} holds something other than 64-bit integers");
            if (size < 0)
                throw Malformed(file, $"the {key} of tensor {Excerpt.Quote(name)} holds {CSharpLiteral.Shortest(size)}, which is negative");
            sizes.Add(size);
        }

        return sizes;
    }

    private static bool Is(XElement element, string type) => (string?)element.Attribute("type") == type;

    /// <summary>A key that is no name in XML stands in an attribute.</summary>
    private static string KeyOf(XElement element) => (string?)element.Attribute("item") ?? element.Name.LocalName;

    private static WeightsException Malformed(string file, string what, Exception? inner = null) => new($"{file}: {Problem(what)}", inner);

    private static string Problem(string what) => $"the header is not that of a safetensors file: {what}; the file is damaged or of another format, save it again.";
}
