using System;
using System.Linq;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Models.Nam;

/// <summary>
/// LSTM: layers of PyTorch's cell, one behind the other, and a dense layer of one unit. The file has the state that each begins from, which is not zeros:
/// h0 and c0 are dense layers of it, whose weights are 0 and whose biases are the state.
/// </summary>
internal static class LstmImport
{
    private const int MostLayers = 32;

    public static void Add(NamSpec spec, NamObject config, NamWeights weights)
    {
        config.CheckKeys("input_size", "hidden_size", "num_layers");
        int inputs = config.Size("input_size"), units = config.Size("hidden_size"), layers = config.Size("num_layers");
        if (inputs != 1)
            throw new ImportException($"config.input_size is {inputs}; models of one input, the signal, can be imported.");
        if (layers > MostLayers)
            throw new ImportException($"config.num_layers is {layers}; up to {MostLayers} can be imported.");
        spec.Input = $"{{ shape: [{spec.Steps}, 1], layout: sequence }}";
        spec.Comment("Forward begins from the state of the file: h0 and c0 are dense layers whose weights are 0 and whose biases are that state.");
        spec.Comment("Step goes on from the caller's state, which begins with these biases, one behind the other: "
            + string.Join(", ", Enumerable.Range(1, layers).SelectMany(static k => new[] { $"h0_{k}.bias", $"c0_{k}.bias" })) + ".");

        spec.Section("The state before the first sample.");
        spec.Layer("slice: { stop: 1, name: first }");
        spec.Layer("flatten: { name: start }");
        for (int k = 1; k <= layers; k++)
        {
            foreach (char part in "hc")
                spec.Layer($"dense: {{ units: {units}, kernel_initializer: zeros, from: start, name: {part}0_{k} }}");
        }

        spec.Section("The amplifier.");
        for (int k = 1; k <= layers; k++)
            AddLayer(spec, k, k == 1 ? inputs : units, units, weights);
        spec.Layer("dense: { units: 1, name: output }");
        spec.Weight("output.weight", [1, units], weights.Take(units));
        spec.Weight("output.bias", [1], weights.Take(1));
        spec.Note("an LSTM of the file has one bias: it is bias_ih_l0, and bias_hh_l0 is zeros");
    }

    private static void AddLayer(NamSpec spec, int number, int inputs, int units, NamWeights weights)
    {
        string from = number == 1 ? "from: input, " : "";
        spec.Layer($"lstm: {{ units: {units}, return_sequences: true, initial_state: [h0_{number}, c0_{number}], {from}name: lstm_{number} }}");

        // Rows of both products, side by side.
        int row = inputs + units, sums = 4 * units;
        float[] both = weights.Take(sums, row), bias = weights.Take(sums), h = weights.Take(units), c = weights.Take(units);
        float[] Columns(int start, int count) => [.. Enumerable.Range(0, sums).SelectMany(r => new ArraySegment<float>(both, (r * row) + start, count))];
        string name = Invariant($"lstm_{number}");
        spec.Weight($"{name}.weight_ih_l0", [sums, inputs], Columns(0, inputs));
        spec.Weight($"{name}.weight_hh_l0", [sums, units], Columns(inputs, units));
        spec.Weight($"{name}.bias_ih_l0", [sums], bias);
        spec.Weight($"{name}.bias_hh_l0", [sums], new float[sums]);
        foreach ((string state, float[] values) in new[] { ("h0", h), ("c0", c) })
        {
            spec.Weight($"{state}_{number}.weight", [units, 1], new float[units]);
            spec.Weight($"{state}_{number}.bias", [units], values);
        }
    }
}
