using System;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Training.Arrays;

/// <summary>What the header of an array file says.</summary>
/// <param name="Kind">The elements' type.</param>
/// <param name="IsBigEndian">Whether an element's first byte is its highest.</param>
/// <param name="IsFortranOrder">Whether the first axis varies fastest, not the last.</param>
/// <param name="Shape">The axes' sizes, of which the first counts the samples.</param>
/// <param name="DataOffset">The byte at which the elements begin.</param>
internal sealed record ArrayLayout(ElementKind Kind, bool IsBigEndian, bool IsFortranOrder, int[] Shape, long DataOffset)
{
    /// <summary>Bytes of an element.</summary>
    public int ElementSize => SizeOf(Kind);

    /// <summary>The number of samples.</summary>
    public int Count => Shape[0];

    /// <summary>Elements of one sample.</summary>
    public int SampleSize { get; } = checked((int)Product(Shape.AsSpan(1)));

    /// <summary>The shape of one sample; a single number is [1].</summary>
    public int[] SampleShape => Shape.Length == 1 ? [1] : Shape[1..];

    /// <summary>Whether one float holds every element.</summary>
    public bool FitsFloat => Kind is not (ElementKind.F8 or ElementKind.I4 or ElementKind.U4 or ElementKind.I8 or ElementKind.U8);

    /// <summary>Bytes of an element of some kind.</summary>
    public static int SizeOf(ElementKind kind) => kind switch
    {
        ElementKind.I1 or ElementKind.U1 or ElementKind.B1 => 1,
        ElementKind.F2 or ElementKind.I2 or ElementKind.U2 => 2,
        ElementKind.F4 or ElementKind.I4 or ElementKind.U4 => 4,
        _ => 8,
    };

    /// <summary>
    /// The layout that a header states, once its sizes are checked against the data bytes that the file has, or has at most where not
    /// <paramref name="isExact"/>: nothing is allocated by what a header alone claims.
    /// </summary>
    /// <exception cref="DatasetException">There is no sample, or the file has other data than the shape takes.</exception>
    public static ArrayLayout Checked(string file, ElementKind kind, bool isBigEndian, bool isFortranOrder, long[] shape, long offset, long bytes, bool isExact)
    {
        if (shape.Length == 0)
            throw new DatasetException(file, null, "the array is a single number, of shape []; its first axis must count the samples.");
        int empty = Array.FindIndex(shape, size => size < 1);
        if (empty >= 0)
            throw new DatasetException(file, null, $"axis {empty} of the shape {Excerpt.Shape(shape)} is {shape[empty]}; a data set has at least one sample, and each at least one number.");

        long size = SizeOf(kind);
        foreach (long axis in shape)
        {
            if (axis > int.MaxValue || size > long.MaxValue / axis)
                throw Mismatch(file, kind, shape, offset, bytes, null, isExact);
            size *= axis;
        }

        if (isExact ? size != bytes : size > bytes)
            throw Mismatch(file, kind, shape, offset, bytes, size, isExact);
        if (Product(shape.AsSpan(1)) > int.MaxValue)
            throw new DatasetException(file, null, $"a sample of the shape {Excerpt.Shape(shape)} has more than {int.MaxValue} numbers; put the samples on the first axis.");

        return new ArrayLayout(kind, isBigEndian, isFortranOrder && shape.Length > 1, [.. shape.Select(axis => (int)axis)], offset);
    }

    /// <summary>Where an element stands, as in <c>item [3, 2] (byte 140)</c>.</summary>
    /// <param name="element">Its number in the order of the file.</param>
    public string PlaceOf(long element)
    {
        var index = new long[Shape.Length];
        long rest = element;
        for (int i = 0; i < index.Length; i++)
        {
            int axis = IsFortranOrder ? i : index.Length - 1 - i;
            (rest, index[axis]) = Math.DivRem(rest, Shape[axis]);
        }

        return FormattableString.Invariant($"item {Excerpt.Shape(index)} (byte {DataOffset + element * ElementSize})");
    }

    private static long Product<T>(ReadOnlySpan<T> sizes) where T : struct, System.Numerics.INumber<T>
    {
        long product = 1;
        foreach (T size in sizes)
            product = checked(product * long.CreateChecked(size));
        return product;
    }

    private static DatasetException Mismatch(string file, ElementKind kind, long[] shape, long offset, long bytes, long? size, bool isExact)
    {
        string stated = size is null ? "more than any file" : FormattableString.Invariant($"{size} bytes");
        string what = size < bytes ? "longer than its array" : "cut off or damaged";
        return new DatasetException(file, null, FormattableString.Invariant(
            $"the header states the shape {Excerpt.Shape(shape)} of {SizeOf(kind)} bytes each, {stated}, but {(isExact ? "" : "at most ")}{bytes} follow it (from byte {offset}); the file is {what}, write it again."));
    }
}
