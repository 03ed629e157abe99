using System.Collections.Generic;

namespace NetGen.Compiler.Layers;

/// <summary>What an embedding's indices come from: the network's input, which the members check.</summary>
internal static class IndexSource
{
    /// <summary>The layer that computes what a layer reads; null where that is the input, moved at most.</summary>
    /// <param name="layers">Those before it, all bound.</param>
    public static Layer? Find(IReadOnlyList<Layer> layers, Layer layer)
    {
        int place = layer.Sources[0];
        while (place >= 0 && layers[place].KeepsValues)
            place = layers[place].Sources[0];
        return place < 0 ? null : layers[place];
    }
}
