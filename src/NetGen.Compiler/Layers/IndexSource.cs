using System.Collections.Generic;

namespace NetGen.Compiler.Layers;

/// <summary>What an embedding's indices come from: the network's input, which the members check.</summary>
internal static class IndexSource
{
    /// <summary>The input that an embedding's indices are.</summary>
    public static int InputOf(IReadOnlyList<Layer> layers, Layer layer)
    {
        ValueSource source = layer.Sources[0];
        while (!source.IsInput)
            source = layers[source.Layer].Sources[0];
        return source.Part;
    }

    /// <summary>The layer that computes what a layer reads; null where that is an input, moved at most.</summary>
    /// <param name="layers">Those before it, all bound.</param>
    public static Layer? Find(IReadOnlyList<Layer> layers, Layer layer)
    {
        ValueSource source = layer.Sources[0];
        while (source.IsLayer && layers[source.Layer].KeepsIndices)
            source = layers[source.Layer].Sources[0];
        return source.IsInput ? null : layers[source.Layer];
    }
}
