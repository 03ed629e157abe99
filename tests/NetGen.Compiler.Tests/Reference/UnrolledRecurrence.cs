using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>
/// A recurrent layer without recurrence: the graph of dense layers, activations, sums and products that its equations are when they are
/// written out for each step, every step with weights of its own. What step t reads of the input, and the zeros that it begins
/// with, are dense layers too: with weights that are 0 outside of its block, or everywhere.
/// </summary>
internal sealed class UnrolledRecurrence
{
    private static readonly string[] s_kinds = ["simple_rnn", "gru", "lstm"];

    private readonly string[] _gates;
    private readonly int _time;
    private readonly int _features;
    private readonly int _units;
    private readonly List<string> _layers = [];

    private UnrolledRecurrence(string kind, int time, int features, int units)
    {
        (_time, _features, _units) = (time, features, units);
        _gates = kind switch { "simple_rnn" => ["a"], "gru" => ["r", "z", "n"], _ => ["i", "f", "g", "o"] };
        Append($"dense: {{ units: {units}, use_bias: false, trainable: false, from: input, name: h0 }}");
        Append($"dense: {{ units: {units}, use_bias: false, trainable: false, from: input, name: c0 }}");
        for (int t = 1; t <= time; t++)
        {
            foreach (string gate in _gates)
            {
                Append($"dense: {{ units: {units}, from: input, name: x{gate}{t} }}");
                Append($"dense: {{ units: {units}, from: h{t - 1}, name: h{gate}{t} }}");
            }

            if (kind == "simple_rnn")
                AppendGate("a", "tanh", t, $"h{t}");
            else if (kind == "gru")
                AppendGru(t);
            else
                AppendLstm(t);
        }

        Append($"concat: {{ from: [{string.Join(", ", Enumerable.Range(1, time).Select(static t => $"h{t}"))}] }}");
        Network = ReferenceNetwork.Parse($$"""
            input: {{time * features}}
            layers:
              - {{string.Join("\n  - ", _layers)}}
            loss: half_squared_error
            """);
    }

    public static IReadOnlyList<string> Kinds => s_kinds;

    /// <summary>Its input and output lie in memory as those of the layer: step after step.</summary>
    public ReferenceNetwork Network { get; }

    /// <summary>The layer itself, which is called <c>r</c>, as a spec.</summary>
    public static string Shared(string kind, int time, int features, int units) =>
        $"{{ input: [{time}, {features}], layers: [{kind}: {{ units: {units}, return_sequences: true, name: r }}], loss: half_squared_error }}";

    /// <summary>Every step has the weights that the layer has.</summary>
    public static UnrolledRecurrence Of(string kind, int time, int features, int units, IReadOnlyDictionary<string, double[]> shared)
    {
        UnrolledRecurrence unrolled = new(kind, time, features, units);
        foreach ((string name, string own, int i, int j) in unrolled.Places())
            unrolled.Network.Parameters[own][j] = shared[name][i];
        for (int t = 1; kind == "gru" && t <= time; t++)
        {
            for (int u = 0; u < units; u++)
                unrolled.Network.Parameters[$"minus{t}.weight"][u * units + u] = -1;
        }

        return unrolled;
    }

    /// <summary>For each element of the layer's parameters, the sum over the steps of the gradients of their own ones.</summary>
    public IReadOnlyDictionary<string, double[]> SumOverSteps(IReadOnlyDictionary<string, double[]> gradients)
    {
        int rows = _gates.Length * _units;
        Dictionary<string, double[]> sums = new()
        {
            ["r.weight_ih_l0"] = new double[rows * _features],
            ["r.weight_hh_l0"] = new double[rows * _units],
            ["r.bias_ih_l0"] = new double[rows],
            ["r.bias_hh_l0"] = new double[rows],
        };
        foreach ((string name, string own, int i, int j) in Places())
            sums[name][i] += gradients[own][j];
        return sums;
    }

    /// <summary>The layer's parameter and its element, and the parameter and element of a step that is the same weight.</summary>
    private IEnumerable<(string Name, string Own, int Element, int OwnElement)> Places()
    {
        for (int t = 1; t <= _time; t++)
        {
            for (int gate = 0; gate < _gates.Length; gate++)
            {
                string x = $"x{_gates[gate]}{t}", h = $"h{_gates[gate]}{t}";
                for (int u = 0; u < _units; u++)
                {
                    int row = gate * _units + u;
                    yield return ("r.bias_ih_l0", x + ".bias", row, u);
                    yield return ("r.bias_hh_l0", h + ".bias", row, u);
                    for (int i = 0; i < _features; i++)
                        yield return ("r.weight_ih_l0", x + ".weight", row * _features + i, (u * _time + t - 1) * _features + i);
                    for (int i = 0; i < _units; i++)
                        yield return ("r.weight_hh_l0", h + ".weight", row * _units + i, u * _units + i);
                }
            }
        }
    }

    /// <summary>(1 - z) n + z h is n + z (h - n), the difference through a dense layer whose weight is -1 on the diagonal.</summary>
    private void AppendGru(int t)
    {
        AppendGate("r", "sigmoid", t, $"r{t}");
        AppendGate("z", "sigmoid", t, $"z{t}");
        Append($"multiply: {{ from: [r{t}, hn{t}], name: reset{t} }}");
        Append($"add: {{ from: [xn{t}, reset{t}], name: an{t} }}");
        Append($"tanh: {{ name: n{t} }}");
        Append($"dense: {{ units: {_units}, use_bias: false, trainable: false, name: minus{t} }}");
        Append($"add: {{ from: [h{t - 1}, minus{t}], name: change{t} }}");
        Append($"multiply: {{ from: [z{t}, change{t}], name: kept{t} }}");
        Append($"add: {{ from: [n{t}, kept{t}], name: h{t} }}");
    }

    private void AppendLstm(int t)
    {
        foreach (string gate in _gates)
            AppendGate(gate, gate == "g" ? "tanh" : "sigmoid", t, $"{gate}{t}");
        Append($"multiply: {{ from: [f{t}, c{t - 1}], name: kept{t} }}");
        Append($"multiply: {{ from: [i{t}, g{t}], name: new{t} }}");
        Append($"add: {{ from: [kept{t}, new{t}], name: c{t} }}");
        Append($"tanh: {{ name: shown{t} }}");
        Append($"multiply: {{ from: [o{t}, shown{t}], name: h{t} }}");
    }

    private void AppendGate(string gate, string activation, int t, string name)
    {
        Append($"add: {{ from: [x{gate}{t}, h{gate}{t}], name: sum{gate}{t} }}");
        Append($"{activation}: {{ name: {name} }}");
    }

    private void Append(string layer) => _layers.Add(layer);
}
