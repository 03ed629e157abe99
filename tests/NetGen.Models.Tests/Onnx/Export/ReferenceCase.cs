using System.Collections.Generic;
using System.Linq;
using NetGen.Testing;
using NetGen.Reference;

namespace NetGen.Models.Tests.Onnx.Export;

/// <summary>A spec with drawn parameters and samples, and what the reference in float64 makes of them.</summary>
internal sealed class ReferenceCase
{
    private readonly ReferenceNetwork _network;

    public ReferenceCase(string spec, int seed = 1)
    {
        _network = ReferenceNetwork.Parse(spec);
        _network.Fill(seed);
        Parameters = _network.ParameterTable.ToDictionary(p => p.Name, p => new NamedTensor(p.Name, p.Shape, _network.Parameters[p.Name].ToFloats()));
    }

    /// <summary>The layers and activations of the spec.</summary>
    public IReadOnlySet<string> LayerKinds => _network.LayerKinds;

    /// <summary>As weight files have them.</summary>
    public IReadOnlyDictionary<string, NamedTensor> Parameters { get; }

    /// <summary>Samples of each input, and the outputs: the numbers of all samples of a part, back to back.</summary>
    public (float[][] Inputs, double[][] Outputs) Run(int samples, int seed = 7)
    {
        float[] inputs = _network.Inputs(seed, samples);
        double[] outputs = _network.Forward(inputs.ToDoubles());
        return (Apart(inputs, samples, [.. _network.InputSizes.Select(sizes => sizes.Aggregate(1, (a, b) => a * b))]),
            Apart(outputs, samples, [.. _network.Outputs.Select(o => o.Shape.Length)]));
    }

    private static T[][] Apart<T>(T[] values, int samples, int[] sizes)
    {
        int whole = sizes.Sum();
        return [.. sizes.Select((size, k) => Enumerable.Range(0, samples)
            .SelectMany(n => values.Skip((n * whole) + sizes.Take(k).Sum()).Take(size)).ToArray())];
    }
}
