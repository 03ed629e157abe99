using System;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>x scale + offset, with constants: what a model adds to a value and multiplies it by.</summary>
internal static class Affine
{
    /// <summary>With the same numbers for all elements.</summary>
    public static Variable Of(OperatorContext c, Variable x, double scale, double offset) =>
        OperatorContext.OnSource(x, source => Layer(c, source, new AffineNumbers([.. source.Shape.Select(static _ => 1)], [scale], [offset], Standardizes: false)));

    /// <summary>With constants that the value's shape is stretched to, or they to it.</summary>
    /// <param name="standardizes">It takes something off.</param>
    public static Variable Of(OperatorContext c, Variable x, Constant scale, Constant offset, bool standardizes)
    {
        int[] shape = Sizes.Broadcast(x.Dims, Sizes.Broadcast(scale.Shape, offset.Shape));
        Variable wide = Joins.Stretched(x, shape);
        if (wide.Repeats)
        {
            // The constants tell the repeated elements apart.
            bool isUniform = scale.IsUniform && offset.IsUniform;
            if (!isUniform)
                wide = Variable.RowMajor(c.Spec.Flat(wide), shape);
        }

        AffineNumbers numbers = Numbers(wide, scale, offset) with { Standardizes = standardizes };
        return OperatorContext.OnSource(wide, source => Layer(c, source, numbers));
    }

    /// <summary>Constants as they stand beside the elements of a value's source, without axes along which they are all alike.</summary>
    public static AffineNumbers Numbers(Variable x, Constant scale, Constant offset)
    {
        int[] shape = x.Source.Shape;
        if (scale.IsUniform && offset.IsUniform)
            return new AffineNumbers([.. shape.Select(static _ => 1)], [scale.Values[0]], [offset.Values[0]], Standardizes: false);
        int[] places = PlacesInSource(x);
        double[] s = InMemory(scale, x.Dims, places), t = InMemory(offset, x.Dims, places);
        // Axis by axis: where the first place has what all others have, it stands for them.
        int[] sizes = [.. shape];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (IsUniform(s, sizes, axis) && IsUniform(t, sizes, axis))
            {
                s = First(s, sizes, axis);
                t = First(t, sizes, axis);
                sizes[axis] = 1;
            }
        }

        return new AffineNumbers(sizes, s, t, Standardizes: false);
    }

    /// <summary>Where each element of a value, in the model's order, stands in its source.</summary>
    public static int[] PlacesInSource(Variable x) => x.Base is { } held ? PlacesInSource(held) : Sizes.Places(x.Dims, x.Strides);

    /// <summary>The elements of numbers of a smaller shape, at each place of a larger one.</summary>
    public static double[] At(AffineNumbers numbers, double[] values, int[] shape) =>
        [.. Sizes.Places(shape, Sizes.Stretched(numbers.Shape, Sizes.RowMajor(numbers.Shape), shape.Length)).Select(p => values[p])];

    private static Read Layer(OperatorContext c, Read source, AffineNumbers numbers) =>
        new(c.Spec.Add(new SpecLayer(Interim.Affine, [source], source.Shape, SpecBuilder.GroupOf(source)) { Affine = numbers }));

    private static double[] InMemory(Constant constant, int[] dims, int[] places)
    {
        double[] stretched = ConstantOperators.Stretched(constant, dims).Values, result = new double[places.Length];
        for (int i = 0; i < places.Length; i++)
            result[places[i]] = stretched[i];
        return result;
    }

    private static bool IsUniform(double[] values, int[] shape, int axis)
    {
        int inner = Sizes.Product(shape.Skip(axis + 1)), run = inner * shape[axis];
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].Equals(values[i / run * run + i % inner]))
                return false;
        }

        return true;
    }

    private static double[] First(double[] values, int[] shape, int axis)
    {
        int inner = Sizes.Product(shape.Skip(axis + 1)), run = inner * shape[axis];
        return [.. Enumerable.Range(0, values.Length / run).SelectMany(o => values.Skip(o * run).Take(inner))];
    }
}
