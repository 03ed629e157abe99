namespace NetGen.Compiler.Layers;

/// <summary>How much memory a layer asks for.</summary>
internal static class LayerSize
{
    /// <summary>Floats of its parameters and of its values; more than fits an int where the network is too large.</summary>
    public static long Of(Layer layer)
    {
        long floats = layer.Values;
        foreach (Parameter parameter in layer.Parameters)
        {
            long size = 1;
            foreach (int d in parameter.Shape)
                size *= d;
            floats += size;
        }

        return floats;
    }
}
