using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Targets;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Values of which each channel stands together, a plane of [height][width], as a network's input and output are presented: what works on one channel at a
/// time takes them as they are, by vectors along a plane, and saves two changes of order.
/// Batch norm, global pools, pools of 2 and 2 x 2 do so, and depthwise convolutions in inference.
/// </summary>
internal static class Planes
{
    /// <summary>Whether a value with channels is worked on as planes, because that is how it stands.</summary>
    public static bool AreOf(Value x) => !x.IsIn(Order.ChannelsLast) && x.Shape.Size / x.Shape.Dimensions[0] >= Tuning.Pools.LeastPlane;

    /// <summary>An element of a plane, counted from the first plane: rows of channels where they are turned.</summary>
    public static string Index(bool isPlanes, int rows, int channels, string row, string channel) => (rows, channels, isPlanes) switch
    {
        (1, _, _) => channel,
        (_, 1, _) => row,
        (_, _, true) => Invariant($"{channel} * {rows} + {row}"),
        _ => Invariant($"{row} * {channels} + {channel}"),
    };
}
