using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// The shape of one sample. Rank 2 is a sequence [time, features] or has its channels first [channels, length];
/// rank 3 is an image [channels, height, width].
/// </summary>
internal sealed record ReferenceShape(int[] Sizes, bool ChannelsFirst)
{
    /// <summary>Rank 2, and neither the spec nor a layer has said yet which of the two it is.</summary>
    public bool IsUndecided { get; init; }

    public int Rank => Sizes.Length;

    /// <summary>The number of elements.</summary>
    public int Length => Sizes.Aggregate(1, (product, size) => product * size);

    /// <summary>How many features (or channels) there are at each position: the axis of a softmax.</summary>
    public int Features => ChannelsFirst ? Sizes[0] : Sizes[^1];

    /// <summary>Time steps, pixels, or 1 for a vector.</summary>
    public int Positions => Length / Features;

    /// <summary>Where a feature of a position lies in the row-major sample.</summary>
    public int IndexOf(int position, int feature) =>
        ChannelsFirst ? feature * Positions + position : position * Features + feature;

    /// <summary>What sizes alone say: rank 1 is a vector, rank 2 may be either, and more have their channels first.</summary>
    public static ReferenceShape Of(params int[] sizes) => new(sizes, sizes.Length > 2) { IsUndecided = sizes.Length == 2 };

    /// <summary>The same layout, decided or not, with other sizes.</summary>
    public ReferenceShape WithSizes(int[] sizes) => this with { Sizes = sizes };
}
