using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using Xunit;

namespace NetGen.Cli.Tests.Schema;

/// <summary>
/// Whether a spec satisfies a JSON Schema, by the keywords of draft 7 that ours uses; one that it does not know is an error, for
/// what is not understood is not checked.
/// </summary>
internal sealed class SchemaCheck(string schema)
{
    private readonly JsonElement _root = JsonDocument.Parse(schema).RootElement;

    public bool Accepts(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        MapValue? value = YamlReader.Read(yaml, diagnostics);
        Assert.True(value is not null && diagnostics.Count == 0, yaml);
        return Accepts(_root, value!);
    }

    private bool Accepts(JsonElement schema, SpecValue value) => schema.EnumerateObject().All(keyword => Accepts(schema, keyword.Name, keyword.Value, value));

    private bool Accepts(JsonElement schema, string keyword, JsonElement argument, SpecValue value) => keyword switch
    {
        "$schema" or "description" or "default" or "definitions" or "enumDescriptions" => true,
        "$ref" => Accepts(_root.GetProperty("definitions").GetProperty(argument.GetString()!["#/definitions/".Length..]), value),
        "oneOf" => argument.EnumerateArray().Count(a => Accepts(a, value)) == 1,
        "anyOf" => argument.EnumerateArray().Any(a => Accepts(a, value)),
        "not" => !Accepts(argument, value),
        "type" => IsOf(argument.GetString()!, value),
        "enum" => argument.EnumerateArray().Any(a => IsText(value) && a.GetString() == ((ScalarValue)value).Text),
        "const" => Number(value) == argument.GetDouble(),
        "pattern" => !IsText(value) || Regex.IsMatch(((ScalarValue)value).Text, argument.GetString()!, RegexOptions.CultureInvariant),
        "minimum" => Number(value) is not { } n || n >= argument.GetDouble(),
        "maximum" => Number(value) is not { } n || n <= argument.GetDouble(),
        "exclusiveMinimum" => Number(value) is not { } n || n > argument.GetDouble(),
        "exclusiveMaximum" => Number(value) is not { } n || n < argument.GetDouble(),
        "items" => value is not ListValue list || list.Items.All(item => Accepts(argument, item)),
        "minItems" => value is not ListValue list || list.Items.Count >= argument.GetInt32(),
        "maxItems" => value is not ListValue list || list.Items.Count <= argument.GetInt32(),
        "uniqueItems" => value is not ListValue list || list.Items.OfType<ScalarValue>().Select(static s => s.Text).Distinct().Count() == list.Items.Count,
        "properties" => value is not MapValue map || map.Entries.All(e => !argument.TryGetProperty(e.Key.Value, out JsonElement member) || Accepts(member, e.Value)),
        "required" => value is not MapValue map || argument.EnumerateArray().All(key => map.Find(key.GetString()!) is not null),
        "additionalProperties" => value is not MapValue map || map.Entries.All(e => (schema.TryGetProperty("properties", out JsonElement own) && own.TryGetProperty(e.Key.Value, out _))
            || (argument.ValueKind == JsonValueKind.Object && Accepts(argument, e.Value))),
        "minProperties" => value is not MapValue map || map.Entries.Count >= argument.GetInt32(),
        "maxProperties" => value is not MapValue map || map.Entries.Count <= argument.GetInt32(),
        _ => throw new NotSupportedException(keyword),
    };

    private static bool IsOf(string type, SpecValue value) => type switch
    {
        "object" => value is MapValue,
        "array" => value is ListValue,
        "null" => value is ScalarValue { IsNull: true },
        "boolean" => value is ScalarValue scalar && CoreSchema.TryBoolean(scalar, out _),
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } n && n == Math.Floor(n),
        "string" => IsText(value),
        _ => throw new NotSupportedException(type),
    };

    private static bool IsText(SpecValue value) =>
        value is ScalarValue { IsNull: false } scalar && !CoreSchema.TryBoolean(scalar, out _) && Number(value) is null;

    private static double? Number(SpecValue value) => value is ScalarValue scalar && CoreSchema.TryNumber(scalar, out double number) ? number : null;
}
