using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// Each loss at single points: kinks, exact hits, far outliers, saturated outputs. The weights are 0, so the prediction
/// (or logit) is the bias, exactly, and the bias gradient is the loss's derivative.
/// </summary>
public sealed class LossPrecisionTests
{
    private const int Ulps = 4;

    private static readonly string[] s_losses =
    [
        "squared_error", "half_squared_error", "mean_squared_error", "mean_absolute_error", "huber", "{ huber: { delta: 0.3 } }",
        "{ huber: { delta: 1000, reduction: sum } }", "hinge", "binary_cross_entropy_with_logits", "cross_entropy_with_logits",
    ];

    private static readonly CompiledSpecs s_specs = new(s_losses
        .SelectMany(loss => (int[])[1, 3], (loss, size) => (Name: $"{loss} of {size}", Spec: Spec(size, "linear", loss)))
        .Append((Name: "saturated", Spec: Spec(2, "softmax", "binary_cross_entropy")))
        .ToDictionary(s => s.Name, s => s.Spec));

    private static readonly float[] s_predictions = [0, 0.3f, -0.3f, 1, -1, 0.5f, 2, -2, 1.0000001f, 0.99999994f, -1.0000001f, 1e-20f, -1e-8f, 100, -100, 1e4f, -1e10f];

    private static readonly float[] s_targets = [0, 1, -1, 0.3f, 0.25f, 2, -2, 1e4f];

    private static readonly float[] s_probabilities = [0, 1, 0.25f, 0.75f, 1e-6f];

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, s_specs.Names.Where(name => name != "saturated"));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_derivative_are_within_4_ulps_at_every_point(string target, string network)
    {
        GeneratedNetwork generated = s_specs.Networks(network, target).Last();
        ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
        int size = generated.OutputSize;
        float[] choices = network.Contains("cross_entropy") ? s_probabilities : s_targets;
        for (int p = 0; p < s_predictions.Length; p++)
        {
            for (int c = 0; c < choices.Length; c++)
            {
                float[] biases = [.. Enumerable.Range(0, size).Select(i => s_predictions[(p + i) % s_predictions.Length])];
                float[] targets = [.. Enumerable.Range(0, size).Select(i => choices[(c + 2 * i) % choices.Length])];
                AssertPoint(generated, reference, biases, targets);
            }
        }
    }

    /// <summary>Where the softmax gives 0 and 1 to the last bit, the logs are held at -100 and the softmax has no slope.</summary>
    [Theory]
    [InlineData(TargetName.Net10)]
    [InlineData(TargetName.Portable)]
    [InlineData(TargetName.Arrays)]
    public void A_saturated_softmax_has_a_loss_of_100_and_gradients_that_are_numbers(string target)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks("saturated", target))
        {
            float[] parameters = generated.Pack(new Dictionary<string, double[]> { ["dense_1.weight"] = [0, 0], ["dense_1.bias"] = [200, -200] });

            (float right, float[] gradientsOfRight) = generated.Backward(parameters, [1], [1f, 0f]);
            (float wrong, float[] gradientsOfWrong) = generated.Backward(parameters, [1], [0f, 1f]);

            Assert.Equal(0, right);
            Assert.Equal(100, wrong);
            Assert.Equal(0, generated.Loss(parameters, [1], [1f, 0f]));
            Assert.Equal(100, generated.Loss(parameters, [1], [0f, 1f]));
            Assert.All(gradientsOfRight.Concat(gradientsOfWrong), g => Assert.Equal(0, g));
        }
    }

    private static void AssertPoint(GeneratedNetwork generated, ReferenceNetwork reference, float[] biases, float[] targets)
    {
        biases.ToDoubles().CopyTo(reference.Parameters["dense_1.bias"], 0);
        float[] parameters = generated.Pack(reference.Parameters);

        (float loss, float[] buffer) = generated.Backward(parameters, [1], targets);
        float inference = generated.Loss(parameters, [1], targets);

        (double expectedLoss, IReadOnlyDictionary<string, double[]> expected) = reference.Backward([1], targets.ToDoubles());
        string at = $"at predictions {string.Join(" ", biases)}, targets {string.Join(" ", targets)}";
        Assert.True(Difference.Ulps((float)expectedLoss, loss) <= Ulps, $"the loss in training is {loss:r} instead of {(float)expectedLoss:r} {at}");
        Assert.True(Difference.Ulps((float)expectedLoss, inference) <= Ulps, $"the loss is {inference:r} instead of {(float)expectedLoss:r} {at}");
        double[] gradients = generated.Unpack(buffer)["dense_1.bias"];
        for (int i = 0; i < gradients.Length; i++)
        {
            float right = (float)expected["dense_1.bias"][i];
            // Targets that sum to neither 0 nor 1 leave a difference of two products, each rounded.
            double rounding = targets.Sum(System.Math.Abs) * 1.2e-7;
            Assert.True(
                Difference.Ulps(right, (float)gradients[i]) <= Ulps || System.Math.Abs(right - gradients[i]) <= rounding,
                $"derivative {i} is {gradients[i]:r} instead of {right:r} {at}");
        }
    }

    private static string Spec(int size, string last, string loss) => $$"""
        input: 1
        layers: [dense: { units: {{size}}, activation: {{last}} }]
        loss: {{loss}}
        """;
}
