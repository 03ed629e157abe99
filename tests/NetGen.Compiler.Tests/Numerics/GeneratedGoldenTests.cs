using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Generated code against PyTorch's values, with no reference in between.</summary>
public sealed class GeneratedGoldenTests
{
    private static readonly Dictionary<string, Golden> s_goldens =
        new(Goldens.Dense.Concat(Goldens.Layers).Concat(Goldens.Recurrent).Concat(Goldens.Losses).Concat(Goldens.Math).Concat(Goldens.Parts)
            .Where(golden => AvailableLayers.HaveAll(golden.Value.Spec)));

    private static readonly CompiledSpecs s_specs = new(s_goldens.ToDictionary(g => g.Key, g => g.Value.Spec));

    /// <summary>Each on the newest target, and every eighth one, by turns, on one of the others; on all where <c>NETGEN_THOROUGH_TESTS</c> is 1.</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            bool isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";
            TheoryData<string, string> cases = [];
            for (int k = 0; k < s_specs.Names.Count; k++)
            {
                foreach (string target in TargetName.All.Where(t => isThorough || t == TargetName.Net10 || (k % 8 == 0 && t == (k % 16 == 0 ? TargetName.Portable : TargetName.Arrays))))
                    cases.Add(target, s_specs.Names[k]);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_loss_gradients_and_steps_are_PyTorchs(string target, string name)
    {
        Golden golden = s_goldens[name];
        double slack = Goldens.Dense.ContainsKey(name) ? 1 : Agreement.LayerSlack;
        GeneratedNetwork network = s_specs.Networks(name, target).First();
        float[] parameters = network.Pack(golden.Parameters.ToDictionary(p => p.Key, p => p.Value.ToDoubles()));

        Agreement.AssertClose(golden.Outputs, network.Forward(parameters, golden.Inputs), slack * Agreement.Tolerance, "outputs");
        float inference = golden.Targets is null
            ? network.Loss(parameters, golden.Inputs, golden.Labels!)
            : network.Loss(parameters, golden.Inputs, golden.Targets);
        Agreement.AssertClose([golden.Loss], [inference], slack * Agreement.Tolerance, "loss");
        (float loss, float[] gradients) = Backward();
        Agreement.AssertClose([golden.TrainingLoss ?? golden.Loss], [loss], slack * Agreement.Tolerance, "loss in training");
        Agreement.AssertGradients(golden.Gradients, network.Unpack(gradients), slack);

        GeneratedInstance instance = network.Create();
        parameters.CopyTo(instance.Parameters);
        float[] state = new float[network.OptimizerStateSize];
        float rate = LearningRate(golden.Spec);
        for (int step = 1; step <= 3; step++)
        {
            network.SgdStep(parameters, Backward().Gradients, state, rate);
            if (golden.Targets is null)
                instance.TrainStep(golden.Inputs, golden.Labels!, rate);
            else
                instance.TrainStep(golden.Inputs, golden.Targets, rate);
            IReadOnlyDictionary<string, double[]>? expected = step switch { 1 => golden.After1, 3 => golden.After3, _ => null };
            if (expected is null)
                continue;
            Agreement.AssertClose(expected, network.Unpack(parameters), slack * Agreement.GradientTolerance, $"after step {step}");
            Agreement.AssertClose(expected, network.Unpack(instance.Parameters), slack * Agreement.GradientTolerance, $"after TrainStep {step}");
        }

        Assert.Equal(3, instance.Steps);

        (float Loss, float[] Gradients) Backward() => golden.Targets is null
            ? network.Backward(parameters, golden.Inputs, golden.Labels!)
            : network.Backward(parameters, golden.Inputs, golden.Targets);
    }

    private static float LearningRate(string spec) =>
        (float)ReferenceNetwork.Parse(spec).Optimizer.LearningRate;
}
