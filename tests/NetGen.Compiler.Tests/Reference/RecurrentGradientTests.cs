using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>Backpropagation through time in the reference, against central differences.</summary>
public sealed class RecurrentGradientTests
{
    public static TheoryData<string> Kinds => ["simple_rnn", "gru", "lstm"];

    [Theory]
    [InlineData("simple_rnn: 4")]
    [InlineData("gru: 3")]
    [InlineData("lstm: { units: 3, trainable: [weight_hh_l0, bias_ih_l0] }")]
    [InlineData("simple_rnn: { units: 3, return_sequences: true }")]
    [InlineData("gru: { units: 4, return_sequences: true, trainable: false }")]
    [InlineData("lstm: { units: 3, return_sequences: true, checkpoint: 2 }")]
    [InlineData("simple_rnn: { units: 4, activation: softplus, use_bias: false }")]
    [InlineData("gru: { units: 4, reset_after: false, return_sequences: true }")]
    [InlineData("gru: { units: 3, reset_after: false, activation: silu, recurrent_activation: tanh }")]
    [InlineData("gru: { units: 3, activation: { elu: 0.5 }, recurrent_activation: gelu, use_bias: false }")]
    [InlineData("lstm: { units: 3, activation: silu, recurrent_activation: softplus, return_sequences: true }")]
    [InlineData("bidirectional: { lstm: { units: 3, return_sequences: true } }")]
    [InlineData("bidirectional: { gru: 3, merge_mode: multiply }")]
    [InlineData("bidirectional: { simple_rnn: { units: 3, return_sequences: true }, merge_mode: average, trainable: [weight_hh_l0, bias_ih_l0_reverse] }")]
    [InlineData("bidirectional: { gru: { units: 3, reset_after: false, use_bias: false }, merge_mode: sum }")]
    public void Gradients_through_a_recurrent_layer_are_those_of_central_differences(string layer)
    {
        GradientCheck.Assert($$"""
            input: [5, 3]
            layers:
              - dense: { units: 2, activation: tanh }
              - {{layer}}
              - dense: 2
            loss: half_squared_error
            l2: 0.02
            """);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_through_50_steps_are_those_of_central_differences(string kind)
    {
        GradientCheck.Assert($$"""
            input: [50, 2]
            layers:
              - {{kind}}: { units: 3, return_sequences: true }
              - {{kind}}: 2
            loss: half_squared_error
            """, 2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_through_layers_at_each_step_are_those_of_central_differences(string kind)
    {
        GradientCheck.Assert($$"""
            input: { shape: [6, 3], layout: sequence }
            layers:
              - {{kind}}: { units: 4, return_sequences: true }
              - layer_norm
              - {{kind}}: { units: 3, return_sequences: true }
              - batch_norm
              - dense: 3
              - softmax
            loss: cross_entropy
            """);
    }

    [Theory]
    [InlineData("gru: { units: 3, return_sequences: true }, dense: 4")]
    [InlineData("lstm: 4")]
    [InlineData("flatten, dense: 4")]
    public void Gradients_of_an_embedding_are_those_of_central_differences(string above)
    {
        GradientCheck.Assert($$"""
            input: 6
            layers: [embedding: { input_dim: 5, output_dim: 3 }, {{above}}]
            loss: half_squared_error
            l2: 0.02
            """);
    }

    [Theory]
    [InlineData("embedding: { input_dim: 5, output_dim: 3, name: e }, gru: 3, dense: { units: 5, weights_of: e }")]
    [InlineData("embedding: { input_dim: 5, output_dim: 3, name: e }, dense: { units: 5, weights_of: e, use_bias: false }, dense: { units: 3, weights_of: e }")]
    [InlineData("dense: { units: 4, name: a, activation: tanh }, dense: { units: 6, name: b, weights_of: a }, dense: { units: 4, weights_of: b, trainable: false }")]
    [InlineData("dense: { units: 6, name: a, trainable: [bias] }, tanh, dense: { units: 6, weights_of: a }")]
    [InlineData("reshape: [3, 2], gru: { units: 2, return_sequences: true, name: a }, gru: { units: 2, return_sequences: true, weights_of: a, name: b }, gru: { units: 2, weights_of: b, use_bias: false }")]
    public void Gradients_of_shared_weights_are_those_of_central_differences(string layers) =>
        GradientCheck.Assert($"{{ input: 6, layers: [{layers}], loss: half_squared_error, l2: 0.02 }}");

    /// <summary>
    /// What truncation means: of the loss in which the state that enters each piece is held at its value. The pieces are given here by
    /// their first steps.
    /// </summary>
    [Theory]
    [InlineData("simple_rnn", 1, new[] { 0, 1, 2, 3, 4, 5, 6 })]
    [InlineData("simple_rnn", 3, new[] { 0, 1, 4 })]
    [InlineData("gru", 2, new[] { 0, 1, 3, 5 })]
    [InlineData("gru", 6, new[] { 0, 1 })]
    [InlineData("lstm", 3, new[] { 0, 1, 4 })]
    [InlineData("lstm", 5, new[] { 0, 2 })]
    [InlineData("lstm", 7, new[] { 0 })]
    [InlineData("lstm", 8, new[] { 0 })]
    public void Truncated_gradients_hold_the_state_that_enters_a_piece(string kind, int truncate, int[] firstSteps)
    {
        const int Time = 7, Features = 2, Units = 3;
        ReferenceNetwork network = ReferenceNetwork.Parse($$"""
            input: [{{Time}}, {{Features}}]
            layers: [{{kind}}: { units: {{Units}}, return_sequences: true, truncate: {{truncate}}, name: r }]
            loss: half_squared_error
            """);
        network.Fill(31);
        double[] inputs = network.Inputs(32, 1).ToDoubles(), targets = TestData.Uniform(33, Time * Units).ToDoubles();
        ReferenceCellParameters parameters = ReferenceCellParameters.Of("r", network.Parameters);
        ReferenceCell cell = kind switch
        {
            "simple_rnn" => new ReferenceRnnCell(Units, parameters, ReferenceCellFunctions.Default),
            "gru" => new ReferenceGruCell(Units, parameters, ReferenceCellFunctions.Default),
            _ => new ReferenceLstmCell(Units, parameters, ReferenceCellFunctions.Default),
        };
        Dictionary<int, ReferenceState> entering = [];
        double whole = LossOfPieces(hold: false);

        (double loss, IReadOnlyDictionary<string, double[]> gradients) = network.Backward(inputs, targets);

        Assert.Equal(whole, loss, 1e-14);
        foreach ((string name, double[] values) in network.Parameters)
        {
            double[] numerical = [.. values.Select((_, i) => CentralDifference(values, i))];
            Assert.Contains(numerical, g => Math.Abs(g) > 1e-3);
            Assert.InRange(Difference.Relative(numerical, gradients[name]), 0, 1e-9);
        }

        double LossOfPieces(bool hold)
        {
            ReferenceState state = ReferenceState.Zeros(Units);
            double sum = 0;
            for (int t = 0; t < Time; t++)
            {
                if (Array.IndexOf(firstSteps, t) >= 0)
                {
                    if (hold)
                        state = entering[t];
                    else
                        entering[t] = state;
                }

                state = cell.Step(inputs[(t * Features)..((t + 1) * Features)], state);
                sum += state.H.Select((h, u) => 0.5 * (h - targets[t * Units + u]) * (h - targets[t * Units + u])).Sum();
            }

            return sum;
        }

        double CentralDifference(double[] values, int i)
        {
            const double Step = 5e-4;
            double w = values[i];
            double result = (8 * (At(1) - At(-1)) - (At(2) - At(-2))) / (12 * Step);
            values[i] = w;
            return result;

            double At(int steps)
            {
                values[i] = w + steps * Step;
                return LossOfPieces(hold: true);
            }
        }
    }

    /// <summary>Seen by a dense layer below of which each unit is one step's input: only those of the last three have a gradient.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_last_output_reaches_back_over_as_many_steps_as_truncate_says(string kind)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse($$"""
            input: 1
            layers:
              - dense: 8
              - reshape: [8, 1]
              - {{kind}}: { units: 3, truncate: 3 }
            loss: half_squared_error
            """);
        network.Fill(5);

        double[] stepByStep = network.Backward([0.75], [0.5, -0.25, 1.0]).Gradients["dense_1.bias"];

        Assert.All(stepByStep[..5], static g => Assert.Equal(0, g));
        Assert.All(stepByStep[5..], static g => Assert.True(Math.Abs(g) > 1e-6));
    }

    [Theory]
    [InlineData("{ shape: [3, 4], layout: channels }", "lstm: 2")]
    [InlineData("[2, 3, 4]", "gru: 2")]
    [InlineData("4", "simple_rnn: 2")]
    [InlineData("[3, 4]", "embedding: { input_dim: 5, output_dim: 2 }")]
    public void What_is_no_sequence_or_no_vector_of_indices_is_refused(string input, string layer) =>
        Assert.Throws<NotSupportedException>(() => ReferenceNetwork.Parse($"{{ input: {input}, layers: [{layer}] }}"));

    [Theory]
    [InlineData(5.0)]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void An_index_that_an_embedding_does_not_have_is_refused(double index)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse("{ input: 2, layers: [embedding: { input_dim: 5, output_dim: 2 }] }");

        Assert.Equal(4, network.Forward([0, 4]).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Forward([0, index]));
    }
}
