using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// How the windows of a pool lie along one axis: window i sees the elements from i stride - before on, as many as its size, as far as
/// the axis has them. What lies beyond it is no part of a window.
/// </summary>
/// <param name="Length">Elements of the axis.</param>
/// <param name="Before">How far the first window begins before the axis.</param>
/// <param name="Windows">How many windows there are, each of which sees an element at least.</param>
internal readonly record struct PoolAxis(int Length, int Size, int Stride, int Before, int Windows)
{
    /// <summary>How many places of the last window lie behind the padding too, at most the stride: a mean that counts the padding does not count them.</summary>
    public int Beyond { get; init; }

    /// <summary>An axis that there is not.</summary>
    public static readonly PoolAxis None = new(1, 1, 1, 0, 1);

    /// <summary>Some window reaches beyond the axis.</summary>
    public bool IsClipped => Before > 0 || End > Length;

    /// <summary>The first window that does not reach before the axis.</summary>
    public long FirstWhole => ((long)Before + Stride - 1) / Stride;

    /// <summary>The first one from there on that reaches behind it; the number of windows where none does.</summary>
    public long EndOfWhole => Size > (long)Length + Before ? 0 : System.Math.Min(Windows, (((long)Length + Before - Size) / Stride) + 1);

    /// <summary>Some window lies within the axis.</summary>
    public bool HasWhole => FirstWhole < EndOfWhole;

    /// <summary>Some element is seen by several windows.</summary>
    public bool Overlaps => Windows > 1 && Stride < Size;

    /// <summary>Every element is seen by a window.</summary>
    public bool Covers => (Windows == 1 || Stride <= Size) && End >= Length;

    /// <summary>Where the last window ends.</summary>
    private long End => ((Windows - 1L) * Stride) - Before + Size;
}

/// <summary>
/// The windows of a pool over [height][width][channels], or [channels][height][width] where they are of planes; without rows [length] for both.
/// </summary>
/// <param name="IsPlanes">The elements of a channel stand together (<see cref="Planes"/>).</param>
internal readonly record struct PoolWindows(PoolAxis Rows, PoolAxis Columns, int Channels, bool IsPlanes = false)
{
    /// <summary>One window over all of each channel.</summary>
    public static PoolWindows Whole(int positions, int channels, bool isPlanes) =>
        new(PoolAxis.None, new PoolAxis(positions, positions, 1, 0, 1), channels, isPlanes);

    /// <summary>Elements of one row of the input.</summary>
    public int InputRow => Columns.Length * InnerChannels;

    /// <summary>Elements of one row of the output.</summary>
    public int OutputRow => Columns.Windows * InnerChannels;

    /// <summary>Channels that stand side by side.</summary>
    public int InnerChannels => IsPlanes ? 1 : Channels;

    /// <summary>Channels one behind the other.</summary>
    public int PlaneCount => IsPlanes ? Channels : 1;

    public long Taps => (long)Rows.Size * Columns.Size;

    /// <summary>From a window's first element to another of the same channel, in row-major order.</summary>
    public int OffsetOf(int tap) => (tap / Columns.Size * InputRow) + (tap % Columns.Size * InnerChannels);

    public bool IsClipped => Rows.IsClipped || Columns.IsClipped;

    public bool HasWhole => Rows.HasWhole && Columns.HasWhole;

    /// <summary>Some window reaches beyond the padding.</summary>
    public bool IsBeyond => Rows.Beyond > 0 || Columns.Beyond > 0;

    public bool Overlaps => Rows.Overlaps || Columns.Overlaps;

    /// <summary>Every element is seen by exactly one window.</summary>
    public bool Tiles => Rows.Covers && Columns.Covers && !Overlaps;

    /// <summary>
    /// How many neighbouring outputs read neighbouring inputs with each of their taps: the channels; and all of a row, where windows are one element apart.
    /// </summary>
    public int Stretch => IsRowAtOnce ? OutputRow : InnerChannels;

    public bool IsRowAtOnce => Columns is { Stride: 1, IsClipped: false };

    /// <summary>Windows are pairs of neighbours, or two such pairs one above the other, side by side without gaps.</summary>
    public bool IsOfPairs =>
        Columns is { Size: 2, Stride: 2, Before: 0, IsClipped: false, Windows: >= Tuning.Pools.LeastPairs }
        && (Rows == PoolAxis.None || Rows is { Size: 2, Stride: 2, Before: 0, IsClipped: false });

    private bool IsWhole => !IsClipped && Rows is { Windows: 1 } && Rows.Size == Rows.Length && Columns is { Windows: 1 } && Columns.Size == Columns.Length;

    /// <summary>How it is computed. Vectors along planes, and over whole channels, have forms of their own.</summary>
    /// <param name="loops">Window after window, each tap a vector of neighbouring outputs, or a number.</param>
    /// <param name="pairs">Two rows of a plane joined by vectors, and then neighbours in them.</param>
    /// <param name="wholePlanes">Each plane joined by vectors along it.</param>
    /// <param name="wholeChannels">Channels side by side, several places at a time.</param>
    public T FormFor<T>(bool hasVectors, T loops, T pairs, T wholePlanes, T wholeChannels) => (hasVectors, IsPlanes) switch
    {
        (true, true) when IsOfPairs => pairs,
        (true, true) when IsWhole => wholePlanes,
        (true, false) when IsWhole => wholeChannels,
        _ => loops,
    };

    /// <summary>What it is of, in words.</summary>
    public string Noun => IsWhole ? "channel" : $"window of {Size}";

    private string Size =>
        Rows == PoolAxis.None ? System.FormattableString.Invariant($"{Columns.Size}") : System.FormattableString.Invariant($"{Rows.Size} x {Columns.Size}");
}
