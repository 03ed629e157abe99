using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Operations on the elements of two or more values, one of which may be a constant.</summary>
internal static class Joins
{
    private static readonly Constant s_one = Constant.Scalar(1, ElementKind.Float), s_zero = Constant.Scalar(0, ElementKind.Float);

    public static IEnumerable<(string, Action<OperatorContext>)> All =>
    [
        ("Add", static c => Binary(c, "add")), ("Sum", static c => Several(c, "add")),
        ("Sub", static c => Binary(c, "subtract")), ("Mul", static c => Binary(c, "multiply")), ("Div", static c => Binary(c, "divide")),
        ("Max", static c => Several(c, "maximum")), ("Min", static c => Several(c, "minimum")), ("Mean", static c => Several(c, "average")),
        ("Pow", Pow),
        ("Concat", Concat),
        ("Where", Where),
    ];

    /// <summary>A value under a larger shape, in which it repeats.</summary>
    public static Variable Stretched(Variable x, int[] shape)
    {
        if (Sizes.AreEqual(x.Dims, shape))
            return x;
        int[] dims = [.. Enumerable.Repeat(1, shape.Length - x.Dims.Length), .. x.Dims];
        Variable same = SpecBuilder.Reshaped(x, dims);
        if (Sizes.AreEqual(dims, shape))
            return same;
        if (same.Base is not null)
            throw new UnsupportedNodeException($"it repeats a value of {Sizes.Text(x.Dims)} to {Sizes.Text(shape)} whose axes were exchanged before");
        return same with { Dims = shape, Strides = [.. same.Strides.Select((s, k) => dims[k] == shape[k] ? s : 0)] };
    }

    /// <summary>Values brought under shapes that differ in nothing but axes of 1, and what joins them.</summary>
    public static Variable Join(OperatorContext c, string kind, IReadOnlyList<Variable> values)
    {
        int[] dims = values.Select(static v => v.Dims).Aggregate(static (a, b) => Sizes.Broadcast(a, b));
        Variable[] wide = [.. values.Select(v => Stretched(v, dims))];
        Variable lead = wide.FirstOrDefault(static v => v.Base is null && !v.Repeats) is { } full ? full
            : wide.FirstOrDefault(static v => v.Base is not null) is { } held ? c.Spec.Strided(held) : wide[0];
        int[] order = lead.Repeats ? [.. Enumerable.Range(0, dims.Length).Where(k => dims[k] > 1)] : lead.MemoryOrder;
        // As the lead stands, if each of its axes is one of the model's.
        bool isLine = lead.Source.Shape.Length > 1 && order.Length == 1 && wide.Any(static v => v.Repeats);
        int[] shape = isLine ? [dims[order[0]]] : !lead.Repeats && Sizes.AreEqual([.. lead.Source.Shape.Where(static d => d > 1)], [.. order.Select(k => dims[k])]) ? lead.Source.Shape
            : wide.All(static v => !v.Repeats) && !lead.Repeats ? lead.Source.Shape
            : order.Length == 0 ? [1] : [.. order.Select(k => dims[k])];
        var reads = new List<Read>();
        foreach (Variable v in wide)
        {
            if (!v.Repeats)
            {
                reads.Add(c.Spec.Arranged(v, order, shape));
                continue;
            }

            // Axes along which it repeats have one element here.
            int[] repeated = [.. order.Where(k => v.Strides[k] == 0)], once = [.. v.Dims.Select((d, k) => repeated.Contains(k) ? 1 : d)];
            var axes = new Queue<int>(order);
            int[] small = [.. shape.Select(d => d == 1 ? 1 : repeated.Contains(axes.Peek()) ? (axes.Dequeue(), 1).Item2 : dims[axes.Dequeue()])];
            reads.Add(c.Spec.Arranged(v with { Dims = once }, [.. order.Where(k => !repeated.Contains(k))], small));
        }

        LayoutGroup group = SpecBuilder.GroupOf(reads[0]);
        for (int i = 1; i < reads.Count && shape.Length == 2; i++)
        {
            if (!group.TryJoin(SpecBuilder.GroupOf(reads[i])))
                reads[i] = new Read(c.Spec.Add(new SpecLayer("reshape", [reads[i]], reads[i].Shape, group) { Options = { KeyValuePair.Create("shape", (object)reads[i].Shape) } }));
        }

        return Variable.InOrder(c.Spec.Add(kind, reads, shape, keepsAxes: true), dims, order);
    }

    private static void Binary(OperatorContext c, string kind)
    {
        (Value? a, Value? b) = (c.Input(0), c.Input(1));
        if (a is Variable x && b is ConstantValue { Constant: var right })
        {
            c.Give(kind switch
            {
                "add" => Affine.Of(c, x, s_one, right, standardizes: false),
                "subtract" => Affine.Of(c, x, s_one, Changed(right, static v => -v), standardizes: true),
                "multiply" => Affine.Of(c, x, right, s_zero, standardizes: false),
                _ => Affine.Of(c, x, Changed(right, static v => v == 0 ? throw new UnsupportedNodeException("it divides by a constant of 0") : 1 / v), s_zero, standardizes: false),
            });
        }
        else if (a is ConstantValue { Constant: var left } && b is Variable y)
        {
            c.Give(kind switch
            {
                "add" => Affine.Of(c, y, s_one, left, standardizes: false),
                "subtract" => Affine.Of(c, y, Constant.Scalar(-1, ElementKind.Float), left, standardizes: false),
                "multiply" => Affine.Of(c, y, left, s_zero, standardizes: false),
                _ => Affine.Of(c, c.Map(y, "reciprocal"), left, s_zero, standardizes: false),
            });
        }
        else if (kind == "multiply" && a is Variable one && b is Variable other && ReferenceEquals(one, other))
            c.Give(c.Map(one, "square"));
        else
            c.Give(Join(c, kind, [c.Variable(0), c.Variable(1)]));
    }

    private static void Several(OperatorContext c, string kind)
    {
        Variable[] values = [.. Enumerable.Range(0, c.InputCount).Select(c.Input).OfType<Variable>()];
        Constant[] constants = [.. Enumerable.Range(0, c.InputCount).Select(c.Input).OfType<ConstantValue>().Select(static v => v.Constant)];
        if (values.Length == 0)
            throw new UnsupportedNodeException("it reads nothing that the network computes");
        if (kind == "average" && constants.Length > 0)
            throw new UnsupportedNodeException("it takes the mean with a constant");
        Variable result = values.Length == 1 ? values[0] : Join(c, kind, values);
        foreach (Constant constant in constants)
        {
            result = kind switch
            {
                "add" => Affine.Of(c, result, s_one, constant, standardizes: false),
                _ when !constant.IsUniform => throw new UnsupportedNodeException("it compares with a constant that is not one number"),
                "maximum" => Elementwise.Clipped(c, result, constant.Values[0], null),
                _ => Elementwise.Clipped(c, result, null, constant.Values[0]),
            };
        }

        c.Give(result);
    }

    private static void Pow(OperatorContext c)
    {
        Constant exponent = c.Constant(1, "exponent");
        if (!exponent.IsUniform)
            throw new UnsupportedNodeException("its exponent is not one number");
        Variable x = c.Variable(0);
        c.Give(exponent.Values[0] switch
        {
            1 => x,
            2 => c.Map(x, "square"),
            0.5 => c.Map(x, "sqrt"),
            -1 => c.Map(x, "reciprocal"),
            0 => throw new UnsupportedNodeException("its exponent is 0"),
            var e => c.Map(x, "power", ("exponent", e)),
        });
    }

    private static void Where(OperatorContext c)
    {
        Constant condition = c.Constant(0, "condition");
        int[] shape = Sizes.Broadcast(condition.Shape, Sizes.Broadcast(c.Input(1)!.Shape, c.Input(2)!.Shape));
        if (condition.IsUniform)
        {
            Value chosen = c.Input(condition.Values[0] != 0 ? 1 : 2)!;
            c.Give(chosen is Variable v ? Stretched(v, shape) : chosen);
            return;
        }

        // Place by place: what is taken times 1, and the constant where it is not, as a mask of attention has it.
        Constant taken = condition with { Kind = ElementKind.Float, Name = null }, left = Changed(taken, static t => 1 - t);
        Variable Part(Value value, Constant mask) => Affine.Of(c, (Variable)value, mask, s_zero, standardizes: false);
        c.Give((c.Input(1), c.Input(2)) switch
        {
            (Variable x, ConstantValue { Constant: var k }) => Affine.Of(c, x, taken, Chosen(taken, s_zero, k), standardizes: false),
            (ConstantValue { Constant: var k }, Variable y) => Affine.Of(c, y, left, Chosen(taken, k, s_zero), standardizes: false),
            var (x, y) => Join(c, "add", [Part(x!, taken), Part(y!, left)]),
        });
    }

    private static Constant Chosen(Constant condition, Constant a, Constant b)
    {
        int[] shape = Sizes.Broadcast(condition.Shape, Sizes.Broadcast(a.Shape, b.Shape));
        double[] c = ConstantOperators.Stretched(condition, shape).Values, x = ConstantOperators.Stretched(a, shape).Values, y = ConstantOperators.Stretched(b, shape).Values;
        return new Constant(shape, [.. c.Select((v, i) => v != 0 ? x[i] : y[i])], ElementKind.Float);
    }

    private static void Concat(OperatorContext c)
    {
        int rank = c.Input(0)!.Shape.Length, axis = Sizes.Axis(c.Node.Integer("axis", 1), rank);
        if (c.InputCount == 1)
        {
            c.Give(c.Input(0)!);
            return;
        }

        Variable[] values = [.. Enumerable.Range(0, c.InputCount).Select(i => c.Input(i) is ConstantValue { Constant: var k } ? Constants.Layer(c, k) : c.Variable(i))];
        c.Give(Concatenated(c, values, axis));
    }

    /// <summary>Values one behind the other along an axis.</summary>
    public static Variable Concatenated(OperatorContext c, Variable[] values, int axis)
    {
        int rank = values[0].Dims.Length;
        int[] dims = [.. values[0].Dims];
        foreach (Variable v in values.Skip(1))
        {
            if (v.Dims.Length != rank || Enumerable.Range(0, rank).Any(k => k != axis && v.Dims[k] != dims[k]))
                throw new UnsupportedNodeException($"it joins {Sizes.Text(dims)} and {Sizes.Text(v.Dims)} along axis {axis}");
        }

        dims[axis] = values.Sum(v => v.Dims[axis]);
        if (values.FirstOrDefault(static v => v.Base is null && !v.Repeats) is not { } lead)
            lead = c.Spec.Strided(values[0]);
        // The joined axis stands where it does in the lead, or before the next one of the model.
        List<int> order = [.. lead.MemoryOrder];
        if (!order.Contains(axis) && dims[axis] > 1)
        {
            int at = order.FindIndex(k => k > axis);
            order.Insert(at < 0 ? order.Count : at, axis);
        }

        int[] Shape(Variable v) => [.. order.Select(k => v.Dims[k])];
        bool keeps = order.Contains(axis) && Sizes.AreEqual([.. lead.Source.Shape.Where(static d => d > 1)], Shape(lead)) && lead.Dims[axis] > 1;
        // The axis of the lead's own shape.
        int netAxis = keeps ? AxisOf(lead.Source.Shape, order.IndexOf(axis)) : order.IndexOf(axis);
        var reads = new List<Read>();
        LayoutGroup? group = null;
        foreach (Variable v in values)
        {
            int[] shape = keeps ? [.. lead.Source.Shape.Select((d, k) => k == netAxis ? v.Dims[axis] : d)] : Shape(v);
            Read read = c.Spec.Arranged(v, order, shape);
            group ??= SpecBuilder.GroupOf(read);
            if (shape.Length == 2 && !group.TryJoin(SpecBuilder.GroupOf(read)))
                read = new Read(c.Spec.Add(new SpecLayer("reshape", [read], shape, group) { Options = { KeyValuePair.Create("shape", (object)shape) } }));
            reads.Add(read);
        }

        int[] result = [.. reads[0].Shape];
        result[netAxis] = dims[axis];
        Read joined = netAxis == 0 ? c.Spec.Add("concat", reads, result, keepsAxes: true) : c.Spec.Add("concat", reads, result, keepsAxes: true, ("axis", netAxis));
        return Variable.InOrder(joined, dims, order);
    }

    /// <summary>The place of the n-th axis of more than one element.</summary>
    public static int AxisOf(int[] shape, int n)
    {
        for (int k = 0; k < shape.Length; k++)
        {
            if (shape[k] > 1 && n-- == 0)
                return k;
        }

        throw new InvalidOperationException("there are fewer axes");
    }

    private static Constant Changed(Constant c, Func<double, double> change) => c with { Values = [.. c.Values.Select(change)], Name = null };
}
