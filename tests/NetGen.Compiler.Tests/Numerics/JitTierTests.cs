using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;
using Xunit;
using static System.FormattableString;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// A method that is too large the JIT compiles without optimization, many times slower, and says nothing: no generated method
/// may be one.
/// </summary>
public sealed class JitTierTests
{
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    private static readonly Target s_target = Target.Net10;

    /// <summary>Bytes of machine code of one operation over vectors: 5 to 10, and several times that where values are kept on the stack.</summary>
    private const int MostBytes = 14;

    /// <summary>By the names of their classes, which no other test's classes have.</summary>
    private static readonly Dictionary<string, string> s_specs = new()
    {
        ["TierSigmoid"] = """
            input: 2
            layers: [{ dense: { units: 3, activation: sigmoid } }, { dense: { units: 1, activation: sigmoid } }]
            loss: squared_error
            """,
        ["TierIris"] = """
            input: 4
            layers: [{ dense: { units: 16, activation: relu } }, { dense: 3 }, softmax]
            loss: cross_entropy
            """,
        ["TierDigits"] = """
            input: 64
            layers: [{ dense: { units: 32, activation: relu } }, { dense: 10 }, softmax]
            loss: cross_entropy
            """,
        ["TierMnist"] = """
            input: 784
            layers: [{ dense: { units: 128, activation: relu } }, { dense: 10 }, softmax]
            loss: cross_entropy
            """,
        ["TierMnistFull"] = """
            input: 784
            layers: [{ dense: { units: 128, activation: relu } }, { dense: 10 }, softmax]
            loss: cross_entropy
            unroll: full
            """,
        ["TierDeep"] = """
            input: 8
            layers:
              - dense: { units: 64, activation: tanh }
              - dense: { units: 64, activation: tanh }
              - dense: { units: 64, activation: tanh }
              - dense: 4
            loss: mean_squared_error
            """,
        ["TierTinyMomentum"] = """
            input: 4
            layers: [{ dense: { units: 16, activation: relu } }, { dense: 3 }, softmax]
            loss: cross_entropy
            optimizer: { sgd: { learning_rate: 0.05, momentum: 0.9 } }
            """,
        ["TierMomentum"] = """
            input: 20
            layers: [{ dense: { units: 40, activation: elu } }, { dropout: 0.2 }, { dense: { units: 5, activation: softplus } }]
            loss: huber
            optimizer: { sgd: { learning_rate: 0.05, momentum: 0.9, nesterov: true, clip_norm: 1 } }
            l2: 0.001
            """,
        ["TierActivations"] = """
            input: 6
            layers: [{ dense: { units: 8, activation: gelu } }, { dense: { units: 6, activation: mish } }, { dense: { units: 4, activation: { gelu: { approximate: tanh } } } }, log_softmax]
            loss: cross_entropy
            """,
        ["TierPrelu"] = """
            input: 60
            layers: [{ dense: { units: 100, activation: silu } }, { prelu: { per_channel: true } }, { dense: 30 }, prelu, { dense: { units: 5, activation: hard_swish } }, log_softmax]
            loss: half_squared_error
            unroll: full
            """,
        ["TierRecurrent"] = """
            input: [20, 3]
            layers: [{ lstm: { units: 70, return_sequences: true, checkpoint: 6 } }, layer_norm, { gru: { units: 16, return_sequences: true, truncate: 10 } }, { simple_rnn: 9 }, { dense: 4 }, softmax]
            loss: cross_entropy
            """,
        ["TierAdam"] = """
            input: 20
            layers: [{ dense: { units: 12, activation: elu } }, { dense: { units: 5, activation: softplus } }]
            loss: huber
            optimizer: { adamw: { clip_value: 1 } }
            l2: 0.001
            unroll: full
            """,
        ["TierPools"] = """
            input: [20, 30, 30]
            layers:
              - max_pool2d: { pool_size: 4, strides: 2, padding: 1 }
              - average_pool2d: { pool_size: [5, 4], strides: 2, padding: same }
              - layer_norm
              - global_average_pool
              - dense: { units: 150 }
              - layer_norm
              - dense: { units: 180, activation: relu }
              - reshape: [20, 9]
              - max_pool1d: { pool_size: 4, strides: 1 }
              - global_max_pool
              - rms_norm
              - dense: 4
            loss: mean_squared_error
            """,
        ["TierConvolutions"] = """
            input: [1, 28, 28]
            layers:
              - conv2d: { filters: 8, kernel_size: 10, activation: relu }
              - conv2d: { filters: 16, kernel_size: 5, activation: tanh }
              - conv2d: { filters: 16, kernel_size: 3, groups: 16, padding: same, strides: 2 }
              - conv_transpose2d: { filters: 5, kernel_size: 3, strides: 2 }
              - flatten
              - dense: 10
            loss: mean_squared_error
            """,
        ["TierTiny"] = TinyLayers(8),
        ["TierTinyLong"] = TinyLayers(120),
        ["TierHundredLayers"] = LayersInAll(100),
        ["TierThousandLayers"] = LayersInAll(1000),
    };

    /// <summary>A thousand layers are a minute's work for the C# compiler.</summary>
    public static TheoryData<string> Cases => [.. s_specs.Keys.Where(static name => s_isThorough || name != "TierThousandLayers")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_method_is_compiled_without_optimization(string className)
    {
        IReadOnlyDictionary<MethodBase, Compiled> compiled = Compile(className, GeneratedAssembly.Emit(className, s_specs[className], s_target), s_target);

        string oversized = string.Join('\n', compiled.Where(static t => t.Value.Tier == JitTier.MinOptJitted && !RunsOnce(t.Key)).Select(static t => Describe(t.Key)));
        Assert.True(oversized == "", oversized);
        Assert.Contains(compiled.Keys, IsMarked);
        Assert.All(compiled.Where(static t => IsMarked(t.Key) && !RunsOnce(t.Key)), static t => Assert.Equal(JitTier.Optimized, t.Value.Tier));
        // Past the locals that the JIT keeps track of, a method is still reported as optimized, and its code is several times as long. Where the processor has no
        // vectors, calls stand for its operations.
        if (!Vector128.IsHardwareAccelerated)
            return;
        AssertNotBloated(compiled.Where(static t => t.Key.IsGenericMethodDefinition));
    }

    /// <summary>Where code is over portable vectors.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Nor_is_one_of_them_over_portable_vectors(string className)
    {
        string name = className + "Portable";
        IReadOnlyDictionary<MethodBase, Compiled> compiled = Compile(name, GeneratedAssembly.Emit(name, s_specs[className], Target.Portable), Target.Portable);

        string oversized = string.Join('\n', compiled.Where(static t => t.Value.Tier == JitTier.MinOptJitted && !RunsOnce(t.Key)).Select(static t => Describe(t.Key)));
        Assert.True(oversized == "", oversized);
        if (Vector.IsHardwareAccelerated)
            AssertNotBloated(compiled.Where(static t => t.Key.Name.Contains("Any", StringComparison.Ordinal) || t.Key.Name.EndsWith(PortableText.Suffix, StringComparison.Ordinal)));
    }

    private static void AssertNotBloated(IEnumerable<KeyValuePair<MethodBase, Compiled>> methods)
    {
        string bloated = string.Join('\n', methods
            .Select(static t => (t.Key.Name, t.Value.Bytes, Operations: LanesCalls.In(t.Key)))
            .Where(static t => t.Bytes > 1000 + (MostBytes * t.Operations))
            .Select(static t => $"{t.Name}: {t.Bytes} bytes of code for {t.Operations} operations"));
        Assert.True(bloated == "", bloated);
    }

    /// <summary>The table of parameters and the initial weights grow with the layers, but are made once.</summary>
    private static bool RunsOnce(MethodBase method) => method.Name is ".cctor" or "Initialize";

    [Fact]
    public void A_method_that_is_too_large_is_found()
    {
        const string ClassName = "TierOversized";
        string source = GeneratedAssembly.Emit(ClassName, s_specs["TierSigmoid"], s_target) + $$"""

            partial class {{ClassName}}
            {
                private static class More
                {
                    [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
                    internal static int Oversized(int x)
                    {
                        {{string.Concat(Enumerable.Repeat("x = x * 3 + 1;\n", 10_000))}}
                        return x;
                    }
                }
            }
            """;

        MethodBase found = Assert.Single(Compile(ClassName, source, s_target), static t => t.Value.Tier == JitTier.MinOptJitted).Key;

        Assert.Equal("Oversized", found.Name);
    }

    /// <summary>
    /// The tier of every method of the class. The assembly can be unloaded, so the JIT compiles each method once and for all, with
    /// optimization whether it is marked or not.
    /// </summary>
    private static IReadOnlyDictionary<MethodBase, Compiled> Compile(string className, string source, Target target)
    {
        using JitTiers tiers = new();
        using GeneratedAssembly assembly = GeneratedAssembly.FromSources(new Dictionary<string, string> { [className] = source }, target, checksOverflow: false);
        MethodBase[] methods = [.. JitTiers.MethodsOf(assembly[className].Type)];
        IReadOnlyDictionary<MethodBase, Compiled> found = tiers.Of(methods);
        Assert.Equal(methods.Length, found.Count);
        return found;
    }

    private static bool IsMarked(MethodBase method) => method.GetMethodImplementationFlags().HasFlag(MethodImplAttributes.AggressiveOptimization);

    private static string Describe(MethodBase method) => $"{method.Name}: {method.GetMethodBody()!.GetILAsByteArray()!.Length} bytes of IL";

    /// <summary>Few parameters, and yet much work: layers without any, on 25 values.</summary>
    private static string TinyLayers(int count) => $$"""
        input: 3
        layers:
          - dense: { units: 25, name: first }
        {{string.Concat(Enumerable.Range(0, count).Select(static i => (i % 2 == 0 ? "  - relu\n" : Invariant($"  - add: [first, relu_{i / 2 + 1}]\n"))))}}
          - dense: { units: 1, activation: tanh }
        loss: squared_error
        """;

    private static string LayersInAll(int count) => $$"""
        input: 6
        layers:
        {{string.Concat(Enumerable.Range(0, count).Select(static i => $"  - dense: {{ units: {5 + i % 3}, activation: tanh }}\n"))}}
        loss: squared_error
        """;
}
