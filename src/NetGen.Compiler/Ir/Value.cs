using System.Linq;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Ir;

/// <summary>In which order the elements of a value stand in memory.</summary>
internal enum Order
{
    /// <summary>As it is presented: the last axis runs fastest.</summary>
    RowMajor,

    /// <summary>
    /// The first axis, the channels, runs fastest: <c>[C, H, W]</c> stands as [H][W][C], so that what a convolution reads of one
    /// place is one stretch, and a vector holds neighbouring channels.
    /// </summary>
    ChannelsLast,
}

/// <summary>What a layer gives and the next one reads: a buffer, its shape as presented, and its order in memory.</summary>
internal readonly record struct Value(Buffer Buffer, Shape Shape, Order Order = Order.RowMajor)
{
    /// <summary>How far apart neighbours along each presented axis stand.</summary>
    public EquatableArray<int> Strides => StridesOf(Shape.Dimensions, Order);

    /// <summary>Both orders are the same where one of the axes that they exchange has a single element.</summary>
    public bool IsIn(Order order) => Order == order || Shape.Rank == 1 || Shape.Dimensions[0] == 1 || Shape.Size == Shape.Dimensions[0];

    public static EquatableArray<int> StridesOf(EquatableArray<int> dimensions, Order order)
    {
        int[] strides = new int[dimensions.Count];
        int stride = order == Order.ChannelsLast ? dimensions[0] : 1;
        for (int axis = dimensions.Count - 1; axis >= (order == Order.ChannelsLast ? 1 : 0); axis--)
        {
            strides[axis] = stride;
            stride *= dimensions[axis];
        }

        if (order == Order.ChannelsLast)
            strides[0] = 1;
        return strides.ToEquatable();
    }
}
