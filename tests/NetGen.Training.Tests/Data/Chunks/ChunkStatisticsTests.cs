using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace NetGen.Training.Tests.Data.Chunks;

/// <summary>Means and variances over chunks, against those over the whole.</summary>
public sealed class ChunkStatisticsTests
{
    // Columns: a large offset, a constant that no float holds, plain numbers; in four values a sample.
    private static readonly TargetDataset whole = new(
        [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 1e6f + i : i % 4 == 1 ? 0.1f : MathF.Sin(i))], 4, [.. Enumerable.Range(0, 100).Select(i => 1e5f + i % 7)]);

    private static readonly ChunkedDataset<TargetDataset> chunks = ChunkedDataset.FromChunks<TargetDataset>(
        [() => whole.Subset([.. Enumerable.Range(0, 1)]), () => whole.Subset([.. Enumerable.Range(1, 60)]), () => whole.Subset([.. Enumerable.Range(61, 39)])]);

    [Fact]
    public void A_standardizer_of_chunks_is_that_of_the_whole()
    {
        AssertNear(Standardizer.FitFeatures(whole), Standardizer.FitFeatures(chunks));
        AssertNear(Standardizer.FitTargets(whole), Standardizer.FitTargets(chunks));
        Assert.Equal(1, Standardizer.FitFeatures(chunks).Scales[1]);
    }

    [Fact]
    public void A_standardizer_is_applied_to_chunks_as_they_are_read()
    {
        Standardizer scaler = Standardizer.FitFeatures(whole), targets = Standardizer.FitTargets(whole);

        TargetDataset read = targets.ApplyToTargets(scaler.ApplyToFeatures(chunks)).Read(1);

        Assert.Equal(scaler.ApplyToFeatures(whole).FeaturesOf(1), read.FeaturesOf(0));
        Assert.Equal(targets.ApplyToTargets(whole).TargetsOf(60), read.TargetsOf(59));
        LabeledDataset labeled = new([0, 2], 1, [0, 1]);
        Assert.Equal([-1f, 1], Standardizer.FitFeatures(labeled).ApplyToFeatures(ChunkedDataset.FromChunks<LabeledDataset>([() => labeled])).Read(0).Features.ToArray());
    }

    [Fact]
    public void A_number_that_is_not_finite_is_told_with_the_sample_in_the_whole()
    {
        TargetDataset good = new([1, 2], 1, [1, 2]), bad = new([1, float.NaN], 1, [1, float.PositiveInfinity]);
        ChunkedDataset<TargetDataset> some = ChunkedDataset.FromChunks<TargetDataset>([() => good, () => bad]);

        Assert.Contains("Column 0 of sample 3 is NaN", Assert.Throws<ArgumentException>(() => Standardizer.FitFeatures(some)).Message);
        Assert.Contains("Column 0 of sample 3 is Infinity", Assert.Throws<ArgumentException>(() => Standardizer.FitTargets(some)).Message);
        Assert.Contains("Feature 'x0' of sample 3 is NaN", Assert.Throws<ArgumentException>(() => new Single().Adapt(some)).Message);
    }

    [Fact]
    public void Normalization_layers_learn_the_same_from_chunks_as_from_the_whole()
    {
        Normalized fromWhole = new(), fromChunks = new();

        fromWhole.Adapt(whole);
        fromChunks.Adapt(chunks);

        // Two features, of two neighbours each: 2 x + 3 of columns 0 and 1, and of 2 and 3.
        double[] first = [.. Enumerable.Range(0, 100).SelectMany(i => whole.FeaturesOf(i)[..2].ToArray()).Select(x => 2.0 * x + 3)];
        Assert.Equal(first.Average(), fromWhole.Parameters[0], 1.0);
        Assert.Equal(1, fromWhole.Parameters[2] / first.Average(x => (x - first.Average()) * (x - first.Average())), 1e-6);
        for (int i = 0; i < 4; i++)
            Assert.Equal(1, fromChunks.Parameters[i] / fromWhole.Parameters[i], 1e-6);
    }

    [Fact]
    public void Data_or_a_network_that_do_not_fit_are_refused()
    {
        Assert.Contains("The data set has 4 features for each sample, but Single takes 1", Assert.Throws<ArgumentException>(() => new Single().Adapt(chunks)).Message);
        Assert.Contains("has no layer that could learn from data", Assert.Throws<InvalidOperationException>(() => new Networks.TinyNetwork().Adapt(chunks)).Message);
    }

    private static void AssertNear(Standardizer expected, Standardizer actual)
    {
        for (int i = 0; i < expected.Means.Count; i++)
        {
            Assert.Equal(expected.Means[i], actual.Means[i], Math.Abs(expected.Means[i]) * 1e-12 + 1e-15);
            Assert.Equal(expected.Scales[i], actual.Scales[i], expected.Scales[i] * 1e-12);
        }
    }

    private sealed class Normalized : INetwork<Normalized>
    {
        private readonly float[] parameters = new float[4];

        public static int InputSize => 4;

        public static int OutputSize => 4;

        public static int ParameterBufferSize => 4;

        public static int ScratchSize => 0;

        public static IReadOnlyList<NetworkParameter> ParameterTable { get; } = [new("n.mean", [2], 0, [1]), new("n.variance", [2], 2, [1])];

        public static IReadOnlyList<InputNormalization> Normalizations { get; } = [new("n.mean", "n.variance", 2, 2, Scale: 2, Offset: 3)];

        public Span<float> Parameters => parameters;

        public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) => throw new NotSupportedException();
    }

    private sealed class Single : INetwork<Single>
    {
        public static int InputSize => 1;

        public static int OutputSize => 1;

        public static int ParameterBufferSize => 2;

        public static int ScratchSize => 0;

        public static IReadOnlyList<NetworkParameter> ParameterTable { get; } = [new("n.mean", [1], 0, [1]), new("n.variance", [1], 1, [1])];

        public static IReadOnlyList<InputNormalization> Normalizations { get; } = [new("n.mean", "n.variance", 1, 1)];

        public Span<float> Parameters => new float[2];

        public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) => throw new NotSupportedException();
    }
}
