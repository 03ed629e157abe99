using System;
using System.Globalization;
using System.Linq;

namespace NetGen.Training;

/// <summary>Gathers what the <c>normalization</c> layers of a network learn from data.</summary>
internal sealed class InputAdaptation<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    private const float SmallestNormal = 1.17549435e-38f;

    private readonly (InputNormalization Layer, ColumnMoments Moments)[] layers =
        [.. TNetwork.Normalizations.Select(layer => (layer, new ColumnMoments(layer.Features, layer.Stride)))];

    /// <exception cref="InvalidOperationException">The network has no such layer.</exception>
    public InputAdaptation()
    {
        if (layers.Length == 0)
            throw new InvalidOperationException($"{typeof(TNetwork).Name} has no layer that could learn from data; begin the layers of its spec with normalization.");
    }

    /// <summary>Takes the next samples, the first of which is number <paramref name="first"/> of all.</summary>
    /// <exception cref="ArgumentException">They do not fit the network, or hold a number that is not finite.</exception>
    public void Add(Dataset train, long first)
    {
        if (train.FeatureCount != TNetwork.InputSize)
            throw new ArgumentException($"The data set has {train.FeatureCount} features for each sample, but {typeof(TNetwork).Name} takes {TNetwork.InputSize} (InputSize); give the data that the network is trained on.", nameof(train));
        if (ColumnMoments.IndexOfNonFinite(train.Features) is >= 0 and int i)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Feature '{train.FeatureNames[i % train.FeatureCount]}' of sample {first + i / train.FeatureCount} is {train.Features[i]}; a mean takes finite numbers, leave the sample out."), nameof(train));

        foreach ((InputNormalization layer, ColumnMoments moments) in layers)
        {
            if (layer.Count == 0)
                moments.Add(train.Features, train.ExactFeatures);
            else if (train.ExactFeatures is { } exact)
                moments.Add<double>(InputOf<double>(exact.Values, train.FeatureCount, layer));
            else
                moments.Add<float>(InputOf(train.Features, train.FeatureCount, layer));
        }
    }

    /// <summary>One input of each sample, back to back.</summary>
    private static T[] InputOf<T>(ReadOnlySpan<T> features, int size, InputNormalization layer)
    {
        int samples = features.Length / size;
        var input = new T[samples * layer.Count];
        for (int sample = 0; sample < samples; sample++)
            features.Slice(sample * size + layer.First, layer.Count).CopyTo(input.AsSpan(sample * layer.Count));
        return input;
    }

    /// <summary>Sets the network's means and variances.</summary>
    public void Finish(TNetwork network)
    {
        foreach ((InputNormalization layer, ColumnMoments moments) in layers)
        {
            NetworkParameter means = Find(layer.Mean), variances = Find(layer.Variance);
            for (int i = 0; i < layer.Features; i++)
            {
                (double mean, double? variance) = moments.Of(i);
                network.Parameters[means.Offset + i * means.Strides[0]] = (float)(layer.Scale * mean + layer.Offset);

                // Differences of 1e-20 and of 1e20 have squares that are no floats: a variance of 0 would make the layer divide by it.
                float learned = (float)(layer.Scale * (double)layer.Scale * variance ?? 1);
                network.Parameters[variances.Offset + i * variances.Strides[0]] = Math.Clamp(learned, SmallestNormal, float.MaxValue);
            }
        }
    }

    private static NetworkParameter Find(string name) => TNetwork.ParameterTable.First(parameter => parameter.Name == name);
}
