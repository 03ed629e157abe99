using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Values of which each channel stands together, a plane of [height][width], as a network's input and output are presented: what works on one channel at a
/// time takes them as they are, by vectors along a plane, and saves two changes of order.
/// Batch norm, global pools, pools of 2 and 2 x 2 do so; in inference depthwise convolutions and those of few channels as well.
/// </summary>
internal static class Planes
{
    /// <summary>Whether a value with channels is worked on as planes, because that is how it stands.</summary>
    public static bool AreOf(Value x) => !x.IsIn(Order.ChannelsLast) && x.Shape.Size / x.Shape.Dimensions[0] >= Tuning.Pools.LeastPlane;
}
