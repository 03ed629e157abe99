using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>The learning rate by the steps taken: its values where the formula changes, and that the instance follows it.</summary>
public sealed class ScheduleTests
{
    private static readonly CompiledSpecs s_specs = new(new[]
    {
        "cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }",
        "cosine: { from: 0.1, to: 0, steps: 3 }",
        "cosine: { from: 0.5, to: 0.5, steps: 2, warmup: 1 }",
        "step: { from: 0.1, factor: 0.5, every: 1000 }",
        "step: { from: 0.1, factor: 1, every: 1 }",
        "exponential: { from: 0.1, decay: 0.999 }",
        "inverse_time: { from: 0.1, decay: 0.01 }",
        "inverse_time: { from: 0.1, decay: 0 }",
    }.ToDictionary(schedule => schedule, Spec));

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, s_specs.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_values_are_the_formulas_rounded_to_float(string target, string schedule)
    {
        Func<long, float> rate = LearningRate(s_specs.Networks(schedule, target).First())!;
        Func<long, double> expected = ReferenceNetwork.Parse(s_specs.Spec(schedule)).Optimizer.Schedule!;
        foreach (long step in (long[])[0, 1, 2, 3, 4, 249, 499, 500, 501, 999, 1000, 1001, 2000, 5249, 5250, 9999, 10_000, 10_001, 1_000_000, 1L << 40])
            Assert.Equal(expected(step), rate(step), 1e-7 * Math.Abs(expected(step)) + 1e-45);
    }

    [Theory]
    [InlineData("cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }", 0, 0)]
    [InlineData("cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }", 250, 0.05f)]
    [InlineData("cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }", 500, 0.1f)]
    [InlineData("cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }", 5250, 0.0505f)]
    [InlineData("cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }", 10_000, 0.001f)]
    [InlineData("cosine: { from: 0.1, to: 0.001, steps: 10000, warmup: 500 }", long.MaxValue, 0.001f)]
    [InlineData("cosine: { from: 0.1, to: 0, steps: 3 }", 0, 0.1f)]
    [InlineData("cosine: { from: 0.1, to: 0, steps: 3 }", 1, 0.075f)]
    [InlineData("cosine: { from: 0.1, to: 0, steps: 3 }", 3, 0)]
    [InlineData("step: { from: 0.1, factor: 0.5, every: 1000 }", 999, 0.1f)]
    [InlineData("step: { from: 0.1, factor: 0.5, every: 1000 }", 1000, 0.05f)]
    [InlineData("step: { from: 0.1, factor: 0.5, every: 1000 }", 2999, 0.025f)]
    [InlineData("exponential: { from: 0.1, decay: 0.999 }", 0, 0.1f)]
    [InlineData("exponential: { from: 0.1, decay: 0.999 }", 2, 0.09980010f)]
    [InlineData("inverse_time: { from: 0.1, decay: 0.01 }", 0, 0.1f)]
    [InlineData("inverse_time: { from: 0.1, decay: 0.01 }", 100, 0.05f)]
    public void It_changes_where_it_says(string schedule, long step, float expected) =>
        Assert.Equal(expected, LearningRate(s_specs.Network(schedule, TargetName.Net10))!(step), 1.5e-7f * expected);

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_instance_steps_at_the_rate_of_its_steps(string target, string schedule)
    {
        GeneratedNetwork generated = s_specs.Networks(schedule, target).First();
        Func<long, float> rate = LearningRate(generated)!;
        foreach (int samples in (int[])[1, 4])
        {
            float[] inputs = TestData.Uniform(1, samples * generated.InputSize), targets = TestData.Uniform(2, samples * generated.OutputSize);
            foreach (long step in (long[])[1, 2, 499, 1000, 9999])
            {
                GeneratedInstance scheduled = generated.Create(), told = generated.Create(), parted = generated.Create();
                scheduled.Steps = told.Steps = parted.Steps = step;
                scheduled.TrainStep(inputs, targets);
                told.TrainStep(inputs, targets, rate(step));
                parted.Backward(inputs, targets);
                parted.SgdStep();

                Assert.Equal(told.Parameters.ToArray(), scheduled.Parameters.ToArray());
                Agreement.AssertClose(told.Parameters.ToArray().ToDoubles(), parted.Parameters.ToArray(), Agreement.StepTolerance, "parameters");
                Assert.Equal(step + 1, scheduled.Steps);
            }
        }
    }

    [Fact]
    public void One_rate_for_all_steps_is_no_schedule()
    {
        string spec = Spec("constant: 0.25"), number = spec.Replace("{ constant: 0.25 }", "0.25");
        Assert.NotEqual(spec, number);
        string source = GeneratedAssembly.Emit("Net", spec, TargetName.Parse(TargetName.Net10));
        Assert.Equal(GeneratedAssembly.Emit("Net", number, TargetName.Parse(TargetName.Net10)), source);
        Assert.DoesNotContain("LearningRate(long", source, StringComparison.Ordinal);
    }

    private static Func<long, float>? LearningRate(GeneratedNetwork network) =>
        network.Type.GetNestedType("Kernels", BindingFlags.NonPublic)!.GetMethod("LearningRate", BindingFlags.Static | BindingFlags.NonPublic)?.CreateDelegate<Func<long, float>>();

    private static string Spec(string schedule) => $$"""
        input: 3
        layers: [dense: { units: 4, activation: tanh }, dense: 2]
        loss: squared_error
        optimizer: { adam: { learning_rate: { {{schedule}} } } }
        """;
}
