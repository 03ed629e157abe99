using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Schema;
using Xunit;

namespace NetGen.Cli.Tests.Schema;

/// <summary>Something that a spec can name, with what an editor says of it and a spec in which it can stand.</summary>
/// <param name="Host">A spec with @ where the thing stands.</param>
/// <param name="Required">The options that it must have, as they are written: <c>units: 3</c>.</param>
internal sealed record SchemaThing(IDefinition Definition, DefinitionText Text, string Host, IReadOnlyList<(string Key, string Value)> Required)
{
    /// <summary>The spec with the thing's options, and others instead of or beside them.</summary>
    public string With(params (string Key, string Value)[] options) => Host.Replace("@", $"{{ {Text.Name}: {{ "
        + string.Join(", ", Required.Where(r => !options.Any(o => o.Key == r.Key)).Concat(options).Select(static o => $"{o.Key}: {o.Value}")) + " } }", StringComparison.Ordinal);

    /// <summary>The spec with a value in place of the options.</summary>
    public string WithMain(string value) => Host.Replace("@", $"{{ {Text.Name}: {value} }}", StringComparison.Ordinal);

    public string Bare => Host.Replace("@", Text.Name, StringComparison.Ordinal);
}

/// <summary>Every definition of every registry.</summary>
internal static class SchemaThings
{
    private static readonly Dictionary<string, string> s_values = new()
    {
        ["units"] = "3", ["filters"] = "2", ["kernel_size"] = "3", ["pool_size"] = "2", ["rate"] = "0.5", ["shape"] = "[2, 2]", ["axes"] = "[1, 0]", ["padding"] = "1",
        ["input_dim"] = "7", ["output_dim"] = "2", ["value"] = "0.1", ["scale"] = "0.5", ["to"] = "0.01", ["steps"] = "100", ["every"] = "10", ["factor"] = "0.5", ["decay"] = "0.5",
        ["groups"] = "2", ["exponent"] = "2", ["min"] = "0.1", ["n"] = "3",
    };

    private static readonly string[] s_inputs = ["4", "[2, 9]", "[2, 9, 9]", "{ shape: [5, 3], layout: sequence }"];

    private static readonly string[] s_ends = ["", "  - sigmoid\n", "  - softmax\n"];

    public static IReadOnlyList<SchemaThing> All { get; } =
    [
        .. LayerRegistry.Layers.All.Select(static d => Of(d, SpecSchema.LayerText(d), s_inputs.Select(static i => $"input: {i}\nlayers:\n  - relu: {{ name: a }}\n  - @\n")
            .Concat(s_inputs.Select(static i => $"input: {i}\nlayers:\n  - @\n")))),
        .. Things(ActivationRegistry.Activations.All, ActivationTexts.All, ["input: 4\nlayers:\n  - dense: { units: 3, activation: @ }\n"]),
        .. Things(InitializerRegistry.Initializers.All, InitializerTexts.All, ["input: 4\nlayers:\n  - dense: { units: 3, kernel_initializer: @ }\n"]),
        .. Things(LossRegistry.Losses.All, LossTexts.All, s_ends.Select(static end => $"input: 4\nlayers:\n  - dense: 3\n{end}loss: @\n")),
        .. Things(OptimizerRegistry.Optimizers.All, OptimizerTexts.Optimizers, ["input: 4\nlayers: [ { dense: 3 } ]\nloss: squared_error\noptimizer: @\n"]),
        .. Things(ScheduleRegistry.Schedules.All, OptimizerTexts.Schedules, ["input: 4\nlayers: [ { dense: 3 } ]\nloss: squared_error\noptimizer: { sgd: { learning_rate: @ } }\n"]),
    ];

    private static IEnumerable<SchemaThing> Things(IReadOnlyList<IDefinition> definitions, IReadOnlyList<DefinitionText> texts, IEnumerable<string> hosts)
    {
        // Each definition has one text, and each text a definition.
        Assert.Equal(definitions.Select(static d => d.Name).Order(StringComparer.Ordinal), texts.Select(static t => t.Name).Order(StringComparer.Ordinal));
        return definitions.Select(d => Of(d, texts.Single(t => t.Name == d.Name), hosts));
    }

    /// <summary>In the first host in which it is right.</summary>
    private static SchemaThing Of(IDefinition definition, DefinitionText text, IEnumerable<string> hosts)
    {
        (string, string)[] required =
        [
            .. text.Options.Where(o => o.IsRequired || (text.AnyOf.Count > 0 && o.Key == text.AnyOf[0])).Select(o => (o.Key, Value(text.Name, o.Key))),
            .. text.OneOf.TakeLast(1).Select(static k => (k, "3")),
        ];
        return hosts.Select(host => new SchemaThing(definition, text, host, required)).First(static t => NetworkCompiler.Check(t.With()).Network is not null);
    }

    private static string Value(string name, string key) => (name, key) switch
    {
        ("add" or "subtract" or "multiply" or "divide" or "maximum" or "minimum" or "average" or "concat", "from") => "[a, input]",
        (_, "from") => "0.1",
        ("pixel_shuffle" or "pixel_unshuffle", "factor") => "1",
        _ => s_values[key],
    };
}
