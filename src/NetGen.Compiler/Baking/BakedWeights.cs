using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;
using NetGen.Compiler.Weights;

namespace NetGen.Compiler.Baking;

/// <summary>Where a parameter's elements begin in a resource of floats, tensor after tensor as in the file.</summary>
internal readonly record struct PresentedTensor(string Parameter, int Start);

/// <summary>
/// The weights that a class is compiled with: numbers for the source, or the name of a resource, which is laid out as the network keeps
/// parameters or, where nothing at build time knew the network, as the file has them. Equal by content.
/// </summary>
/// <param name="hash">Of the file.</param>
/// <param name="values">The parameter buffer, where it stands in the source.</param>
internal sealed class BakedWeights(string file, string hash, Storage storage, float[]? values, string? resource, EquatableArray<PresentedTensor> presented) : IEquatable<BakedWeights>
{
    /// <summary>The file's name, without its folder.</summary>
    public string File { get; } = file;

    public Storage Storage { get; } = storage;

    public float[]? Values { get; } = values;

    public string? Resource { get; } = resource;

    /// <summary>Of a resource that is laid out as the file is; else empty.</summary>
    public EquatableArray<PresentedTensor> Presented { get; } = presented;

    private string Hash { get; } = hash;

    /// <summary>What a network makes of a file that was handed over.</summary>
    /// <exception cref="WeightsException">The file cannot be used, or not for this network.</exception>
    /// <param name="hasSpec">The network is a spec in YAML, whose weights may state how the file names its tensors.</param>
    public static BakedWeights Of(Network network, Handover handover, bool hasSpec = true)
    {
        WeightsOption option = network.Weights!;
        string file = option.File;
        if (handover.Error is { } error)
            throw new WeightsException(error);
        string name = file.Substring(file.LastIndexOfAny(['/', '\\']) + 1);
        if (handover.Data is { } data)
            return new BakedWeights(name, handover.Hash, option.Storage, BakedLayout.Values(network, option.Storage, handover.Tensors, data, file, hasSpec), null, default);

        Dictionary<TensorEntry, ParameterPlace> matches = BakedLayout.Match(network, handover.Tensors, file, hasSpec);
        string layout = BakedLayout.IdOf(network, option.Storage);
        if (handover.Resources.FirstOrDefault(r => r.Layout == layout) is { Name: { } own })
            return new BakedWeights(name, handover.Hash, option.Storage, null, own, default);
        if (handover.Resources.FirstOrDefault(static r => r.Layout == Handover.Presented) is not { Name: { } presented })
            throw new WeightsException($"{file}: the build's step for weights made no resource for this network: a spec in YAML has the same layers in another order; build again, or give this network a copy of the file.");

        var starts = new List<PresentedTensor>();
        int start = 0;
        foreach (TensorEntry tensor in handover.Tensors)
        {
            if (matches.TryGetValue(tensor, out ParameterPlace? place))
                starts.Add(new PresentedTensor(place.Name, start));
            start += (int)((tensor.End - tensor.Begin) / Dtype.SizeOf(tensor.Dtype)!.Value);
        }

        return new BakedWeights(name, handover.Hash, option.Storage, null, presented, starts.ToEquatable());
    }

    public bool Equals(BakedWeights? other) =>
        other is not null && File == other.File && Hash == other.Hash && Storage == other.Storage && Resource == other.Resource && (Values is null) == (other.Values is null) && Presented.Equals(other.Presented);

    public override bool Equals(object? other) => Equals(other as BakedWeights);

    public override int GetHashCode() => (File, Hash, Storage, Resource).GetHashCode();
}
