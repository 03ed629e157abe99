using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Layers.Cells;
using NetGen.Compiler.Shapes;
using NetGen.Models.Onnx.Proto;

namespace NetGen.Models.Onnx.Export.Layers;

/// <summary>
/// A recurrent layer as a Scan, whose body is its cell for one step, of any activation: the sums of the features for all steps are one product before it.
/// </summary>
internal static class ScannedCell
{
    /// <summary>Adds the nodes; gives back the state h of every step, and the states after the last one.</summary>
    /// <param name="n">The scope of the direction.</param>
    /// <param name="initials">What the states begin from; none for zeros.</param>
    /// <param name="ending">What the names of the direction's parameters end with.</param>
    public static (string All, string[] Last) Write(Recurrent layer, LayerWriter w, NodeScope n, string x, IReadOnlyList<string> initials, string ending)
    {
        RecurrentCell cell = layer.Cell;
        string Parameter(int k) => n.Parameter(RecurrentWeights.NameOf(k < 2 ? layer.WeightOwner : layer.Name, k, ending));
        string sums = n.Node("MatMul", "products", [x, n.Node("Transpose", "weight_ih", [Parameter(0)], Attributes.Of("perm", [1L, 0]))]);
        if (layer.UseBias)
            sums = n.Node("Add", "inputs", [sums, Parameter(2)]);
        if (initials.Count == 0)
        {
            string zeros = Zeros(layer, n, x);
            initials = [.. cell.States.Select(_ => zeros)];
        }

        GraphWriter graph = n.Graph.Body();
        NodeScope body = n.InBody(graph, "step");
        string[] before = [.. cell.States.Select(s => body.NewName(s + "_before"))];
        string now = body.NewName("inputs");
        graph.Graph.Name = $"{layer.Name}, one step";
        graph.Graph.Input.AddRange(before.Select(s => Tensors.Value(s, [layer.Units])).Append(Tensors.Value(now, [layer.Sums])));
        string[] after = AddStep(layer, n, body, now, before, Parameter(1), layer.UseBias ? Parameter(3) : "");
        // A name for each output; h is one twice, as the state and as the step's output.
        string y = body.Node("Identity", "y", [after[0]]);
        graph.Graph.Output.AddRange(after.Append(y).Select(s => Tensors.Value(s, [layer.Units])));

        long direction = ending.Length == 0 ? 0 : 1;
        string[] outputs = n.MainOf("Scan", [.. initials, sums], [.. cell.States.Select(static s => s + "_last"), "states"],
            Attributes.Of("body", graph.Graph), Attributes.Of("num_scan_inputs", 1),
            Attributes.Of("scan_input_axes", [1L]), Attributes.Of("scan_output_axes", [1L]),
            Attributes.Of("scan_input_directions", [direction]), Attributes.Of("scan_output_directions", [direction]));
        return (outputs[^1], outputs[..^1]);
    }

    /// <summary>As many zeros as a state has, for each sample.</summary>
    private static string Zeros(Recurrent layer, NodeScope n, string x)
    {
        string batch = n.Node("Slice", "batch", [n.Node("Shape", "sizes", [x]), n.Longs("from", 0), n.Longs("to", 1)]);
        return n.Node("ConstantOfShape", "zeros", [n.Node("Concat", "state_sizes", [batch, n.Longs("units", layer.Units)], Attributes.Of("axis", 0))]);
    }

    /// <summary>The cell for one step; gives back the states.</summary>
    /// <param name="outside">The scope around the body, where what does not change from step to step is made.</param>
    private static string[] AddStep(Recurrent layer, NodeScope outside, NodeScope n, string inputs, string[] before, string weight, string bias)
    {
        RecurrentCell cell = layer.Cell;
        var shape = Shape.Vector(layer.Units);
        string Apply(ElementwiseActivation activation, string what, string x) => ActivationExports.Write(activation, n.Within(what), x, shape);
        string Sum(string what, string a, string b) => n.Node("Add", what, [a, b]);
        string[] Split(NodeScope at, string what, string x, int axis, params long[] sizes) => at.NodeOf(
            "Split", what, [x, at.Longs(what + "_sizes", sizes)], sizes.Select((_, k) => $"{what}_{k}"), Attributes.Of("axis", axis));
        string Product(string what, string h, string by, string plus) => n.Node("Gemm", what, [h, by, plus], Attributes.Of("transB", 1));
        long[] gates = [.. cell.Gates.Select(_ => (long)layer.Units)];
        string h = before[0];
        switch (cell)
        {
            case GruCell gru:
            {
                string[] x = Split(n, "input", inputs, 1, gates);
                if (gru.ResetsState)
                {
                    string[] parts = Split(outside, "weight_hh", weight, 0, 2 * layer.Units, layer.Units);
                    string[] biases = bias.Length == 0 ? ["", ""] : Split(outside, "bias_hh", bias, 0, 2 * layer.Units, layer.Units);
                    string[] two = Split(n, "sum", Product("sums", h, parts[0], biases[0]), 1, gates[..2]);
                    string r = Apply(gru.RecurrentActivation, "r", Sum("r_sum", x[0], two[0]));
                    string z = Apply(gru.RecurrentActivation, "z", Sum("z_sum", x[1], two[1]));
                    string candidate = Product("n_product", n.Node("Mul", "reset", [r, h]), parts[1], biases[1]);
                    return [Blend(n, z, Apply(gru.Activation, "n", Sum("n_sum", x[2], candidate)), h)];
                }
                else
                {
                    string[] s = Split(n, "sum", Product("sums", h, weight, bias), 1, gates);
                    string r = Apply(gru.RecurrentActivation, "r", Sum("r_sum", x[0], s[0]));
                    string z = Apply(gru.RecurrentActivation, "z", Sum("z_sum", x[1], s[1]));
                    string candidate = n.Node("Mul", "reset", [r, s[2]]);
                    return [Blend(n, z, Apply(gru.Activation, "n", Sum("n_sum", x[2], candidate)), h)];
                }
            }

            case LstmCell:
            {
                string[] s = Split(n, "gate", Sum("sum", inputs, Product("sums", h, weight, bias)), 1, gates);
                string i = Apply(cell.RecurrentActivation, "i", s[0]), f = Apply(cell.RecurrentActivation, "f", s[1]);
                string g = Apply(cell.Activation, "g", s[2]), o = Apply(cell.RecurrentActivation, "o", s[3]);
                string c = Sum("c", n.Node("Mul", "kept", [f, before[1]]), n.Node("Mul", "new", [i, g]));
                return [n.Node("Mul", "h", [o, Apply(cell.Activation, "t", c)]), c];
            }

            default:
                return [Apply(cell.Activation, "h", Sum("sum", inputs, Product("sums", h, weight, bias)))];
        }
    }

    /// <summary>(1 - z) n + z h, as n + z (h - n).</summary>
    private static string Blend(NodeScope n, string z, string candidate, string h) =>
        n.Node("Add", "h", [candidate, n.Node("Mul", "kept", [z, n.Node("Sub", "change", [h, candidate])])]);
}
