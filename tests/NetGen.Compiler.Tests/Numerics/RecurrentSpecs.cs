using System;
using System.Collections.Generic;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Recurrent networks of sizes that fit no vector. Where <c>NETGEN_THOROUGH_TESTS</c> is 1, also every kind with every number of units over
/// a range of features, steps, truncations and checkpoints.
/// </summary>
internal static class RecurrentSpecs
{
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    public static Dictionary<string, string> All()
    {
        Dictionary<string, string> specs = new()
        {
            ["simple_rnn of one unit, one feature, one step"] = Spec("[1, 1]", "simple_rnn: 1", "dense: 3"),
            ["lstm, 9 units, the last output"] = Spec("[7, 5]", "lstm: 9", "dense: 2"),
            ["gru, 17 units on 16 features, every output"] = Spec("[7, 16]", "gru: { units: 17, return_sequences: true }"),
            ["lstm over 50 steps, kept in pieces that do not fill it"] = Spec("[50, 1]", "lstm: { units: 8, checkpoint: 7 }", "dense: 2"),
            ["gru over 50 steps, truncated and kept, every output"] = Spec("[50, 2]", "gru: { units: 3, return_sequences: true, truncate: 20, checkpoint: 10 }", "dense: 1"),
            ["simple_rnn, truncated where it is not kept"] = Spec("[7, 2]", "simple_rnn: { units: 8, return_sequences: true, truncate: 3, checkpoint: 2 }"),
            ["lstm, truncated, above a layer that sees how far back"] = Spec("[9, 3]", "dense: { units: 4, activation: tanh }", "lstm: { units: 5, truncate: 4 }", "dense: 2"),
            ["a stack of one of each"] = Spec("[7, 2]", "lstm: { units: 8, return_sequences: true }", "gru: { units: 9, return_sequences: true }", "simple_rnn: 3"),
            ["norms, dense and a softmax at each step"] = Spec(
                "[6, 5]", "simple_rnn: { units: 9, return_sequences: true }", "layer_norm", "gru: { units: 5, return_sequences: true }", "batch_norm",
                "dense: { units: 6, activation: relu }", "dropout: 0", "dense: 4", "softmax").Replace("half_squared_error", "cross_entropy"),
            ["an embedding, a gru, logits at each step"] = Spec(
                "11", "embedding: { input_dim: 13, output_dim: 5 }", "gru: { units: 9, return_sequences: true, checkpoint: 4 }", "dense: 7")
                .Replace("half_squared_error", "cross_entropy_with_logits"),
            ["frozen below and in part, clipped, with a penalty"] = """
                input: [5, 3]
                layers:
                  - lstm: { units: 4, return_sequences: true, trainable: false }
                  - gru: { units: 5, return_sequences: true, trainable: [weight_hh_l0, bias_ih_l0] }
                  - simple_rnn: { units: 9, trainable: [weight_ih_l0, weight_hh_l0, bias_hh_l0] }
                  - dense: 2
                loss: squared_error
                optimizer: { sgd: { learning_rate: 0.05, momentum: 0.9, clip_norm: 1 } }
                l2: 0.01
                """,
            ["a causal convolution below"] = Spec(
                "[2, 12]", "conv1d: { filters: 8, kernel_size: 3, padding: causal, activation: relu }", "permute: [1, 0]",
                "lstm: { units: 3, return_sequences: true }", "flatten", "dense: 3"),
            ["its input goes around it, and it is read twice"] = Spec(
                "[5, 3]", "gru: { units: 3, return_sequences: true, name: a }", "add: [input, a]", "lstm: { units: 2, return_sequences: true, name: b }",
                "concat: { from: [a, b], axis: 1 }", "simple_rnn: 4"),
            ["two layers read one input"] = Spec("[6, 4]", "lstm: { units: 3, name: a }", "gru: { units: 3, from: input, name: b }", "multiply: [a, b]"),
            ["a stack of other activations, without biases"] = Spec(
                "[6, 5]", "simple_rnn: { units: 9, activation: relu, use_bias: false, return_sequences: true }",
                "gru: { units: 8, activation: { leaky_relu: 0.2 }, recurrent_activation: softsign, return_sequences: true, checkpoint: 2 }",
                "lstm: { units: 9, activation: gelu, recurrent_activation: softsign, use_bias: false }", "dense: 2"),
            ["gru that resets the state, every output"] = Spec("[7, 5]", "gru: { units: 9, return_sequences: true, reset_after: false }"),
            ["gru that resets the state, kept in pieces, without a bias"] = Spec(
                "[21, 3]", "gru: { units: 17, reset_after: false, use_bias: false, checkpoint: 5, truncate: 11, activation: softsign, recurrent_activation: hard_sigmoid }", "dense: 2"),
            ["bidirectional lstm, every output, below a gru, the last outputs"] = Spec(
                "[7, 5]", "bidirectional: { lstm: { units: 9, return_sequences: true } }", "bidirectional: { gru: 5 }", "dense: 2"),
            ["bidirectional simple_rnn, the mean, kept in pieces"] = Spec(
                "[17, 3]", "bidirectional: { simple_rnn: { units: 8, return_sequences: true, checkpoint: 5, use_bias: false }, merge_mode: average }", "dense: 2"),
            ["bidirectional lstm of linear states and hard gates, the product, truncated"] = Spec(
                "[11, 3]", "dense: { units: 4, activation: tanh }",
                "bidirectional: { lstm: { units: 3, truncate: 4, return_sequences: true, activation: linear, recurrent_activation: hard_sigmoid }, merge_mode: multiply }", "dense: 2"),
            ["bidirectional grus in a stack, frozen in part"] = Spec(
                "[9, 3]", "bidirectional: { gru: { units: 4, return_sequences: true, truncate: 4, checkpoint: 2, reset_after: false }, trainable: [weight_hh_l0_reverse, bias_ih_l0] }",
                "bidirectional: { gru: { units: 3, truncate: 5 }, merge_mode: sum }"),
            ["grus of one weight, with biases of their own, below two that reset the state"] = Spec(
                "[6, 5]", "gru: { units: 5, return_sequences: true, name: a }", "gru: { units: 5, return_sequences: true, weights_of: a, name: b, use_bias: false }",
                "gru: { units: 5, return_sequences: true, reset_after: false, name: c }", "gru: { units: 5, weights_of: c, reset_after: false }") + "l2: 0.01\n",
            ["an embedding and logits of one weight"] = Spec(
                "7", "embedding: { input_dim: 37, output_dim: 9, name: a }", "lstm: { units: 9, return_sequences: true }", "dense: { units: 37, weights_of: a }")
                .Replace("half_squared_error", "cross_entropy_with_logits") + "l2: 0.01\n",
        };
        if (s_isThorough)
            AddGrid(specs);
        return specs;
    }

    /// <summary>The spec of layers with a plain step, which may be fused with the gradient.</summary>
    public static string Spec(string input, params string[] layers) =>
        $"input: {input}\nlayers:\n  - {string.Join("\n  - ", layers)}\nloss: half_squared_error\noptimizer: {{ sgd: {{ learning_rate: 0.05 }} }}\n";

    /// <summary>Each kind and number of units with four of the others' values, which go around at steps that have nothing in common.</summary>
    private static void AddGrid(Dictionary<string, string> specs)
    {
        int[] features = [1, 2, 5, 16], times = [1, 2, 7, 50], truncates = [0, 1, 3, 7, 20, 60, 0], checkpoints = [1, 2, 3, 10, 50];
        int turn = 0;
        foreach (string kind in (string[])["simple_rnn", "gru", "lstm"])
        {
            foreach (int units in (int[])[1, 3, 8, 9, 17])
            {
                foreach (int time in times)
                {
                    int truncate = truncates[turn % truncates.Length], checkpoint = Math.Min(time, checkpoints[turn % checkpoints.Length]);
                    string options = $"units: {units}, checkpoint: {checkpoint}, return_sequences: {(turn % 3 == 0 ? "true" : "false")}{(truncate > 0 ? $", truncate: {truncate}" : "")}";
                    string input = $"[{time}, {features[(turn + turn / 4) % features.Length]}]";
                    specs[$"{input} to {kind}: {options}"] = Spec(input, $"{kind}: {{ {options} }}", "dense: 3");
                    turn++;
                }
            }
        }
    }
}
