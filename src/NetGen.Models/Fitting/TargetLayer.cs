using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;

namespace NetGen.Models.Fitting;

/// <summary>A layer of a network that has parameters.</summary>
internal sealed class TargetLayer(Network network, Layer layer)
{
    public string Name => layer.Name;

    public Layer Layer => layer;

    /// <summary>It is called what a layer is called that the spec gives no name: its kind and a number.</summary>
    public bool HasDefaultName =>
        layer.Name.StartsWith(layer.Kind + "_", StringComparison.Ordinal) && layer.Name.AsSpan(layer.Kind.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    public IReadOnlyList<Parameter> Parameters { get; } = [.. layer.Parameters];

    /// <summary>The shape of a parameter; null where there is none of that name.</summary>
    public int[]? ShapeOf(string parameter) => Parameters.FirstOrDefault(p => p.Name == parameter) is { } found ? [.. found.Shape] : null;

    public static IReadOnlyList<TargetLayer> Of(Network network) =>
        [.. network.Layers.Where(static l => l.Parameters.Count > 0).Select(l => new TargetLayer(network, l))];

    /// <summary>The image whose values the layer reads as a vector, (channels, places of each); null where it reads none.</summary>
    public (int Channels, int Places)? FlattenedImage()
    {
        if (layer.Input.Rank != 1)
            return null;
        for (Layer at = layer; at.Sources.Count == 1 && at.Sources[0].IsLayer;)
        {
            at = network.Layers[at.Sources[0].Layer];
            if (at is Flatten or Reshape && at.Input.Rank > 1)
            {
                // Where the spec itself puts the channels last, nothing is left to do.
                bool isPermuted = at.Sources[0].IsLayer && network.Layers[at.Sources[0].Layer] is Permute;
                int channels = at.Input.Dimensions[0], places = at.Input.Size / channels;
                return at.Input.Layout == Layout.Channels && !isPermuted && channels > 1 && places > 1 ? (channels, places) : null;
            }

            // What works on each element keeps their order.
            if (at.Input.Rank != 1 || at.Output != at.Input || at is Dense or Recurrent)
                return null;
        }

        return null;
    }
}
