using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Specs drawn from the grammar by a seed: combinations that nobody thought of. 12 of them, or 400 where
/// <c>NETGEN_THOROUGH_TESTS</c> is 1.
/// </summary>
public sealed class RandomSpecTests
{
    private static readonly int s_count = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1" ? 400 : 12;

    private static readonly CompiledSpecs s_specs = new(
        Enumerable.Range(0, s_count).ToDictionary(seed => seed.ToString(CultureInfo.InvariantCulture), Draw), isShared: true);

    public static TheoryData<string, string> Cases => s_specs.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_loss_gradients_and_steps_are_the_references(string target, string seed)
    {
        string spec = s_specs.Spec(seed);
        try
        {
            foreach (GeneratedNetwork generated in s_specs.Networks(seed, target))
            {
                foreach (int samples in (int[])[1, 4])
                    Agreement.Assert(generated, NumericCase.Draw(spec, samples));
            }
        }
        catch (Exception e) when (e is not InvalidOperationException)
        {
            throw new InvalidOperationException($"{e.Message}\n{spec}", e);
        }
    }

    private static string Draw(int seed)
    {
        Random random = new(seed);
        int shape = random.Next(5);
        string input = shape switch
        {
            0 => $"[{random.Next(1, 6)}, {random.Next(1, 8)}]",
            1 => $"{{ shape: [{random.Next(1, 5)}, {random.Next(1, 6)}], layout: {Pick("sequence", "channels")} }}",
            2 => $"[{random.Next(1, 4)}, {random.Next(1, 4)}, {random.Next(1, 5)}]",
            _ => $"{random.Next(1, 40)}",
        };
        bool isFlat = shape > 2, isSequence = input.Contains("sequence"), hasChannels = input.Contains("channels") || shape == 2;
        List<string> layers = [];
        for (int count = random.Next(0, 5); count > 0 || layers.Count == 0; count--)
        {
            if (!isFlat && (hasChannels || random.Next(4) == 0))
            {
                if (random.Next(2) == 0)
                    layers.Add(Activation(hasChannels || isSequence));
                layers.Add("flatten");
                isFlat = true;
            }

            switch (random.Next(4))
            {
                case 0:
                    layers.Add(Activation(isFlat || isSequence));
                    break;
                default:
                    layers.Add(Dense(Activation(true)));
                    isSequence = !isFlat;
                    break;
            }
        }

        (string loss, string? last) = random.Next(10) switch
        {
            0 => ("squared_error", null),
            1 => ("half_squared_error", null),
            2 => ("mean_squared_error", null),
            3 => ("mean_absolute_error", null),
            4 => ($"{{ huber: {{ delta: {Pick("0.1", "1", "2.5")}, reduction: {Pick("sum", "mean")} }} }}", null),
            5 => ("hinge", "linear"),
            6 => ("binary_cross_entropy", Pick("sigmoid", "softmax")),
            7 => ("binary_cross_entropy_with_logits", Pick("linear", "tanh")),
            8 => ("cross_entropy", "softmax"),
            _ => ("cross_entropy_with_logits", Pick("linear", "elu")),
        };
        layers.Add(Dense(last ?? Activation(true)));
        string optimizer = random.Next(8) switch
        {
            0 => "sgd",
            1 => "{ sgd: { learning_rate: 0.1, clip_norm: 0.2 } }",
            2 => "{ sgd: { learning_rate: 0.05, momentum: 0.9, nesterov: true } }",
            3 => "{ sgd: { learning_rate: 0.2, momentum: 0.5, clip_norm: 1 } }",
            4 => $"{{ adam: {{ beta_1: {Pick("0", "0.8", "0.9")}, clip_value: {Pick("0.01", "1")} }} }}",
            5 => $"{{ adamw: {{ learning_rate: 0.01, weight_decay: {Pick("0", "0.1")}, clip_norm: 1 }} }}",
            6 => $"{{ rmsprop: {{ momentum: {Pick("0", "0.9")}, epsilon: 1e-4, clip_norm: 1, clip_value: 0.1 }} }}",
            _ => $"{{ adagrad: {{ weight_decay: {Pick("0", "0.1")} }} }}",
        };
        return $$"""
            input: {{input}}
            layers:
              - {{string.Join("\n  - ", layers)}}
            loss: {{loss}}
            optimizer: {{optimizer}}
            l2: {{Pick("0", "0", "0.01", "0.3")}}
            """;

        string Pick(params string[] choices) => choices[random.Next(choices.Length)];

        string Activation(bool softmax) => Pick(
            "linear", "relu", "leaky_relu", "{ leaky_relu: -0.3 }", "elu", "{ elu: 0.5 }", "sigmoid", "tanh", "softplus", softmax ? "softmax" : "tanh");

        string Dense(string activation) =>
            $"dense: {{ units: {random.Next(1, random.Next(4) == 0 ? 40 : 9)}, activation: {activation}{Pick("", "", "", ", use_bias: false", ", trainable: false", ", trainable: [weight]")} }}";
    }
}
