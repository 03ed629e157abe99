using System.Linq;

namespace NetGen.Compiler.Weights;

/// <summary>
/// Walks a parameter in the row-major order of its presented shape, and says where each element lies in the
/// network's buffer: <c>offset + i0 stride0 + i1 stride1 + …</c>.
/// </summary>
internal sealed class StridedWalk
{
    private readonly int[] shape;
    private readonly int[] strides;
    private readonly int[] index;
    private int position;

    /// <summary>A walk that stands before the first element.</summary>
    public StridedWalk(ParameterPlace parameter)
    {
        shape = [.. parameter.Shape];
        strides = [.. parameter.Strides];
        index = new int[shape.Length];
        position = parameter.Offset;
        Count = shape.Aggregate(1L, (count, size) => count * size);
    }

    /// <summary>The elements of the parameter.</summary>
    public long Count { get; }

    /// <summary>The place of the element that comes now; then steps to the next one.</summary>
    public int Next()
    {
        int current = position;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            position += strides[axis];
            if (++index[axis] < shape[axis])
                break;

            position -= strides[axis] * shape[axis];
            index[axis] = 0;
        }

        return current;
    }
}
