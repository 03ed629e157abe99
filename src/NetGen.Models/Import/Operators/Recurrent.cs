using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>LSTM, GRU and RNN.</summary>
internal static class Recurrent
{
    public static IEnumerable<(string, Action<OperatorContext>)> All =>
    [
        ("LSTM", static c => Import(c, "lstm", [0, 2, 3, 1])), // i o f c are i f g o here
        ("GRU", static c => Import(c, "gru", [1, 0, 2])), // z r h are r z n
        ("RNN", static c => Import(c, "simple_rnn", [0])),
    ];

    private static void Import(OperatorContext c, string kind, int[] gates)
    {
        Constant w = c.Constant(1, "weights"), r = c.Constant(2, "recurrent weights");
        Constant? bias = c.Optional(3, "bias");
        int units = r.Shape is [_, _, var last] ? last : throw new UnsupportedNodeException($"its recurrent weights have the shape {Sizes.Text(r.Shape)}");
        int features = w.Shape is [_, var rows, var f] && rows == gates.Length * units ? f : throw new UnsupportedNodeException($"its weights have the shape {Sizes.Text(w.Shape)} for {units} units");
        string direction = c.Node.Text("direction", "forward");
        int directions = direction == "bidirectional" ? 2 : 1;
        bool isBatchFirst = c.Node.Integer("layout", 0) != 0;
        Variable x = c.Variable(0);
        if (x.Dims.Length != 3 || x.Dims[2] != features)
            throw new UnsupportedNodeException($"its weights are for {features} features, but {Sizes.Text(x.Dims)} comes to it");
        (int steps, int batch) = isBatchFirst ? (x.Dims[1], x.Dims[0]) : (x.Dims[0], x.Dims[1]);
        if (batch != 1 && steps == 1)
        {
            Rows(c, kind, x, w, r, bias, batch, units, directions, isBatchFirst);
            return;
        }

        if (batch != 1)
            throw new UnsupportedNodeException($"it goes through {batch} sequences at once, [{string.Join(", ", x.Dims)}], but a layer goes through one");
        if (c.Optional(4, "sequence lengths") is { } lengths && lengths.Values.Any(l => l != steps))
            throw new UnsupportedNodeException("its sequences end before their last step");
        if (kind == "lstm" && c.Optional(7, "peepholes") is { } peepholes && peepholes.Values.Any(static p => p != 0))
            throw new UnsupportedNodeException("it has peepholes");
        if (c.Node.Integer("input_forget", 0) != 0)
            throw new UnsupportedNodeException("its input and forget gates are coupled (input_forget)");
        if (c.Node.Number("clip", 0) is > 0 and < 1e9)
            throw new UnsupportedNodeException("it clips what its gates see");

        Read source = c.Spec.Arranged(x, [isBatchFirst ? 1 : 0, 2], [steps, features], AxisOrder.Sequence, decides: true);
        var settings = new Cell(c, kind, gates, units, features, w, r, bias);
        List<(Read Value, Read? H, Read? C)> parts = [];
        bool all = c.IsUsed(0) && steps > 1, hasStates = c.IsUsed(1) || c.IsUsed(2);
        bool startsAtRest = IsZero(c.Input(5)) && IsZero(c.Input(6));
        int[] order = isBatchFirst ? [1, 2, 3] : [0, 1, 3]; // time, direction, unit
        int[] Dims(int time) => isBatchFirst ? [1, time, directions, units] : [time, directions, 1, units];
        if (directions == 2 && startsAtRest && !(all && hasStates) && !c.IsUsed(2) && settings.AreAlike)
        {
            SpecLayer both = settings.Bidirectional(source, all);
            Read value = new(c.Spec.Add(both));
            if (c.IsUsed(0))
                c.Give(Variable.InOrder(value, Dims(steps), all ? order : order[1..]));
            if (c.IsUsed(1))
                c.Give(Variable.RowMajor(value, isBatchFirst ? [1, 2, units] : [2, 1, units]), 1);
            return;
        }

        for (int d = 0; d < directions; d++)
        {
            bool isBackward = direction == "reverse" || d == 1;
            Read from = isBackward && steps > 1 ? c.Spec.Add("reverse", [source], source.Shape, keepsAxes: true) : source;
            SpecLayer layer = settings.Layer(from, d, all);
            Read[] initial = [.. Enumerable.Range(0, kind == "lstm" ? 2 : 1).Select(i => State(c, c.Input(5 + i), d, isBatchFirst, units)).OfType<Read>()];
            bool needsStates = !(IsZero(c.Input(5)) && IsZero(c.Input(6)));
            if (needsStates)
                layer.Reads.AddRange(kind == "lstm" && initial.Length < 2 ? throw new UnsupportedNodeException("one of its initial states is given, the other is not") : initial);
            Read value = new(c.Spec.Add(layer));
            Read? h = c.IsUsed(1) ? all ? new Read(layer, "h") : value : null;
            Read? cell = c.IsUsed(2) ? new Read(layer, "c") : null;
            if (all && isBackward)
                value = c.Spec.Add("reverse", [value], value.Shape, keepsAxes: true);
            parts.Add((value, h, cell));
        }

        if (c.IsUsed(0))
        {
            Read value = parts[0].Value;
            if (directions == 2)
                value = all ? c.Spec.Add("concat", [value, parts[1].Value], [steps, 2 * units], keepsAxes: true, ("axis", 1)) : c.Spec.Add("concat", [value, parts[1].Value], [2 * units], keepsAxes: false);
            c.Give(Variable.InOrder(value, Dims(steps), [.. order.Where(k => Dims(steps)[k] > 1)]));
        }

        if (c.IsUsed(1))
            c.Give(States(c, parts.Select(static p => p.H!.Value), units, directions, isBatchFirst), 1);
        if (c.IsUsed(2))
            c.Give(States(c, parts.Select(static p => p.C!.Value), units, directions, isBatchFirst), 2);
    }

    /// <summary>A single step of many sequences.</summary>
    private static void Rows(OperatorContext c, string kind, Variable x, Constant w, Constant r, Constant? bias, int rows, int units, int directions, bool isBatchFirst)
    {
        if (c.Node.Has("activations"))
            throw new UnsupportedNodeException("it goes through many sequences at once, with functions of its own");
        Variable steps = SpecBuilder.Reshaped(c.Spec.Strided(x), [rows, x.Dims[2]]);
        Variable? State(int input, int direction) => IsZero(c.Input(input)) ? null
            : SpecBuilder.Reshaped(Moves.Sliced(c, c.Spec.Strided(c.Variable(input)), new SliceRange(isBatchFirst ? 1 : 0, direction, 1, 1)), [rows, units]);
        Constant Of(Constant all, int direction) => ConstantOperators.Slice(all, new SliceRange(0, direction, 1, 1)) is var one ? one with { Shape = one.Shape[1..], Name = all.Name } : all;
        (Variable H, Variable? C)[] states = [.. Enumerable.Range(0, directions).Select(d => CellStep.Of(
            c, kind, steps, State(5, d), State(6, d), Of(w, d), Of(r, d), bias is null ? null : Of(bias, d).Values, c.Node.Integer("linear_before_reset", 0) != 0))];
        Variable Joined(IEnumerable<Variable> parts, int[] dims, int axis)
        {
            Variable[] shaped = [.. parts.Select(p => SpecBuilder.Reshaped(p, dims))];
            return shaped.Length == 1 ? shaped[0] : Joins.Concatenated(c, shaped, axis);
        }

        if (c.IsUsed(0))
            c.Give(Joined(states.Select(static s => s.H), isBatchFirst ? [rows, 1, 1, units] : [1, 1, rows, units], isBatchFirst ? 2 : 1));
        if (c.IsUsed(1))
            c.Give(Joined(states.Select(static s => s.H), isBatchFirst ? [rows, 1, units] : [1, rows, units], isBatchFirst ? 1 : 0), 1);
        if (c.IsUsed(2))
            c.Give(Joined(states.Select(static s => s.C!), isBatchFirst ? [rows, 1, units] : [1, rows, units], isBatchFirst ? 1 : 0), 2);
    }

    private static Variable States(OperatorContext c, IEnumerable<Read> states, int units, int directions, bool isBatchFirst)
    {
        Read[] all = [.. states];
        Read joined = all.Length == 1 ? all[0] : c.Spec.Add("concat", all, [2 * units], keepsAxes: false);
        return Variable.RowMajor(joined, isBatchFirst ? [1, directions, units] : [directions, 1, units]);
    }

    private static bool IsZero(Value? state) => state is null or ConstantValue { Constant: { IsUniform: true, Values: [0, ..] } };

    /// <summary>The state before the first step, of one direction.</summary>
    private static Read? State(OperatorContext c, Value? state, int direction, bool isBatchFirst, int units)
    {
        if (state is null || IsZero(state) && state is ConstantValue { Constant.Count: 0 })
            return null;
        Variable v = state is ConstantValue { Constant: var known } ? Constants.Layer(c, known) : (Variable)state;
        int axis = isBatchFirst ? 1 : 0;
        if (v.Dims.Length != 3 || v.Dims[2] != units || v.Dims[axis] <= direction)
            throw new UnsupportedNodeException($"its initial state has the shape {Sizes.Text(v.Dims)} for {units} units");
        Variable one = Moves.Sliced(c, v, new SliceRange(axis, direction, 1, 1));
        return c.Spec.Arranged(one, [2], [units]);
    }

    private static readonly string[] s_withAlpha = ["LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu", "Affine"];
    private static readonly string[] s_withBeta = ["ScaledTanh", "HardSigmoid", "Affine"];

    /// <summary>What the layers of all directions have in common.</summary>
    private sealed class Cell(OperatorContext c, string kind, int[] gates, int units, int features, Constant w, Constant r, Constant? bias)
    {
        /// <summary>Both directions have the same functions.</summary>
        public bool AreAlike => Functions(0).SequenceEqual(Functions(1));

        public SpecLayer Layer(Read source, int direction, bool all)
        {
            var layer = new SpecLayer(kind, [source], all ? [source.Shape[0], units] : [units], all ? SpecBuilder.GroupOf(source) : new LayoutGroup());
            Describe(layer, direction, all);
            layer.Parameters.AddRange(Parameters(direction, ""));
            AddOrigin(layer);
            return layer;
        }

        public SpecLayer Bidirectional(Read source, bool all)
        {
            var inner = new SpecLayer(kind, [], [], new LayoutGroup());
            Describe(inner, 0, all);
            var layer = new SpecLayer("bidirectional", [source], all ? [source.Shape[0], 2 * units] : [2 * units], all ? SpecBuilder.GroupOf(source) : new LayoutGroup());
            layer.Set(kind, inner.Options);
            layer.Parameters.AddRange(Parameters(0, ""));
            layer.Parameters.AddRange(Parameters(1, "_reverse"));
            AddOrigin(layer);
            return layer;
        }

        private void AddOrigin(SpecLayer layer)
        {
            // PyTorch's exporter numbers what it has turned around; then the node's name is the better one.
            if (w.Name is { } name && name.Any(char.IsLetter) && !name.StartsWith("onnx::", StringComparison.Ordinal))
                layer.Origins.Add(name);
        }

        private string[] AllFunctions => c.Node.Texts("activations") ?? [];

        private string[] Functions(int direction)
        {
            int count = kind switch { "lstm" => 3, "gru" => 2, _ => 1 };
            string[] stated = AllFunctions;
            string[] usual = kind switch { "lstm" => ["Sigmoid", "Tanh", "Tanh"], "gru" => ["Sigmoid", "Tanh"], _ => ["Tanh"] };
            return stated.Length >= (direction + 1) * count ? stated[(direction * count)..((direction + 1) * count)] : usual;
        }

        private void Describe(SpecLayer layer, int direction, bool all)
        {
            layer.Set("units", units);
            if (all)
                layer.Set("return_sequences", true);
            string[] functions = Functions(direction);
            if (kind == "lstm" && functions[1] != functions[2])
                throw new UnsupportedNodeException($"its cell has the functions {string.Join(", ", functions)}, but a layer has one for what is not a gate");
            if (functions[^1] is not "Tanh")
                layer.Set("activation", Function(AllFunctions, (direction + 1) * functions.Length - 1));
            if (kind != "simple_rnn" && functions[0] is not "Sigmoid")
                layer.Set("recurrent_activation", Function(AllFunctions, direction * functions.Length));
            if (kind == "gru" && c.Node.Integer("linear_before_reset", 0) == 0)
            {
                layer.Set("reset_after", false);
                if (c.Graph.Producer.StartsWith("pytorch", StringComparison.OrdinalIgnoreCase))
                    c.Note($"{c.Node.Title}: the file says linear_before_reset = 0, but PyTorch's own GRU has 1, and an exporter of it is known to leave that out. The spec follows the file (reset_after: false); if its outputs differ from PyTorch's, take that line out");
            }

            if (bias is null)
                layer.Set("use_bias", false);
        }

        /// <summary>A function as a layer names it, with its options where these are not the usual ones.</summary>
        /// <param name="index">Its place among the functions of all directions.</param>
        private object Function(string[] all, int index)
        {
            // Numbers are listed for the functions that have one, in their order.
            double Number(string attribute, string[] having, double otherwise)
            {
                double[] values = c.Node.Numbers(attribute) ?? [];
                int at = all.Take(index).Count(having.Contains);
                return having.Contains(all[index]) && at < values.Length ? values[at] : otherwise;
            }

            string name = all[index];
            double usual = name switch { "LeakyRelu" => 0.01, "HardSigmoid" => 0.2, _ => 1 };
            double alpha = Number("activation_alpha", s_withAlpha, usual), beta = Number("activation_beta", s_withBeta, name == "HardSigmoid" ? 0.5 : 0);
            object With(string kind, string key, double standard) => (float)alpha == (float)standard ? kind
                : new List<KeyValuePair<string, object>> { new(kind, new List<KeyValuePair<string, object>> { new(key, alpha) }) };
            return name switch
            {
                "Relu" => "relu", "Tanh" => "tanh", "Sigmoid" => "sigmoid", "Softplus" => "softplus", "Softsign" => "softsign",
                "LeakyRelu" => With("leaky_relu", "negative_slope", 0.01),
                "Elu" => With("elu", "alpha", 1),
                "Affine" when alpha == 1 && beta == 0 => "linear",
                "HardSigmoid" when Math.Abs(alpha - 1 / 6.0) < 1e-6 && beta == 0.5 => "hard_sigmoid",
                _ => throw new UnsupportedNodeException($"its cell has the function {name}{(s_withAlpha.Contains(name) ? $" ({alpha:g6}, {beta:g6})" : "")}, which no layer has"),
            };
        }

        private IEnumerable<NamedTensor> Parameters(int direction, string suffix)
        {
            yield return new NamedTensor($"weight_ih_l0{suffix}", [gates.Length * units, features], Gates(w, direction, 0, features));
            yield return new NamedTensor($"weight_hh_l0{suffix}", [gates.Length * units, units], Gates(r, direction, 0, units));
            if (bias is null)
                yield break;
            if (bias.Shape is not [_, var count] || count != 2 * gates.Length * units)
                throw new UnsupportedNodeException($"its bias has the shape {Sizes.Text(bias.Shape)} for {units} units");
            yield return new NamedTensor($"bias_ih_l0{suffix}", [gates.Length * units], Gates(bias, direction, 0, 1));
            yield return new NamedTensor($"bias_hh_l0{suffix}", [gates.Length * units], Gates(bias, direction, gates.Length * units, 1));
        }

        /// <summary>The rows of each gate, in the order that the layer has them in.</summary>
        private float[] Gates(Constant values, int direction, int skip, int width)
        {
            int each = Sizes.Product(values.Shape.Skip(1)), start = direction * each + skip * width;
            return [.. gates.SelectMany(g => values.Values.Skip(start + g * units * width).Take(units * width)).Select(static v => (float)v)];
        }
    }
}
