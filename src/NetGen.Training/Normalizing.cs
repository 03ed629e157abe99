using System;

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
        var adaptation = new InputAdaptation<TNetwork>();
        adaptation.Add(train, 0);
        adaptation.Finish(network);
    }
}
