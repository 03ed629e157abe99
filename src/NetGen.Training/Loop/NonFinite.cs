using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Weights;

namespace NetGen.Training.Loop;

/// <summary>
/// Finds the layer in which a number that is not finite comes up first. The generated code shows outputs alone; but where all parameters from some
/// layer on are 0, what is infinite or NaN below it still makes the output NaN, since 0 times either is NaN, and what would overflow above it does
/// not. So the output of such copies tells on which side it is.
/// </summary>
internal static class NonFinite
{
    /// <summary>The layer's name; null if it cannot be told.</summary>
    /// <param name="network">The network, as it is after the step.</param>
    /// <param name="samples">Has the step's samples at hand.</param>
    /// <param name="count">How many they are.</param>
    public static string? FindLayer<TNetwork, TData>(TNetwork network, Samples<TData> samples, int count)
        where TNetwork : class, ITrainableNetwork<TNetwork>
        where TData : Dataset
    {
        ReadOnlySpan<float> parameters = network.Parameters;
        foreach (NetworkParameter parameter in TNetwork.ParameterTable)
            foreach (int place in Places(parameter))
                if (!float.IsFinite(parameters[place]))
                    return LayerOf(parameter);

        string[] layers = [.. TNetwork.ParameterTable.Select(LayerOf).Distinct()];
        var changed = new float[parameters.Length];
        var outputs = new float[TNetwork.OutputSize];
        var scratch = new float[TNetwork.ScratchSize];
        for (int sample = 0; sample < count; sample++)
        {
            (TData data, int row) = samples[sample];
            ReadOnlySpan<float> inputs = data.FeaturesOf(row);
            TNetwork.Forward(parameters, inputs, outputs, scratch);
            if (Finite.All(outputs))
                continue;

            for (int last = 0; last < layers.Length; last++)
            {
                parameters.CopyTo(changed);
                var rest = new HashSet<string>(layers[(last + 1)..]);
                foreach (NetworkParameter parameter in TNetwork.ParameterTable.Where(parameter => rest.Contains(LayerOf(parameter))))
                    foreach (int place in Places(parameter))
                        changed[place] = 0;
                TNetwork.Forward(changed, inputs, outputs, scratch);
                if (!Finite.All(outputs))
                    return layers[last];
            }
        }

        return null;
    }

    private static string LayerOf(NetworkParameter parameter) => parameter.Name[..parameter.Name.LastIndexOf('.')];

    private static IEnumerable<int> Places(NetworkParameter parameter)
    {
        var walk = new StridedWalk(new ParameterPlace(parameter.Name, parameter.Shape, parameter.Offset, parameter.Strides));
        for (long i = 0; i < walk.Count; i++)
            yield return walk.Next();
    }
}
