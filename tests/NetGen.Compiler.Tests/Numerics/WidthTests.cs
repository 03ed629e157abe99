using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// The code for vectors of 512, 256 and 128 bits, each as if the processor had no other: what it asks of the processor is answered in
/// the source. Where it has 256 bits and no 512 the runtime's own form of them computes, so the logic is tested there too.
/// </summary>
public sealed class WidthTests
{
    private static readonly Dictionary<string, string> s_specs = new()
    {
        ["wide"] = Spec("33", "100", "17", "10"),
        ["large"] = Spec("257", "100", "64", "3"),
        ["even"] = Spec("64", "64", "32", "16"),
        ["few"] = Spec("100", "10", "3", "1"),
        ["a sequence"] = "input: [5, 9]\nlayers: [dense: { units: 18, activation: tanh }, dense: { units: 4, activation: softmax }]\nloss: cross_entropy\noptimizer: { sgd: { learning_rate: 0.1 } }\n",
        ["layers called as the code's own variables"] = """
            input: 6
            layers:
              - dense: { units: 20, name: panel, activation: tanh }
              - dense: { units: 18, name: first }
              - dense: { units: 17, name: count, activation: relu }
              - dense: { units: 6, name: weights }
              - dense: { units: 5, name: losses }
              - dense: { units: 3, name: memory }
              - softmax
            loss: cross_entropy
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["small layers under a large one, nine sizes"] = """
            input: 6
            layers: [dense: 20, dense: 21, dense: 22, dense: 23, dense: 24, dense: 25, dense: 26, dense: 27, dense: 600]
            loss: mean_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["pools and norms"] = """
            input: 6
            layers:
              - dense: { units: 468, activation: tanh }
              - reshape: [13, 6, 6]
              - max_pool2d: { pool_size: 3, strides: 2, padding: same }
              - average_pool2d: { pool_size: 2, strides: 1 }
              - global_max_pool
              - rms_norm
              - dense: { units: 90, activation: tanh }
              - layer_norm
              - dense: 4
            loss: mean_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["cells"] = """
            input: [6, 5]
            layers:
              - lstm: { units: 8, return_sequences: true }
              - gru: { units: 10, return_sequences: true }
              - simple_rnn: { units: 27, return_sequences: true }
              - lstm: 21
              - dense: 3
            loss: mean_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["planes"] = """
            input: [5, 12, 22]
            layers:
              - batch_norm
              - max_pool2d: 2
              - conv2d: { filters: 5, kernel_size: 3, groups: 5, padding: same }
              - global_average_pool
              - dense: 4
            loss: mean_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["convolutions below pools"] = """
            input: [3, 15, 21]
            layers:
              - conv2d: { filters: 8, kernel_size: 4, activation: relu }
              - max_pool2d: 2
              - conv2d: { filters: 12, kernel_size: 3, activation: relu }
              - max_pool2d: 2
              - flatten
              - dense: 4
            loss: mean_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["convolutions of few and many filters"] = """
            input: [3, 10, 11]
            layers:
              - conv2d: { filters: 8, kernel_size: 3, activation: relu }
              - conv2d: { filters: 5, kernel_size: 2, activation: tanh }
              - conv2d: { filters: 35, kernel_size: 3, strides: 2 }
              - conv_transpose2d: { filters: 17, kernel_size: 3, strides: 2, activation: relu }
              - conv2d: { filters: 2, kernel_size: 3 }
            loss: half_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["convolutions in groups"] = """
            input: [6, 9, 10]
            layers:
              - conv2d: { filters: 36, kernel_size: 3, groups: 2, activation: relu }
              - conv2d: { filters: 36, kernel_size: 3, groups: 36, padding: same }
              - conv2d: { filters: 12, kernel_size: 1, groups: 4 }
            loss: half_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["momentum"] = "input: 21\nlayers: [dense: { units: 35, activation: relu }, dense: { units: 12, activation: sigmoid }]\nloss: mean_squared_error\noptimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }\nl2: 0.01\n",
        ["adam"] = "input: 21\nlayers: [dense: { units: 35, activation: relu }, dense: { units: 12, activation: sigmoid }]\nloss: mean_squared_error\noptimizer: { adam: { clip_value: 0.01, weight_decay: 0.1 } }\n",
        ["matrices that are turned, of two, three and more rows and columns"] = """
            input: [3, 37]
            layers:
              - conv1d: { filters: 3, kernel_size: 1 }
              - reshape: [3, 37]
              - conv1d: { filters: 2, kernel_size: 1, activation: tanh }
              - reshape: [2, 37]
              - conv1d: { filters: 11, kernel_size: 1 }
              - reshape: [37, 11]
              - conv1d: { filters: 5, kernel_size: 1, activation: tanh }
              - flatten
              - dense: 2
            loss: half_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
    };

    private static readonly ConcurrentDictionary<int, Lazy<GeneratedAssembly>> s_assemblies = new();

    public static TheoryData<int, string> Cases
    {
        get
        {
            TheoryData<int, string> cases = [];
            foreach ((int bits, string network) in Tried)
                cases.Add(bits, network);
            return cases;
        }
    }

    private static IEnumerable<(int Bits, string Network)> Tried
    {
        get
        {
            // Each width compiles each network anew: in the quick mode the widest all, the others some by turns.
            bool isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";
            foreach ((int bits, int every) in new[] { (512, 1), (256, 3), (128, 2) })
            {
                // What moves lanes about in more than 128 bits takes AVX2 for granted.
                if (bits > 128 && !Vector256.IsHardwareAccelerated)
                    continue;
                foreach ((string network, int k) in s_specs.Keys.Select(static (n, k) => (n, k)))
                {
                    if (isThorough || k % every == 0)
                        yield return (bits, network);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_loss_gradients_and_steps_are_the_references(int bits, string network)
    {
        GeneratedAssembly assembly = s_assemblies.GetOrAdd(bits, static b => new Lazy<GeneratedAssembly>(() => Compile(b))).Value;
        Assert.Contains(bits == 512 ? "V512.IsHardwareAccelerated | true" : "V512.IsHardwareAccelerated & false", assembly.Sources[ClassName(network)]);
        double slack = network.StartsWith("conv", StringComparison.Ordinal) ? Agreement.LayerSlack : 1;
        foreach (int samples in (int[])[1, 9, 70])
            Agreement.Assert(assembly[ClassName(network)], NumericCase.Draw(s_specs[network], samples), slack);
    }

    /// <summary>The networks that are tried with a width.</summary>
    private static GeneratedAssembly Compile(int bits) => GeneratedAssembly.FromSpecs(
        Tried.Where(t => t.Bits == bits).ToDictionary(static t => ClassName(t.Network), static t => s_specs[t.Network]), Target.Net10, source => source
            .Replace("V512.IsHardwareAccelerated", bits == 512 ? "V512.IsSupported | true" : "V512.IsSupported & false")
            .Replace("V256.IsHardwareAccelerated", bits == 128 ? "V256.IsSupported & false" : "V256.IsHardwareAccelerated")
            .Replace("V512.IsSupported", "V512.IsHardwareAccelerated").Replace("V256.IsSupported", "V256.IsHardwareAccelerated"));

    private static string ClassName(string network) => "Net" + s_specs.Keys.ToList().IndexOf(network);

    private static string Spec(string input, string first, string second, string last) => $$"""
        input: {{input}}
        layers:
          - dense: { units: {{first}}, activation: relu }
          - dense: { units: {{second}}, activation: tanh }
          - dense: { units: {{last}}, activation: softplus }
        loss: mean_squared_error
        optimizer: { sgd: { learning_rate: 0.1 } }
        """;
}
