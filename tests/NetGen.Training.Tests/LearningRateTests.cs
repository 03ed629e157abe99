using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

public sealed class LearningRateTests
{
    [Fact]
    public void One_cycle_has_the_rates_of_PyTorch()
    {
        // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10), PyTorch 1.13.
        double[] expected = [0.04, 0.52, 1, 0.9504846320, 0.8117456540, 0.6112620219, 0.3887419781, 0.1882583461, 0.0495193680, 4e-06];

        Func<long, float> rate = LearningRates.OneCycle(1, 10);

        for (int step = 0; step < 10; step++)
            Assert.Equal(expected[step], rate(step), 1e-6);
        Assert.Equal(rate(9), rate(100));
    }

    [Theory]
    [InlineData(0, 10, 0.3)]
    [InlineData(float.NaN, 10, 0.3)]
    [InlineData(1, 1, 0.3)]
    [InlineData(1, 10, 1)]
    public void Impossible_cycles_are_refused(float peak, long steps, double warmup) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRates.OneCycle(peak, steps, warmup));

    [Fact]
    public void A_plateau_lowers_the_rate_after_its_patience_and_not_below_the_least()
    {
        var rates = new List<float>();
        var plateau = new ReduceOnPlateau { Patience = 2, Factor = 0.5f, MinDelta = 100, Cooldown = 1, MinLearningRate = 0.003f };

        new PlainNet().Fit(
            Flowers.Train, Flowers.Test, new TrainingOptions { Epochs = 12, LearningRate = 0.01f, ReduceOnPlateau = plateau }, report => rates.Add(report.LearningRate));

        // The first epoch is better than none. Two more are waited for; then, as in Keras, one epoch of cooldown counts when it has passed.
        Assert.Equal([0.01f, 0.01f, 0.01f, 0.005f, 0.005f, 0.003f, 0.003f, 0.003f, 0.003f, 0.003f, 0.003f, 0.003f], rates);
    }

    [Fact]
    public void An_average_of_the_weights_is_what_is_validated_and_what_the_network_ends_with()
    {
        var net = new PlainNet();
        var steps = new List<float[]>();
        var options = new TrainingOptions { Epochs = 3, BatchSize = 30, AverageDecay = 0.8f, RestoreBestWeights = false };

        TrainingHistory history = net.Fit(Flowers.Train, Flowers.Test, options with { Callbacks = [new Watch(() => steps.Add(net.Parameters.ToArray()))] });

        float[] expected = new PlainNet().Parameters.ToArray();
        foreach (float[] step in steps)
            for (int i = 0; i < expected.Length; i++)
                expected[i] = 0.8f * expected[i] + (1 - 0.8f) * step[i];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], net.Parameters[i], 1e-6f);
        Assert.Equal(history.Epochs[^1].ValidationLoss, net.Evaluate(Flowers.Test).Loss);
        Assert.NotEqual(steps[^1], net.Parameters.ToArray());
    }

    [Fact]
    public void Frozen_layers_keep_their_values_and_the_others_learn()
    {
        var net = new NormalizedNet();
        float[] before = net.Parameters.ToArray();

        net.Fit(Flowers.Train, options: new TrainingOptions { Epochs = 2, Frozen = ["hidden", "norm.running_mean"] });

        foreach (NormalizedNet.ParameterInfo parameter in NormalizedNet.ParameterTable)
        {
            bool isSame = before.AsSpan(parameter.Offset, 3).SequenceEqual(net.Parameters.Slice(parameter.Offset, 3));
            Assert.Equal(parameter.Name is "hidden.weight" or "hidden.bias" or "norm.running_mean", isSame);
        }
    }

    [Fact]
    public void A_frozen_name_that_is_not_there_is_an_error_with_the_nearest() => Assert.Contains(
        "Frozen names 'hiden', but PlainNet has no such layer or parameter; did you mean 'hidden'?",
        Assert.Throws<ArgumentException>(() => new PlainNet().Fit(Flowers.Train, options: new TrainingOptions { Frozen = ["hiden"] })).Message);

    [Fact]
    public void The_search_suggests_a_rate_that_trains_and_leaves_the_network_as_it_was()
    {
        var net = new PlainNet();
        float[] before = net.Parameters.ToArray();

        LearningRateCurve curve = net.FindLearningRate(Flowers.Train, new LearningRateSearch { From = 1e-4f, To = 100 });

        Assert.Equal(before, net.Parameters.ToArray());
        Assert.Equal(0, net.Steps);
        Assert.InRange(curve.Suggestion!.Value, 0.005f, 5);
        Assert.Equal(curve.Points.Select(p => p.LearningRate).Order(), curve.Points.Select(p => p.LearningRate));
        Assert.Contains("suggested learning rate", curve.ToString());
        net.Fit(Flowers.Train, options: new TrainingOptions { Epochs = 30, LearningRate = curve.Suggestion });
        Assert.True(net.Evaluate(Flowers.Test).Accuracy > 0.8);
    }

    [Fact]
    public void A_search_of_impossible_rates_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PlainNet().FindLearningRate(Flowers.Train, new LearningRateSearch { From = 1, To = 0.1f }));
        Assert.Throws<ArgumentException>(() => new PlainNet().FindLearningRate(Flowers.Train, new LearningRateSearch { Steps = 3 }));
    }

    private sealed class Watch(Action afterStep) : TrainingCallback
    {
        public override void AfterStep(TrainingStatus status) => afterStep();
    }
}
