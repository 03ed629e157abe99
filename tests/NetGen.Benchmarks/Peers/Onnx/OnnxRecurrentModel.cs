using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using static NetGen.Benchmarks.OnnxMessages;

namespace NetGen.Benchmarks;

/// <summary>A recurrent layer and a dense layer on its last state as an ONNX model: an LSTM or GRU, and a Gemm.</summary>
internal static class OnnxRecurrentModel
{
    /// <summary>What a stream reads its state from, and the state after the step; a GRU has no second part.</summary>
    public static readonly IReadOnlyList<string> StateInputs = ["h", "c"], StateOutputs = ["H", "C"];

    /// <summary>From so many whole sequences, sample after sample, to the outputs.</summary>
    public static byte[] Sequences(BenchmarkNet net, int samples, float[] parameters) => Model(net.Name, g =>
    {
        Recurrent layer = (Recurrent)net.Layers[0];
        string steps = OnnxModel.Input;
        if (samples > 1)
        {
            // The operators take time first: their layout 1 is one that ONNX Runtime does not have.
            steps = "steps";
            AddNode(g, Node("Transpose", steps, [OnnxModel.Input], Integers("perm", [1, 0, 2])));
        }

        WriteLayers(g, layer, samples, parameters, [steps, "w", "r", "b"], ["", "H"]);
        AddInput(g, OnnxModel.Input, InputShape(layer, samples));
        AddOutput(g, OnnxModel.Output, [samples, 1]);
    });

    /// <summary>From one step and a state to one output and the next state.</summary>
    public static byte[] Stream(BenchmarkNet net, float[] parameters) => Model(net.Name, g =>
    {
        Recurrent layer = (Recurrent)net.Layers[0];
        int parts = StateParts(layer);
        WriteLayers(
            g, layer, 1, parameters, [OnnxModel.Input, "w", "r", "b", "", .. StateInputs.Take(parts)], ["", .. StateOutputs.Take(parts)]);
        AddInput(g, OnnxModel.Input, [1, 1, layer.Features]);
        AddOutput(g, OnnxModel.Output, [1, 1]);
        for (int part = 0; part < parts; part++)
        {
            AddInput(g, StateInputs[part], StateShape(layer));
            AddOutput(g, StateOutputs[part], StateShape(layer));
        }
    });

    public static int StateParts(Recurrent layer) => layer.Cell == Cell.Lstm ? 2 : 1;

    /// <summary>Directions, samples, units.</summary>
    public static IReadOnlyList<int> StateShape(Recurrent layer) => [1, 1, layer.Units];

    /// <summary>One sequence is a time of batches of one as it stands.</summary>
    public static IReadOnlyList<int> InputShape(Recurrent layer, int samples) =>
        samples == 1 ? [layer.Steps, 1, layer.Features] : [samples, layer.Steps, layer.Features];

    private static void WriteLayers(
        CodedOutputStream g, Recurrent layer, int samples, ReadOnlySpan<float> parameters, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        int wide = layer.Gates * layer.Units;
        AddNode(g, Node(
            layer.Cell.ToString().ToUpperInvariant(), outputs, inputs,
            layer.Cell == Cell.Gru ? [Integer("hidden_size", layer.Units), Integer("linear_before_reset", 1)] : [Integer("hidden_size", layer.Units)]));
        AddNode(g, Node("Flatten", "last", ["H"], Integer("axis", 2)));
        AddNode(g, Node("Gemm", OnnxModel.Output, ["last", "dense", "bias"], Integer("transB", 1)));
        AddTensor(g, "w", Permuted(layer, Take(ref parameters, wide * layer.Features)), [1, wide, layer.Features]);
        AddTensor(g, "r", Permuted(layer, Take(ref parameters, wide * layer.Units)), [1, wide, layer.Units]);
        AddTensor(g, "b", [.. Permuted(layer, Take(ref parameters, wide)), .. Permuted(layer, Take(ref parameters, wide))], [1, 2 * wide]);
        AddTensor(g, "dense", Take(ref parameters, layer.Units), [1, layer.Units]);
        AddTensor(g, "bias", parameters, [1]);
    }

    /// <summary>From PyTorch's order of gates, i f g o or r z n, to ONNX's, i o f g or z r n.</summary>
    private static float[] Permuted(Recurrent layer, ReadOnlySpan<float> rows)
    {
        int gate = rows.Length / layer.Gates;
        List<float> permuted = [];
        foreach (int from in (ReadOnlySpan<int>)(layer.Cell == Cell.Lstm ? [0, 3, 1, 2] : [1, 0, 2]))
            permuted.AddRange(rows.Slice(from * gate, gate));
        return [.. permuted];
    }

    private static ReadOnlySpan<float> Take(ref ReadOnlySpan<float> from, int count)
    {
        ReadOnlySpan<float> taken = from[..count];
        from = from[count..];
        return taken;
    }
}
