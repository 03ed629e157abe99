using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Models.Weights;

namespace NetGen.Models.Fitting;

/// <summary>
/// Arrays whose names say nothing, as in numpy.savez(*model.get_weights()): they are taken in order, by Keras's shapes or by ours, where one of the two
/// fits and the other does not.
/// </summary>
internal static class PlainArrays
{
    /// <summary>No tensor of a file has a role that is known.</summary>
    public static bool Are(IReadOnlyList<SourceModule> modules) => modules is [{ Name: "" } only] && only.Tensors.All(static t => t.Role == t.Tensor.Name);

    /// <summary>Each layer's part of the arrays, with roles; null where neither way fits, or both do.</summary>
    public static WeightFit? Fit(SourceModule arrays, IReadOnlyList<TargetLayer> layers, TensorFile file)
    {
        FileTensor[] tensors = [.. arrays.Tensors.Select(static t => t.Tensor)];
        if (tensors.Select(static t => new SourceModule(t.Name, []).Unnumbered).Distinct(StringComparer.Ordinal).Count() == 1)
            tensors = [.. tensors.OrderBy(static t => new SourceModule(t.Name, []).Order, StringComparer.Ordinal)];
        WeightFit? ours = InOrder(tensors, layers, file with { IsKeras = false }, static l => l.Parameters.Select(static p => p.Name));
        WeightFit? keras = InOrder(tensors, layers, file with { IsKeras = true }, RolesOf);
        return (ours, keras) switch
        {
            (not null, null) => ours,
            (null, not null) => keras,
            // Vectors alone are the same both ways.
            (not null, not null) when keras.Pairs.All(static p => p.Fit.Fitted.All(static f => f.Turn.Text.Length == 0)) => ours,
            _ => null,
        };
    }

    private static WeightFit? InOrder(FileTensor[] tensors, IReadOnlyList<TargetLayer> layers, TensorFile file, Func<TargetLayer, IEnumerable<string>> roles)
    {
        var pairs = new List<LayerPair>();
        int at = 0;
        foreach (TargetLayer layer in layers)
        {
            string[] own = [.. roles(layer)];
            if (own.Length > tensors.Length - at)
                return null;
            var module = new SourceModule("", [.. own.Select((role, k) => new SourceTensor(role, tensors[at + k]))]);
            LayerFit fit = ModuleFit.Of(module, layer, file.IsKeras, file.HasChannelsFirst);
            if (!fit.IsPerfect)
                return null;
            pairs.Add(new LayerPair(layer, module, fit));
            at += own.Length;
        }

        return at == tensors.Length ? new WeightFit(pairs, [], []) : null;
    }

    /// <summary>What Keras has for a layer, in the order of get_weights().</summary>
    private static IEnumerable<string> RolesOf(TargetLayer layer) => layer.Layer switch
    {
        Recurrent recurrent => Recurrent(recurrent, ""),
        Bidirectional both => [.. Recurrent(both.Inner, "forward."), .. Recurrent(both.Inner, "backward.")],
        _ => layer.Parameters.Select(p => (p.Name, layer.Layer) switch
        {
            ("weight", Embedding) => "embeddings",
            ("weight", Prelu) => "alpha",
            ("weight", Dense or Convolution) => "kernel",
            ("weight", _) => "gamma",
            ("bias", not (Dense or Convolution)) => "beta",
            ("running_mean", _) => "moving_mean",
            ("running_var", _) => "moving_variance",
            (var same, _) => same,
        }),
    };

    private static string[] Recurrent(Recurrent layer, string direction) =>
        layer.UseBias ? [direction + "kernel", direction + "recurrent_kernel", direction + "bias"] : [direction + "kernel", direction + "recurrent_kernel"];
}
