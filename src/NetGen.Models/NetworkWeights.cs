using System.Collections.Generic;
using System.IO;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Weights;
using NetGen.Training.Safetensors;

namespace NetGen.Models;

/// <summary>A network's parameters with the values of a weight file, as PyTorch presents them, and what the file says beside.</summary>
/// <param name="Tensors">By the parameters' names.</param>
/// <param name="Metadata">The texts of the file.</param>
internal sealed record NetworkWeights(IReadOnlyDictionary<string, NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Reads a safetensors file, whose tensors are named as the network's parameters are, or as the spec says.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="WeightsException">The file is damaged or does not fit the network.</exception>
    public static NetworkWeights Read(Stream stream, string file, Network network)
    {
        (List<TensorEntry> entries, Dictionary<string, string> metadata) = WeightFileReader.ReadHeader(stream, file);
        ParameterPlace[] places = [.. network.Parameters.Select(static p => Presented(p.Name, [.. p.Parameter.Shape]))];
        static SavedTensor NewTensor(ParameterPlace place) => new(place, new float[place.Shape.Aggregate(1, static (size, d) => size * d)]);
        Dictionary<TensorEntry, SavedTensor> tensors = Match(entries, places, file, network)
            .ToDictionary(static match => match.Key, static match => NewTensor(match.Value));
        WeightFileReader.ReadData(stream, file, entries, tensors);
        return new NetworkWeights(
            tensors.Values.ToDictionary(static t => t.Place.Name, static t => new NamedTensor(t.Place.Name, [.. t.Place.Shape], t.Floats)), metadata);
    }

    /// <summary>The parameters of a network from its parameter buffer.</summary>
    public static NetworkWeights Of(Network network, float[] buffer)
    {
        NamedTensor Present(PlacedParameter p)
        {
            var walk = new StridedWalk(new ParameterPlace(p.Name, p.Parameter.Shape, p.Offset, p.Parameter.Strides));
            float[] values = new float[walk.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = buffer[walk.Next()];
            return new NamedTensor(p.Name, [.. p.Parameter.Shape], values);
        }

        return new NetworkWeights(network.Parameters.ToDictionary(static p => p.Name, Present), new Dictionary<string, string>());
    }

    /// <summary>A file of the network's own has its names, whatever the spec says of the one that is compiled in.</summary>
    private static Dictionary<TensorEntry, ParameterPlace> Match(List<TensorEntry> entries, ParameterPlace[] places, string file, Network network)
    {
        WeightsOption option = WeightsOption.For(network, file);
        string Advise(TensorNames names) => $"in the spec, write {option.Written(names)}";
        if (network.Weights is not null)
        {
            TensorNames stated = option.TensorNames;
            bool isOwn = places.All(p => entries.Exists(e => e.Name == p.Name || RecurrentName.OtherSpelling(e.Name) == p.Name));
            if (!isOwn)
                return ParameterMatch.Match(entries, places, file, stated, Advise);
        }

        return ParameterMatch.Match(entries, places, file, TensorNames.OfNetwork, Advise);
    }

    private static ParameterPlace Presented(string name, int[] shape)
    {
        int[] strides = new int[shape.Length];
        for (int k = shape.Length - 1, stride = 1; k >= 0; stride *= shape[k--])
            strides[k] = stride;
        return new ParameterPlace(name, shape, 0, strides);
    }
}
