using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Targets;
using NetGen.Models.Fitting;
using NetGen.Models.Weights;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Models.Tests.Fitting;

/// <summary>Policies of robots, from the files that they are shipped in: what the generated code gives, whole and step by step, is what was recorded.</summary>
public sealed class DeployedPolicyTests
{
    private const string Walking = """
        input: { shape: [60, 47], layout: sequence }
        layers:
          - lstm: { units: 64, return_sequences: true }
          - dense: { units: 32, activation: elu }
          - dense: 12
        """;

    private const string Flying = """
        input: { shape: [100, 22], layout: sequence }
        layers:
          - dense: { units: 16, activation: relu }
          - gru: { units: 16, return_sequences: true }
          - dense: 4
        """;

    private static SpecWeights Fit(string file, string yaml, params string[] renames)
    {
        using TensorFile opened = TensorFileReader.Open(TestFiles.Model(file));
        return SpecWeights.Of(opened with { Tensors = Rename.Apply(opened.Tensors, [.. renames.Select(Rename.Of)]) }, TestFiles.NetworkOf(yaml));
    }

    [Theory]
    [InlineData("unitree/g1", ".pt", Walking, 1e-5)]
    [InlineData("unitree/h1", ".pt", Walking, 1e-5)]
    [InlineData("raptor/raptor", ".safetensors", Flying, 1e-6)]
    public void It_gives_what_was_recorded(string name, string ending, string yaml, double tolerance)
    {
        if (name == "unitree/h1")
            yaml = yaml.Replace("47", "41", StringComparison.Ordinal).Replace("dense: 12", "dense: 10", StringComparison.Ordinal);
        // The walking policies carry the state that they begin from, zeros, beside their weights.
        SpecWeights fitted = Fit(name + ending, yaml, ending == ".pt" ? ["hidden_state=", "cell_state="] : []);
        IReadOnlyDictionary<string, float[]> recorded = TestFiles.Tensors(TestFiles.Model($"{name}_io.safetensors"));
        (float[] inputs, float[] expected) = (recorded["inputs"], recorded["outputs"]);

        using var assembly = GeneratedAssembly.FromSpec(yaml, Target.Net10);
        GeneratedNetwork network = assembly["Net"];
        float[] parameters = network.Pack(fitted.Tensors.ToDictionary(static t => t.Name, static t => Array.ConvertAll(t.Values, static v => (double)v)));
        float[] whole = network.Forward(parameters, inputs);
        float[] steps = new float[whole.Length];
        for (int sample = 0; sample < inputs.Length / network.InputSize; sample++)
        {
            float[] state = new float[network.StateSize!.Value];
            for (int step = 0; step < network.InputSize / network.StepInputSize; step++)
            {
                int at = (sample * (network.InputSize / network.StepInputSize)) + step;
                network.Step(
                    parameters, inputs.AsSpan(at * network.StepInputSize, network.StepInputSize), state, steps.AsSpan(at * network.StepOutputSize, network.StepOutputSize),
                    new float[network.ScratchSize]);
            }
        }

        Assert.Equal(expected.Length, whole.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], whole[i], tolerance);
            Assert.Equal(expected[i], steps[i], tolerance);
        }
    }
}
