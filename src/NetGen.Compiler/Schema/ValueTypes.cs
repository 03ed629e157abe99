namespace NetGen.Compiler.Schema;

/// <summary>What values may be, as JSON Schema says it.</summary>
internal static class ValueTypes
{
    public const int Most = 16_777_216;

    public static readonly JsonObject Boolean = new() { { "type", "boolean" } };

    public static readonly JsonObject Number = new() { { "type", "number" } };

    public static readonly JsonObject NotNegative = Number.With(("minimum", 0));

    public static readonly JsonObject Positive = Number.With(("exclusiveMinimum", 0));

    /// <summary>From 0, and below 1.</summary>
    public static readonly JsonObject Share = Number.With(("minimum", 0), ("exclusiveMaximum", 1));

    public static readonly JsonObject Activation = Definition("activation");

    public static readonly JsonObject Initializer = Definition("initializer");

    /// <summary>The name of a layer, as it is given.</summary>
    public static readonly JsonObject LayerName = new() { { "type", "string" }, { "pattern", "^[A-Za-z_][A-Za-z0-9_]{0,99}$" } };

    /// <summary>What a layer can read: a layer or an input by its name, or a state of a recurrent layer, <c>gru_1.h</c>.</summary>
    public static readonly JsonObject SourceName = new() { { "type", "string" }, { "pattern", "^[A-Za-z_][A-Za-z0-9_]{0,99}(\\.[A-Za-z0-9_]+)?$" } };

    public static readonly JsonObject FilePath = new() { { "type", "string" }, { "pattern", "." } };

    /// <summary>A size in bytes, <c>60KB</c>; or a count, <c>1M</c>.</summary>
    public static JsonObject Scaled(string units) => OneOf(
        Number.With(("minimum", 0)), new JsonObject { { "type", "string" }, { "pattern", $"^[0-9]+(\\.[0-9]+)? ?({units})?$" } });

    public static JsonObject Integer(int min, int max = int.MaxValue) =>
        new() { { "type", "integer" }, { "minimum", min }, { "maximum", max } };

    public static JsonObject Words(params string[] words) => new() { { "type", "string" }, { "enum", words } };

    public static JsonObject List(JsonObject items, int min, int max) =>
        new() { { "type", "array" }, { "items", items }, { "minItems", min }, { "maxItems", max } };

    /// <summary>A number, or a list with one for each feature, output or class.</summary>
    public static JsonObject Numbers(JsonObject number) => OneOf(number, List(number, 1, Most));

    /// <summary>A number for all axes, or one for each.</summary>
    public static JsonObject Sizes(int axes, int min) => OneOf(Integer(min, Most), List(Integer(min, Most), axes, axes));

    /// <summary>Alternatives, of which no two take one value.</summary>
    public static JsonObject OneOf(params JsonObject[] alternatives) => new() { { "oneOf", alternatives } };

    /// <summary>One that is written once, below <c>definitions</c>.</summary>
    public static JsonObject Definition(string name) => new() { { "$ref", "#/definitions/" + name } };

    /// <summary>The padding of a window: words, a number, or one for each axis.</summary>
    public static JsonObject Padding(int axes, params string[] words) =>
        OneOf(Words(words), Integer(0, Most), List(Integer(0, Most), axes, axes));
}
