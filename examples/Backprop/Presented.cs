using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;

namespace NetGen.Examples;

/// <summary>
/// Parameters as the table presents them, row by row, a weight as [out, in]. A parameter buffer may keep them in any
/// other order, so each element is found by the offset and strides of the table.
/// </summary>
internal static class Presented
{
    /// <summary>One parameter out of a buffer of parameters or of gradients.</summary>
    public static float[] Get<TNetwork>(ReadOnlySpan<float> buffer, string name) where TNetwork : class, INetwork<TNetwork>
    {
        var values = new List<float>();
        foreach (int place in Places<TNetwork>(name))
            values.Add(buffer[place]);

        return [.. values];
    }

    /// <summary>Sets one parameter of a network.</summary>
    public static void Set<TNetwork>(TNetwork network, string name, ReadOnlySpan<float> values) where TNetwork : class, INetwork<TNetwork>
    {
        int i = 0;
        foreach (int place in Places<TNetwork>(name))
            network.Parameters[place] = values[i++];
    }

    private static IEnumerable<int> Places<TNetwork>(string name) where TNetwork : class, INetwork<TNetwork>
    {
        NetworkParameter parameter = TNetwork.ParameterTable.Single(p => p.Name == name);
        bool isMatrix = parameter.Shape.Count == 2;
        for (int row = 0; row < parameter.Shape[0]; row++)
            for (int column = 0; column < (isMatrix ? parameter.Shape[1] : 1); column++)
                yield return parameter.Offset + row * parameter.Strides[0] + (isMatrix ? column * parameter.Strides[1] : 0);
    }
}
