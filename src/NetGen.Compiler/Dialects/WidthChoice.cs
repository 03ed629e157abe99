using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace NetGen.Compiler.Dialects;

/// <summary>How a text chooses between what it has over vectors and, for few columns, over numbers.</summary>
internal abstract class WidthChoice
{
    /// <summary>The widest vectors that the columns fill, of those that the processor has.</summary>
    public static readonly WidthChoice Widest = new OfLanes();

    /// <summary>The runtime's own vectors, if the columns fill them.</summary>
    public static readonly WidthChoice OfRuntime = new Portable();

    /// <summary>Vectors are wider than four lanes or not, at run time: fewer columns than one holds may be more than four.</summary>
    public bool IsOfRuntime => this is Portable;

    /// <summary>The statement that calls one or the other.</summary>
    /// <param name="few">The statement for columns that fill no vector; null where there are at least four, and four lanes everywhere.</param>
    public abstract string Call(string method, string arguments, string? few, int widest = 16);

    private static string Otherwise(string few) => "else\n" + (few[0] == '{' ? few : "    " + few);

    /// <summary>As lines of a method's body, the first of which stands where it is written.</summary>
    private static string Body(string statement) => statement.Replace("\n", "\n    ");

    private sealed class OfLanes : WidthChoice
    {
        public override string Call(string method, string arguments, string? few, int widest)
        {
            var lines = new List<string>();
            foreach (int lanes in new[] { 16, 8, 4 }.Where(l => l <= widest))
            {
                string call = Invariant($"    {method}<Lanes{lanes}, V{32 * lanes}<float>>({arguments});"), otherwise = lines.Count == 0 ? "" : "else ";
                string condition = lanes > 4 ? Invariant($"if (V{32 * lanes}.IsHardwareAccelerated && columns >= {lanes})") : few is null ? "" : Invariant($"if (columns >= {lanes})");
                lines.Add((otherwise + condition).TrimEnd());
                lines.Add(call);
            }

            if (few is not null)
                lines.Add(Otherwise(few));
            return Body(string.Join("\n", lines));
        }
    }

    private sealed class Portable : WidthChoice
    {
        public override string Call(string method, string arguments, string? few, int widest) =>
            Body($"if ({PortableLanes.Class}.{PortableLanes.Fit}(columns))\n    {method}{LanesTypes.Parameters}({arguments});\n{Otherwise(few!)}");
    }
}
