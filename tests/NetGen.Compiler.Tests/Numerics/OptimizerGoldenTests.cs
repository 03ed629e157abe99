using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Optimizers and schedules against torch.optim: the generated code, and the reference that it is compared with elsewhere.</summary>
public sealed class OptimizerGoldenTests
{
    /// <summary>The project's bound for what is compared with PyTorch, after twelve steps in float32.</summary>
    private const double Tolerance = 1e-5;

    private static readonly CompiledSpecs s_specs = new(OptimizerGolden.All.ToDictionary(g => g.Key, g => g.Value.Spec));

    public static TheoryData<string> Names => [.. s_specs.Names];

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, s_specs.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_references_steps_are_PyTorchs(string name)
    {
        OptimizerGolden golden = OptimizerGolden.All[name];
        ReferenceNetwork network = ReferenceNetwork.Parse(golden.Spec);
        foreach ((string parameter, float[] values) in golden.Parameters)
            values.ToDoubles().CopyTo(network.Parameters[parameter], 0);
        Dictionary<string, double[]> state = [];
        for (int step = 0; step < golden.Rates.Length; step++)
        {
            double rate = network.Optimizer.Schedule?.Invoke(step) ?? network.Optimizer.LearningRate;
            Assert.Equal(golden.Rates[step], rate, 1e-12);
            network.SgdStep(network.Backward(golden.Inputs.ToDoubles(), golden.Targets.ToDoubles()).Gradients, state, rate);
            if (golden.After.TryGetValue(step + 1, out IReadOnlyDictionary<string, double[]>? expected))
                Assert.InRange(Difference.Relative(expected, network.Parameters).Value, 0, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twelve_steps_are_PyTorchs(string target, string name)
    {
        OptimizerGolden golden = OptimizerGolden.All[name];
        GeneratedNetwork network = s_specs.Networks(name, target).First();
        float[] parameters = network.Pack(golden.Parameters.ToDictionary(p => p.Key, p => p.Value.ToDoubles())), state = new float[network.OptimizerStateSize];
        GeneratedInstance instance = network.Create(), stepped = network.Create();
        parameters.CopyTo(instance.Parameters);
        parameters.CopyTo(stepped.Parameters);
        for (int step = 0; step < golden.Rates.Length; step++)
        {
            network.SgdStep(parameters, network.Backward(parameters, golden.Inputs, golden.Targets).Gradients, state, (float)golden.Rates[step]);
            // At the spec's rate, by Steps where it is a schedule.
            instance.TrainStep(golden.Inputs, golden.Targets);
            stepped.Backward(golden.Inputs, golden.Targets);
            stepped.SgdStep();
            if (!golden.After.TryGetValue(step + 1, out IReadOnlyDictionary<string, double[]>? expected))
                continue;
            Agreement.AssertClose(expected, network.Unpack(parameters), Tolerance, $"after step {step + 1}");
            Agreement.AssertClose(expected, network.Unpack(instance.Parameters), Tolerance, $"after TrainStep {step + 1}");
            Agreement.AssertClose(expected, network.Unpack(stepped.Parameters), Tolerance, $"after the instance's step {step + 1}");
        }

        Assert.Equal(golden.Rates.Length, instance.Steps);
    }
}
