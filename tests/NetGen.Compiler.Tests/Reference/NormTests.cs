using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>Normalisation in the reference: its gradients, and batch norm's two modes.</summary>
public sealed class NormTests
{
    [Theory]
    [InlineData("5", "layer_norm")]
    [InlineData("5", "rms_norm: { epsilon: 0.1 }")]
    [InlineData("5", "batch_norm")]
    [InlineData("5", "batch_norm: { trainable: false }")]
    [InlineData("5", "batch_norm: { trainable: [bias], epsilon: 0.01, momentum: 0.3 }")]
    [InlineData("[4, 3]", "layer_norm: { epsilon: 0.2 }")]
    [InlineData("[4, 3]", "rms_norm")]
    [InlineData("[4, 3]", "batch_norm")]
    public void Gradients_through_norms_are_those_of_central_differences(string input, string norm)
    {
        GradientCheck.Assert($$"""
            input: {{input}}
            layers:
              - dense: { units: 5, activation: tanh }
              - {{norm}}
              - dense: { units: 3, activation: sigmoid }
              - {{norm}}
              - flatten
              - dense: 2
            loss: half_squared_error
            l2: 0.02
            """);
    }

    /// <summary>A bias that is the same over all that a mean is taken of has no gradient.</summary>
    [Theory]
    [InlineData("[2, 5]", "1d", "batch_norm")]
    [InlineData("[2, 5]", "1d", "layer_norm")]
    [InlineData("[2, 5, 4]", "2d", "batch_norm")]
    [InlineData("[2, 5, 4]", "2d", "rms_norm")]
    public void Gradients_through_norms_of_channels_are_those_of_central_differences(string input, string axes, string norm)
    {
        GradientCheck.Assert($$"""
            input: {{input}}
            layers:
              - conv{{axes}}: { filters: 3, kernel_size: 2 }
              - {{norm}}
              - elu
              - global_average_pool
              - dense: 2
            loss: half_squared_error
            """, 2, norm != "rms_norm" ? ["conv" + axes + "_1.bias"] : []);
    }

    /// <summary>Channel 1 has the values 1, 3 and 5, 7 in two samples: mean 4, biased variance 5, unbiased 20 / 3.</summary>
    [Fact]
    public void Backward_leaves_the_batchs_statistics_and_a_step_blends_them_in()
    {
        ReferenceNetwork network = ReferenceNetwork.Parse("""
            input: { shape: [2, 2], layout: channels }
            layers: [batch_norm: { momentum: 0.25 }, flatten, dense: 1]
            loss: half_squared_error
            optimizer: { sgd: { learning_rate: 1, clip_norm: 0.001 } }
            l2: 0.5
            """);
        network.Fill(1);
        double[] mean = network.Parameters["batch_norm_1.running_mean"], variance = network.Parameters["batch_norm_1.running_var"];
        (mean[1], variance[1]) = (8, 2);

        (_, IReadOnlyDictionary<string, double[]> gradients) = network.Backward([0, 0, 1, 3, 0, 0, 5, 7], [1.0, 2.0]);
        network.SgdStep(gradients, []);

        Assert.Equal([0, 4], gradients["batch_norm_1.running_mean"]);
        Assert.Equal([0, 20 / 3.0], gradients["batch_norm_1.running_var"], (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(0.75 * 8 + 0.25 * 4, mean[1], 14);
        Assert.Equal(0.75 * 2 + 0.25 * 20 / 3, variance[1], 14);
        Assert.Equal(["batch_norm_1.bias", "batch_norm_1.weight", "dense_1.bias", "dense_1.weight"], network.Trained.Order());
    }

    [Fact]
    public void Inference_uses_the_running_statistics_and_training_those_of_the_batch()
    {
        const string Spec = """
            input: 1
            layers: [batch_norm: { epsilon: 0.25 }]
            loss: half_squared_error
            """;
        ReferenceNetwork network = ReferenceNetwork.Parse(Spec), frozen = ReferenceNetwork.Parse(Spec.Replace("{", "{ trainable: false,"));
        foreach (ReferenceNetwork n in (ReferenceNetwork[])[network, frozen])
        {
            n.Parameters["batch_norm_1.weight"][0] = 3;
            n.Parameters["batch_norm_1.bias"][0] = 1;
            n.Parameters["batch_norm_1.running_mean"][0] = 2;
            n.Parameters["batch_norm_1.running_var"][0] = 2;
        }

        // In training: mean 5, biased variance 6, and sqrt(6.25) = 2.5. In inference: mean 2, and sqrt(2.25) = 1.5.
        double[] x = [5 - 3, 5, 5 + 3];
        Dictionary<string, double[]> training = [];
        Assert.Equal([1 - 3 * 3 / 2.5, 1, 1 + 3 * 3 / 2.5], network.Forward(x, training), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal([1, 1 + 3 * 3 / 1.5, 1 + 3 * 6 / 1.5], network.Forward(x), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(network.Forward(x), frozen.Forward(x, training));
        Assert.All(frozen.Backward(x, x).Gradients.Values, g => Assert.Equal([0], g));
        Assert.NotEqual(network.Loss(x, x), network.Backward(x, x).Loss);
        Assert.Equal(frozen.Loss(x, x), frozen.Backward(x, x).Loss);
    }

    [Fact]
    public void One_value_per_channel_has_no_variance_to_train_with()
    {
        ReferenceNetwork network = ReferenceNetwork.Parse("{ input: 2, layers: [batch_norm], loss: squared_error }");
        network.Fill(1);

        Assert.Throws<ArgumentException>(() => network.Backward([1, 2], new[] { 1.0, 2.0 }));
        Assert.Equal(2, network.Forward([1, 2]).Length);
    }
}
