using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Layers;

/// <summary>
/// y = x0 + x1 + …, or another operation, from left to right, element by element; an axis of a single element is stretched to the size that the others have
/// there. Of the larger and the smaller of equal ones both have half of the gradient, as torch.maximum has it.
/// </summary>
internal sealed record Merge(string Name, string Kind, Shape Input, Shape Output) : Layer(Name, Kind, Input, Output)
{
    public override string? StepObstacle(int time) => null;

    public override Value Lower(Lowering lowering, Value x, IReadOnlyList<Value> others)
    {
        Value[] values = [x, .. others];
        if (Kind is not ("maximum" or "minimum"))
            return Join(lowering, values, Output, "");

        // Of more than two the derivative would be choices within choices, so it is two at a time.
        for (int k = 1; k < values.Length; k++)
        {
            bool isLast = k == values.Length - 1;
            values[k] = Join(lowering, [values[k - 1], values[k]],
                isLast ? Output : Output with { Dimensions = Stretched(values[k - 1].Shape, values[k].Shape) }, isLast ? "" : Invariant($"Of{k + 1}"));
        }

        return values[values.Length - 1];
    }

    /// <summary>The larger of both sizes on every axis.</summary>
    private static EquatableArray<int> Stretched(Shape a, Shape b) => a.Dimensions.Zip(b.Dimensions, Math.Max).ToEquatable();

    private Value Join(Lowering lowering, Value[] values, Shape shape, string what)
    {
        // All in the order of the first that has all elements; and what is read twice is one variable, twice.
        Order order = values.Where(v => v.Shape.Size == shape.Size).Append(values[0]).First().Order;
        List<Value> read = [];
        List<int> variables = [];
        foreach (Value value in values)
        {
            Value ordered = order == Order.ChannelsLast ? lowering.ChannelsLast(value) : lowering.RowMajor(value);
            int known = read.FindIndex(r => r.Buffer == ordered.Buffer && r.Shape.Dimensions == ordered.Shape.Dimensions);
            if (known < 0)
                read.Add(ordered);
            variables.Add(known < 0 ? read.Count - 1 : known);
        }

        Expr formula = Formula([.. variables.Select(Combine.Variable)]);
        var y = new Value(lowering.Activation(Name, what, shape.Size), shape, order);
        string text = Text([.. variables.Select(v => read[v].Buffer.Name)]), method = lowering.Method(Name, what + "Forward");
        if (read.All(r => r.Shape.Size == shape.Size))
        {
            lowering.Add(new Combine(method, read.Select(static r => r.Buffer).ToEquatable(), y.Buffer, Access.Overwrite, formula, text));
            return y;
        }

        PlacedSource[] sources = [.. read.Select((r, k) => new PlacedSource(Invariant($"x{k}"), r.Buffer, StridesWithin(r, order, shape)))];
        lowering.Add(new Broadcast(method, PlacedAxes.Of(shape.Dimensions, y.Strides, sources, y.Strides), y.Buffer, Access.Overwrite, formula, text));
        return y;
    }

    /// <summary>The strides of a value among the places of a larger shape: it stays where it is along an axis of which it has one element.</summary>
    private static EquatableArray<int> StridesWithin(Value value, Order order, Shape shape) =>
        (value with { Order = order }).Strides.Select((stride, axis) => value.Shape.Dimensions[axis] == 1 && shape.Dimensions[axis] > 1 ? 0 : stride)
            .ToEquatable();

    private Expr Formula(IReadOnlyList<Expr> x) => Kind switch
    {
        "average" => (1.0 / x.Count) * x.Aggregate(static (a, b) => a + b),
        _ => x.Aggregate((a, b) => Kind switch
        {
            "add" => a + b,
            "multiply" => a * b,
            "subtract" => a - b,
            "divide" => a / b,
            "maximum" => Expr.Max(a, b),
            _ => Expr.Min(a, b),
        }),
    };

    private string Text(IReadOnlyList<string> names) => Kind switch
    {
        "add" => string.Join(" + ", names),
        "multiply" => string.Join(" ", names),
        "subtract" => string.Join(" - ", names),
        "divide" => string.Join(" / ", names),
        "average" => $"mean({string.Join(", ", names)})",
        _ => $"{Kind}({string.Join(", ", names)})",
    };
}
