using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Text;
using NetGen.Reference;
using NetGen.Training;

namespace NetGen.Cli.Verify;

/// <summary>What each layer gives, by a second network: the same layers, each an output. There, what is fused across layers in the network itself is apart.</summary>
internal static class LayerChecks
{
    /// <param name="code">The network itself, whose weights the second one takes.</param>
    /// <param name="right">What each layer gives by the reference, by samples.</param>
    public static IReadOnlyList<LayerErrors> Run(
        VerificationRequest request, GeneratedCode code, ReferenceNetwork reference, float[] inputs, double[][][] right, CancellationToken cancelled)
    {
        Network network = WithAllLayers(request.Spec.Network);
        GeneratedCode layered = request.Compile(new LoadedSpec(request.Spec.Path, "all layers\0" + request.Spec.Text, network), null, cancelled);
        if (!layered.ParameterTable.Select(static p => p.Name).SequenceEqual(code.ParameterTable.Select(static p => p.Name)))
            throw new InvalidOperationException("The same layers have other parameters.");
        code.Parameters.CopyTo(layered.Parameters);
        float[] outputs = layered.Forward(inputs);

        int samples = right[0].Length, size = network.Output.Size;
        float[][] actual = [.. network.Outputs.Select(o => Enumerable.Range(0, samples).SelectMany(n => outputs.AsSpan((n * size) + o.Offset, o.Shape.Size).ToArray()).ToArray())];
        double[][][] given = [.. actual.Select(values => values.Chunk(values.Length / samples).Select(static s => Array.ConvertAll(s, static v => (double)v)).ToArray())];
        cancelled.ThrowIfCancellationRequested();
        double[][][] own = reference.LayerValuesFrom(Array.ConvertAll(inputs, static x => (double)x), given);
        return
        [
            .. network.Layers.Select((layer, k) =>
            {
                ErrorFigure figure = ErrorFigure.Of(Flat(right[k]), actual[k]);
                return new LayerErrors(layer.Name, layer.Kind, [.. layer.Output.Dimensions], figure, ErrorFigure.Of(Flat(own[k]), actual[k]) with { Largest = figure.Largest });
            }),
        ];
    }

    private static Network WithAllLayers(Network network)
    {
        var outputs = new List<OutputPart>();
        int offset = 0;
        IReadOnlyList<string> members = PartNames.Of(network.Layers.Select(static l => l.Name));
        foreach ((int place, Layer layer) in network.Layers.Index())
        {
            outputs.Add(new OutputPart(layer.Name, members[place], new ValueSource(place), layer.Output, offset, null));
            offset += layer.Output.Size;
        }

        return network with { Outputs = outputs.ToEquatable(), NamesOutputs = true, Weights = null };
    }

    private static double[] Flat(double[][] samples) => [.. samples.SelectMany(static s => s)];
}
