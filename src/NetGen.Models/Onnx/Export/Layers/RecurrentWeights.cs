using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Cells;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>
/// The weights of a recurrent layer as ONNX has them: the gates of an LSTM as i, o, f, c and of a GRU as z, r, h, one block of rows each; all directions in one
/// tensor, and both biases in one. They are arranged otherwise than in weight files, so they are called otherwise.
/// </summary>
internal static class RecurrentWeights
{
    /// <summary>W, R and B; B is empty where there are no biases.</summary>
    public static string[] Of(Recurrent layer, GraphWriter graph, IReadOnlyList<string> directions)
    {
        int[] order = layer.Cell switch { LstmCell => [0, 3, 1, 2], GruCell => [1, 0, 2], _ => [0] };
        string Weight(string letter, int parameter, int columns) => graph.SharedConstant($"{layer.WeightOwner}/{letter}", name => Tensors.Floats(
            name, [directions.Count, layer.Sums, columns],
            [.. directions.SelectMany(ending => Arranged(graph.ValuesOf(NameOf(layer.WeightOwner, parameter, ending)).Values, order, layer.Units * columns))]));
        string w = Weight("W", 0, layer.Features), r = Weight("R", 1, layer.Units);
        string biases = !layer.UseBias ? "" : graph.SharedConstant($"{layer.Name}/B", name => Tensors.Floats(
            name, [directions.Count, 2 * layer.Sums],
            [
                .. directions.SelectMany(ending => new[] { 2, 3 }.SelectMany(
                    parameter => Arranged(graph.ValuesOf(NameOf(layer.Name, parameter, ending)).Values, order, layer.Units))),
            ]));
        return [w, r, biases];
    }

    /// <summary>A parameter's name in weight files.</summary>
    /// <param name="ending">What the names of the direction end with.</param>
    public static string NameOf(string owner, int parameter, string ending) => $"{owner}.{Recurrent.Names[parameter]}{ending}";

    private static float[] Arranged(float[] values, int[] order, int block)
    {
        float[] arranged = new float[values.Length];
        for (int k = 0; k < order.Length; k++)
            Array.Copy(values, order[k] * block, arranged, k * block, block);
        return arranged;
    }
}
