using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Every optimizer with its options, over many steps: one sample and batches, the static step and the instance's.</summary>
public sealed class OptimizerTests
{
    private const int Steps = 20;

    /// <summary>Twenty steps, given the gradients: roundings of parameter, averages and step.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Twenty steps with gradients of their own, whose roundings a quotient of two small numbers passes on.</summary>
    private const double TrainingTolerance = 2e-5;

    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["sgd, decay"] = Spec("sgd: { learning_rate: 0.05, weight_decay: 0.1 }"),
        ["sgd, momentum, decay"] = Spec("sgd: { learning_rate: 0.02, momentum: 0.9, weight_decay: 0.1 }"),
        ["sgd, clamped"] = Spec("sgd: { learning_rate: 0.1, clip_value: 0.05 }"),
        ["sgd, nesterov, clamped, clipped, decay, l2"] =
            Spec("sgd: { learning_rate: 0.05, momentum: 0.8, nesterov: true, clip_value: 0.1, clip_norm: 0.4, weight_decay: 0.1 }") + "\nl2: 0.02",
        ["adam"] = Spec("adam"),
        ["adam, large steps"] = Spec("adam: 0.05"),
        ["adam, betas, epsilon"] = Spec("adam: { learning_rate: 0.01, beta_1: 0.5, beta_2: 0.9, epsilon: 0.01 }"),
        ["adam, no first moment"] = Spec("adam: { learning_rate: 0.01, beta_1: 0, epsilon: 0.001 }"),
        ["adam, decay, clamped, clipped, l2"] =
            Spec("adam: { learning_rate: 0.01, weight_decay: 0.1, clip_value: 0.1, clip_norm: 0.4 }") + "\nl2: 0.02",
        ["adamw"] = Spec("adamw: { learning_rate: 0.01 }"),
        ["adamw, clamped, l2"] = Spec("adamw: { learning_rate: 0.01, weight_decay: 0.5, clip_value: 0.1 }") + "\nl2: 0.02",
        ["rmsprop"] = Spec("rmsprop"),
        ["rmsprop, momentum, decay"] = Spec("rmsprop: { learning_rate: 0.005, rho: 0.9, epsilon: 0.001, momentum: 0.8, weight_decay: 0.1 }"),
        ["rmsprop, momentum, clamped"] = Spec("rmsprop: { learning_rate: 0.005, momentum: 0.5, clip_value: 0.1 }"),
        ["adagrad"] = Spec("adagrad"),
        ["adagrad, decay, clipped, l2"] = Spec("adagrad: { learning_rate: 0.05, epsilon: 0.01, weight_decay: 0.1, clip_norm: 0.4 }") + "\nl2: 0.02",
        ["frozen in the middle"] = """
            input: 5
            layers: [dense: { units: 9, activation: tanh }, dense: { units: 4, activation: tanh, trainable: [bias] }, dense: 3]
            loss: squared_error
            optimizer: { adamw: { learning_rate: 0.01, weight_decay: 0.1 } }
            """,
        ["a sequence"] = """
            input: [4, 3]
            layers: [dense: { units: 5, activation: tanh }, dense: { units: 2, activation: softmax }]
            loss: cross_entropy
            optimizer: { adam: 0.01 }
            """,
    }, isShared: true);

    public static TheoryData<string, string> Cases => s_specs.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_steps_given_the_gradients_are_the_references(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), 3);
            ReferenceNetwork reference = numbers.Reference;
            Dictionary<string, double[]> expected = reference.Parameters.ToDictionary(p => p.Key, p => p.Value.ToArray());
            Dictionary<string, double[]> referenceState = [];
            float[] parameters = generated.Pack(reference.Parameters), state = new float[generated.OptimizerStateSize];
            float rate = (float)reference.Optimizer.LearningRate;
            for (int step = 1; step <= Steps; step++)
            {
                (_, float[] gradients) = generated.Backward(parameters, numbers.Inputs, numbers.Targets);
                reference.Optimizer.Step(expected, generated.Unpack(gradients), reference.Trained, referenceState, rate);
                generated.SgdStep(parameters, gradients, state, rate);
                Agreement.AssertClose(expected, generated.Unpack(parameters), Tolerance, $"after step {step}", floor: 0.1);
            }

            foreach (string frozen in expected.Keys.Except(reference.Trained))
                Assert.Equal(reference.Parameters[frozen], generated.Unpack(parameters)[frozen]);
        }
    }

    /// <summary>One sample is fused into the backward pass, nine are a batch.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_train_steps_are_the_references(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 9])
            {
                NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), samples);
                ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
                foreach ((string name, double[] values) in numbers.Reference.Parameters)
                    values.CopyTo(reference.Parameters[name], 0);
                GeneratedInstance instance = generated.Create();
                generated.Pack(reference.Parameters).CopyTo(instance.Parameters);
                Dictionary<string, double[]> state = [];
                for (int step = 1; step <= Steps; step++)
                {
                    double loss = reference.Loss(numbers.Inputs.ToDoubles(), numbers.Targets.ToDoubles());
                    reference.SgdStep(reference.Backward(numbers.Inputs.ToDoubles(), numbers.Targets.ToDoubles()).Gradients, state);
                    Agreement.AssertClose([loss], [instance.TrainStep(numbers.Inputs, numbers.Targets)], TrainingTolerance, $"loss {step}", floor: 0.1);
                    Agreement.AssertClose(reference.Parameters, generated.Unpack(instance.Parameters), TrainingTolerance, $"after step {step} on {samples}", floor: 0.1);
                }
            }
        }
    }

    /// <summary>All that a step needs of those before it is in the state.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_state_that_was_saved_goes_on_bit_for_bit(string target, string network)
    {
        GeneratedNetwork generated = s_specs.Networks(network, target).First();
        NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), 3);
        float[] parameters = generated.Pack(numbers.Reference.Parameters), state = new float[generated.OptimizerStateSize];
        Train(parameters, state, 7);
        float[] savedParameters = [.. parameters], savedState = [.. state], forgotten = [.. parameters];
        Train(parameters, state, 5);
        Train(savedParameters, savedState, 5);
        Train(forgotten, new float[state.Length], 5);

        Assert.Equal(parameters, savedParameters);
        Assert.Equal(state, savedState);
        if (state.Length > 0)
            Assert.NotEqual(parameters, forgotten);

        void Train(float[] parameters, float[] state, int steps)
        {
            for (int step = 0; step < steps; step++)
                generated.SgdStep(parameters, generated.Backward(parameters, numbers.Inputs, numbers.Targets).Gradients, state, 0.01f);
        }
    }

    /// <summary>
    /// Gradients that are all 1 move every parameter by the learning rate at each step of Adam, if its averages lose their bias
    /// as exactly as they have it: where the first steps cancel, and where millions have been taken.
    /// </summary>
    [Theory]
    [InlineData(TargetName.Net10)]
    [InlineData(TargetName.Arrays)]
    public void The_correction_of_the_averages_is_right_at_the_first_step_and_after_many(string target)
    {
        GeneratedNetwork generated = s_specs.Networks("adam", target).First();
        float[] gradients = Enumerable.Repeat(1f, generated.ParameterBufferSize).ToArray(), state = new float[generated.OptimizerStateSize];
        const float Rate = 1f / 1024;
        for (int step = 1; step <= 200_000; step++)
        {
            float[] parameters = new float[generated.ParameterBufferSize];
            generated.SgdStep(parameters, gradients, state, Rate);
            if (step <= 20 || step % 10_000 == 0)
                Assert.All(parameters, w => Assert.Equal(-Rate, w, 2e-5f * Rate));
        }
    }

    [Theory]
    [InlineData("sgd, decay", 0)]
    [InlineData("sgd, momentum, decay", 1)]
    [InlineData("rmsprop, momentum, decay", 2)]
    [InlineData("adagrad", 1)]
    public void The_state_is_a_float_for_each_parameter_and_average(string network, int averages) =>
        Assert.Equal(averages * s_specs.Network(network, TargetName.Net10).ParameterCount, s_specs.Network(network, TargetName.Net10).OptimizerStateSize);

    private static string Spec(string optimizer) => $$"""
        input: 5
        layers: [dense: { units: 17, activation: tanh }, dense: { units: 4, activation: softplus }, dense: 3]
        loss: mean_squared_error
        optimizer: {{(optimizer.Contains(':') ? $"{{ {optimizer} }}" : optimizer)}}
        """;
}
