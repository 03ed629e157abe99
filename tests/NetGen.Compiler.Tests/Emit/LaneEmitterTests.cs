using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Tests.Loops;
using NetGen.Compiler.Tests.Numerics;
using NetGen.Compiler.Text;
using Xunit;

namespace NetGen.Compiler.Tests.Emit;

/// <summary>Whole networks where each lane is a sample, interpreted for lanes of any number: inference, and the loss and gradients of training.</summary>
public sealed class LaneEmitterTests
{
    private const double Tolerance = 2e-5;

    private static readonly string[] s_specs =
    [
        "{ input: 2, layers: [dense: { units: 3, activation: sigmoid }, dense: { units: 1, activation: sigmoid }], loss: squared_error }",
        "{ input: 3, layers: [dense: { units: 2, activation: relu }, dense: 3, softmax], loss: cross_entropy }",
        "{ input: 5, layers: [dense: { units: 9, activation: relu }, dense: { units: 4, use_bias: false }], loss: huber }",
        "{ input: 4, layers: [dense: 16, leaky_relu: 0.1, dense: 3, log_softmax], loss: half_squared_error }",
        "{ input: 1, layers: [dense: { units: 12, name: a }, relu, dense: { units: 12, name: b }, add: [a, b], dense: { units: 2, activation: tanh }], loss: mean_absolute_error }",
        "{ input: 7, layers: [dense: { units: 8, trainable: [bias] }, relu6, dense: 8, hard_sigmoid, dense: 1], loss: mean_squared_error }",
    ];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string spec in s_specs)
            {
                foreach (int lanes in new[] { 4, 8, 16 })
                    cases.Add(spec, lanes);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_is_the_references(string spec, int lanes)
    {
        Network network = NetworkCompiler.Check(spec).Network!;
        var methods = new Dictionary<string, IReadOnlyList<Step>>();
        var emitter = new LaneEmitter(Dialect.For(Target.Net10), Program.Of(network)) { OnMethod = (name, code) => methods.Add(name, code.Steps) };
        Assert.True(emitter.EmitInference(new CodeWriter()));
        int kept = emitter.EmitTraining(new CodeWriter())!.Value;

        // As many samples as there are lanes, and some more: the last vector then stands partly on those of the one before.
        foreach (int samples in new[] { lanes, lanes + 1, (3 * lanes) - 1 })
        {
            NumericCase numbers = NumericCase.Draw(spec, samples);
            float[] parameters = Pack(network, numbers.Reference.Parameters), outputs = new float[samples * network.Output.Size];
            var memory = new Dictionary<string, CodeMemory>
            {
                ["parameters"] = ReadOnly("parameters", parameters), ["inputs"] = ReadOnly("inputs", numbers.Inputs),
                    ["targets"] = ReadOnly("targets", numbers.Targets),
                ["outputs"] = CodeMemory.OfFloats("outputs", [.. outputs.Select(static _ => float.NaN)]),
                    ["sums"] = CodeMemory.OfFloats("sums", new float[parameters.Length]),
                ["memory"] = CodeMemory.OfFloats("memory", [.. Enumerable.Repeat(float.NaN, (samples + lanes - 1) / lanes * lanes * kept)]),
            };
            double? Run(string method)
            {
                var interpreter = new CodeInterpreter(lanes, memory,
                    new Dictionary<string, double> { ["samples"] = samples, ["scale"] = 1.0 / samples, ["factor"] = 1 });
                interpreter.Run(methods[method]);
                return interpreter.Returned;
            }

            Run("InferLanes");
            Run("ForwardLanes");
            double loss = Run("LossLanes")!.Value / samples;
            Run("BackwardLanes");

            AssertClose(numbers.Outputs, memory["outputs"].Floats, "outputs");
            AssertClose([numbers.TrainingLoss], [(float)loss], "loss");
            Dictionary<string, double[]> trained = network.Parameters.ToDictionary(static p => p.Name, p =>
                p.Parameter.IsTrained ? numbers.Gradients[p.Name] : new double[p.Parameter.Size]);
            AssertClose([.. Pack(network, trained).Select(static g => (double)g)], memory["sums"].Floats, "gradients");
        }
    }

    private static CodeMemory ReadOnly(string name, float[] values) => new(name, [.. values.Select(BitConverter.SingleToUInt32Bits)], 0, -values.Length);

    private static void AssertClose(double[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
            Assert.True(Math.Abs(expected[k] - actual[k]) <= Tolerance * Math.Max(1, Math.Abs(expected[k])),
                $"{what}: element {k} is {actual[k]}, not {expected[k]}");
    }

    /// <summary>Presented arrays as they are kept.</summary>
    private static float[] Pack(Network network, IReadOnlyDictionary<string, double[]> values)
    {
        float[] packed = new float[network.ParameterCount];
        foreach (PlacedParameter placed in network.Parameters)
        {
            for (int k = 0; k < placed.Parameter.Size; k++)
            {
                int at = placed.Offset, rest = k;
                for (int axis = placed.Parameter.Shape.Count - 1; axis >= 0; axis--)
                {
                    at += rest % placed.Parameter.Shape[axis] * placed.Parameter.Strides[axis];
                    rest /= placed.Parameter.Shape[axis];
                }

                packed[at] = (float)values[placed.Name][k];
            }
        }

        return packed;
    }
}
