using System;
using System.IO;
using System.Linq;
using NetGen.Training.Tests.Networks;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>Preprocessing inside the network.</summary>
public sealed class AdaptTests
{
    private static readonly (LabeledDataset Train, LabeledDataset Test) raw = Dataset.FromCsv("data/iris.csv", label: "species").Split(0.2, seed: 1, stratify: true);

    [Fact]
    public void A_network_that_is_adapted_takes_the_data_as_they_are_and_equals_one_on_standardized_data()
    {
        var scaler = Standardizer.FitFeatures(raw.Train);
        var net = new MeasuredNet();

        net.Adapt(raw.Train);

        Assert.Equal(scaler.Means.Select(mean => (float)mean), Parameter(net, "measured.mean"));
        Assert.All(scaler.Scales.Zip(Parameter(net, "measured.variance")), pair => Assert.Equal(pair.First * pair.First, pair.Second, 1e-6));
        var outside = new MeasuredNet(); // mean 0, variance 1
        float[] expected = outside.Predict(scaler.ApplyToFeatures(raw.Test)), actual = net.Predict(raw.Test);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }

    [Fact]
    public void Training_leaves_the_statistics_as_they_are_and_the_weight_file_has_them()
    {
        var net = new MeasuredNet();
        net.Adapt(raw.Train);
        float[] before = Parameter(net, "measured.mean");

        net.Fit(raw.Train, options: new TrainingOptions { Epochs = 40 });

        Assert.Equal(before, Parameter(net, "measured.mean"));
        Assert.True(net.Evaluate(raw.Test).Accuracy > 0.9);
        var stream = new MemoryStream();
        net.SaveWeights(stream);
        stream.Position = 0;
        var loaded = new MeasuredNet(seed: 9);
        loaded.LoadWeights(stream);
        Assert.Equal(net.Predict(raw.Test), loaded.Predict(raw.Test));
    }

    [Fact]
    public void Channels_have_the_statistics_of_all_their_pixels_after_what_stands_before()
    {
        var random = new TrainingRandom(1);
        float[] images = [.. Enumerable.Range(0, 50 * 18).Select(i => random.NextGaussian() * (i / 9 % 2 == 0 ? 3 : 0.5f) + (i / 9 % 2 == 0 ? 10 : -4))];
        var data = new LabeledDataset(images, 18, new int[50]);
        var net = new AdaptedNet();

        net.Adapt(data);

        for (int channel = 0; channel < 2; channel++)
        {
            double[] values = [.. images.Where((_, i) => i / 9 % 2 == channel).Select(x => 0.5 * x + 1)];
            double mean = values.Average();
            Assert.Equal(mean, Parameter(net, "channels.mean")[channel], 1e-5);
            Assert.Equal(values.Average(x => (x - mean) * (x - mean)), Parameter(net, "channels.variance")[channel], 1e-4);
        }
    }

    [Fact]
    public void A_constant_feature_becomes_0()
    {
        var net = new MeasuredNet();

        net.Adapt(new LabeledDataset([0.1f, 1, 2, 3, 0.1f, 2, 3, 4], 4, [0, 1]));

        Assert.Equal(0.1f, Parameter(net, "measured.mean")[0]);
        Assert.Equal(1, Parameter(net, "measured.variance")[0]);
    }

    [Theory]
    [InlineData(1e-24f)]
    [InlineData(1e24f)]
    public void A_variance_that_is_no_float_divides_nothing_by_0(float size)
    {
        var net = new MeasuredNet();
        var data = new LabeledDataset([size, 1, 2, 3, 2 * size, 2, 3, 4], 4, [0, 1]);

        net.Adapt(data);

        Assert.All(net.Predict(data), output => Assert.True(float.IsFinite(output)));
        Assert.True(float.IsNormal(Parameter(net, "measured.variance")[0]));
    }

    [Fact]
    public void Data_that_do_not_fit_and_networks_without_such_a_layer_are_refused_and_nothing_changes()
    {
        var net = new MeasuredNet();
        float[] before = net.Parameters.ToArray();

        Assert.Contains("The data set has 2 features", Assert.Throws<ArgumentException>(() => net.Adapt(new LabeledDataset([1, 2], 2, [0]))).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => net.Adapt(new LabeledDataset([1, 2, 3, float.NaN], 4, [0]))).Message);
        Assert.Contains("begin the layers of its spec with normalization", Assert.Throws<InvalidOperationException>(() => new PlainNet().Adapt(raw.Train)).Message);
        Assert.Equal(before, net.Parameters.ToArray());
    }

    private static float[] Parameter<TNetwork>(TNetwork net, string name) where TNetwork : class, INetwork<TNetwork>
    {
        NetworkParameter parameter = TNetwork.ParameterTable.Single(p => p.Name == name);
        float[] values = new float[parameter.Shape[0]];
        for (int i = 0; i < values.Length; i++)
            values[i] = net.Parameters[parameter.Offset + i * parameter.Strides[0]];
        return values;
    }
}
