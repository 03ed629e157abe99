using System;
using NetGen.Training;

namespace NetGen.EndToEnd.Tests;

/// <summary>Parameters and gradients by name and presented place, through the parameter table.</summary>
internal static class ParameterAccess
{
    public static void Set<TNetwork>(this TNetwork network, string name, params float[] values) where TNetwork : class, INetwork<TNetwork>
    {
        foreach ((int place, int k) in Places<TNetwork>(name))
            network.Parameters[place] = values[k];
    }

    public static float[] Get<TNetwork>(ReadOnlySpan<float> buffer, string name) where TNetwork : class, INetwork<TNetwork>
    {
        (int Place, int Element)[] places = Places<TNetwork>(name);
        var values = new float[places.Length];
        foreach ((int place, int k) in places)
            values[k] = buffer[place];
        return values;
    }

    private static (int Place, int Element)[] Places<TNetwork>(string name) where TNetwork : class, INetwork<TNetwork>
    {
        foreach (NetworkParameter p in TNetwork.ParameterTable)
        {
            if (p.Name != name)
                continue;
            int rows = p.Shape[0], columns = p.Shape.Count == 1 ? 1 : p.Shape[1];
            var places = new (int, int)[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                    places[(r * columns) + c] = (p.Offset + (r * p.Strides[0]) + (p.Shape.Count == 1 ? 0 : c * p.Strides[1]), (r * columns) + c);
            }

            return places;
        }

        throw new ArgumentException($"no parameter '{name}'", nameof(name));
    }
}
