using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Shapes;

/// <summary>What the axes of a sample mean.</summary>
internal enum Layout
{
    /// <summary>Rank 2, and nothing said or implied yet which of the two it is.</summary>
    Undecided,

    /// <summary>Rank 1: <c>[features]</c>.</summary>
    Vector,

    /// <summary>Rank 2: <c>[time, features]</c>.</summary>
    Sequence,

    /// <summary><c>[channels, length]</c>, <c>[channels, height, width]</c> and so on.</summary>
    Channels,
}

/// <summary>The shape of one sample: its dimensions, row-major, without the samples.</summary>
internal sealed record Shape(EquatableArray<int> Dimensions, Layout Layout)
{
    public static Shape Of(EquatableArray<int> dimensions) => new(dimensions, dimensions.Count switch
    {
        1 => Layout.Vector,
        2 => Layout.Undecided,
        _ => Layout.Channels,
    });

    public static Shape Vector(int size) => new(EquatableArray.Of(size), Layout.Vector);

    /// <summary>One place along an axis.</summary>
    public Shape OfStep(int axis) => this with
    {
        Dimensions = Dimensions.Select((d, k) => k == axis ? 1 : d).ToEquatable(),
        Layout = Rank != 2 ? Layout : axis == 0 ? Layout.Sequence : Layout.Channels,
    };

    public int Rank => Dimensions.Count;

    /// <summary>The number of elements. Binding has checked that it fits.</summary>
    public int Size => Dimensions.Aggregate(1, static (product, d) => checked(product * d));

    /// <summary>Its elements stand along one axis.</summary>
    public bool IsLine => Dimensions.Contains(Size);

    /// <summary><c>[5, 3]</c>, without what the axes mean.</summary>
    public string Sizes => $"[{string.Join(", ", Dimensions)}]";

    public int Last => Dimensions[Rank - 1];

    /// <summary><c>[time 5, features 3]</c> where the axes have names, else <c>[5, 3]</c>; a vector is its size.</summary>
    public override string ToString() => Layout switch
    {
        Layout.Sequence => $"[time {Dimensions[0]}, features {Dimensions[1]}]",
        Layout.Channels => $"[channels {Dimensions[0]}, {string.Join(", ", Dimensions.Skip(1))}]",
        Layout.Undecided => $"[{string.Join(", ", Dimensions)}]",
        _ => Dimensions[0].ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
