using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Patterns;

/// <summary>Cells of recurrent layers that exporters take apart, for networks that make one step at a time.</summary>
internal static class CellPatterns
{
    /// <summary>h = o tanh(c), c = f c0 + i g: gates that are parts of W x + U h0 + b.</summary>
    public static bool Lstm(SpecGraph graph, SpecLayer layer)
    {
        if (layer is not { Kind: "multiply", Reads: [var p, var q] })
            return false;
        foreach ((Read output, Read squashed) in new[] { (p, q), (q, p) })
        {
            if (Gate(output, "sigmoid") is not { } o || squashed is not { Part: null, Layer: { Kind: "tanh" } tanh } || tanh.Reads[0] is not { Part: null, Layer: { Kind: "add", Reads: [var a, var b] } c })
                continue;
            foreach ((Read kept, Read added) in new[] { (a, b), (b, a) })
            {
                if (Match(kept, added) is not { } cell || cell.I.Source != o.Source || cell.F.Source != o.Source || cell.G.Source != o.Source)
                    continue;
                return Write(graph, layer, c, o.Source, [cell.I.Start, cell.F.Start, cell.G.Start, o.Start], cell.C0, layer.Shape[0]);
            }
        }

        return false;
    }

    private static ((SpecLayer Source, int Start) I, (SpecLayer Source, int Start) F, (SpecLayer Source, int Start) G, Read C0)? Match(Read kept, Read added)
    {
        if (kept is not { Part: null, Layer: { Kind: "multiply", Reads: [var k1, var k2] } } || added is not { Part: null, Layer: { Kind: "multiply", Reads: [var a1, var a2] } })
            return null;
        (Read f, Read c0) = Gate(k1, "sigmoid") is not null ? (k1, k2) : (k2, k1);
        (Read i, Read g) = Gate(a1, "sigmoid") is not null ? (a1, a2) : (a2, a1);
        return Gate(f, "sigmoid") is { } forget && Gate(i, "sigmoid") is { } input && Gate(g, "tanh") is { } candidate ? (input, forget, candidate, c0) : null;
    }

    /// <summary>A function of a part of a vector, and where that begins.</summary>
    private static (SpecLayer Source, int Start)? Gate(Read read, string function) =>
        read is { Part: null, Layer: { Kind: var kind } layer } && kind == function && layer.Reads[0] is { Part: null, Layer: { Kind: "slice", Shape.Length: 1 } slice } && slice.Option("step") is null
            ? (slice.Reads[0].Layer, slice.Option("start") as int? ?? 0) : null;

    private static bool Write(SpecGraph graph, SpecLayer h, SpecLayer c, SpecLayer gates, int[] starts, Read c0, int units)
    {
        // The sum of two products, and of what is added to it.
        double[] added = new double[4 * units];
        SpecLayer sum = gates;
        if (sum is { Kind: Interim.Affine, Affine: { } numbers })
        {
            if (numbers.Scale.Any(static s => s != 1))
                return false;
            added = numbers.Offset.Length == 1 ? [.. Enumerable.Repeat(numbers.Offset[0], 4 * units)] : numbers.Offset;
            sum = sum.Reads[0].Layer;
        }

        if (sum is not { Kind: "add", Reads: [{ Part: null, Layer: { Kind: "dense", Shape: [var n] } first }, { Part: null, Layer: { Kind: "dense" } second }] } || n != 4 * units
            || c0.Shape is not [var cells] || cells != units)
            return false;
        // Which of both reads the state: it has as many inputs as there are units; the other's comes first where both do.
        SpecLayer state = second.Parameter("weight")!.Shape[1] == units ? second : first, input = state == second ? first : second;
        if (state.Parameter("weight")!.Shape[1] != units || state.Option("activation") is not null || input.Option("activation") is not null)
            return false;
        if (input.Parameter("weight")!.Shape[1] == units && state.Reads[0].Layer is { IsInput: false } && input.Reads[0].Layer is { IsInput: true })
            (state, input) = (input, state);
        int features = input.Parameter("weight")!.Shape[1];
        float[] Rows(float[] values, int width) => [.. starts.SelectMany(s => values.Skip(s * width).Take(units * width))];
        float[] Bias(SpecLayer dense, double[]? more)
        {
            float[]? own = dense.Parameter("bias")?.Values;
            return Rows([.. Enumerable.Range(0, 4 * units).Select(k => (float)((own?[k] ?? 0) + (more?[k] ?? 0)))], 1);
        }

        Read x = input.Reads[0];
        var steps = new SpecLayer("reshape", [x], [1, features], new LayoutGroup()) { Options = { KeyValuePair.Create("shape", (object)new[] { 1, features }) } };
        steps.Layout.TryDecide(AxisOrder.Sequence, decides: true);
        var lstm = new SpecLayer("lstm", [new Read(steps), state.Reads[0], c0], [units], new LayoutGroup())
        {
            Options = { KeyValuePair.Create("units", (object)units) },
            Parameters =
            {
                new NamedTensor("weight_ih_l0", [4 * units, features], Rows(input.Parameter("weight")!.Values, features)),
                new NamedTensor("weight_hh_l0", [4 * units, units], Rows(state.Parameter("weight")!.Values, units)),
                new NamedTensor("bias_ih_l0", [4 * units], Bias(input, added)),
                new NamedTensor("bias_hh_l0", [4 * units], Bias(state, null)),
            },
        };
        lstm.Origins.AddRange(input.Origins.Concat(h.Origins));
        graph.InsertBefore(h, steps);
        graph.InsertBefore(h, lstm);
        graph.Replace(new Read(h), new Read(lstm));
        graph.Replace(new Read(c), new Read(lstm, "c"));
        return true;
    }
}
