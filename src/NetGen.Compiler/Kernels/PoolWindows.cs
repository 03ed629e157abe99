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

/// <summary>The windows of a pool over [height][width][channels]; of [length][channels] where there are no rows.</summary>
internal readonly record struct PoolWindows(PoolAxis Rows, PoolAxis Columns, int Channels)
{
    /// <summary>Elements of one row of the input.</summary>
    public int InputRow => Columns.Length * Channels;

    /// <summary>Elements of one row of the output.</summary>
    public int OutputRow => Columns.Windows * Channels;

    public long Taps => (long)Rows.Size * Columns.Size;

    /// <summary>From a window's first element to another of the same channel, in row-major order.</summary>
    public int OffsetOf(int tap) => (tap / Columns.Size * InputRow) + (tap % Columns.Size * Channels);

    public bool IsClipped => Rows.IsClipped || Columns.IsClipped;

    public bool HasWhole => Rows.HasWhole && Columns.HasWhole;

    public bool Overlaps => Rows.Overlaps || Columns.Overlaps;

    /// <summary>Every element is seen by exactly one window.</summary>
    public bool Tiles => Rows.Covers && Columns.Covers && !Overlaps;

    /// <summary>
    /// How many neighbouring outputs read neighbouring inputs with each of their taps: the channels; and all of a row, where windows are one element apart.
    /// </summary>
    public int Stretch => IsRowAtOnce ? OutputRow : Channels;

    public bool IsRowAtOnce => Columns is { Stride: 1, IsClipped: false };

    /// <summary>The same in words.</summary>
    public override string ToString() =>
        Rows == PoolAxis.None ? System.FormattableString.Invariant($"{Columns.Size}") : System.FormattableString.Invariant($"{Rows.Size} x {Columns.Size}");
}
