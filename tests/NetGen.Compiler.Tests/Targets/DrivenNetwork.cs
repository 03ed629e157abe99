using System;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Passes;
using static System.FormattableString;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>
/// A network and the C# 7.3 that drives it, the same text whether its members take spans or arrays: initial weights, outputs, losses, gradients and what three steps of training
/// leave, of one sample and of several, written as bits. Data are drawn by integers, so every runtime draws the same.
/// </summary>
internal sealed class DrivenNetwork
{
    private const int Many = 5;

    private readonly Program _program;

    public DrivenNetwork(string name, string spec)
    {
        Name = name;
        Spec = spec;
        Network = NetworkCompiler.Check(spec).Network ?? throw new InvalidOperationException($"the spec has errors: {spec}");
        _program = Program.Of(Network);
    }

    /// <summary>The class, and what begins each line of results.</summary>
    public string Name { get; }

    public string Spec { get; }

    /// <summary>By a seed, rather than written for the comparison.</summary>
    public bool IsDrawn { get; init; }

    public Network Network { get; }

    /// <summary>What all drivers use.</summary>
    public static string Data => """
        internal static class Data
        {
            private static ulong Mix(ulong z)
            {
                unchecked
                {
                    z += 0x9E3779B97F4A7C15UL;
                    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
                    z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
                    return z ^ (z >> 31);
                }
            }

            /// <summary>From -1 to 1, or from 0 on.</summary>
            public static float[] Uniform(int seed, int count, bool positive)
            {
                var values = new float[count];
                for (int k = 0; k < count; k++)
                {
                    float share = (Mix(((ulong)seed << 32) | (uint)k) >> 40) * (1f / 16777216f);
                    values[k] = positive ? share : 2f * share - 1f;
                }

                return values;
            }

            public static int[] Whole(int seed, int count, int below)
            {
                var values = new int[count];
                for (int k = 0; k < count; k++)
                    values[k] = (int)(Mix(((ulong)seed << 32) | (uint)k) % (ulong)below);
                return values;
            }

            public static float[] Floats(int[] values)
            {
                var floats = new float[values.Length];
                for (int k = 0; k < values.Length; k++)
                    floats[k] = values[k];
                return floats;
            }

            public static float[] Signs(int seed, int count)
            {
                float[] values = Uniform(seed, count, false);
                for (int k = 0; k < count; k++)
                    values[k] = values[k] < 0f ? -1f : 1f;
                return values;
            }

            /// <summary>What nobody may read before it is written.</summary>
            public static float[] Nothing(int count)
            {
                var values = new float[count];
                for (int k = 0; k < count; k++)
                    values[k] = float.NaN;
                return values;
            }

            public static void Write(global::System.IO.TextWriter to, string key, params float[] values)
            {
                to.Write(key);
                foreach (float value in values)
                {
                    to.Write(' ');
                    to.Write(global::System.BitConverter.ToInt32(global::System.BitConverter.GetBytes(value), 0).ToString("X8"));
                }

                to.Write('\n');
            }
        }
        """;

    /// <summary>A class with <c>Run(TextWriter)</c>, beside the network.</summary>
    public string Driver(string inNamespace)
    {
        string step = Network.Optimizer.Kind == "sgd" ? "SgdStep" : "OptimizerStep";
        int labels = _program.Training?.LabelSize ?? 0;
        // Few values have a variance that is almost 0, one has none.
        int fewest = Network.Layers.Any(static l => l is BatchNorm) ? 4 : 1;
        return Invariant($$"""
            namespace {{inNamespace}}
            {
                internal static class {{Name}}Driver
                {
                    public static void Run(global::System.IO.TextWriter to)
                    {
                        var first = new {{Name}}();
                        var parameters = new float[{{Name}}.ParameterBufferSize];
                        for (int k = 0; k < parameters.Length; k++)
                            parameters[k] = first.Parameters[k];
                        Data.Write(to, "{{Name}} initial", parameters);
                        {{(_program.Step is null ? "" : "Steps(to, parameters);")}}
                        Run(to, parameters, {{fewest}});
                        Run(to, parameters, {{Many}});
                    }

                    private static void Run(global::System.IO.TextWriter to, float[] parameters, int samples)
                    {
                        string key = "{{Name}} of " + samples + " ";
                        float[] inputs = {{Inputs("samples * " + Name + ".InputSize")}};
                        float[] outputs = Data.Nothing(samples * {{Name}}.OutputSize);
                        {{Name}}.Forward(parameters, inputs, outputs, Data.Nothing({{Name}}.ScratchSize));
                        Data.Write(to, key + "outputs", outputs);
                        {{(_program.Training is null ? "" : Training(step, "targets", Targets(Invariant($"samples * {Name}.{Network.TargetSizeName}")), "float"))}}
                        {{(labels == 0 ? "" : Training(step, "labels", Invariant($"Data.Whole(3, samples * {labels}, {Network.Trained.Min(static o => SoftmaxActivation.AxisOf(o.Shape).Classes)})"), "int"))}}
                    }
                    {{(_program.Step is null ? "" : Steps())}}
                }
            }
            """);
    }

    private string Inputs(string count) => Checks.Indices(Network) is [var (_, rows), ..] ? Invariant($"Data.Floats(Data.Whole(1, {count}, {rows}))") : $"Data.Uniform(1, {count}, false)";

    private string Targets(string count) => Network.Loss!.Kind switch
    {
        "hinge" => $"Data.Signs(2, {count})",
        _ when Network.Loss.Kind.Contains("cross_entropy", StringComparison.Ordinal) => $"Data.Uniform(2, {count}, true)",
        _ => $"Data.Uniform(2, {count}, false)",
    };

    private string Training(string step, string what, string values, string type) => $$"""
                        {
                            {{type}}[] {{what}} = {{values}};
                            Data.Write(to, key + "loss by {{what}}", {{Name}}.Loss(parameters, inputs, {{what}}, Data.Nothing({{Name}}.ScratchSize)));
                            float[] gradients = Data.Nothing({{Name}}.ParameterBufferSize);
                            Data.Write(to, key + "training loss by {{what}}", {{Name}}.Backward(parameters, inputs, {{what}}, gradients, Data.Nothing({{Name}}.TrainingScratchSize(samples)), 7UL));
                            Data.Write(to, key + "gradients by {{what}}", gradients);
                            var trained = new {{Name}}();
                            for (int k = 0; k < 3; k++)
                                Data.Write(to, key + "step " + k + " loss by {{what}}", trained.TrainStep(inputs, {{what}}));
                            var after = new float[{{Name}}.ParameterBufferSize];
                            for (int k = 0; k < after.Length; k++)
                                after[k] = trained.Parameters[k];
                            Data.Write(to, key + "trained by {{what}}", after);
                            {{Name}}.{{step}}(after, gradients, new float[{{Name}}.OptimizerStateSize], 0.05f);
                            Data.Write(to, key + "stepped by {{what}}", after);
                        }
        """;

    private string Steps() => $$"""

                    private static void Steps(global::System.IO.TextWriter to, float[] parameters)
                    {
                        float[] inputs = {{Inputs("3 * " + Name + ".StepInputSize")}};
                        var state = new float[{{Name}}.StateSize];
                        for (int k = 0; k < 3; k++)
                        {
                            var input = new float[{{Name}}.StepInputSize];
                            global::System.Array.Copy(inputs, k * input.Length, input, 0, input.Length);
                            float[] output = Data.Nothing({{Name}}.StepOutputSize);
                            {{Name}}.Step(parameters, input, state, output, Data.Nothing({{Name}}.ScratchSize));
                            Data.Write(to, "{{Name}} step " + k + " outputs", output);
                        }
                    }
        """;
}
