using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Targets;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Harness;

/// <summary>The harness that drives generated code, on a class written by hand: y = w x + b, its weight padded to rows of 4.</summary>
public sealed class GeneratedNetworkTests
{
    private const string ByHand = """
        namespace Generated
        {
            public partial class Net
            {
                /// <summary>Floats in.</summary>
                public const int InputSize = 3;
                /// <summary>Floats out.</summary>
                public const int OutputSize = 2;
                /// <summary>Elements.</summary>
                public const int ParameterCount = 8;
                /// <summary>Floats.</summary>
                public const int ParameterBufferSize = 10;
                /// <summary>Floats.</summary>
                public const int ScratchSize = 0;
                /// <summary>Floats.</summary>
                public const int OptimizerStateSize = 0;
                private readonly float[] parameters = new float[10];
                private readonly float[] gradients = new float[10];

                /// <summary>One parameter.</summary>
                public readonly struct ParameterInfo
                {
                    internal ParameterInfo(string name, int[] shape, int offset, int[] strides)
                    {
                        Name = name;
                        Shape = shape;
                        Offset = offset;
                        Strides = strides;
                    }

                    /// <summary>Its name.</summary>
                    public string Name { get; }
                    /// <summary>Its shape.</summary>
                    public System.Collections.Generic.IReadOnlyList<int> Shape { get; }
                    /// <summary>Its place.</summary>
                    public int Offset { get; }
                    /// <summary>Its strides.</summary>
                    public System.Collections.Generic.IReadOnlyList<int> Strides { get; }
                }

                /// <summary>The parameters.</summary>
                public static System.ReadOnlySpan<ParameterInfo> ParameterTable
                {
                    get
                    {
                        return new ParameterInfo[]
                        {
                            new ParameterInfo("dense_1.weight", new int[] { 2, 3 }, 0, new int[] { 4, 1 }),
                            new ParameterInfo("dense_1.bias", new int[] { 2 }, 8, new int[] { 1 }),
                        };
                    }
                }

                /// <summary>Scratch.</summary>
                public static int TrainingScratchSize(int samples) { return samples; }

                /// <summary>Outputs.</summary>
                public static void Forward(System.ReadOnlySpan<float> parameters, System.ReadOnlySpan<float> inputs, System.Span<float> outputs, System.Span<float> scratch = default)
                {
                    for (int n = 0; n < inputs.Length / 3; n++)
                    {
                        for (int o = 0; o < 2; o++)
                        {
                            outputs[2 * n + o] = parameters[8 + o];
                            for (int i = 0; i < 3; i++)
                                outputs[2 * n + o] += parameters[4 * o + i] * inputs[3 * n + i];
                        }
                    }
                }

                /// <summary>The gradient of the sum of the first biases, for the sake of the test.</summary>
                public static float Backward(System.ReadOnlySpan<float> parameters, System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<float> targets, System.Span<float> gradients, System.Span<float> scratch, ulong seed = 0)
                {
                    for (int i = 0; i < 10; i++)
                        gradients[i] = i == 8 ? 1 : 0;
                    return targets[0];
                }

                /// <summary>A step.</summary>
                public static void SgdStep(System.Span<float> parameters, System.ReadOnlySpan<float> gradients, System.Span<float> state, float learningRate)
                {
                    for (int i = 0; i < 10; i++)
                        parameters[i] -= learningRate * gradients[i];
                }

                /// <summary>The parameters.</summary>
                public System.Span<float> Parameters { get { return parameters; } }
                /// <summary>The gradients.</summary>
                public System.Span<float> Gradients { get { return gradients; } }
                /// <summary>Steps taken.</summary>
                public long Steps { get; set; }
                /// <summary>Outputs.</summary>
                public void Forward(System.ReadOnlySpan<float> inputs, System.Span<float> outputs) { Forward(parameters, inputs, outputs); }
                /// <summary>A step.</summary>
                public float TrainStep(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<float> targets, float learningRate) { Steps++; return learningRate; }
            }
        }
        """;

    private static readonly IReadOnlyDictionary<string, double[]> s_parameters = new Dictionary<string, double[]>
    {
        ["dense_1.weight"] = [1, 2, 3, 4, 5, 6],
        ["dense_1.bias"] = [0.5, -0.5],
    };

    [Theory]
    [InlineData("net10.0")]
    [InlineData("portable")]
    [InlineData("arrays")]
    public void It_calls_every_member_the_class_has(string target)
    {
        using GeneratedAssembly assembly = Compile(ByHand, target);
        GeneratedNetwork network = assembly["Net"];
        float[] parameters = network.Pack(s_parameters);

        float[] outputs = network.Forward(parameters, [1, 0, 1, 0, 1, 0]);
        (float loss, float[] gradients) = network.Backward(parameters, [1, 0, 1], [7f, 8f]);
        network.SgdStep(parameters, gradients, default, 0.25f);
        GeneratedInstance instance = network.Create();
        parameters.CopyTo(instance.Parameters);
        float[] outputsOfInstance = new float[2];
        instance.Forward([1, 0, 1], outputsOfInstance);

        Assert.Equal([1, 2, 3, float.NaN, 4, 5, 6, float.NaN], parameters[..8]);
        Assert.Equal([4.5f, 9.5f, 2.5f, 4.5f], outputs);
        Assert.Equal(7, loss);
        Assert.Equal([1, 0], network.Unpack(gradients)["dense_1.bias"]);
        Assert.Equal([0, 0], network.Padding(gradients));
        Assert.Equal([0.25, -0.5], network.Unpack(parameters)["dense_1.bias"]);
        Assert.Equal([4.25f, 9.5f], outputsOfInstance);
        Assert.Equal(2, instance.TrainStep([1, 0, 1], [7f, 8f], 2));
        Assert.Equal(1, instance.Steps);
        Assert.False(network.TakesLabels);
        Assert.Throws<MissingMemberException>(() => network.Loss(parameters, [1, 0, 1], [7f, 8f]));
    }

    [Theory]
    [InlineData("int Unused() { int x = 1; return 2; }", "CS0219")]
    [InlineData("/// <summary>Not <c>closed.</summary>\npublic int Documented;", "CS1570")]
    [InlineData("public int Undocumented;", "CS1591")]
    [InlineData("int[] New() { return [1]; }", "CS8370")]
    [InlineData("float New() { return System.MathF.Sqrt(2); }", "CS0234")]
    public void What_an_old_project_would_refuse_does_not_compile(string member, string expected)
    {
        string source = ByHand.Replace("private readonly float[] gradients", member + "\nprivate readonly float[] gradients");

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Compile(source, "portable"));

        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData(1f, 1f, 0)]
    [InlineData(1f, 1.0000001f, 1)]
    [InlineData(0f, -0f, 0)]
    [InlineData(float.Epsilon, -float.Epsilon, 2)]
    [InlineData(float.NaN, 1f, long.MaxValue)]
    public void Ulps_count_the_floats_between_two(float a, float b, long expected) => Assert.Equal(expected, Difference.Ulps(a, b));

    private static GeneratedAssembly Compile(string source, string target) => GeneratedAssembly.FromSources(
        new Dictionary<string, string> { ["Net"] = target == "arrays" ? ToArrays(source) : source },
        target switch { "net10.0" => Target.Net10, "portable" => Target.Portable, _ => Target.Arrays });

    private static string ToArrays(string source) => new[] { "System.ReadOnlySpan", "System.Span" }
        .Aggregate(source, (text, span) => text.Replace(span + "<float>", "float[]").Replace(span + "<ParameterInfo>", "ParameterInfo[]"));
}
