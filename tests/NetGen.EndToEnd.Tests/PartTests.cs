using System;
using System.Linq;
using NetGen.Training;
using Xunit;

namespace NetGen.EndToEnd.Tests;

[Network(Seed = 3)]
[Input("left", 3), Input("right", 2)]
[Normalization(From = "left", Name = "a"), Normalization(From = "right", Name = "b")]
[Concat("a", "b"), Dense(16, Activation = Activation.Tanh, Name = "hidden")]
[Dense(2, Name = "sums"), Dense(1, From = "hidden", Name = "product")]
[Outputs("hidden", "product", "sums")]
[MeanSquaredError(Output = "sums"), MeanSquaredError(Output = "product", Weight = 0.5f)]
[Adam(LearningRate = 0.01f)]
public sealed partial class Parted;

[Network]
[Input("x", 4), Input("memory", 6)]
[Reshape(1, 4, From = "x"), Gru(6, InitialState = "memory", Name = "core")]
[Dense(3, Name = "choice"), Softmax(Name = "shares")]
[Outputs("shares", "core.h")]
[CrossEntropy(Output = "shares")]
[Adam(LearningRate = 0.02f)]
public sealed partial class Remembering;

/// <summary>Networks with several inputs and outputs, as a project uses them.</summary>
public sealed class PartTests
{
    [Fact]
    public void Several_inputs_and_outputs_are_trained_and_measured()
    {
        var random = new Random(1);
        float[] features = new float[5 * 400], targets = new float[3 * 400];
        for (int n = 0; n < 400; n++)
        {
            Span<float> x = features.AsSpan(5 * n, 5);
            for (int i = 0; i < 5; i++)
                x[i] = 10 * i + (float)random.NextDouble();
            // In the order of the outputs: the product, and then the sums.
            targets[3 * n] = (x[0] - 0.5f) * (x[4] - 40.5f);
            targets[(3 * n) + 1] = x[0] + x[1] - 10;
            targets[(3 * n) + 2] = x[2] - 20 + x[3] - 30;
        }

        var data = new TargetDataset(features, 5, targets, 3);
        var net = new Parted();
        net.Adapt(data);
        Assert.Equal(20.5, Mean(net, "a.mean", 2), 0.1);
        Assert.Equal(30.5, Mean(net, "b.mean", 0), 0.1);
        Assert.Equal(3, Parted.TargetSize);
        Assert.Equal((1, 17, 19), (Parted.Outputs.ProductSize, Parted.Outputs.SumsOffset, Parted.OutputSize));

        net.Fit(data, options: new TrainingOptions { Epochs = 60, BatchSize = 20, Metrics = [Metric.R2, Metric.MeanAbsoluteError] });

        Evaluation evaluation = net.Evaluate(data, [Metric.R2, Metric.MeanAbsoluteError]);
        Assert.True(evaluation.Metrics["R2"] > 0.9, $"R2 {evaluation.Metrics["R2"]}");
        Assert.Null(evaluation.Accuracy);
        Assert.Equal([new NetworkOutput("product", 16, 1), new NetworkOutput("sums", 17, 2)], TrainedOutputs<Parted>());

        float[] hidden = new float[16], sums = new float[2], product = new float[1], all = new float[19];
        net.ForwardParts(features.AsSpan(0, 3), features.AsSpan(3, 2), hidden, product, sums);
        net.Forward(features.AsSpan(0, 5), all);
        Assert.Equal(all, (float[])[.. hidden, .. product, .. sums]);
    }

    [Fact]
    public void A_classifier_that_also_gives_its_state_is_a_classifier()
    {
        var random = new Random(2);
        float[] features = new float[10 * 300];
        int[] labels = new int[300];
        for (int n = 0; n < 300; n++)
        {
            for (int i = 0; i < 10; i++)
                features[(10 * n) + i] = (float)(random.NextDouble() - 0.5);
            labels[n] = Array.IndexOf([.. features.AsSpan(10 * n, 3)], features.AsSpan(10 * n, 3).ToArray().Max());
        }

        var data = new LabeledDataset(features, 10, labels, ["first", "second", "third"]);
        var net = new Remembering();
        net.Fit(data, options: new TrainingOptions { Epochs = 60, BatchSize = 20 });

        Assert.True(net.Evaluate(data).Accuracy > 0.9);
        Assert.Equal([new NetworkOutput("shares", 0, 3)], TrainedOutputs<Remembering>());
    }

    private static double Mean(Parted net, string name, int feature) =>
        net.Parameters[Parted.ParameterTable.ToArray().Single(p => p.Name == name).Offset + feature];

    private static System.Collections.Generic.IReadOnlyList<NetworkOutput> TrainedOutputs<TNetwork>() where TNetwork : class, ITrainableNetwork<TNetwork> => TNetwork.TrainedOutputs;
}
