using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Testing.Generated;
using Xunit;
using Diagnostic = NetGen.Compiler.Diagnostics.Diagnostic;

namespace NetGen.Compiler.Tests.Mutation;

/// <summary>
/// Whatever is wrong in a spec ends in a diagnostic inside its text, or what is generated compiles and computes:
/// never an exception, never C# that does not compile.
/// </summary>
public sealed class MutationTests
{
    private const int MostToRun = 20_000;

    private static readonly bool IsThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    private static readonly string[] Specs =
    [
        """
        input: 4
        layers:
          - dense: { units: 5, activation: relu, name: hidden, in: 4, use_bias: true, trainable: [weight] }
          - dropout: 0.25
          - dense: { units: 3, kernel_initializer: he_normal, bias_initializer: { uniform: { minval: -0.5, maxval: 0.5 } } }
          - softmax
        loss: { cross_entropy: { reduction: sum } }
        optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, nesterov: true, clip_norm: 5 } }
        l2: 0.0001
        seed: 42
        unroll: auto
        budget: { parameters: 60KB, scratch: 8KB, macs: 1M }
        """,
        """
        { input: { shape: [3, 4], layout: sequence }, layers: [ { dense: { units: 2, activation: { leaky_relu: { negative_slope: 0.1 } } } }, flatten,
          { elu: { alpha: 1.5, name: bent } }, { leaky_relu: 0.2 }, linear, { dense: { units: 2, kernel_initializer: { orthogonal: { gain: 2 } }, use_bias: false, trainable: false } }, sigmoid ],
          loss: binary_cross_entropy, optimizer: sgd, unroll: full }
        """,
        """
        input: [1, 2, 3]
        layers:
        - flatten
        - dense: 2
        - softplus
        - gelu: { approximate: tanh }
        - prelu: { per_channel: true, trainable: [weight] }
        - tanh:
        - dense: { units: 1, kernel_initializer: { constant: 0.5 }, bias_initializer: { truncated_normal: { mean: 0.1, stddev: 0.2 } } }
        loss: { huber: { delta: 2 } }
        optimizer:
          sgd: { learning_rate: 1e-2 }
        """,
        """
        input: 3
        layers: [dense: 2]
        loss: squared_error
        optimizer:
          adamw:
            learning_rate: { cosine: { from: 0.1, to: 0.001, steps: 100, warmup: 10 } }
            beta_1: 0.8
            beta_2: 0.99
            epsilon: 1e-6
            weight_decay: 0.1
            clip_norm: 2
            clip_value: 0.5
        """,
        """
        input: 3
        layers: [dense: 2]
        loss: squared_error
        optimizer: { rmsprop: { learning_rate: { step: { from: 0.1, factor: 0.5, every: 100 } }, rho: 0.9, epsilon: 1e-6, momentum: 0.5 } }
        """,
        """
        input: 3
        layers: [dense: 2]
        loss: squared_error
        optimizer: { adagrad: { learning_rate: { inverse_time: { from: 0.1, decay: 0.01 } }, epsilon: 1e-6 } }
        """,
        """
        input: [2, 6, 5]
        layers:
        - max_pool2d: { pool_size: [2, 3], strides: 2, padding: 1 }
        - layer_norm: { epsilon: 0.001, trainable: [weight] }
        - average_pool2d: { pool_size: 2, padding: same }
        - global_average_pool
        - rms_norm
        - dense: 2
        loss: squared_error
        """,
        """
        input: 3
        layers:
        - rescaling: { scale: 0.5, offset: 1 }
        - normalization: { mean: [1, 2, 3], variance: 4 }
        - dense: 2
        loss: { cross_entropy_with_logits: { weight: 2, label_smoothing: 0.1, class_weight: [1, 3], ignore_label: -1 } }
        """,
        """
        input: 3
        layers: [ { normalization: { variance: [1, 2, 3] } }, { dense: { units: 2, activation: sigmoid } } ]
        loss: { binary_cross_entropy: { weight: 2, label_smoothing: 0.1, pos_weight: [1, 3] } }
        optimizer: { sgd: { learning_rate: 0.1 } }
        """,
    ];

    public static IEnumerable<object[]> SpecNumbers => Enumerable.Range(0, Specs.Length).Select(static k => new object[] { k });

    [Theory]
    [MemberData(nameof(SpecNumbers))]
    public void Every_mutation_of_a_spec_is_diagnosed_or_gives_a_network_that_works(int spec)
    {
        int diagnosed = 0;
        var works = new Dictionary<string, (string Yaml, string What)>();
        foreach (Mutation mutation in Mutations.Of(Specs[spec].Replace("\r", "")).DistinctBy(static m => m.Text))
        {
            CheckResult result = Check(mutation);
            if (result.Network is null)
            {
                diagnosed++;
                AssertPlaced(mutation, result.Diagnostics);
            }
            else
                works.Add($"Net{works.Count}", (mutation.Text, mutation.What));
        }

        Assert.True(diagnosed > 100, $"only {diagnosed} diagnosed");
        Assert.True(works.Count > 20, $"only {works.Count} work");
        CompileAndRun(works);
    }

    [Fact]
    public void The_specs_themselves_are_right()
    {
        foreach (string spec in Specs)
            Assert.DoesNotContain(NetworkCompiler.Check(spec).Diagnostics, static d => d.IsError);
    }

    private static CheckResult Check(Mutation mutation)
    {
        try
        {
            return NetworkCompiler.Check(mutation.Text);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{mutation.What}\n{mutation.Text}", e);
        }
    }

    private static void AssertPlaced(Mutation mutation, EquatableArray<Diagnostic> diagnostics)
    {
        Assert.NotEmpty(diagnostics);
        foreach (Diagnostic d in diagnostics)
        {
            Assert.True(d.Span.Start >= 0 && d.Span.Start + d.Span.Length <= mutation.Text.Length, $"{mutation.What}: {d} is outside of the text");
            Assert.True(d.Message.Length is > 20 and < 600, $"{mutation.What}: {d.Message}");
        }

        // One mistake, one error: no two at the same place.
        Assert.True(diagnostics.Count == diagnostics.Select(static d => d.Span.Start).Distinct().Count(),
            $"{mutation.What}:\n{string.Join('\n', diagnostics.Select(static d => d.ToString("spec.yaml")))}\n{mutation.Text}");
    }

    private static void CompileAndRun(Dictionary<string, (string Yaml, string What)> works)
    {
        // What is equal without its positions is compiled once.
        var specs = new Dictionary<string, string>();
        var seen = new HashSet<string>();
        // Compiling takes most of the time, so without thoroughness a share of them is.
        foreach ((string name, (string yaml, string _)) in works.Where(static (_, k) => IsThorough || k % 12 == 0))
        {
            if (seen.Add(GeneratedAssembly.Emit("Same", yaml, Target.Net10)))
                specs.Add(name, yaml);
        }

        using GeneratedAssembly assembly = GeneratedAssembly.FromSpecs(specs, Target.Net10);
        foreach (string name in specs.Keys)
        {
            GeneratedNetwork network = assembly[name];
            if (network.ParameterBufferSize > MostToRun || network.InputSize > MostToRun)
                continue;
            float[] inputs = Enumerable.Repeat(0.25f, network.InputSize * 2).ToArray();
            var parameters = new float[network.ParameterBufferSize];
            foreach (int place in network.ParameterTable.Where(static p => p.Name.EndsWith(".variance", StringComparison.Ordinal)).SelectMany(static p => p.Places()))
                parameters[place] = 1;
            Assert.All(network.Forward(parameters, inputs), o => Assert.True(float.IsFinite(o), works[name].What));
            if (network.IsTrainable)
                Assert.True(float.IsFinite(network.Backward(parameters, inputs, new float[network.OutputSize * 2]).Loss), works[name].What);
        }
    }
}
