using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>What else a spec can say, on every target: depth, sequences, images, frozen parameters, the optimizer's options.</summary>
public sealed class GrammarTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["one layer"] = "{ input: 3, layers: [dense: 2], loss: squared_error, optimizer: sgd }",
        ["no optimizer"] = "{ input: 3, layers: [dense: 2], loss: squared_error }",
        ["no bias"] = "{ input: 7, layers: [dense: { units: 5, use_bias: false, activation: tanh }, dense: { units: 3, use_bias: false }], loss: squared_error }",
        ["five layers"] = """
            input: 7
            layers:
              - dense: { units: 10, activation: tanh }
              - dense: { units: 9, activation: elu }
              - dense: { units: 8, activation: sigmoid }
              - dense: { units: 7, activation: softplus }
              - dense: { units: 6, activation: softmax }
            loss: cross_entropy
            """,
        ["activations as layers, one after the other"] = """
            input: 5
            layers: [tanh, dense: 6, softplus, leaky_relu: 0.2, sigmoid, dense: 4, elu, linear, softmax]
            loss: cross_entropy
            """,
        ["an activation of the input alone"] = """
            input: 5
            layers: [sigmoid, dense: { units: 3, use_bias: false }]
            loss: half_squared_error
            """,
        ["a sigmoid before flatten"] = """
            input: [3, 2]
            layers: [dense: { units: 3, activation: sigmoid }, flatten]
            loss: binary_cross_entropy
            """,
        ["an image"] = """
            input: [3, 5, 4]
            layers: [tanh, flatten, dense: { units: 11, activation: relu }, dense: 4]
            loss: cross_entropy_with_logits
            """,
        ["an image, softmax over its channels"] = """
            input: [3, 5, 4]
            layers: [softmax, flatten, dense: 4]
            loss: mean_squared_error
            """,
        ["channels, softmax over them"] = """
            input: { shape: [5, 7], layout: channels }
            layers: [softmax, flatten, dense: 4]
            loss: mean_squared_error
            """,
        ["a sequence"] = """
            input: [5, 3]
            layers: [dense: { units: 7, activation: tanh }, dense: 2]
            loss: mean_squared_error
            """,
        ["a sequence, softmax and cross-entropy per step"] = """
            input: [7, 3]
            layers: [dense: { units: 5, activation: elu }, dense: { units: 4, activation: softmax }]
            loss: cross_entropy
            """,
        ["a sequence, cross-entropy with logits per step"] = """
            input: [3, 10]
            layers: [dense: 5]
            loss: { cross_entropy_with_logits: { reduction: sum } }
            """,
        ["a sequence, flattened"] = """
            input: { shape: [4, 3], layout: sequence }
            layers: [softmax, dense: 5, sigmoid, flatten, dense: 3]
            loss: half_squared_error
            """,
        ["l2"] = WithOptimizer("learning_rate: 0.1") + "\nl2: 0.01",
        ["momentum"] = WithOptimizer("learning_rate: 0.05, momentum: 0.9"),
        ["nesterov"] = WithOptimizer("learning_rate: 0.05, momentum: 0.8, nesterov: true"),
        ["clipped"] = WithOptimizer("learning_rate: 0.1, clip_norm: 0.25"),
        ["a clip norm out of reach"] = WithOptimizer("learning_rate: 0.1, clip_norm: 1e6"),
        ["nesterov, clipped, l2"] = WithOptimizer("learning_rate: 0.1, momentum: 0.9, nesterov: true, clip_norm: 0.5") + "\nl2: 0.03",
        ["a frozen lower part"] = Frozen("trainable: false", "trainable: true"),
        ["a frozen upper part"] = Frozen("trainable: true", "trainable: false"),
        ["only the weights trained"] = Frozen("trainable: [weight]", "trainable: [weight]"),
        ["only the biases trained"] = Frozen("trainable: [bias]", "trainable: [bias]"),
        ["only one bias trained"] = Frozen("trainable: [bias]", "trainable: false"),
        ["everything trained by list"] = Frozen("trainable: [weight, bias]", "trainable: [bias, weight]"),
    }, isShared: true);

    public static TheoryData<string, string> OnEveryTarget => s_specs.Cases;

    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void Outputs_loss_gradients_and_steps_are_the_references(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 9])
            {
                NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), samples);
                Assert.True(numbers.IsAlive, "the gradients are 0");
                Agreement.Assert(generated, numbers);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void Gradients_are_those_of_central_differences(string target, string network)
    {
        GeneratedNetwork generated = s_specs.Networks(network, target).First();
        NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), 3);

        (_, float[] gradients) = generated.Backward(generated.Pack(numbers.Reference.Parameters), numbers.Inputs, numbers.Targets);

        Assert.Contains(gradients, g => g != 0);
        Agreement.AssertGradients(numbers.NumericalGradients, generated.Unpack(gradients));
    }

    /// <summary>A mean over samples is the mean of what each gives alone, whichever kernels compute it.</summary>
    [Theory]
    [MemberData(nameof(OnEveryTarget))]
    public void Many_samples_are_each_alone(string target, string network)
    {
        const int Samples = 11;
        GeneratedNetwork generated = s_specs.Networks(network, target).First();
        NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), Samples);
        float[] parameters = generated.Pack(numbers.Reference.Parameters);
        bool sums = s_specs.Spec(network).Contains("reduction: sum");
        double[] gradients = new double[generated.ParameterBufferSize];
        double loss = 0;
        float[] outputs = new float[Samples * generated.OutputSize];
        for (int n = 0; n < Samples; n++)
        {
            float[] input = Sample(numbers.Inputs, n, generated.InputSize), targetOfOne = Sample(numbers.Targets, n, generated.OutputSize);
            generated.Forward(parameters, input).CopyTo(outputs, n * generated.OutputSize);
            (float lossOfOne, float[] gradientsOfOne) = generated.Backward(parameters, input, targetOfOne);
            loss += lossOfOne / (sums ? 1.0 : Samples);
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] += gradientsOfOne[i] / (sums ? 1.0 : Samples);
        }

        (float lossOfAll, float[] gradientsOfAll) = generated.Backward(parameters, numbers.Inputs, numbers.Targets);
        Agreement.AssertClose(outputs.ToDoubles(), generated.Forward(parameters, numbers.Inputs), Agreement.Tolerance, "outputs");
        Agreement.AssertClose([loss], [lossOfAll], Agreement.Tolerance, "loss");
        Agreement.AssertClose(gradients, gradientsOfAll, Agreement.GradientTolerance, "gradients");
    }

    private static float[] Sample(float[] values, int sample, int size) => values[(sample * size)..((sample + 1) * size)];

    private static string WithOptimizer(string options) => $$"""
        input: 5
        layers: [dense: { units: 7, activation: tanh }, dense: 3]
        loss: squared_error
        optimizer: { sgd: { {{options}} } }
        """;

    private static string Frozen(string lower, string upper) => $$"""
        input: 5
        layers: [dense: { units: 7, activation: tanh, {{lower}} }, dense: { units: 3, {{upper}} }]
        loss: squared_error
        optimizer: { sgd: { learning_rate: 0.1, momentum: 0.5, clip_norm: 0.7 } }
        l2: 0.02
        """;
}
