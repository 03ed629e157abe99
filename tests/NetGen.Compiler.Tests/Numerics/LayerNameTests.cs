using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>A layer may bear any name; whatever the generated code calls its own things, the two must not meet.</summary>
public sealed class LayerNameTests
{
    private static readonly string[] s_activations = ["sigmoid", "tanh", "elu", "softplus", "softmax", "linear", "leaky_relu", "gelu", "mish", "log_softmax"];

    private static readonly string[] s_names =
    [
        // Keywords, and words that mean something in places.
        "class", "namespace", "int", "float", "double", "event", "void", "static", "public", "this", "base", "null", "true", "default",
        "record", "var", "dynamic", "async", "await", "field", "value", "file", "required", "scoped", "global", "nameof", "_", "__", "ref", "in",
        // Names within the generated file.
        "parameters", "inputs", "outputs", "scratch", "gradients", "state", "seed", "sampleSeed", "sample", "samples", "memory", "labels",
        "label", "targets", "target", "k", "i", "j", "o", "n", "s", "row", "step", "group", "x", "y", "w", "b", "dx", "dy", "z", "e", "f", "t",
        "loss", "scale", "norm", "clip", "sum", "max", "rest", "largest", "logSum", "others", "targetSum", "squares", "learningRate",
        "velocity", "firstMoment", "secondMoment", "stepSize", "epsilon", "clipped", "clamped", "gradient", "BeginStep", "OptimizerStep", "random", "length", "name", "expected", "meaning", "xGradient", "inputGradient", "weight", "bias", "dense", "output",
        "Forward", "Backward", "Loss", "SgdStep", "TrainStep", "Parameters", "Gradients", "Steps", "Table", "ParameterTable", "ParameterInfo",
        "Kernels", "Net", "Initialize", "Infer", "Evaluate", "Update", "Penalty", "Mix", "Uniform", "SampleSeed", "Sigmoid", "ExpM1", "LogP1", "Softplus", "Gelu", "NormalTail", "Mish",
        "System", "Math", "MathF", "Span", "Vector", "CheckLength", "CheckSome", "CheckLabels", "CheckScratch", "SampleCount", "InputSize",
        "OutputSize", "ScratchSize", "ParameterCount", "Equals", "GetHashCode", "ToString", "GetType", "Finalize", "MemberwiseClone",
        // Names that two others give together.
        "a", "a_weight", "aWeight", "a_bias", "a_weightGradient", "aGradient", "a_activation", "a_1", "dense_2x", "softmax_9", "A1", "a__weight",
    ];

    private static readonly Dictionary<string, string> s_all =
        s_names.Chunk(6).Select((names, i) => (Name: $"{string.Join(", ", names)}", Spec: Spec(names, i))).ToDictionary(s => s.Name, s => s.Spec);

    private static readonly CompiledSpecs s_specs = new(s_all);

    /// <summary>A sixth, since the newest target's code has most names of its own; all where <c>NETGEN_THOROUGH_TESTS</c> is 1.</summary>
    private static readonly CompiledSpecs s_onArrays = new(
        s_all.Where((_, k) => k % 6 == 0 || Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1").ToDictionary());

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach ((string target, CompiledSpecs specs) in ((string, CompiledSpecs)[])[(TargetName.Net10, s_specs), (TargetName.Arrays, s_onArrays)])
            {
                foreach (string name in specs.Names)
                    cases.Add(target, name);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_of_layers_with_such_names_compiles_and_agrees_with_the_reference(string target, string names)
    {
        GeneratedNetwork generated = (target == TargetName.Net10 ? s_specs : s_onArrays).Networks(names, target).First();
        foreach (int samples in (int[])[1, 2])
            Agreement.Assert(generated, NumericCase.Draw(s_specs.Spec(names), samples));
        Assert.Equal(
            names.Split(", ").SelectMany(name => (string[])[name + ".weight", name + ".bias"]),
            generated.ParameterTable.Select(p => p.Name));
    }

    private static string Spec(string[] names, int index) => $$"""
        input: 3
        layers:
        {{string.Concat(names.Select((name, i) => $"  - dense: {{ units: {2 + i % 3}, name: \"{name}\", activation: {s_activations[(i + index) % s_activations.Length]} }}\n"))}}
          - softmax
        loss: {{(index % 2 == 0 ? "cross_entropy" : "binary_cross_entropy")}}
        optimizer: {{(index % 3 == 1 ? "{ adam: { clip_norm: 0.5, clip_value: 0.4 } }" : "{ sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 0.5 } }")}}
        l2: 0.01
        """;
}
