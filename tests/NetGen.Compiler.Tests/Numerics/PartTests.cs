using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Networks with several inputs and outputs, and a loss for some of these.</summary>
public abstract class PartTests(string target) : ITargetTests
{
    /// <summary>The specs by what they are about.</summary>
    internal static readonly IReadOnlyDictionary<string, string> s_texts = new Dictionary<string, string>
    {
        ["an actor and a critic"] = """
            inputs: { image: [1, 6, 6], state: 5 }
            layers:
              - conv2d: { filters: 3, kernel_size: 3, activation: tanh, from: image }
              - flatten
              - concat: { from: [flatten_1, state] }
              - dense: { units: 16, activation: tanh, name: trunk }
              - dense: { units: 4, name: policy_logits }
              - softmax: { name: policy }
              - dense: { units: 1, from: trunk, name: value }
            outputs: [policy, value]
            loss: { policy: cross_entropy, value: { mean_squared_error: { weight: 0.5 } } }
            optimizer: { sgd: { learning_rate: 0.1 } }
            """,
        ["two tiny inputs and two tiny outputs"] = """
            inputs: { a: 3, b: 2 }
            layers:
              - dense: { units: 4, activation: tanh, from: a, name: left }
              - dense: { units: 4, activation: sigmoid, from: b, name: right }
              - multiply: { from: [left, right], name: both }
              - dense: { units: 3, name: one }
              - dense: { units: 2, from: both, name: two }
              - sigmoid: { name: chances }
            outputs: [one, chances]
            loss: { one: huber, chances: binary_cross_entropy }
            l2: 0.01
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
            """,
        ["outputs of odd sizes, one of them without a loss, one in the middle"] = """
            input: 9
            layers:
              - dense: { units: 13, activation: tanh, name: hidden }
              - dense: { units: 7, name: last }
            outputs: [last, hidden]
            loss: { hidden: { squared_error: { weight: 0.25 } } }
            """,
        ["one output by its name"] = """
            inputs: { x: 6 }
            layers:
              - dense: { units: 5, activation: tanh, from: x, name: code }
              - dense: { units: 6, name: unread }
            outputs: code
            loss: mean_squared_error
            """,
        ["two losses of the same logits, and one of a value that others read"] = """
            input: 8
            layers:
              - dense: { units: 5, name: logits }
              - softmax: { name: shares }
              - dense: { units: 6, activation: relu, from: logits, name: more }
              - dense: { units: 2, name: end }
            outputs: [end, shares, logits, more]
            loss: { logits: { half_squared_error: { weight: 0.1 } }, shares: { cross_entropy: { label_smoothing: 0.1, class_weight: [1, 2, 1, 0.5, 1] } }, end: hinge, more: mean_absolute_error }
            """,
        ["the only input as it is among the outputs, and a layer twice"] = """
            input: [2, 4]
            layers:
              - flatten
              - dense: { units: 5, activation: tanh, name: hidden }
              - linear: { name: again }
              - dense: { units: 3, name: end }
            outputs: [flatten_1, hidden, again, end]
            loss: { end: squared_error, hidden: huber }
            """,
        ["an output that is an input as it is, and one that is moved"] = """
            inputs: { x: { shape: [3, 4], layout: channels }, y: 12 }
            layers:
              - linear: { from: x, name: same }
              - conv1d: { filters: 5, kernel_size: 3, padding: same, activation: tanh, name: conv }
              - permute: { axes: [1, 0], name: turned }
              - flatten: { from: conv }
              - dense: { units: 12, name: d }
              - add: { from: [d, y], name: sum }
            outputs: [same, sum, turned]
            loss: { sum: squared_error, turned: mean_squared_error }
            """,
        ["labels of two sorts, one of them with weights and one with labels that do not count"] = """
            inputs: { words: [5, 4], context: 3 }
            layers:
              - dense: { units: 6, activation: tanh, from: words, name: steps }
              - dense: { units: 4, name: tags }
              - flatten: { from: steps }
              - concat: { from: [flatten_1, context] }
              - dense: { units: 3, name: topic }
            outputs: [tags, topic]
            loss:
              tags: { cross_entropy_with_logits: { ignore_label: -1 } }
              topic: { cross_entropy_with_logits: { class_weight: [1, 3, 0.5], weight: 2 } }
            """,
        ["weights of positive targets of two outputs, and batch statistics"] = """
            inputs: { a: 7, b: 4 }
            layers:
              - dense: { units: 6, from: a, use_bias: false }
              - batch_norm
              - tanh: { name: h }
              - concat: { from: [h, b] }
              - dense: { units: 3, name: p }
              - dense: { units: 2, from: h, name: q }
            outputs: [p, q]
            loss:
              p: { binary_cross_entropy_with_logits: { pos_weight: [1, 2, 5] } }
              q: { binary_cross_entropy_with_logits: { pos_weight: [3, 0.5], label_smoothing: 0.05 } }
            optimizer: adam
            """,
        ["indices beside numbers, summed over the samples"] = """
            inputs: { ids: 4, numbers: 3 }
            layers:
              - dense: { units: 5, activation: tanh, from: numbers, name: n }
              - embedding: { input_dim: 6, output_dim: 3, from: ids }
              - flatten
              - dense: { units: 5, name: e }
              - add: { from: [n, e], name: both }
              - dropout: 0
              - dense: { units: 2, name: end }
            outputs: [end, both]
            loss: { end: { squared_error: { reduction: sum } }, both: { huber: { reduction: sum, delta: 0.5 } } }
            """,
        ["a policy with its state handed in and out"] = """
            inputs: { observation: { shape: [1, 7], layout: sequence }, memory: 12 }
            layers:
              - dense: { units: 8, activation: tanh, from: observation }
              - gru: { units: 12, initial_state: memory, name: core }
              - dense: { units: 3, name: policy }
              - dense: { units: 1, from: core, name: value }
            outputs: [policy, value, core.h]
            loss: { policy: squared_error, value: { squared_error: { weight: 0.5 } } }
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
            """,
        ["states of an lstm, all of them in losses"] = """
            inputs: { x: [6, 3], h0: 5, seed: 4 }
            layers:
              - dense: { units: 5, activation: tanh, from: seed, name: c0 }
              - lstm: { units: 5, return_sequences: true, initial_state: [h0, c0], from: x, name: deep }
              - softmax: { name: shares }
              - add: { from: [deep.h, deep.c], name: ends }
            outputs: [shares, deep.c, deep.h, ends]
            loss: { shares: cross_entropy, deep.c: squared_error, deep.h: huber, ends: squared_error }
            """,
        ["one sequence becomes another"] = """
            inputs: { source: [5, 4], target: [3, 2] }
            layers:
              - lstm: { units: 6, from: source, name: encoder }
              - lstm: { units: 6, return_sequences: true, initial_state: [encoder.h, encoder.c], from: target, name: decoder }
              - dense: { units: 4, name: words }
            outputs: [words]
            loss: mean_squared_error
            """,
        ["pieces of time that begin from a state"] = """
            inputs: { x: [7, 3], start: 4 }
            layers:
              - dense: { units: 4, activation: tanh, from: start, name: h0 }
              - simple_rnn: { units: 4, truncate: 3, initial_state: h0, from: x, name: cut }
              - gru: { units: 4, checkpoint: 2, initial_state: h0, from: x, name: kept, return_sequences: true, reset_after: false }
              - lstm: { units: 4, truncate: 4, checkpoint: 2, initial_state: [cut, h0], from: x, name: both }
              - add: { from: [cut.h, kept.h, both.c], name: sum }
            outputs: [sum, kept, both]
            loss: { sum: squared_error, kept: mean_squared_error, both: squared_error }
            """,
        ["a layer twice frozen between two outputs"] = """
            inputs: { samples: 6, sample: 6 }
            layers:
              - dense: { units: 8, activation: tanh, trainable: false, from: sample, name: frozen }
              - dense: { units: 6, activation: tanh, name: middle }
              - add: { from: [middle, samples] }
              - dense: { units: 2, name: end }
            outputs: [frozen, end]
            loss: { end: squared_error, frozen: squared_error }
            optimizer: { sgd: { learning_rate: 0.1, clip_norm: 0.5 } }
            """,
    };

    private static readonly CompiledSpecs s_specs = new(s_texts, isShared: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    [Theory]
    [NetworksOfTarget]
    public void Outputs_losses_gradients_and_steps_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 9, 67])
            {
                // One sample has no variance.
                if (samples > 1 || !spec.Contains("batch_norm"))
                    Agreement.Assert(generated, NumericCase.Draw(spec, samples), spec.Contains("batch_norm") || spec.Contains("embedding") ? Agreement.LayerSlack : 1);
            }
        }
    }

    [Theory]
    [NetworksOfTarget]
    public void Inputs_and_outputs_one_by_one_are_those_of_samples(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in spec.Contains("batch_norm") ? [5] : (int[])[1, 5])
            {
                NumericCase numbers = NumericCase.Draw(spec, samples);
                float[] parameters = generated.Pack(numbers.Reference.Parameters);
                (int Offset, int Size)[] inputs = PartsOf(generated, "Inputs"), outputs = PartsOf(generated, "Outputs");
                Assert.Equal(generated.InputSize, inputs.Sum(static p => p.Size));
                Assert.Equal(generated.OutputSize, outputs.Sum(static p => p.Size));
                float[][] parts = [.. inputs.Select(p => Part(numbers.Inputs, p, generated.InputSize))];

                float[][] given = generated.ForwardParts(parameters, parts, samples);

                // The same kernels on the same numbers; only their places are others.
                float[] whole = generated.Forward(parameters, numbers.Inputs);
                for (int k = 0; k < outputs.Length; k++)
                    Agreement.AssertClose(Part(whole, outputs[k], generated.OutputSize).ToDoubles(), given[k], samples == 1 ? 0 : Agreement.Tolerance, $"output {k}", 0.1);
            }
        }
    }

    [Theory]
    [NetworksOfTarget]
    public void Labels_give_the_loss_and_the_gradients_of_their_targets(string network)
    {
        string spec = s_specs.Spec(network);
        ReferenceNetwork reference = NumericCase.Draw(spec, 3).Reference;
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target).Where(static g => g.TakesLabels))
        {
            float[] parameters = generated.Pack(reference.Parameters);
            foreach (int samples in (int[])[1, 3, 67])
            {
                float[] inputs = reference.Inputs(7, samples);
                int[] labels = LabelsOf(reference, samples);
                (double loss, IReadOnlyDictionary<string, double[]> gradients) = reference.Backward(inputs.ToDoubles(), labels);

                (float generatedLoss, float[] generatedGradients) = generated.Backward(parameters, inputs, labels);

                Agreement.AssertClose([loss], [generatedLoss], Agreement.Tolerance, "loss");
                Agreement.AssertClose([loss], [generated.Loss(parameters, inputs, labels)], Agreement.Tolerance, "loss");
                Agreement.AssertGradients(gradients, generated.Unpack(generatedGradients));
            }
        }
    }

    [Theory]
    [NetworksOfTarget]
    public void A_train_step_is_backward_and_a_step(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in spec.Contains("batch_norm") ? [4] : (int[])[1, 4])
            {
                NumericCase numbers = NumericCase.Draw(spec, samples);
                GeneratedInstance fused = generated.Create(5), parted = generated.Create(5);
                for (int step = 0; step < 3; step++)
                {
                    float loss = fused.TrainStep(numbers.Inputs, numbers.Targets, 0.05f);
                    float partedLoss = parted.Backward(numbers.Inputs, numbers.Targets);
                    parted.SgdStep(0.05f);
                    Agreement.AssertClose([partedLoss], [loss], 2 * Agreement.GradientTolerance, "loss");
                    Agreement.AssertClose(generated.Unpack(parted.Parameters.ToArray()), generated.Unpack(fused.Parameters.ToArray()), 2 * Agreement.GradientTolerance, $"after step {step}", 0.1);
                }
            }
        }
    }

    /// <summary>A stream that begins from the same states gives the same, step after step, and ends in the same states.</summary>
    [Theory]
    [InlineData("a policy with its state handed in and out", 12, 0)]
    [InlineData("states of an lstm, all of them in losses", 10, 6)]
    public void Steps_that_begin_from_the_states_are_the_sequence(string network, int state, int steps)
    {
        NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), 1);
        GeneratedNetwork generated = s_specs.Network(network, target);
        Assert.Equal(state, generated.StateSize);
        float[] parameters = generated.Pack(numbers.Reference.Parameters);
        float[] stream = new float[state];
        float[] StepOf(float[] input)
        {
            float[] output = GeneratedNetwork.NaNs(generated.StepOutputSize);
            generated.Step(parameters, input, stream, output, GeneratedNetwork.NaNs(generated.ScratchSize));
            return output;
        }

        if (steps == 0)
        {
            // The state stands behind the one step of the observation; the step takes the observation alone.
            Assert.Equal(7, generated.StepInputSize);
            numbers.Inputs.AsSpan(7).CopyTo(stream);
            Agreement.AssertClose(numbers.Outputs, StepOf(numbers.Inputs[..7]), Agreement.Tolerance, "outputs", 0.1);
            Agreement.AssertClose(numbers.Outputs[4..], stream, Agreement.Tolerance, "state", 0.1);
            return;
        }

        // h as it is handed in, and c as a layer makes it, which no step computes.
        Assert.Equal(3, generated.StepInputSize);
        numbers.Inputs.AsSpan(18, 5).CopyTo(stream);
        double[] weight = numbers.Reference.Parameters["c0.weight"], bias = numbers.Reference.Parameters["c0.bias"];
        for (int o = 0; o < 5; o++)
            stream[5 + o] = (float)Math.Tanh(bias[o] + Enumerable.Range(0, 4).Sum(i => weight[(4 * o) + i] * numbers.Inputs[23 + i]));
        for (int t = 0; t < steps; t++)
            Agreement.AssertClose(numbers.Outputs[(5 * t)..(5 * (t + 1))], StepOf(numbers.Inputs[(3 * t)..(3 * (t + 1))])[..5], Agreement.Tolerance, $"step {t}", 0.1);
        Agreement.AssertClose(numbers.Outputs[30..35], stream[5..], Agreement.Tolerance, "c", 0.1);
        Agreement.AssertClose(numbers.Outputs[35..40], stream[..5], Agreement.Tolerance, "h", 0.1);
    }

    /// <summary>Labels of each output, of which those that may not count sometimes do not.</summary>
    private static int[] LabelsOf(ReferenceNetwork reference, int samples)
    {
        List<int> labels = [];
        int seed = 11;
        for (int sample = 0; sample < samples; sample++)
        {
            foreach (ReferenceOutput output in reference.TrainedOutputs)
                labels.AddRange(TestData.Labels(seed++, output.Shape.Positions, output.Shape.Features).Select((label, k) => k % 3 == 1 && output.IgnoredLabel is { } ignored ? ignored : label));
        }

        return [.. labels];
    }

    /// <summary>Where the parts stand, as the generated constants say it.</summary>
    private static (int Offset, int Size)[] PartsOf(GeneratedNetwork generated, string name)
    {
        Dictionary<string, int> constants = generated.Type.GetNestedType(name)!.GetFields().ToDictionary(static f => f.Name, static f => (int)f.GetRawConstantValue()!);
        return [.. constants.Where(static c => c.Key.EndsWith("Offset")).Select(c => (c.Value, constants[c.Key[..^"Offset".Length] + "Size"]))];
    }

    private static float[] Part(float[] values, (int Offset, int Size) part, int size) =>
        [.. Enumerable.Range(0, values.Length / size).SelectMany(n => values.Skip((n * size) + part.Offset).Take(part.Size))];
}

/// <summary>The reference's chain rule through several losses and states, against the losses themselves.</summary>
public sealed class PartReferenceTests
{
    /// <summary>What a truncated backpropagation leaves out, differences would see.</summary>
    public static TheoryData<string> Names => [.. PartTests.s_texts.Where(static t => !t.Value.Contains("truncate")).Select(static t => t.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_central_differences(string network)
    {
        // Of few samples a variance is almost 0.
        NumericCase numbers = NumericCase.Draw(PartTests.s_texts[network], 9);
        // In the places of running statistics stand those of the batch.
        Dictionary<string, double[]> differences = numbers.NumericalGradients.Where(static g => !g.Key.Contains("running_")).ToDictionary();
        Agreement.AssertClose(differences, numbers.Gradients, 1e-6, "gradient", 0.01);
    }
}

public sealed class PartsOnNet10Tests() : PartTests(TargetName.Net10);

public sealed class PartsOnPortableTests() : PartTests(TargetName.Portable);

public sealed class PartsOnArraysTests() : PartTests(TargetName.Arrays);
