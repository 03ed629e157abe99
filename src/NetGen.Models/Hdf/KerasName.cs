using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NetGen.Models.Hdf;

/// <summary>Keras's names of weights, without what says nothing: <c>lstm/lstm_cell_3/kernel:0</c> is <c>lstm.kernel</c>.</summary>
internal static partial class KerasName
{
    /// <param name="layer">The layer's name.</param>
    /// <param name="path">Where its weight stands, with or without the layer's name.</param>
    public static string Of(string layer, string path)
    {
        List<string> parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        int own = parts.IndexOf(layer);
        IEnumerable<string> rest = parts.Skip(own < 0 || own == parts.Count - 1 ? 0 : own + 1)
            .Select(static p => Number().Replace(p, "")).Where(static p => !IsCell(p));
        return string.Join('.', rest.Select(Direction).Prepend(layer));
    }

    /// <summary>What stands between a layer and its weights: the cell that it repeats, what a wrapper holds.</summary>
    public static bool IsCell(string part) => Cell().IsMatch(part);

    /// <summary>The two halves of a wrapper for both directions.</summary>
    public static string Direction(string part) =>
        part.StartsWith("forward_", StringComparison.Ordinal) ? "forward" : part.StartsWith("backward_", StringComparison.Ordinal) ? "backward" : part;

    /// <summary>A class's name as Keras writes names of files: LSTM is lstm, Conv2D conv2d and PReLU p_re_lu.</summary>
    public static string Snake(string name) => Lower().Replace(Word().Replace(name, "$1_$2"), "$1_$2").ToLowerInvariant();

    [GeneratedRegex(":[0-9]+$")]
    private static partial Regex Number();

    [GeneratedRegex("^((lstm|gru|simple_rnn)_cell(_[0-9]+)?|cell|layer|layers|vars|_layer_checkpoint_dependencies|_functional)$")]
    private static partial Regex Cell();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex Word();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex Lower();
}
