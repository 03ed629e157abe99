using System.Collections.Generic;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>How large a value may be.</summary>
internal static class ShapeSize
{
    public const long Largest = 1L << 28;

    /// <summary>Whether a shape has a number of elements that a network may have; reports where it has not.</summary>
    public static bool Fits(LayerBinder b, IEnumerable<long> dimensions)
    {
        long size = 1;
        foreach (long d in dimensions)
        {
            // Each factor is at most 2^31, and the product before it at most 2^28.
            size *= d;
            if (size <= Largest)
                continue;
            b.Report(Rules.TooLarge, b.Options.Node.Kind.Span, $"{b.Options.Owner} gives more than {CSharpLiteral.Grouped(Largest)} values, which is more than a network may have");
            return false;
        }

        return true;
    }
}
