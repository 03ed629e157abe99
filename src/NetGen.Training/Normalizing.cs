using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Training;

/// <summary>Fills the <c>normalization</c> layers of a network with the statistics of its training data.</summary>
public static class Normalizing
{
    /// <summary>
    /// Sets the mean and the variance of every <c>normalization</c> layer that reads the network's input to those of the training data, over all samples
    /// and, of an image or a sequence, all places. The data need no other standardization then, neither here nor where the network is used. A feature that is
    /// constant has variance 1 afterwards, so that it becomes 0. The sums are in double. As <c>adapt</c> does in Keras.
    /// </summary>
    /// <typeparam name="TNetwork">The generated class.</typeparam>
    /// <param name="network">The network; as it was, if this throws.</param>
    /// <param name="train">The training data, without the samples that test.</param>
    /// <exception cref="ArgumentException">The data do not fit the network, or hold a number that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The network has no <c>normalization</c> layer that reads its input.</exception>
    public static void Adapt<TNetwork>(this TNetwork network, Dataset train) where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        if (train.FeatureCount != TNetwork.InputSize)
            throw new ArgumentException($"The data set has {train.FeatureCount} features for each sample, but {typeof(TNetwork).Name} takes {TNetwork.InputSize} (InputSize); give the data that the network is trained on.", nameof(train));
        if (TNetwork.Normalizations.Count == 0)
            throw new InvalidOperationException($"{typeof(TNetwork).Name} has no layer that could learn from data; begin the layers of its spec with normalization.");

        (NetworkParameter Mean, NetworkParameter Variance, double[] Means, double[] Variances)[] learned =
        [
            .. TNetwork.Normalizations.Select(layer =>
            {
                (double[] means, double[] variances) = Learn(train, layer);
                return (Find<TNetwork>(layer.Mean), Find<TNetwork>(layer.Variance), means, variances);
            }),
        ];
        foreach ((NetworkParameter mean, NetworkParameter variance, double[] means, double[] variances) in learned)
            for (int i = 0; i < means.Length; i++)
            {
                network.Parameters[mean.Offset + i * mean.Strides[0]] = (float)means[i];
                network.Parameters[variance.Offset + i * variance.Strides[0]] = (float)variances[i];
            }
    }

    private static NetworkParameter Find<TNetwork>(string name) where TNetwork : class, INetwork<TNetwork> => TNetwork.ParameterTable.First(parameter => parameter.Name == name);

    private static (double[] Means, double[] Variances) Learn(Dataset train, InputNormalization layer)
    {
        ReadOnlySpan<float> values = train.Features;
        ReadOnlySpan<double> exact = train.ExactFeatures is { } doubles ? doubles.Values : default;
        var means = new double[layer.Features];
        var variances = new double[layer.Features];
        long count = (long)values.Length / layer.Features;

        // Two passes, the first over differences to the first sample: a common offset takes no digits from the mean, nor from the variance.
        double[] firsts = new double[layer.Features];
        for (int i = train.FeatureCount - 1; i >= 0; i--)
            firsts[i / layer.Stride % layer.Features] = Value(values, exact, i);
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Feature '{train.FeatureNames[i % train.FeatureCount]}' of sample {i / train.FeatureCount} is {values[i]}; a mean takes finite numbers, leave the sample out."), nameof(train));
            int feature = i / layer.Stride % layer.Features;
            means[feature] += Value(values, exact, i) - firsts[feature];
        }

        for (int feature = 0; feature < means.Length; feature++)
            means[feature] = firsts[feature] + means[feature] / count;
        var constant = new bool[layer.Features];
        Array.Fill(constant, true);
        for (int i = 0; i < values.Length; i++)
        {
            int feature = i / layer.Stride % layer.Features;
            double value = Value(values, exact, i);
            constant[feature] &= value == firsts[feature];
            variances[feature] += (value - means[feature]) * (value - means[feature]);
        }

        for (int feature = 0; feature < means.Length; feature++)
        {
            // Not by the variance: rounding leaves a constant one of 1e-34, whose root would blow up what differs in use.
            double mean = constant[feature] ? firsts[feature] : means[feature];
            means[feature] = layer.Scale * mean + layer.Offset;
            variances[feature] = constant[feature] ? 1 : layer.Scale * (double)layer.Scale * (variances[feature] / count);
        }

        return (means, variances);
    }

    private static double Value(ReadOnlySpan<float> values, ReadOnlySpan<double> exact, int i) => exact.IsEmpty ? values[i] : exact[i];
}
