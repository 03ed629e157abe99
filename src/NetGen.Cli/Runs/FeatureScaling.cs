using System;
using System.Linq;
using NetGen.Compiler.Shapes;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>Learns what features are standardized with: each column of a table by itself, all pixels of a channel alike.</summary>
internal static class FeatureScaling
{
    /// <summary>The means and scales of the features of the training data.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="input">What the network takes.</param>
    public static Standardizer Fit(Dataset train, Shape input)
    {
        int[] groups = Groups(train, input);
        int count = groups.Max() + 1;
        if (count == groups.Length)
            return Standardizer.FitFeatures(train);

        var means = new double[groups.Length];
        var scales = new double[groups.Length];
        for (int g = 0; g < count; g++)
        {
            int[] places = [.. Enumerable.Range(0, groups.Length).Where(i => groups[i] == g)];
            var values = new float[checked(train.Count * places.Length)];
            for (int sample = 0, at = 0; sample < train.Count; sample++)
            {
                ReadOnlySpan<float> features = train.FeaturesOf(sample);
                foreach (int place in places)
                    values[at++] = features[place];
            }

            Standardizer one = Standardizer.Fit(values, 1);
            foreach (int place in places)
                (means[place], scales[place]) = (one.Means[0], one.Scales[0]);
        }

        return new Standardizer(means, scales);
    }

    // Which features share a mean: those of a channel or of a sequence's feature. A pixel that is almost always the same would be blown up by its own.
    private static int[] Groups(Dataset train, Shape input)
    {
        int size = train.FeatureCount;
        int first = input.Dimensions[0];
        return input.Dimensions.Count switch
        {
            _ when input.Size != size => [.. Enumerable.Range(0, size)],
            1 when train.SampleShape.Count > 1 => new int[size],
            1 => [.. Enumerable.Range(0, size)],
            2 when input.Layout != Layout.Channels => [.. Enumerable.Range(0, size).Select(i => i % input.Dimensions[1])],
            _ => [.. Enumerable.Range(0, size).Select(i => i / (size / first))],
        };
    }
}
