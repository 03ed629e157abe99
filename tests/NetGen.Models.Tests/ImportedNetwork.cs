using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;

namespace NetGen.Models.Tests;

/// <summary>An imported model carried out by the float64 reference.</summary>
internal sealed class ImportedNetwork
{
    private readonly ImportedModel _model;
    private readonly ReferenceNetwork _network;

    public ImportedNetwork(ImportedModel model)
    {
        _model = model;
        _network = ReferenceNetwork.Parse(model.Spec);
        HashSet<string> expected = [.. _network.Parameters.Keys], given = [.. model.Weights.Select(static w => w.Name)];
        if (!expected.SetEquals(given))
            throw new InvalidOperationException($"missing {string.Join(", ", expected.Except(given))}; surplus {string.Join(", ", given.Except(expected))}");
        foreach (NamedTensor tensor in model.Weights)
        {
            ReferenceParameter parameter = _network.ParameterTable.Single(p => p.Name == tensor.Name);
            if (!parameter.Shape.SequenceEqual(tensor.Shape))
                throw new InvalidOperationException($"{tensor.Name} is [{string.Join(", ", tensor.Shape)}], not [{string.Join(", ", parameter.Shape)}]");
            for (int i = 0; i < tensor.Values.Length; i++)
                _network.Parameters[tensor.Name][i] = tensor.Values[i];
        }
    }

    /// <summary>The model's outputs by name, of its inputs by name; both as the model numbers their elements, sample after sample.</summary>
    public IReadOnlyDictionary<string, double[]> Run(IReadOnlyDictionary<string, float[]> inputs)
    {
        ModelPart first = _model.Inputs[0];
        int samples = inputs[first.Name].Length / first.Size;
        var outputs = _model.Outputs.ToDictionary(static o => o.Name, static _ => new List<double>());
        for (int n = 0; n < samples; n++)
        {
            double[] sample = [.. _model.Inputs.SelectMany(part => part.ToNetwork(inputs[part.Name].AsSpan(n * part.Size, part.Size)).Select(static v => (double)v))];
            double[] all = _network.Forward(sample);
            int at = 0;
            foreach (ModelPart part in _model.Outputs)
            {
                double[] values = all[at..(at + part.Size)];
                outputs[part.Name].AddRange(part.Places is { } places ? places.Select(p => values[p]) : values);
                at += values.Length;
            }

            if (at != all.Length)
                throw new InvalidOperationException($"the outputs have {at} elements of {all.Length}");
        }

        return outputs.ToDictionary(static o => o.Key, static o => o.Value.ToArray());
    }
}
