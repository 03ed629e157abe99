using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>
/// How a weight file names a network's parameters, where it does not name them as the network does. What a parameter is called in the file is
/// <see cref="Prefix"/>, the layer's entry in <see cref="Names"/> or else the layer's name, and the parameter's own name: <c>module.0.weight</c>.
/// </summary>
/// <example>
/// <code>
/// // A torch.nn.Sequential that was saved from DataParallel.
/// net.LoadWeights("net.safetensors", new WeightNames { Prefix = "module.", Names = { ["hidden"] = "0", ["output"] = "2" } });
/// </code>
/// </example>
public sealed class WeightNames
{
    /// <summary>What stands before every name, as <c>module.</c> does. Tensors that begin otherwise are not the network's. Default: nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// From a layer's name, or a parameter's with its layer (<c>hidden.weight</c>), to the name in the file without the prefix. What is not in it has the
    /// network's name.
    /// </summary>
    public IDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();
}
