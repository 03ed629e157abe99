using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>Carries out operations on constants: the arithmetic of shapes, and of weights that an exporter left unfolded.</summary>
internal static class ConstantOperators
{
    /// <summary>What the operation gives; null for one that is not known here.</summary>
    /// <param name="inputs">Null for an input that is left out.</param>
    /// <exception cref="UnsupportedNodeException">It is known, but not with these values.</exception>
    public static Constant[]? Evaluate(ModelNode node, IReadOnlyList<Constant?> inputs, int operatorSet)
    {
        Constant x = inputs.Count > 0 && inputs[0] is { } first ? first : Constant.List();
        Constant Second() => inputs.Count > 1 && inputs[1] is { } second ? second : throw new UnsupportedNodeException("it lacks its second input");
        Constant? At(int index) => index < inputs.Count ? inputs[index] : null;
        if (Unary(node) is { } unary)
            return [x with { Values = [.. x.Values.Select(unary)], Name = null }];
        if (Binary(node.Operator, x.Kind) is { } binary)
        {
            Constant result = inputs.Skip(1).Aggregate(x, (a, b) => Join(a, b!, binary));
            bool compares = node.Operator is "Equal" or "Less" or "Greater" or "LessOrEqual" or "GreaterOrEqual";
            return [compares ? result with { Kind = ElementKind.Boolean } : result];
        }

        return node.Operator switch
        {
            "Identity" or "Dropout" => [x],
            "Cast" or "CastLike" => [Cast(x, node.Operator == "Cast" ? node.Integer("to", 1) : Second().Kind switch { ElementKind.Float => 1, ElementKind.Integer => 7, _ => 9 })],
            "Constant" => [ConstantOf(node)],
            "ConstantOfShape" => [Filled(x, node.Attributes.TryGetValue("value", out object? v) && v is Constant { Count: 1 } fill ? fill : Constant.Scalar(0, ElementKind.Float))],
            "Shape" => [ShapeOf(x.Shape, node)],
            "Size" => [Constant.Scalar(x.Count, ElementKind.Integer)],
            "Range" => [Range(x, Second(), At(2)!)],
            "Reshape" => [Reshaped(x, ShapeArithmetic.Reshape(x.Shape, Second().Integers, node.Integer("allowzero", 0) != 0))],
            "Flatten" => [Reshaped(x, ShapeArithmetic.Flatten(x.Shape, node.Integer("axis", 1)))],
            "Squeeze" => [Reshaped(x, ShapeArithmetic.Squeeze(x.Shape, node.Integers("axes") ?? At(1)?.Integers))],
            "Unsqueeze" => [Reshaped(x, ShapeArithmetic.Unsqueeze(x.Shape, node.Integers("axes") ?? Second().Integers))],
            "Transpose" => [Transposed(x, ShapeArithmetic.Permutation(node, x.Shape.Length))],
            "Expand" => [Stretched(x, Sizes.Broadcast(x.Shape, [.. Second().Integers.Select(static d => (int)d)]))],
            "Tile" => [Tile(x, Second().Integers)],
            "Concat" => [Concat(inputs!, Sizes.Axis(node.Integer("axis", 0), x.Shape.Length))],
            "Gather" => [Gather(x, Second(), Sizes.Axis(node.Integer("axis", 0), x.Shape.Length))],
            "Slice" => [SliceRange.Of(node, x.Shape, i => At(i)).Aggregate(x, Slice)],
            "Split" => Split(node, x, At(1)),
            "Where" => [Where(x, Second(), At(2)!)],
            "MatMul" => [MatMul(x, Second())],
            "NonZero" => [NonZero(x)],
            "CumSum" => [CumSum(x, Sizes.Axis(Second().Integers[0], x.Shape.Length))],
            "ReduceSum" or "ReduceMean" or "ReduceProd" or "ReduceMax" or "ReduceMin" => [Reduce(node, x, node.Integers("axes") ?? At(1)?.Integers)],
            "Softmax" or "LogSoftmax" when x.Count == 1 => [x with { Values = [node.Operator == "Softmax" ? 1 : 0], Name = null }],
            _ => null,
        };
    }

    /// <summary>The sizes, or some of them.</summary>
    public static Constant ShapeOf(IReadOnlyList<int> shape, ModelNode node)
    {
        int Bound(string attribute, int otherwise)
        {
            long at = node.Integer(attribute, otherwise);
            return (int)Math.Clamp(at < 0 ? at + shape.Count : at, 0, shape.Count);
        }

        int start = Bound("start", 0);
        return Constant.List([.. shape.Skip(start).Take(Bound("end", shape.Count) - start).Select(static d => (long)d)]);
    }

    public static Constant Transposed(Constant x, IReadOnlyList<int> permutation)
    {
        int[] strides = Sizes.RowMajor(x.Shape), shape = [.. permutation.Select(a => x.Shape[a])];
        return Picked(x, shape, Sizes.Places(shape, [.. permutation.Select(a => strides[a])]));
    }

    /// <summary>The same elements with another shape.</summary>
    public static Constant Reshaped(Constant x, int[] shape) => x with { Shape = shape };

    /// <summary>With the elements of axes of size 1 repeated.</summary>
    public static Constant Stretched(Constant x, int[] shape) =>
        Sizes.AreEqual(x.Shape, shape) ? x : Picked(x, shape, Sizes.Places(shape, Sizes.Stretched(x.Shape, Sizes.RowMajor(x.Shape), shape.Length)));

    public static Constant Slice(Constant x, SliceRange range)
    {
        int[] strides = Sizes.RowMajor(x.Shape), shape = [.. x.Shape];
        shape[range.Axis] = range.Count;
        int offset = range.Start * strides[range.Axis];
        strides[range.Axis] *= range.Step;
        return Picked(x, shape, [.. Sizes.Places(shape, strides).Select(p => p + offset)]);
    }

    private static Constant Picked(Constant x, int[] shape, int[] places) => new(shape, [.. places.Select(p => x.Values[p])], x.Kind) { Name = x.Name };

    private static Constant Join(Constant a, Constant b, Func<double, double, double> f)
    {
        int[] shape = Sizes.Broadcast(a.Shape, b.Shape);
        double[] x = Stretched(a, shape).Values, y = Stretched(b, shape).Values;
        return new Constant(shape, [.. x.Zip(y, f)], a.Kind);
    }

    private static Func<double, double>? Unary(ModelNode node) => node.Operator switch
    {
        "Neg" => static v => -v,
        "Abs" => Math.Abs,
        "Sqrt" => Math.Sqrt,
        "Exp" => Math.Exp,
        "Log" => Math.Log,
        "Reciprocal" => static v => 1 / v,
        "Floor" => Math.Floor,
        "Ceil" => Math.Ceiling,
        "Round" => static v => Math.Round(v, MidpointRounding.ToEven),
        "Sign" => static v => Math.Sign(v),
        "Sin" => Math.Sin,
        "Cos" => Math.Cos,
        "Tanh" => Math.Tanh,
        "Relu" => static v => Math.Max(v, 0),
        "Sigmoid" => static v => 1 / (1 + Math.Exp(-v)),
        "Softplus" => static v => Math.Log(1 + Math.Exp(v)),
        "Not" => static v => v == 0 ? 1 : 0,
        _ => null,
    };

    private static Func<double, double, double>? Binary(string name, ElementKind kind) => name switch
    {
        "Add" or "Sum" => static (a, b) => a + b,
        "Sub" => static (a, b) => a - b,
        "Mul" => static (a, b) => a * b,
        "Div" when kind == ElementKind.Integer => static (a, b) => b == 0 ? throw new UnsupportedNodeException("it divides by 0") : Math.Truncate(a / b),
        "Div" => static (a, b) => a / b,
        "Mod" => static (a, b) => b == 0 ? throw new UnsupportedNodeException("it divides by 0") : a - b * Math.Floor(a / b),
        "Pow" => Math.Pow,
        "Max" => Math.Max,
        "Min" => Math.Min,
        "Equal" => static (a, b) => a == b ? 1 : 0,
        "Less" => static (a, b) => a < b ? 1 : 0,
        "Greater" => static (a, b) => a > b ? 1 : 0,
        "LessOrEqual" => static (a, b) => a <= b ? 1 : 0,
        "GreaterOrEqual" => static (a, b) => a >= b ? 1 : 0,
        "And" => static (a, b) => a != 0 && b != 0 ? 1 : 0,
        "Or" => static (a, b) => a != 0 || b != 0 ? 1 : 0,
        _ => null,
    };

    private static Constant Cast(Constant x, long type)
    {
        ElementKind kind = Onnx.OnnxTensors.KindOf((Onnx.Proto.TensorProto.Types.DataType)type);
        return x with
        {
            Kind = kind,
            Values = kind switch
            {
                ElementKind.Integer when x.Kind == ElementKind.Float => [.. x.Values.Select(Math.Truncate)],
                ElementKind.Boolean => [.. x.Values.Select(static v => v != 0 ? 1.0 : 0)],
                _ => x.Values,
            },
        };
    }

    private static Constant ConstantOf(ModelNode node)
    {
        foreach ((string name, object value) in node.Attributes)
        {
            switch (name, value)
            {
                case ("value", Constant tensor): return tensor;
                case ("value_float", double number): return Constant.Scalar(number, ElementKind.Float);
                case ("value_int", long number): return Constant.Scalar(number, ElementKind.Integer);
                case ("value_floats", double[] numbers): return new Constant([numbers.Length], numbers, ElementKind.Float);
                case ("value_ints", long[] numbers): return Constant.List(numbers);
            }
        }

        throw new UnsupportedNodeException("it has no value that is a tensor");
    }

    private static Constant Filled(Constant shape, Constant value)
    {
        int[] sizes = [.. shape.Integers.Select(static d => d is >= 0 and <= int.MaxValue ? (int)d : throw new UnsupportedNodeException($"it asks for the size {d}"))];
        double[] values = new double[Sizes.Product(sizes)];
        Array.Fill(values, value.Values[0]);
        return new Constant(sizes, values, value.Kind);
    }

    private static Constant Range(Constant start, Constant limit, Constant delta)
    {
        double count = Math.Max(Math.Ceiling((limit.Values[0] - start.Values[0]) / delta.Values[0]), 0);
        if (!(count <= 1 << 24))
            throw new UnsupportedNodeException("it counts too far");
        return new Constant([(int)count], [.. Enumerable.Range(0, (int)count).Select(i => start.Values[0] + i * delta.Values[0])], start.Kind);
    }

    private static Constant Tile(Constant x, IReadOnlyList<long> repeats)
    {
        for (int axis = 0; axis < x.Shape.Length; axis++)
        {
            long times = axis < repeats.Count ? repeats[axis] : 1;
            if (times is < 1 or > 1 << 20)
                throw new UnsupportedNodeException($"it repeats {times} times");
            x = Concat([.. Enumerable.Repeat(x, (int)times)], axis);
        }

        return x;
    }

    private static Constant Concat(IReadOnlyList<Constant> parts, int axis)
    {
        if (parts.Count == 1)
            return parts[0];
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(p => p.Shape[axis]);
        double[] values = new double[Sizes.Product(shape)];
        int inner = Sizes.Product(shape.Skip(axis + 1)), outer = Sizes.Product(shape.Take(axis)), at = 0;
        foreach (Constant part in parts)
        {
            int run = part.Shape[axis] * inner;
            for (int o = 0; o < outer; o++)
                Array.Copy(part.Values, o * run, values, o * shape[axis] * inner + at, run);
            at += run;
        }

        return new Constant(shape, values, parts[0].Kind);
    }

    private static Constant Gather(Constant x, Constant indices, int axis)
    {
        int[] shape = [.. x.Shape.Take(axis), .. indices.Shape, .. x.Shape.Skip(axis + 1)];
        int inner = Sizes.Product(x.Shape.Skip(axis + 1)), outer = Sizes.Product(x.Shape.Take(axis)), at = 0;
        double[] values = new double[Sizes.Product(shape)];
        for (int o = 0; o < outer; o++)
        {
            foreach (long stated in indices.Integers)
            {
                int index = Sizes.Axis(stated, x.Shape[axis]);
                Array.Copy(x.Values, (o * x.Shape[axis] + index) * inner, values, at, inner);
                at += inner;
            }
        }

        return new Constant(shape, values, x.Kind) { Name = x.Name };
    }

    private static Constant[] Split(ModelNode node, Constant x, Constant? split)
    {
        int axis = Sizes.Axis(node.Integer("axis", 0), x.Shape.Length), at = 0;
        var parts = new List<Constant>();
        foreach (int size in ShapeArithmetic.Split(node, x.Shape[axis], split))
        {
            parts.Add(Slice(x, new SliceRange(axis, at, 1, size)));
            at += size;
        }

        return [.. parts];
    }

    private static Constant Where(Constant condition, Constant a, Constant b)
    {
        int[] shape = Sizes.Broadcast(Sizes.Broadcast(condition.Shape, a.Shape), b.Shape);
        double[] c = Stretched(condition, shape).Values, x = Stretched(a, shape).Values, y = Stretched(b, shape).Values;
        return new Constant(shape, [.. c.Select((v, i) => v != 0 ? x[i] : y[i])], a.Kind);
    }

    private static Constant MatMul(Constant a, Constant b)
    {
        if (a.Shape.Length != 2 || b.Shape.Length != 2 || a.Shape[1] != b.Shape[0])
            throw new UnsupportedNodeException($"it multiplies constants of the shapes {Sizes.Text(a.Shape)} and {Sizes.Text(b.Shape)}");
        int rows = a.Shape[0], inner = a.Shape[1], columns = b.Shape[1];
        double[] values = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < inner; k++)
            {
                double factor = a.Values[i * inner + k];
                for (int j = 0; j < columns; j++)
                    values[i * columns + j] += factor * b.Values[k * columns + j];
            }
        }

        return new Constant([rows, columns], values, a.Kind);
    }

    private static Constant CumSum(Constant x, int axis)
    {
        double[] values = [.. x.Values];
        int inner = Sizes.Product(x.Shape.Skip(axis + 1));
        for (int i = 0; i < values.Length; i++)
        {
            if (i / inner % x.Shape[axis] > 0)
                values[i] += values[i - inner];
        }

        return x with { Values = values, Name = null };
    }

    private static Constant NonZero(Constant x)
    {
        int[] strides = Sizes.RowMajor(x.Shape);
        int[] found = [.. Enumerable.Range(0, x.Count).Where(i => x.Values[i] != 0)];
        return new Constant(
            [x.Shape.Length, found.Length],
            [.. Enumerable.Range(0, x.Shape.Length).SelectMany(k => found.Select(i => (double)(i / strides[k] % x.Shape[k])))], ElementKind.Integer);
    }

    private static Constant Reduce(ModelNode node, Constant x, long[]? stated)
    {
        int[] axes = stated is { Length: > 0 } ? [.. stated.Select(a => Sizes.Axis(a, x.Shape.Length))] : [.. Enumerable.Range(0, x.Shape.Length)];
        int[] kept = [.. x.Shape.Select((d, k) => axes.Contains(k) ? 1 : d)], strides = Sizes.RowMajor(kept);
        int[] places = Sizes.Places(x.Shape, [.. strides.Select((s, k) => axes.Contains(k) ? 0 : s)]);
        double start = node.Operator switch { "ReduceProd" => 1, "ReduceMax" => double.NegativeInfinity, "ReduceMin" => double.PositiveInfinity, _ => 0 };
        double[] values = [.. Enumerable.Repeat(start, Sizes.Product(kept))];
        for (int i = 0; i < places.Length; i++)
        {
            ref double v = ref values[places[i]];
            v = node.Operator switch
            {
                "ReduceProd" => v * x.Values[i],
                "ReduceMax" => Math.Max(v, x.Values[i]),
                "ReduceMin" => Math.Min(v, x.Values[i]),
                _ => v + x.Values[i],
            };
        }

        if (node.Operator == "ReduceMean")
            values = [.. values.Select(v => v * values.Length / Math.Max(x.Count, 1))];
        int[] shape = node.Integer("keepdims", 1) != 0 ? kept : [.. x.Shape.Where((_, k) => !axes.Contains(k))];
        return new Constant(shape, values, x.Kind);
    }
}
