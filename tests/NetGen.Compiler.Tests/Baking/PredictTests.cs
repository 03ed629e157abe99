using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Baking;

/// <summary>Weights that are compiled in give what Forward gives by the same weights in a buffer: on every target, in source and in resources, in every storage.</summary>
public sealed class PredictTests
{
    private static readonly (string Name, string Spec)[] s_specs =
    [
        ("Dense", "input: 19\nlayers: [ { dense: { units: 33, activation: tanh } }, { dense: 5 }, softmax ]"),
        ("Streamed", "input: 127\nlayers: [ { dense: { units: 67, activation: relu } }, { dense: 21 } ]"),
        ("Convolution", "input: [2, 9, 7]\nlayers: [ { conv2d: { filters: 5, kernel_size: 3 } }, batch_norm, { prelu: { per_channel: true } }, flatten, layer_norm, { dense: 3 } ]"),
        ("Words", "input: 6\nlayers: [ { embedding: { input_dim: 11, output_dim: 7 } }, { lstm: 9 }, { dense: 2 } ]"),
        ("WordsShared", "input: 6\nlayers: [ { embedding: { input_dim: 21, output_dim: 7, name: e } }, { gru: { units: 7, reset_after: false } }, { dense: { units: 21, weights_of: e } } ]"),
        ("BothWays", "input: [5, 3]\nlayers: [ { bidirectional: { gru: { units: 6, use_bias: false } } }, { dense: { units: 12, name: a, activation: relu } }, { dense: { units: 12, weights_of: a } } ]"),
        ("WordsWide", "input: 3\nlayers: [ { embedding: { input_dim: 11000, output_dim: 12 } }, { simple_rnn: 5 }, { dense: 2 } ]"),
        ("Wide", "input: 150\nlayers: [ { dense: { units: 1100, use_bias: false, activation: relu } }, { dense: 1 } ]"),
        ("Scaled", "input: 7\nlayers: [ normalization: { mean: [1, 2, 3, 4, 5, 6, 7] }, { dense: { units: 21, activation: tanh } }, rescaling: 0.5, { dense: 2 } ]"),
        ("Tiny", "input: 2\nlayers: [ { dense: { units: 3, activation: sigmoid } }, { dense: 1 } ]"),
    ];

    private static readonly (string Storage, bool AsResource, bool IsPresented)[] s_forms =
        [("float32", false, false), ("float32", true, false), ("float32", true, true), ("float16", false, false), ("bfloat16", false, false), ("bfloat16", true, false), ("float16", true, false)];

    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    private delegate void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    [Theory]
    [InlineData("net10.0")]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    [InlineData("minimal")]
    [InlineData("arrays in C# 14")]
    public void Predict_is_Forward_by_the_weights_in_the_file(string targetName)
    {
        Target target = targetName == "arrays in C# 14" ? Target.Arrays with { LanguageVersion = 1400 } : Target.Named.Single(t => t.Name == targetName).Target;
        var sources = new Dictionary<string, string>();
        var resources = new Dictionary<string, byte[]>();
        var expected = new Dictionary<string, (float[] Parameters, Storage Storage)>();
        for (int place = 0; place < s_specs.Length * s_forms.Length; place++)
        {
            (string spec, string yaml) = s_specs[place / s_forms.Length];
            (string storage, bool asResource, bool isPresented) = s_forms[place % s_forms.Length];
            if (spec.EndsWith("Wide", StringComparison.Ordinal) && !asResource)
                continue; // numbers by the hundred thousand are what resources are for
            // Each form of half of the networks, and on older targets of a sixth: what differs there is the form.
            if (!s_isThorough && ((place / s_forms.Length) + place) % (targetName == "net10.0" ? 2 : 6) != 0)
                continue;
            Network network = NetworkCompiler.Check($"{yaml}\nweights: {{ file: net.safetensors, storage: {storage} }}").Network!;
            byte[] file = WeightFileBytes.Of(network, static name => new[] { "F32", "F64", "F16", "BF16" }[name.Length % 4]);
            var weights = BakedWeights.Of(network, WeightFileBytes.HandOver(file, network, asResource, isPresented, resources));
            string name = $"{spec}{storage}{(isPresented ? "Presented" : asResource ? "Resource" : "")}";
            sources.Add(name, NetworkCompiler.Emit(network, new ClassDeclaration("Generated", [], name, []), target, weights));
            SafetensorsFile read = WeightFileBytes.Read(file);
            expected.Add(name, ([.. BakedLayout.Values(network, Storage.Float32, read.Tensors, read.Data, "").Select(v => Rounded(v, network.Weights!.Storage))], network.Weights!.Storage));
        }

        using GeneratedAssembly assembly = GeneratedAssembly.FromSources(sources, target, resources);
        foreach ((string name, (float[] parameters, Storage storage)) in expected)
        {
            GeneratedNetwork network = assembly[name];
            Predict predict = PredictOf(network.Type, target);
            foreach (int samples in new[] { 1, 2, 7 })
            {
                float[] inputs = [.. Enumerable.Range(0, samples * network.InputSize).Select(k => name.StartsWith("Words", StringComparison.Ordinal) ? k * 7 % 11 : MathF.Sin(k))];
                float[] outputs = [.. Enumerable.Repeat(float.NaN, samples * network.OutputSize)], forward = new float[outputs.Length];
                predict(inputs, outputs);
                network.Forward(parameters, inputs, forward, new float[network.ScratchSize]);
                // The same kernels give the same bits; those that widen as they read may sum in another order.
                if (storage == Storage.Float32 || samples > 1)
                    Assert.Equal(forward, outputs);
                for (int k = 0; k < outputs.Length; k++)
                    Assert.True(Math.Abs(forward[k] - outputs[k]) <= 2e-6f * Math.Max(1, Math.Abs(forward[k])), $"{name}, {samples} samples, output {k}: {outputs[k]}, not {forward[k]}");
            }

            // A new instance starts from them, one with a seed does not.
            Assert.Equal(parameters, ParametersOf(network.Type));
            Assert.NotEqual(parameters, ParametersOf(network.Type, 7));
        }
    }

    [Fact]
    public void Wrong_lengths_are_refused_before_anything_is_written()
    {
        foreach (string storage in new[] { "float32", "bfloat16" })
        {
            Network network = NetworkCompiler.Check($"{s_specs[0].Spec}\nweights: {{ file: net.safetensors, storage: {storage} }}").Network!;
            var weights = BakedWeights.Of(network, WeightFileBytes.HandOver(WeightFileBytes.Of(network, static _ => "F32"), network, false, false, []));
            using GeneratedAssembly assembly = GeneratedAssembly.FromSources(new Dictionary<string, string> { ["Net"] = NetworkCompiler.Emit(network, new ClassDeclaration("Generated", [], "Net", []), Target.Net10, weights) }, Target.Net10);
            Predict predict = PredictOf(assembly["Net"].Type, Target.Net10);
            float[] outputs = [7, 7, 7, 7, 7];
            Assert.Contains("inputs has 18 floats", Assert.Throws<ArgumentException>(() => predict(new float[18], outputs)).Message);
            Assert.Contains("outputs has length 4, but must have 5", Assert.Throws<ArgumentException>(() => predict(new float[19], outputs.AsSpan(0, 4))).Message);
            Assert.All(outputs, static o => Assert.Equal(7, o));
        }
    }

    [Fact]
    public void A_call_allocates_nothing_once_its_thread_has_called_before()
    {
        Network network = NetworkCompiler.Check($"{s_specs[2].Spec}\nweights: {{ file: net.safetensors, storage: float16 }}").Network!;
        var weights = BakedWeights.Of(network, WeightFileBytes.HandOver(WeightFileBytes.Of(network, static _ => "F32"), network, false, false, []));
        using GeneratedAssembly assembly = GeneratedAssembly.FromSources(new Dictionary<string, string> { ["Net"] = NetworkCompiler.Emit(network, new ClassDeclaration("Generated", [], "Net", []), Target.Net10, weights) }, Target.Net10);
        Predict predict = PredictOf(assembly["Net"].Type, Target.Net10);
        float[] inputs = new float[126], outputs = new float[3];
        predict(inputs, outputs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++)
            predict(inputs, outputs);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("float16", false)]
    [InlineData("float16", true)]
    [InlineData("bfloat16", true)]
    public void Every_number_of_16_bits_is_widened_exactly(string storage, bool isWide)
    {
        // Subnormals and zeros of both signs among them. Rows of sixteen, of a table that is read in place or not.
        int rows = isWide ? 16384 : 4096;
        Network network = NetworkCompiler.Check($"input: 1\nlayers: [ {{ embedding: {{ input_dim: {rows}, output_dim: 16 }} }}, flatten ]\nweights: {{ file: net.safetensors, storage: {storage} }}").Network!;
        float Value(int k) => storage == "float16" ? (float)BitConverter.UInt16BitsToHalf((ushort)k) : FloatBits.FromBFloat16((ushort)k);
        float[] values = [.. Enumerable.Range(0, rows * 16).Select(k => float.IsFinite(Value(k & 0xFFFF)) ? Value(k & 0xFFFF) : 0)];
        int next = 0;
        byte[] file = WeightFileBytes.Of(network, static _ => "F32", _ => values[next++]);
        var resources = new Dictionary<string, byte[]>();
        var weights = BakedWeights.Of(network, WeightFileBytes.HandOver(file, network, asResource: true, isPresented: false, resources));
        using GeneratedAssembly assembly = GeneratedAssembly.FromSources(
            new Dictionary<string, string> { ["Net"] = NetworkCompiler.Emit(network, new ClassDeclaration("Generated", [], "Net", []), Target.Net10, weights) }, Target.Net10, resources);
        Predict predict = PredictOf(assembly["Net"].Type, Target.Net10);
        float[] outputs = new float[16];
        for (int row = 0; row < rows; row++)
        {
            predict([row], outputs);
            Assert.Equal(values.Skip(row * 16).Take(16).Select(BitConverter.SingleToInt32Bits), outputs.Select(BitConverter.SingleToInt32Bits));
        }
    }

    private static float Rounded(float value, Storage storage) => storage switch
    {
        Storage.Float16 => (float)(Half)value,
        Storage.BFloat16 => FloatBits.FromBFloat16(FloatBits.ToBFloat16(value)),
        _ => value,
    };

    private static Predict PredictOf(Type type, Target target)
    {
        MethodInfo method = type.GetMethods().Single(static m => m.Name == "Predict");
        if (target.HasSpan)
            return method.CreateDelegate<Predict>();
        var arrays = method.CreateDelegate<Action<float[], float[]>>();
        return (inputs, outputs) =>
        {
            float[] written = outputs.ToArray();
            arrays(inputs.ToArray(), written);
            written.CopyTo(outputs);
        };
    }

    private delegate Span<float> Parameters();

    private static float[] ParametersOf(Type type, params object[] arguments)
    {
        MethodInfo getter = type.GetProperty("Parameters")!.GetMethod!;
        object instance = Activator.CreateInstance(type, arguments)!;
        return getter.ReturnType.IsArray ? (float[])getter.Invoke(instance, null)! : getter.CreateDelegate<Parameters>(instance)().ToArray();
    }
}
