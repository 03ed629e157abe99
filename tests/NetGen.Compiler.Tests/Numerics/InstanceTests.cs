using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>The instance: its buffers, its initial weights, and its steps.</summary>
public sealed class InstanceTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["plain"] = Spec("", "learning_rate: 0.1"),
        ["momentum"] = Spec("", "learning_rate: 0.05, momentum: 0.9"),
        ["nesterov"] = Spec("", "learning_rate: 0.05, momentum: 0.9, nesterov: true"),
        ["clipped"] = Spec("", "learning_rate: 0.1, clip_norm: 0.5"),
        ["frozen below"] = Spec(", trainable: false", "learning_rate: 0.1, momentum: 0.9"),
        ["only a bias below"] = Spec(", trainable: [bias]", "learning_rate: 0.1"),
        ["no bias"] = Spec(", use_bias: false", "learning_rate: 0.1"),
        ["l2"] = Spec("", "learning_rate: 0.1, momentum: 0.5") + "\nl2: 0.05",
        ["adamw"] = Spec("", "learning_rate: 0.01", "adamw"),
        ["adam, clamped"] = Spec("", "learning_rate: 0.01, clip_value: 0.3, weight_decay: 0.1", "adam") + "\nl2: 0.02",
        ["rmsprop"] = Spec("", "learning_rate: 0.001, momentum: 0.9", "rmsprop"),
        ["adagrad, frozen below"] = Spec(", trainable: false", "learning_rate: 0.05", "adagrad"),
        ["nesterov, l2"] = Spec("", "learning_rate: 0.05, momentum: 0.9, nesterov: true, weight_decay: 0.01") + "\nl2: 0.05",
        ["dropout"] = """
            input: 7
            seed: 3
            layers: [dropout: 0.2, dense: { units: 10, activation: tanh }, dropout: 0.5, dense: 3]
            loss: mean_squared_error
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["deep"] = """
            input: 17
            seed: 3
            layers:
              - dense: { units: 33, activation: relu }
              - dense: { units: 10, activation: elu }
              - dense: { units: 7, activation: sigmoid }
              - dense: { units: 5, activation: softmax }
            loss: mean_squared_error
            optimizer: { sgd: { learning_rate: 0.5, momentum: 0.5 } }
            """,
        ["a sequence"] = """
            input: [4, 3]
            seed: 3
            layers: [dense: { units: 5, activation: tanh }, dense: { units: 2, activation: softmax }]
            loss: cross_entropy
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
    }, isShared: true);

    public static TheoryData<string, string> Cases => s_specs.Cases;

    /// <summary>On one sample the step may be fused into the backward pass: with the old weights read first, nothing changes.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_train_step_is_backward_and_a_step(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            float rate = (float)ReferenceNetwork.Parse(s_specs.Spec(network)).Optimizer.LearningRate;
            foreach (int samples in (int[])[1, 4])
            {
                GeneratedInstance fused = generated.Create(5), parted = generated.Create(5), ofSpec = generated.Create(5);
                for (int step = 0; step < 5; step++)
                {
                    float[] inputs = TestData.Uniform(step, samples * generated.InputSize);
                    float[] targets = TestData.Uniform(step + 100, samples * generated.OutputSize, 0, 1);

                    float loss = fused.TrainStep(inputs, targets, rate);
                    float partedLoss = parted.Backward(inputs, targets);
                    parted.SgdStep(rate);
                    float lossOfSpec = ofSpec.TrainStep(inputs, targets);

                    // Each of the two has an error of its own.
                    Agreement.AssertClose([partedLoss], [loss], 2 * Agreement.GradientTolerance, "loss");
                    Agreement.AssertClose(parted.Parameters.ToArray().ToDoubles(), fused.Parameters.ToArray(), Agreement.StepTolerance, $"parameters after step {step}");
                    Assert.Equal(loss, lossOfSpec);
                    Assert.Equal(fused.Parameters.ToArray(), ofSpec.Parameters.ToArray());
                    Assert.Equal(step + 1, fused.Steps);
                    Assert.Equal(step + 1, parted.Steps);
                }

                Assert.NotEqual(generated.Create(5).Parameters.ToArray(), fused.Parameters.ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_gives_what_the_static_members_give(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            GeneratedInstance instance = generated.Create();
            // More samples, then fewer, then more: the training scratch grows when it must.
            foreach (int samples in (int[])[2, 1, 9])
            {
                float[] inputs = TestData.Uniform(1, samples * generated.InputSize), targets = TestData.Uniform(2, samples * generated.OutputSize, 0, 1);
                float[] parameters = instance.Parameters.ToArray(), outputs = new float[samples * generated.OutputSize];

                instance.Forward(inputs, outputs);
                float loss = instance.Loss(inputs, targets), lossInTraining = instance.Backward(inputs, targets);

                Assert.Equal(generated.Forward(parameters, inputs), outputs);
                Assert.Equal(generated.Loss(parameters, inputs, targets), loss);
                Assert.Equal(parameters, instance.Parameters.ToArray());
                if (network == "dropout")
                    continue;
                (float expectedLoss, float[] gradients) = generated.Backward(parameters, inputs, targets);
                Assert.Equal(expectedLoss, lossInTraining);
                Assert.Equal(gradients, instance.Gradients.ToArray());
                Assert.Equal(0, instance.Steps);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_first_weights_are_glorots_and_the_same_on_every_target(string target, string network)
    {
        GeneratedNetwork first = s_specs.Network(network, TargetName.Net10);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            float[] weights = generated.Create().Parameters.ToArray();
            IReadOnlyDictionary<string, double[]> values = generated.Unpack(weights);

            Assert.Equal(weights, generated.Create(3).Parameters.ToArray());
            Assert.NotEqual(weights, generated.Create(4).Parameters.ToArray());
            Assert.NotEqual(weights, generated.Create(-3).Parameters.ToArray());
            Assert.Equal(first.Unpack(first.Create().Parameters.ToArray()), values);
            foreach (GeneratedParameter parameter in generated.ParameterTable)
            {
                if (parameter.Name.EndsWith("bias", StringComparison.Ordinal))
                {
                    Assert.All(values[parameter.Name], b => Assert.Equal(0, b));
                    continue;
                }

                double limit = Math.Sqrt(6.0 / (parameter.Shape[0] + parameter.Shape[1]));
                Assert.All(values[parameter.Name], w => Assert.InRange(w, -limit, limit));
                Assert.Equal(parameter.Length, values[parameter.Name].Distinct().Count());
                Assert.True(values[parameter.Name].Max() > limit / 2 && values[parameter.Name].Min() < -limit / 2);
            }

            Assert.All(generated.Padding(weights), p => Assert.Equal(0, p));
        }
    }

    private static string Spec(string layer, string step, string optimizer = "sgd") => $$"""
        input: 5
        seed: 3
        layers: [dense: { units: 7, activation: tanh{{layer}} }, dense: { units: 10, activation: softplus }, dense: 3]
        loss: squared_error
        optimizer: { {{optimizer}}: { {{step}} } }
        """;
}
