using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Every identifier that generated code declares, tried as the name of a layer of the network that declares it. That the code with neutral names compiles is tested elsewhere: here the
/// code with other names is that code with some identifiers changed, each into one that nothing else has.
/// </summary>
public sealed class LayerIdentifierTests
{
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    // Layers of every kind and size; each is named by the test.
    private static readonly Dictionary<string, string> s_specs = new()
    {
        ["dense, tiny"] = Spec("4", "dense: { units: 10, activation: tanh }", "dense: { units: 3, activation: gelu }", "dense: 2", "softmax: { }"),
        ["dense, in vectors"] = Spec("37", "dense: { units: 30, activation: relu }", "dropout: 0.2", "dense: { units: 19, activation: mish }", "dense: 11", "softmax: { }"),
        ["dense, swept"] = Spec("130", "dense: { units: 100, activation: relu }", "dense: { units: 90, activation: softplus }", "dense: 10", "log_softmax: { }"),
        ["causal convolutions"] = Spec("[2, 40]", "conv1d: { filters: 3, kernel_size: 3, padding: causal, activation: relu }", "conv1d: { filters: 8, kernel_size: 2, dilation_rate: 2, padding: causal }",
            "permute: [1, 0]", "dense: 3"),
        ["convolutions and pools"] = Spec("[3, 12, 12]", "conv2d: { filters: 8, kernel_size: 3, padding: same, activation: relu }", "max_pool2d: 2", "batch_norm: { }",
            "conv2d: { filters: 8, kernel_size: 3, groups: 8, padding: same }", "average_pool2d: { pool_size: 3, strides: 1, padding: same }", "max_pool2d: { pool_size: 3, strides: 2, padding: 1 }",
            "prelu: { per_channel: true }", "global_average_pool: { }", "dense: 4", "softmax: { }"),
        ["transposed convolutions"] = Spec("[2, 5, 6]", "zero_pad: 1", "conv_transpose2d: { filters: 3, kernel_size: 3, strides: 2, padding: 1 }", "conv2d: { filters: 5, kernel_size: 1, strides: 2 }",
            "global_max_pool: { }", "dense: 2"),
        ["an embedding and recurrent layers"] = Spec("9", "embedding: { input_dim: 11, output_dim: 6 }", "gru: { units: 5, return_sequences: true, checkpoint: 3 }", "layer_norm: { }",
            "lstm: { units: 8, return_sequences: true }", "simple_rnn: { units: 9, truncate: 2 }", "rms_norm: { }", "dense: 4", "softmax: { }"),
        ["moves"] = Spec("[2, 6, 8]", "pad: { padding: [1, 0, 2, 1], mode: reflect }", "conv2d: { filters: 8, kernel_size: 2 }", "upsample2d: { size: [2, 3] }",
            "pixel_shuffle: { factor: 2 }", "upsample2d: { interpolation: bilinear }", "slice: { axis: 2, step: -2 }", "pixel_unshuffle: { factor: 2 }", "flatten: { }", "dense: 5",
            "repeat_vector: { n: 3 }", "reverse: { }"),
        ["a graph"] = Spec("6", "dense: { units: 8, activation: elu }", "dense: { units: 8, from: input }", "multiply: { from: [#0, #1] }", "concat: { from: [#0, #2] }", "dense: 5")
            .Replace("cross_entropy", "huber").Replace("sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 1 }", "adam: { clip_value: 1 }"),
    };

    public static TheoryData<string, string> Cases => Rows.Of([.. Targets.Keys], s_specs.Keys);

    private static Dictionary<string, Target> Targets { get; } = Target.Named.Append(("arrays", Target.Arrays)).ToDictionary(static t => t.Item1, static t => t.Item2);

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_layers_name_meets_an_identifier_of_the_code(string target, string network)
    {
        string spec = s_specs[network];
        int layers = Regex.Matches(spec, "name: ").Count;
        string[] neutral = [.. Enumerable.Range(0, layers).Select(static k => $"neutral{k}x")];
        string code = Emit(spec, neutral, target);
        string[] words = [.. WordsOf(code)];
        // What is declared stands somewhere on its own, without a dot before it; of what C# and the library call so, no harm is done by trying.
        string[] names = [.. words.Distinct().Where(static w => Regex.IsMatch(w, "^[A-Za-z_][A-Za-z0-9_]*$") && !w.Equals("input", StringComparison.OrdinalIgnoreCase))
            .Concat(["row_at", "_tap", "Sum", "a_1"]).DistinctBy(static w => w.ToUpperInvariant())];

        string[][] groups = [.. names.Chunk(layers).Where(c => c.Length == layers)];
        int turn = Targets.Keys.ToList().IndexOf(target);
        foreach (string[] group in s_isThorough ? groups : [.. groups.Where((_, k) => k % 24 == turn)])
            AssertRenamed(words, [.. WordsOf(Emit(spec, group, target))], group);
    }

    /// <summary>Names that took each other's places before: of locals, of elements as lanes, of what belongs to a buffer.</summary>
    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    [InlineData("arrays")]
    public void Networks_whose_layers_are_named_like_locals_compile(string target)
    {
        var specs = new Dictionary<string, string>
        {
            ["Causal"] = Named(s_specs["causal convolutions"], ["oldest", "tap", "row_at", "step_at"]),
            ["Embedded"] = Named(s_specs["an embedding and recurrent layers"], ["row_at", "index", "row", "now", "at", "part", "word", "sum"]),
            ["Lanes"] = Named(s_specs["dense, tiny"], ["a", "a1", "a10", "a_weight"]),
            ["Packed"] = Named(s_specs["an embedding and recurrent layers"], ["b", "a", "a_weight_hh_l0_packed", "a_weight_hh_l0_turned", "a_gradient_rows", "a_states_gradient", "a_inputs_now", "a_states"]),
        };

        using GeneratedAssembly assembly = GeneratedAssembly.FromSpecs(specs, Targets[target]);

        Assert.All(specs.Keys, name => Assert.Contains("public static", assembly.Sources[name]));
    }

    private static string Spec(string input, params string[] layers) => $$"""
        input: {{input}}
        layers:
        {{string.Concat(layers.Select(static (l, k) => $"  - {(l.EndsWith('}') ? l[..^1] + (l.EndsWith("{ }", StringComparison.Ordinal) ? "" : ", ") : l.Replace(": ", $": {{ {MainOf(l)}: ") + ", ")}name: #{k} }}\n"))}}
        loss: {{(layers[^1].Contains("softmax", StringComparison.Ordinal) ? "cross_entropy" : "half_squared_error")}}
        optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 1 } }
        l2: 0.01
        """;

    /// <summary>The key of a layer's main value.</summary>
    private static string MainOf(string layer) => layer.Split(':')[0] switch
    {
        "dropout" => "rate",
        "max_pool2d" => "pool_size",
        "permute" => "axes",
        "zero_pad" => "padding",
        _ => "units",
    };

    private static string Named(string spec, IReadOnlyList<string> names) =>
        Regex.Replace(spec, "#([0-9]+)", m => $"\"{names[int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)]}\"");

    private static string Emit(string spec, IReadOnlyList<string> names, string target) => GeneratedAssembly.Emit("Net", Named(spec, names), Targets[target]);

    private static IEnumerable<string> WordsOf(string code)
    {
        string body = code[code.IndexOf("\nnamespace ", StringComparison.Ordinal)..];
        return CSharpWord.In(body).Where(static w => w.IsCode).Select(w => body.Substring(w.Start, w.Length));
    }

    private static void AssertRenamed(string[] neutral, string[] named, string[] names)
    {
        Assert.True(neutral.Length == named.Length, $"{named.Length} words for {neutral.Length} with layers {string.Join(", ", names)}");
        var there = new Dictionary<string, string>();
        var back = new Dictionary<string, string>();
        for (int k = 0; k < neutral.Length; k++)
        {
            Assert.True(there.TryAdd(neutral[k], named[k]) || there[neutral[k]] == named[k], $"'{neutral[k]}' is '{there[neutral[k]]}' and '{named[k]}' with layers {string.Join(", ", names)}");
            Assert.True(back.TryAdd(named[k], neutral[k]) || back[named[k]] == neutral[k], $"'{named[k]}' stands for '{back[named[k]]}' and '{neutral[k]}' with layers {string.Join(", ", names)}");
        }
    }
}
