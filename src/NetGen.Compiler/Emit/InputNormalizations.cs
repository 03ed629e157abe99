using System.Collections.Generic;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;

namespace NetGen.Compiler.Emit;

/// <summary>A normalization that reads an input of the network, or that only moved in place and rescaled: it is given Scale x + Offset of every element.</summary>
internal readonly record struct InputNormalization(Normalization Layer, float Scale, float Offset, int Input)
{
    /// <summary>Those of a network, in the order of its layers.</summary>
    public static IEnumerable<InputNormalization> Of(Network network)
    {
        foreach (Layer layer in network.Layers)
        {
            if (layer is Normalization normalization && Of(network, normalization) is { } found)
                yield return found;
        }
    }

    /// <summary>Goes from the layer to what it reads, as long as each element stays where it is in a row-major sample.</summary>
    private static InputNormalization? Of(Network network, Normalization normalization)
    {
        double scale = 1, offset = 0;
        ValueSource source = normalization.Sources[0];
        for (; !source.IsInput; source = network.Layers[source.Layer].Sources[0])
        {
            Layer layer = network.Layers[source.Layer];
            if (layer is Rescaling rescaling)
            {
                offset += scale * rescaling.Offset;
                scale *= rescaling.Scale;
            }
            else if (layer is not (Flatten or Reshape or Dropout) && !layer.IsTransparent || source.IsState)
                return null;
        }

        return new InputNormalization(normalization, (float)scale, (float)offset, source.Part);
    }
}
