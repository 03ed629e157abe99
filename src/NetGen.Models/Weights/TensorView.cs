using System;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Models.Weights;

/// <summary>A tensor in a storage: element [i0, i1, …] stands at Offset + i0 Strides[0] + i1 Strides[1] + …</summary>
/// <param name="Type">Of an element, as safetensors calls it, <c>F32</c>.</param>
/// <param name="Shape">Its sizes, none negative.</param>
/// <param name="Offset">In elements, as the strides are.</param>
internal sealed record TensorView(string Type, int[] Shape, Storage Storage, long Offset, long[] Strides)
{
    /// <summary>Above it, no tensor is larger than what it is a view of: a stride of 0 makes much of nothing.</summary>
    private const long MostRepeated = 1 << 20;

    /// <summary>More axes than any model has.</summary>
    private const int MostAxes = 32;

    /// <summary>The number of elements.</summary>
    public long Count => Shape.Aggregate(1L, static (count, size) => count * size);

    /// <summary>A whole storage, row-major or, in Fortran's order, with the first axis varying fastest.</summary>
    public static TensorView Dense(string type, long[] shape, Storage storage, bool isFortranOrder = false)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int k = 0; k < shape.Length; k++)
        {
            int axis = isFortranOrder ? k : shape.Length - 1 - k;
            strides[axis] = stride;
            // A size of 0 makes all strides meaningless, and a product that no file reaches is found by the check.
            stride = shape[axis] > 0 && stride > long.MaxValue / shape[axis] ? long.MaxValue : stride * Math.Max(1, shape[axis]);
        }

        return Checked(type, shape, storage, 0, strides);
    }

    /// <summary>A view that lies within its storage.</summary>
    /// <exception cref="TensorFileException">It reaches beyond it, or claims what cannot be.</exception>
    public static TensorView Checked(string type, long[] shape, Storage storage, long offset, long[] strides)
    {
        int size = Elements.SizeOf(type);
        long held = storage.Length / size;
        if (shape.Length > MostAxes || strides.Length != shape.Length)
            throw Damaged($"a tensor has {shape.Length} sizes and {strides.Length} strides");
        if (shape.Any(static s => s is < 0 or > int.MaxValue) || offset < 0)
            throw Damaged($"a tensor has the shape {Excerpt.Shape(shape.Take(MostAxes))} from element {offset} on");
        long count = 1, last = offset;
        if (!shape.Contains(0))
        {
            for (int k = 0; k < shape.Length; k++)
            {
                if (strides[k] < 0 || strides[k] > held || shape[k] > long.MaxValue / 4 / count || (shape[k] - 1) * (decimal)strides[k] > held)
                    throw Beyond(shape, held);
                count *= shape[k];
                last += (shape[k] - 1) * strides[k];
            }

            if (last >= held || count > Math.Max(held, MostRepeated))
                throw Beyond(shape, held);
        }

        return new TensorView(type, [.. shape.Select(static s => (int)s)], storage, offset, strides);
    }

    private static TensorFileException Beyond(long[] shape, long held) =>
        Damaged($"a tensor of shape {Excerpt.Shape(shape)} reaches beyond its storage of {held} elements");

    private static TensorFileException Damaged(string what) => new($"{what}; the file is damaged, save it again.");
}
