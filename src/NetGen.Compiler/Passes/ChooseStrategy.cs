using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>The one place that decides how each kernel is printed.</summary>
internal static class ChooseStrategy
{
    /// <summary>Above this many multiply-adds in one kernel, loops over whole vectors are faster than scalar straight-line code.</summary>
    public const int AutoLimit = 128;

    /// <summary>Above this the JIT compiles a method of scalar straight-line code without optimization.</summary>
    public const int FullLimit = 1000;

    public static Strategy Of(Kernel kernel, Unroll unroll)
    {
        long statements = kernel.Statements;
        int limit = unroll switch { Unroll.Full => FullLimit, Unroll.None => 0, _ => AutoLimit };
        return statements > 0 && statements <= limit ? Strategy.StraightLine : Strategy.Loops;
    }

    /// <summary>The same in words, for the layer table.</summary>
    public static string Reason(Kernel kernel, Unroll unroll) => (Of(kernel, unroll), unroll) switch
    {
        (Strategy.StraightLine, _) => "straight-line",
        _ when kernel.Statements == 0 => "loops",
        (_, Unroll.None) => "loops (unroll: none)",
        (_, Unroll.Full) => $"loops (over {FullLimit} terms)",
        _ => $"loops (over {AutoLimit} terms)",
    };
}
