using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>How samples are cut from a series.</summary>
public sealed record WindowOptions
{
    /// <summary>Time steps that a sample sees.</summary>
    public required int Window { get; init; }

    /// <summary>Time steps behind the window that are to be predicted, all at once.</summary>
    public int Horizon { get; init; } = 1;

    /// <summary>Time steps between the beginnings of two windows; the window's own length leaves no two overlapping.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The columns to be predicted; null takes all.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Whether a sample is [columns, window], as one-dimensional convolutions of PyTorch take it; otherwise [window, columns].</summary>
    public bool ChannelsFirst { get; init; }
}
