using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Schema;
using Xunit;

namespace NetGen.Cli.Tests.Schema;

/// <summary>The JSON Schema of a spec says what the compiler says.</summary>
public sealed class SchemaTests
{
    private static readonly SchemaCheck s_schema = new(SpecSchema.Text());

    /// <summary>Values of every sort, among them each word that some option takes.</summary>
    private static readonly string[] s_values =
    [
        "3", "1", "0", "-1", "0.5", "1e-3", "-0.5", "99999999999", "true", "word", "\"3\"", "", "[]", "[1]", "[3, 2]", "[1, 0]", "[1, 1, 1, 1]", "[0.5]", "[word]",
        "[[1]]", "{}", "{ word: 1 }", "[a, input]", "[a]", "[input]", "input", "[weight]", "[bias]", "[weight, bias]", "valid", "same", "causal", "relu", "prelu", "{ leaky_relu: 0.2 }",
        "{ leaky_relu: { slope: 1 } }", "he_normal", "{ normal: { stddev: 0.1 } }", "{ constant: 2 }", "none", "tanh", "mean", "sum", "{ cosine: { from: 1, to: 0, steps: 9 } }",
        "{ exponential: { from: 1 } }",
    ];

    /// <summary>One of so many variations is tried, of every key some.</summary>
    private static readonly int s_share = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1" ? 1 : 4;

    public static TheoryData<string, string> Specs
    {
        get
        {
            var specs = new TheoryData<string, string>();
            foreach (string folder in new[] { "examples", "tests" })
            {
                foreach (string path in Directory.GetFiles(Path.Combine(Repository(), folder), "*.yaml", SearchOption.AllDirectories))
                {
                    string relative = Path.GetRelativePath(Repository(), path);
                    if (!relative.Split('/', '\\').Any(static part => part is "bin" or "obj") && NetworkCompiler.Check(File.ReadAllText(path)).Network is not null)
                        specs.Add(relative, path);
                }
            }

            return specs;
        }
    }

    [Fact]
    public void The_file_in_the_package_is_what_the_registries_give()
    {
        string path = Path.Combine(Repository(), "src/NetGen/schema/netgen.schema.json");
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, SpecSchema.Text());
        Assert.True(File.ReadAllText(path) == SpecSchema.Text(), "the schema is stale; NETGEN_ACCEPT_SNAPSHOTS=1 writes it anew");
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(SpecSchema.Text()).RootElement.ValueKind);
    }

    [Fact]
    public void Every_key_of_every_definition_is_described_and_nothing_else_is()
    {
        foreach (SchemaThing thing in SchemaThings.All)
        {
            IEnumerable<string> keys = thing.Definition is LayerDefinition layer
                ? thing.Definition.Keys.Keys.Union(layer.TakesTrainable ? ["name", "trainable", "from"] : ["name", "from"]) : thing.Definition.Keys.Keys;
            Assert.Equal(keys.Order(StringComparer.Ordinal), thing.Text.Options.Select(static o => o.Key).Order(StringComparer.Ordinal));
            Assert.All(thing.Text.Options.Select(static o => o.Description).Append(thing.Text.Description), static d => Assert.EndsWith(".", d, StringComparison.Ordinal));
        }

        Assert.Equal(NetworkBinder.RootKeys.Keys, RootTexts.All.Select(static o => o.Key));
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_spec_of_the_repository_satisfies_it(string name, string path) => Assert.True(s_schema.Accepts(File.ReadAllText(path)), name);

    [Fact]
    public void A_default_is_what_is_taken_where_nothing_is_written()
    {
        int defaults = 0;
        foreach (SchemaThing thing in SchemaThings.All)
        {
            foreach (OptionText option in thing.Text.Options.Where(static o => o.Default is not null))
            {
                string written = option.Default! switch { bool flag => flag ? "true" : "false", IFormattable number => number.ToString(null, null), object word => word.ToString()! };
                CheckResult with = NetworkCompiler.Check(thing.With((option.Key, written)));
                Assert.True(with.Network is not null && NetworkCompiler.Check(thing.With()).Network == with.Network, thing.With((option.Key, written)));
                defaults++;
            }
        }

        Assert.True(defaults > 100);
    }

    [Fact]
    public void What_the_compiler_takes_the_schema_takes_and_what_the_schema_takes_is_of_the_right_kind()
    {
        Rule[] kinds =
        [
            Rules.UnknownKey, Rules.MissingKey, Rules.WrongKind, Rules.UnknownLayer, Rules.UnknownActivation, Rules.UnknownLoss, Rules.UnknownOptimizer, Rules.UnknownInitializer,
            Rules.UnknownWord,
        ];
        int taken = 0;
        var wrong = new List<string>();
        foreach ((string spec, bool isTaken, CheckResult check) in Variations().Where(static (_, k) => k % s_share == 0).AsParallel().Select(static s => (s, s_schema.Accepts(s), NetworkCompiler.Check(s))))
        {
            if (!isTaken)
            {
                if (check.Network is not null)
                    wrong.Add($"the schema refuses, and the compiler takes:\n{spec}");
                continue;
            }

            taken++;
            if (check.Diagnostics.FirstOrDefault(d => kinds.Contains(d.Rule)) is { } diagnostic)
                wrong.Add($"the schema takes, and the compiler refuses:\n{spec}{diagnostic.Message}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.Take(20)));
        Assert.True(taken > 1000 / s_share);
    }

    /// <summary>Everything that a spec can name, with each value for each key, for the main value and for a key that there is not.</summary>
    private static IEnumerable<string> Variations()
    {
        foreach (SchemaThing thing in SchemaThings.All)
        {
            yield return thing.Bare;
            yield return thing.With();
            yield return thing.With(("strange", "1"));
            foreach (string value in s_values)
            {
                yield return thing.WithMain(value);
                // What every layer takes is varied for those that are more than activations. A layer may be called true, which editors take for a boolean.
                bool isActivation = thing.Definition is ActivationLayerDefinition;
                foreach (OptionText option in thing.Text.Options.Where(o => o.Key is not ("name" or "from" or "trainable") || (!isActivation && value != "true")))
                    yield return thing.With((option.Key, value));
            }
        }

        foreach (OptionText option in RootTexts.All)
        {
            foreach (string value in s_values.Concat(["60KB", "8", "{ shape: 4 }", "{ shape: [2, 2], layout: channels }", "{ parameters: 60KB, macs: 1M }", "[ relu ]", "auto", "full"]))
                yield return string.Concat(new[] { "input: 4\n", "layers: [ { dense: 3 } ]\n", "loss: squared_error\n" }.Where(line => !line.StartsWith(option.Key, StringComparison.Ordinal)))
                    + $"{option.Key}: {value}\n";
        }
    }

    private static string Repository([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
