using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Text;
using static NetGen.Compiler.Schema.ValueTypes;

namespace NetGen.Compiler.Schema;

/// <summary>
/// The JSON Schema of a spec (draft 7), from the registries: what editors complete, explain and mark by. It says what can be said of
/// a value by itself; shapes and what else depends on other values the compiler checks.
/// </summary>
internal static class SpecSchema
{
    /// <summary>The schema's text.</summary>
    public static string Text() => JsonText.Print(new JsonObject
    {
        { "$schema", "http://json-schema.org/draft-07/schema#" },
        { "description", "A neural network that NetGen compiles into C#." },
        { "type", "object" },
        { "properties", Properties(RootTexts.All) },
        { "required", new[] { "layers" } },
        { "oneOf", new[] { new JsonObject { { "required", new[] { "input" } } }, new JsonObject { { "required", new[] { "inputs" } } } } },
        { "additionalProperties", false },
        { "definitions", new JsonObject
            {
                { "layer", Named(LayerRegistry.Layers.All.Select(static d => (d.Keys, LayerText(d)))) },
                { "activation", Named(Pair(ActivationRegistry.Activations.All, ActivationTexts.All)) },
                { "initializer", Named(Pair(InitializerRegistry.Initializers.All, InitializerTexts.All)) },
                { "loss", Named(Pair(LossRegistry.Losses.All, LossTexts.All)) },
                { "optimizer", Named(Pair(OptimizerRegistry.Optimizers.All, OptimizerTexts.Optimizers)) },
                { "schedule", Named(Pair(ScheduleRegistry.Schedules.All, OptimizerTexts.Schedules)) },
            }
        },
    });

    /// <summary>A layer's own text with what every layer takes.</summary>
    public static DefinitionText LayerText(LayerDefinition definition)
    {
        DefinitionText own = LayerTexts.All.Concat(ActivationTexts.All).First(t => t.Name == definition.Name);
        return own with { Options = own.Options.Concat(LayerTexts.Common(definition)).ToEquatable() };
    }

    private static IEnumerable<(OptionKeys, DefinitionText)> Pair(IEnumerable<IDefinition> definitions, IReadOnlyList<DefinitionText> texts) =>
        definitions.Select(d => (d.Keys, texts.First(t => t.Name == d.Name)));

    /// <summary>
    /// A bare name, or one name with its main value or its options. Of alternatives the map stands first: where none fits, editors
    /// report what is wrong with it, or where the value is no map, with the last.
    /// </summary>
    private static JsonObject Named(IEnumerable<(OptionKeys Keys, DefinitionText Text)> things)
    {
        (OptionKeys Keys, DefinitionText Text)[] all = [.. things];
        DefinitionText[] bare = [.. all.Select(static t => t.Text).Where(static t => t.IsBare)];
        var properties = new JsonObject();
        foreach ((OptionKeys keys, DefinitionText text) in all)
            properties.Add(text.Name, Value(keys, text));
        var named = new JsonObject
        {
            { "type", "object" }, { "properties", properties }, { "additionalProperties", false }, { "minProperties", 1 }, { "maxProperties", 1 },
        };
        return bare.Length == 0 ? named : OneOf(
            named, Words([.. bare.Select(static t => t.Name)]).With(("enumDescriptions", bare.Select(static t => t.Description).ToArray())));
    }

    /// <summary>What stands behind a name: its main value, a map of its options, or nothing where it needs none.</summary>
    public static JsonObject Value(OptionKeys keys, DefinitionText text)
    {
        string[] required = [.. text.Options.Where(static o => o.IsRequired).Select(static o => o.Key)];
        var alternatives = new List<JsonObject>
        {
            new()
            {
                { "type", "object" },
                { "properties", Properties(text.Options) },
                { "required", required.Length == 0 ? null : required },
                { "anyOf", text.AnyOf.Count == 0 ? null : text.AnyOf.Select(static key => new JsonObject { { "required", new[] { key } } }).ToArray() },
                { "additionalProperties", false },
                { "oneOf", text.OneOf.Count == 0 ? null : text.OneOf.Select(static k => new JsonObject { { "required", new[] { k } } }).ToArray() },
            },
        };
        if (text.IsBare)
            alternatives.Add(new JsonObject { { "type", "null" } });
        // The main value alone will do where nothing else is needed.
        if (keys.Main is { } main && required.All(k => k == main))
            alternatives.Add(text.Options.First(o => o.Key == main).MainType);
        return new JsonObject { { "description", text.Description } }.With(("oneOf", alternatives));
    }

    public static JsonObject Properties(IEnumerable<OptionText> options)
    {
        var properties = new JsonObject();
        foreach (OptionText option in options)
            properties.Add(option.Key, option.Type.With(("description", option.Description), ("default", option.Default)));
        return properties;
    }
}
