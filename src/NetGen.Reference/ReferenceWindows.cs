using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// How windows of a kernel's size lie over the positions of a signal or an image: the window at place q of an axis reads,
/// with its tap k, position q stride - before + k dilation. Each array has a number for each axis.
/// </summary>
/// <param name="Before">Padding before the first position.</param>
/// <param name="After">Padding behind the last.</param>
internal sealed record ReferenceWindows(int[] Kernel, int[] Strides, int[] Dilation, int[] Before, int[] After)
{
    /// <summary>The taps of one window.</summary>
    public int Taps => Product(Kernel);

    /// <summary>A last window counts that does not fit, if it begins within the signal or the padding before it.</summary>
    public bool RoundsUp { get; init; }

    /// <summary>How many windows there are along each axis: floor((L + padding - dilation (kernel - 1) - 1) / stride) + 1, or with ceil in place of floor.</summary>
    public int[] Count(int[] sizes) =>
    [
        .. sizes.Select((size, a) =>
        {
            double free = size + Before[a] + After[a] - Dilation[a] * (Kernel[a] - 1) - 1;
            int windows = (int)(RoundsUp ? Math.Ceiling(free / Strides[a]) : Math.Floor(free / Strides[a])) + 1;
            if (RoundsUp && (windows - 1) * Strides[a] >= size + Before[a])
                windows--;
            return windows > 0 ? windows : throw new NotSupportedException($"a window of {Kernel[a]} is larger than {size} with its padding");
        }),
    ];

    /// <summary>How many places of each window lie within the signal and its padding, in row-major order of windows.</summary>
    public int[] CountPlaces(int[] sizes)
    {
        int[] windows = Count(sizes);
        return
        [
            .. Enumerable.Range(0, Product(windows)).Select(window =>
                Place(window, windows).Select((q, a) => Enumerable.Range(0, Kernel[a]).Count(k => q * Strides[a] - Before[a] + k * Dilation[a] < sizes[a] + After[a]))
                    .Aggregate(1, (product, places) => product * places)),
        ];
    }

    /// <summary>The padding with which ceil(L / stride) windows cover a signal, as Keras does: the smaller half is before it.</summary>
    public ReferenceWindows PadSame(int[] sizes)
    {
        int[] total =
        [
            .. sizes.Select((size, a) =>
                Math.Max(((size + Strides[a] - 1) / Strides[a] - 1) * Strides[a] + (Kernel[a] - 1) * Dilation[a] + 1 - size, 0)),
        ];
        return this with { Before = Array.ConvertAll(total, t => t / 2), After = Array.ConvertAll(total, t => t - t / 2) };
    }

    /// <summary>
    /// Every window's reads, in row-major order of windows and then of taps: which window, which position and by which tap.
    /// What falls into the padding is left out.
    /// </summary>
    /// <param name="windows">The windows along each axis.</param>
    /// <param name="sizes">The positions along each axis.</param>
    public IEnumerable<(int Window, int Position, int Tap)> Reads(int[] windows, int[] sizes)
    {
        for (int window = 0; window < Product(windows); window++)
        {
            int[] q = Place(window, windows);
            for (int tap = 0; tap < Taps; tap++)
            {
                int[] k = Place(tap, Kernel);
                int position = 0;
                bool isInside = true;
                for (int a = 0; a < sizes.Length; a++)
                {
                    int p = q[a] * Strides[a] - Before[a] + k[a] * Dilation[a];
                    isInside &= p >= 0 && p < sizes[a];
                    position = position * sizes[a] + p;
                }

                if (isInside)
                    yield return (window, position, tap);
            }
        }
    }

    private static int Product(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);

    private static int[] Place(int index, int[] sizes)
    {
        int[] place = new int[sizes.Length];
        for (int a = sizes.Length - 1; a >= 0; index /= sizes[a], a--)
            place[a] = index % sizes[a];
        return place;
    }
}
