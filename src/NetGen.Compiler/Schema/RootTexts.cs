using System.Collections.Generic;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>What an editor says of a spec's own keys.</summary>
internal static class RootTexts
{
    private const int Largest = 1 << 28;

    public static IReadOnlyList<OptionText> Input { get; } =
    [
        OptionText.Required("shape", Sizes(), "The sizes of one sample, without the batch."),
        new("layout", Words("sequence", "channels"), "Whether two axes are [time, features] or [channels, length]; a layer that takes only one of them decides it too."),
    ];

    public static IReadOnlyList<OptionText> Budget { get; } =
    [
        new("parameters", Scaled("B|KB|MB|GB"), "The most bytes of parameters, as in 60KB; a KB is 1,024 bytes."),
        new("scratch", Scaled("B|KB|MB|GB"), "The most bytes of scratch that a forward call may need, as in 8KB."),
        new("macs", Scaled("K|M|G"), "The most multiply-adds of one sample forward, as in 1M."),
    ];

    public static IReadOnlyList<OptionText> Weights { get; } =
    [
        OptionText.Required("file", FilePath, "A safetensors file, relative to the spec."),
        new("storage", Words("float32", "float16", "bfloat16"), "How the weights are kept: the 16-bit forms take half of the bytes, and are widened as they are read.", "float32"),
        new("prefix", new JsonObject { { "type", "string" } }, "What stands before every name in the file, as module. does; tensors that begin otherwise are not the network's."),
        new("names", new JsonObject { { "type", "object" }, { "additionalProperties", new JsonObject { { "type", new[] { "string", "integer" } } } } }, "What the file calls layers, or single parameters, without the prefix, as in { hidden: \"0\" }."),
    ];

    public static IReadOnlyList<OptionText> All { get; } =
    [
        new("input", InputShape(), "The shape of one sample: a number, [time, features], [channels, height, width], or a map with shape and layout."),
        new("inputs", Each(InputShape()), "In place of input: several by their names, each with its shape, as in { image: [1, 28, 28], state: 64 }; layers read them by from."),
        OptionText.Required("layers", List(Definition("layer"), 1, 1_024), "The layers in order: each reads the one before it, unless it says from; the last one is the output, unless outputs says otherwise."),
        new("outputs", OneOf(SourceName, List(SourceName, 1, 64)), "What the network gives: names of layers, and states of recurrent layers, as in [policy, value, gru_1.h]; by default the last layer."),
        new("loss", OneOf(Definition("loss"), Each(Definition("loss"))), "What training makes small; without one there is no training code. With outputs, a map with a loss for each that is trained."),
        new("optimizer", Definition("optimizer"), "How a step changes the parameters.", "sgd"),
        new("l2", NotNegative, "Adds l2 times the sum of the squared weights, not of the biases, to the loss.", 0),
        new("seed", Integer(int.MinValue), "What the initial weights and dropout are drawn from.", 0),
        new("unroll", Words("auto", "full", "none"), "How far loops are written out; auto where that costs no speed.", "auto"),
        new("weights", OneOf(FilePath, Map(Weights, "file")), "A safetensors file, relative to the spec, whose weights are compiled in; or a map with file, storage, prefix and names."),
        new("budget", Map(Budget), "What the network must keep within, else the build fails."),
    ];

    private static JsonObject InputShape() => OneOf(Map(Input, "shape"), Size(), List(Size(), 1, 8));

    /// <summary>A map from names, which are the user's, to values of a type.</summary>
    private static JsonObject Each(JsonObject type) => new() { { "type", "object" }, { "additionalProperties", type }, { "minProperties", 1 }, { "maxProperties", 64 } };

    private static JsonObject Size() => Integer(1, Largest);

    private static JsonObject Sizes() => OneOf(Size(), List(Size(), 1, 8));

    private static JsonObject Map(IReadOnlyList<OptionText> options, params string[] required) => new()
    {
        { "type", "object" },
        { "properties", SpecSchema.Properties(options) },
        { "required", required.Length == 0 ? null : required },
        { "additionalProperties", false },
    };
}
