using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Where numbers stop being finite.</summary>
public sealed class DivergenceTests
{
    [Theory]
    [InlineData("hidden.weight", "hidden")]
    [InlineData("output.weight", "output")]
    public void The_layer_that_overflows_first_is_named(string parameter, string layer)
    {
        var net = new RegressionNet();
        foreach (RegressionNet.ParameterInfo info in RegressionNet.ParameterTable)
            if (info.Name == parameter)
                net.Parameters.Slice(info.Offset, 8).Fill(3e38f);
        // tanh keeps what overflows in the first layer finite, so that only the second shows: the first is looked for in a network of rectifiers.
        if (layer == "hidden")
        {
            var rectified = new RectifiedNet();
            foreach (RectifiedNet.ParameterInfo info in RectifiedNet.ParameterTable)
                if (info.Name == parameter)
                    rectified.Parameters.Slice(info.Offset, 8).Fill(3e38f);
            var first = Assert.Throws<TrainingDivergedException>(() => rectified.Fit(Data(1e3f)));
            Assert.Equal("hidden", first.Layer);
            Assert.Contains("The first layer whose numbers are not finite is 'hidden'.", first.Message);
            return;
        }

        var error = Assert.Throws<TrainingDivergedException>(() => net.Fit(Data(1e3f)));

        Assert.Equal(layer, error.Layer);
        Assert.Equal(1, error.Step);
    }

    [Fact]
    public void Weights_that_are_not_finite_name_their_layer()
    {
        var error = Assert.Throws<TrainingDivergedException>(() => new RectifiedNet().Fit(Data(1e3f), options: new TrainingOptions { LearningRate = 1e30f, BatchSize = 1 }));

        Assert.NotNull(error.Layer);
        Assert.Contains($"'{error.Layer}'", error.Message);
        Assert.Contains("at step ", error.Message);
    }

    private static TargetDataset Data(float scale)
    {
        var features = new float[4 * 10];
        for (int i = 0; i < features.Length; i++)
            features[i] = scale * (1 + i % 3);
        return new TargetDataset(features, 10, [1, 2, 3, 4]);
    }
}
