using System.Linq;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>An input of the network as it is written.</summary>
/// <param name="Name">What <c>from</c> calls it.</param>
/// <param name="Span">Where its sizes stand.</param>
/// <param name="StatesLayout">It says of two axes what they are.</param>
internal sealed record NetworkInput(string Name, Shape Shape, SourceSpan Span, bool StatesLayout)
{
    /// <summary>An error leaves its shape unknown; the one that it has means nothing.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>An input of which nothing but its name is known.</summary>
    public static NetworkInput Unknown(Spanned<string> name) => new(name.Value, Shape.Vector(1), name.Span, StatesLayout: true) { IsUnknown = true };

    /// <summary>
    /// The sizes with the channels first, where the last axis looks like the channels of an image (1, 3 or 4 behind a height and a width), or like
    /// what is measured at each of many steps; null where it does not.
    /// </summary>
    public string? ChannelsFirst
    {
        get
        {
            EquatableArray<int> d = Shape.Dimensions;
            bool looks = d.Count switch
            {
                3 => d[2] is 1 or 3 ? d[0] >= 5 && d[1] >= 5 : d[2] == 4 && d[0] >= 8 && d[1] >= 8,
                2 => !StatesLayout && d[1] is >= 1 and <= 4 && d[0] >= 16,
                _ => false,
            };
            return looks ? $"[{string.Join(", ", d.Take(d.Count - 1).Prepend(d[d.Count - 1]))}]" : null;
        }
    }
}
