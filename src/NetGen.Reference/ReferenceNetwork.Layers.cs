using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

/// <content>What stands between inputs and outputs: what each layer gives, and what follows where something else is given.</content>
internal sealed partial class ReferenceNetwork
{
    /// <summary>The layers of the spec, in its order.</summary>
    public IReadOnlyList<ReferenceSpan> Layers { get; }

    /// <summary>The shape of what a layer gives.</summary>
    public ReferenceShape ShapeOf(ReferenceSpan layer) => _layers[layer.Last].Output;

    /// <summary>The outputs, as <see cref="Forward"/> gives them, and what each of <see cref="Layers"/> gives: for each its samples.</summary>
    public (double[] Outputs, double[][][] Layers) ForwardWithLayers(double[] inputs)
    {
        double[][][] values = Values(inputs, null);
        return (Back(values, Outputs.Select(o => o.Value)), [.. Layers.Select(layer => values[_inputs.Count + layer.Last])]);
    }

    /// <summary>The same where each layer reads, of the layers before it, what <paramref name="given"/> has: so each is computed by itself, without what went wrong before it.</summary>
    /// <param name="inputs">The samples back to back.</param>
    /// <param name="given">For each layer its samples.</param>
    public double[][][] LayerValuesFrom(double[] inputs, double[][][] given)
    {
        ReferencePass pass = new(0, null, null);
        // What a layer reads of others, and what its own operations read of each other.
        double[][][] read = InputValues(inputs), own = [.. read];
        Dictionary<int, int> layerOf = [];
        foreach ((int place, ReferenceSpan layer) in Layers.Index())
        {
            for (int operation = layer.First; operation <= layer.Last; operation++)
                layerOf[operation] = place;
        }

        for (int operation = 0; operation < _layers.Count; operation++)
        {
            int value = _inputs.Count + operation;
            bool isOfLayer = layerOf.TryGetValue(operation, out int place);
            int first = isOfLayer ? _inputs.Count + Layers[place].First : int.MaxValue;
            own[value] = _layers[operation].Forward([.. _reads[operation].Select(v => v >= first ? own[v] : read[v])], pass);
            read[value] = isOfLayer && operation == Layers[place].Last ? given[place] : own[value];
        }

        return [.. Layers.Select(layer => own[_inputs.Count + layer.Last])];
    }

    /// <summary>The loss in training mode, and all values of the batch, from which <see cref="LossAfter"/> goes on.</summary>
    public (double Loss, double[][][] Values) TrainingValues(double[] inputs, double[] targets, IReadOnlyDictionary<string, double[]> masks)
    {
        double[][][] values = Values(inputs, masks);
        return (Loss(values, targets, _ => SamplesIn(inputs)), values);
    }

    /// <summary>The loss in training mode after one parameter was changed: what stands before its layer is taken from <paramref name="values"/>.</summary>
    public double LossAfter(string parameter, double[][][] values, double[] targets, IReadOnlyDictionary<string, double[]> masks)
    {
        ReferencePass pass = new(0, masks, null);
        double[][][] changed = [.. values];
        int first = Layers.First(layer => layer.Name == parameter[..parameter.LastIndexOf('.')]).First;
        for (int operation = first; operation < _layers.Count; operation++)
            changed[_inputs.Count + operation] = _layers[operation].Forward(Inputs(operation, changed), pass);
        return Loss(changed, targets, _ => values[0].Length);
    }

    /// <summary>A place for every value, of which only the inputs are there.</summary>
    private double[][][] InputValues(double[] inputs)
    {
        double[][][] values = new double[_inputs.Count + _layers.Count][][];
        int at = 0;
        for (int input = 0; input < _inputs.Count; at += _inputs[input++].Length)
        {
            int from = at, to = at + _inputs[input].Length;
            values[input] = [.. Enumerable.Range(0, SamplesIn(inputs)).Select(n => Slice(inputs, n, InputSize)[from..to])];
        }

        return values;
    }
}
