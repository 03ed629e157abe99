using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// Values of which each channel stands together, a plane of [height][width], as a network's input and output are presented: what works on one channel at a
/// time takes them as they are, by vectors along a plane, and saves two changes of order.
/// </summary>
internal static class Planes
{
    /// <summary>Planes of fewer elements are better turned: their vectors would be few, and what is done once for each plane would count.</summary>
    private const int Least = 16;

    /// <summary>Up to so many vectors of a plane are written out.</summary>
    private const int WrittenOut = 8;

    /// <summary>Above that, a loop takes so many at a time.</summary>
    public const int AtOnce = 4;

    /// <summary>Whether a value with channels is worked on as planes, because that is how it stands.</summary>
    public static bool AreOf(Value x) => !x.IsIn(Order.ChannelsLast) && x.Shape.Size / x.Shape.Dimensions[0] >= Least;

    /// <summary>An element of a plane, counted from the first plane: rows of channels where they are turned.</summary>
    public static string Index(bool isPlanes, int rows, int channels, string row, string channel) => (rows, channels, isPlanes) switch
    {
        (1, _, _) => channel,
        (_, 1, _) => row,
        (_, _, true) => Invariant($"{channel} * {rows} + {row}"),
        _ => Invariant($"{row} * {channels} + {channel}"),
    };

    /// <summary>A body for every vector of a plane: written out, or several at a time in a loop and then what is left.</summary>
    /// <param name="body">Is told where the plane's part begins in each buffer, and the vector.</param>
    public static void ForEachVector(VectorWriter v, IReadOnlyList<Chunk> chunks, IReadOnlyList<(string Name, Place Start)> places, Action<Place[], IReadOnlyList<Chunk>> body)
    {
        Place[] starts = [.. places.Select(static p => p.Start)];
        int regular = chunks.Count <= WrittenOut ? 0 : chunks.TakeWhile((c, k) => c.IsWhole && c.Lanes == v.Lanes && c.Offset == k * v.Lanes.Count).Count() / AtOnce;
        if (regular > 0)
        {
            Chunk[] group = [.. chunks.Take(AtOnce)];
            v.Repeat(regular, [.. places.Select(p => (p.Name, p.Start, AtOnce * v.Lanes.Count))], at => body(at, group), writtenOut: false);
        }

        foreach (IGrouping<Lanes, Chunk> left in chunks.Skip(regular * AtOnce).GroupBy(static c => c.Lanes))
        {
            Chunk[] all = [.. left];
            for (int k = 0; k < all.Length; k += AtOnce)
                body(starts, [.. all.Skip(k).Take(AtOnce)]);
        }
    }
}
