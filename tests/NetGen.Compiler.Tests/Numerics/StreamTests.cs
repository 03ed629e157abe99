using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary><c>Step</c>: a network over time, one time step after another, gives what <c>Forward</c> gives of whole sequences.</summary>
public abstract class StreamTests(string target)
{
    private static readonly CompiledSpecs s_specs = new(Specs(), isLoops: true);

    public static TheoryData<string> Networks => [.. s_specs.Names];

    /// <summary>Two streams by turns, one of which is saved half way and goes on from the copy.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Steps_give_what_Forward_gives(string network)
    {
        GeneratedNetwork generated = s_specs.Network(network, target);
        NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), 2);
        bool isChannels = s_specs.Spec(network).Contains("layout: channels", StringComparison.Ordinal);
        bool givesChannels = s_specs.Spec(network).Contains("# gives channels", StringComparison.Ordinal);
        float[] parameters = generated.Pack(numbers.Reference.Parameters);
        float[] whole = generated.Forward(parameters, numbers.Inputs);
        int steps = generated.InputSize / generated.StepInputSize;
        bool givesEach = generated.OutputSize == steps * generated.StepOutputSize;
        float[][] states = [new float[generated.StateSize!.Value], new float[generated.StateSize!.Value]];
        float[] output = new float[generated.StepOutputSize];
        float size = whole.Max(Math.Abs);

        Assert.Contains(whole, static y => Math.Abs(y) > 1e-3);
        for (int t = 0; t < steps; t++)
        {
            if (t == steps / 2)
                states[1] = [.. states[1]];
            for (int stream = 0; stream < 2; stream++)
            {
                float[] input = [.. Enumerable.Range(0, generated.StepInputSize).Select(k =>
                    numbers.Inputs[(stream * generated.InputSize) + (isChannels ? (k * steps) + t : (t * generated.StepInputSize) + k)])];
                Array.Fill(output, float.NaN);
                generated.Step(parameters, input, states[stream], output, GeneratedNetwork.NaNs(generated.ScratchSize));
                if (!givesEach && t < steps - 1)
                    continue;
                for (int k = 0; k < output.Length; k++)
                {
                    float expected = whole[(stream * generated.OutputSize) + (!givesEach ? k : givesChannels ? (k * steps) + t : (t * output.Length) + k)];
                    Assert.True(Math.Abs(expected - output[k]) <= 2e-6 * size, $"step {t} of stream {stream}, element {k}: {output[k]} instead of {expected}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Zeros_begin_it_again(string network)
    {
        GeneratedNetwork generated = s_specs.Network(network, target);
        float[] parameters = generated.Pack(NumericCase.Draw(s_specs.Spec(network), 1).Reference.Parameters);
        float[] state = new float[generated.StateSize!.Value], input = new float[generated.StepInputSize], first = new float[generated.StepOutputSize], again = new float[generated.StepOutputSize];
        void Step(float[] output) => generated.Step(parameters, input, state, output, new float[generated.ScratchSize]);

        Array.Fill(input, 1f);
        Step(first);
        for (int k = 0; k < 5; k++)
            Step(again);
        if (state.Length > 0)
            Assert.NotEqual(first, again);
        Array.Clear(state);
        Step(again);
        Assert.Equal(first, again);
    }

    /// <summary>The state is the caller's memory: whatever it holds, nothing beyond it is touched.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(1e30f)]
    [InlineData(-3f)]
    [InlineData(float.PositiveInfinity)]
    public void A_state_of_any_numbers_is_safe(float number)
    {
        GeneratedNetwork generated = s_specs.Network("two dilated convolutions", target);
        float[] parameters = generated.Pack(NumericCase.Draw(s_specs.Spec("two dilated convolutions"), 1).Reference.Parameters);
        float[] state = new float[generated.StateSize!.Value], output = new float[generated.StepOutputSize];
        Array.Fill(state, number);
        for (int k = 0; k < 20; k++)
            generated.Step(parameters, new float[generated.StepInputSize], state, output, new float[generated.ScratchSize]);

        float[] last = state;
        Assert.All(new[] { 12, last.Length - 1 }, place => Assert.InRange(last[place], 0, 7));
    }

    [Fact]
    public void A_length_that_does_not_fit_is_refused_before_anything_is_written()
    {
        GeneratedNetwork generated = s_specs.Network("lstm, every output", target);
        float[] parameters = new float[generated.ParameterBufferSize], input = new float[generated.StepInputSize];
        float[] state = GeneratedNetwork.NaNs(generated.StateSize!.Value), output = GeneratedNetwork.NaNs(generated.StepOutputSize);
        void Refused(string name, int length, int expected, Action step)
        {
            ArgumentException e = Assert.Throws<ArgumentException>(name, step);
            Assert.Contains($"{name} has length {length}, but must have {expected}", e.Message, StringComparison.Ordinal);
            Assert.All(state.Concat(output), static f => Assert.Equal(float.NaN, f));
        }

        Refused("parameters", parameters.Length - 1, parameters.Length, () => generated.Step(parameters.AsSpan(1), input, state, output, default));
        Refused("input", input.Length + 1, input.Length, () => generated.Step(parameters, new float[input.Length + 1], state, output, default));
        Refused("state", state.Length - 1, state.Length, () => generated.Step(parameters, input, state.AsSpan(1), output, default));
        Refused("output", 0, output.Length, () => generated.Step(parameters, input, state, default, default));
    }

    [Theory]
    [InlineData(13f)]
    [InlineData(-1f)]
    [InlineData(2.5f)]
    [InlineData(float.NaN)]
    [InlineData(3e9f)]
    public void A_number_that_is_no_index_is_refused_before_anything_is_written(float number)
    {
        GeneratedNetwork generated = s_specs.Network("an embedding", target);
        float[] parameters = new float[generated.ParameterBufferSize], inputs = new float[2 * generated.InputSize];
        inputs[generated.InputSize + 4] = number;
        float[] outputs = GeneratedNetwork.NaNs(2 * generated.OutputSize), gradients = GeneratedNetwork.NaNs(generated.ParameterBufferSize);
        float[] state = GeneratedNetwork.NaNs(generated.StateSize!.Value);
        void Refused(string name, int place, Action call)
        {
            ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(name, call);
            Assert.Contains($"{name}[{place}] is no index: it must be a whole number from 0 to 12", e.Message, StringComparison.Ordinal);
            Assert.Equal(number, e.ActualValue);
            Assert.All(outputs.Concat(gradients).Concat(state), static f => Assert.Equal(float.NaN, f));
        }

        float[] scratch = new float[generated.ScratchSize];
        Refused("inputs", generated.InputSize + 4, () => generated.Forward(parameters, inputs, outputs, scratch));
        Refused("inputs", 4, () => generated.Forward(parameters, inputs.AsSpan(generated.InputSize), outputs.AsSpan(generated.OutputSize), scratch));
        Refused("inputs", generated.InputSize + 4, () => generated.Loss(parameters, inputs, outputs, scratch));
        Refused("inputs", generated.InputSize + 4, () => generated.Backward(parameters, inputs, outputs, gradients, new float[generated.TrainingScratchSize(2)]));
        Refused("input", 0, () => generated.Step(parameters, inputs.AsSpan(generated.InputSize + 4, 1), state, outputs.AsSpan(0, generated.StepOutputSize), scratch));
        GeneratedInstance instance = generated.Create(1);
        float[] before = instance.Parameters.ToArray();
        Refused("inputs", 4, () => instance.TrainStep(inputs.AsSpan(generated.InputSize), new float[generated.OutputSize], 0.1f));
        Refused("inputs", generated.InputSize + 4, () => instance.TrainStep(inputs, new float[2 * generated.OutputSize], 0.1f));
        Assert.Equal(before, instance.Parameters.ToArray());
    }

    private protected static GeneratedNetwork Stack(string target) => s_specs.Network("convolutions and recurrent layers", target);

    private static Dictionary<string, string> Specs()
    {
        const string Channels = "{ shape: [3, 20], layout: channels }";
        return new()
        {
            ["simple_rnn, the last output"] = RecurrentSpecs.Spec("[9, 1]", "simple_rnn: 1", "dense: 2"),
            ["lstm, every output"] = RecurrentSpecs.Spec("[12, 5]", "lstm: { units: 9, return_sequences: true }"),
            ["a stack, dense and norms at each step"] = RecurrentSpecs.Spec(
                "[12, 3]", "gru: { units: 17, return_sequences: true, name: a }", "layer_norm", "normalization: { mean: 0.25 }", "lstm: { units: 8, return_sequences: true }", "rescaling: 2", "batch_norm", "prelu: { per_channel: true }",
                "dense: { units: 17, activation: tanh, name: b }", "add: [a, b]", "concat: { from: [a, b], axis: 1 }", "slice: { axis: 1, start: 1, step: 2 }", "simple_rnn: { units: 3, return_sequences: true }", "softmax"),
            ["functions, merges and means of the features at each step"] = RecurrentSpecs.Spec(
                "[9, 5]", "gru: { units: 6, return_sequences: true, name: a }", "sin", "clip: { min: -0.5 }", "power: 2",
                    "reduce_mean: { axes: -1, keep_dims: true, name: b }",
                "subtract: { from: [a, b], name: c }", "maximum: [c, b]", "layer_norm: { center: false, epsilon: 0.1 }", "dense: 3"),
            ["an embedding"] = RecurrentSpecs.Spec("9", "embedding: { input_dim: 13, output_dim: 4 }", "gru: 5", "dense: 3"),
            ["grus that reset the state, other activations, no biases"] = RecurrentSpecs.Spec(
                "[9, 3]", "gru: { units: 9, reset_after: false, return_sequences: true, name: a }", "gru: { units: 8, activation: softsign, recurrent_activation: hard_sigmoid, use_bias: false, return_sequences: true }",
                "simple_rnn: { units: 5, activation: { leaky_relu: 0.1 }, use_bias: false, return_sequences: true }", "gru: { units: 4, reset_after: false, use_bias: false, activation: silu }"),
            ["words and logits of one weight, two lstms of another"] = RecurrentSpecs.Spec(
                "9", "embedding: { input_dim: 13, output_dim: 4, name: words }", "lstm: { units: 4, return_sequences: true, name: a }", "lstm: { units: 4, return_sequences: true, weights_of: a }",
                "dense: { units: 13, weights_of: words }"),
            ["two dilated convolutions"] = "# gives channels\n" + RecurrentSpecs.Spec(
                Channels, "conv1d: { filters: 4, kernel_size: 3, dilation_rate: 2, padding: causal, activation: tanh }", "batch_norm", "normalization", "dropout: 0.3",
                "conv1d: { filters: 6, kernel_size: 2, dilation_rate: 7, padding: causal, groups: 2 }", "elu"),
            ["convolutions and recurrent layers"] = RecurrentSpecs.Spec(
                Channels, "conv1d: { filters: 8, kernel_size: 5, padding: causal, activation: relu }", "conv1d: { filters: 5, kernel_size: 1 }", "permute: [1, 0]",
                "lstm: { units: 6, return_sequences: true }", "permute: [1, 0]", "conv1d: { filters: 7, kernel_size: 2, padding: causal }", "permute: [1, 0]", "gru: 3", "dense: 2", "softmax"),
            ["dense at each step alone"] = RecurrentSpecs.Spec("{ shape: [6, 4], layout: sequence }", "dense: { units: 5, activation: relu }", "dense: 3"),
            // As wide as it is long, and only the layer behind tells which axis is time.
            ["turned before anything says what time is"] = "# layout: channels\n" + RecurrentSpecs.Spec("[5, 5]", "permute: [1, 0]", "lstm: { units: 3, return_sequences: true }"),
            ["a line as a sequence of one feature"] = RecurrentSpecs.Spec("15", "reshape: [15, 1]", "lstm: 4", "reshape: [2, 2]", "flatten", "dense: 3"),
        };
    }
}

/// <inheritdoc/>
public sealed class StreamOnNet10Tests() : StreamTests(TargetName.Net10)
{
    [Fact]
    public void A_step_allocates_nothing()
    {
        GeneratedNetwork generated = Stack(TargetName.Net10);
        float[] parameters = new float[generated.ParameterBufferSize], state = new float[generated.StateSize!.Value], scratch = new float[generated.ScratchSize];
        float[] input = new float[generated.StepInputSize], output = new float[generated.StepOutputSize];
        void Steps()
        {
            for (int k = 0; k < 1000; k++)
                generated.Step(parameters, input, state, output, scratch);
        }

        Steps();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Steps();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

/// <inheritdoc/>
public sealed class StreamOnPortableTests() : StreamTests(TargetName.Portable);

/// <inheritdoc/>
public sealed class StreamOnArraysTests() : StreamTests(TargetName.Arrays);
