using System;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Where numbers stop being finite.</summary>
public sealed class DivergenceTests
{
    private const float Huge = 3e38f;

    [Theory]
    [InlineData("hidden.weight", "hidden")]
    [InlineData("output.weight", "output")]
    public void The_layer_that_overflows_first_is_named(string parameter, string layer)
    {
        var net = new RectifiedNet();
        foreach (RectifiedNet.ParameterInfo info in RectifiedNet.ParameterTable)
            if (info.Name == parameter)
                net.Parameters.Slice(info.Offset, 8).Fill(Huge);
        float[] before = net.Parameters.ToArray();

        var error = Assert.Throws<TrainingDivergedException>(() => net.Fit(Data()));

        Assert.Equal(layer, error.Layer);
        Assert.Equal(1, error.Step);
        Assert.Contains($"The first layer whose numbers are not finite is '{layer}'.", error.Message);
        Assert.Equal(before, net.Parameters.ToArray());
    }

    [Fact]
    public void A_rate_that_is_too_high_is_found_at_its_step_with_the_layer_that_it_blew_up()
    {
        var error = Assert.Throws<TrainingDivergedException>(() => new RectifiedNet().Fit(Data(), options: new TrainingOptions { LearningRate = 1e30f, BatchSize = 1 }));

        Assert.NotNull(error.Layer);
        Assert.Contains($"'{error.Layer}'", error.Message);
        Assert.InRange(error.Step, 1, 3);
    }

    [Fact]
    public void The_layer_is_found_after_many_steps_too()
    {
        // At the 100th step, the rate is one that nothing survives.
        Func<long, float> rate = step => step < 100 ? 1e-9f : 1e30f;

        var error = Assert.Throws<TrainingDivergedException>(() =>
            new RectifiedNet().Fit(Data(), options: new TrainingOptions { Epochs = 100, LearningRateSchedule = rate, BatchSize = 2 }));

        Assert.NotNull(error.Layer);
        Assert.InRange(error.Step, 100, 103);
    }

    private static TargetDataset Data()
    {
        var features = new float[4 * 10];
        for (int i = 0; i < features.Length; i++)
            features[i] = 1e3f * (1 + i % 3);
        return new TargetDataset(features, 10, [1, 2, 3, 4]);
    }
}
