using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>The one place that decides how each kernel of a program is printed.</summary>
internal sealed class ChooseStrategy
{
    /// <summary>Above this many terms in one kernel, loops over whole vectors are faster than scalar straight-line code.</summary>
    public const int AutoLimit = 128;

    /// <summary>Above this the JIT compiles a method of scalar straight-line code without optimization.</summary>
    public const int FullLimit = 1000;

    /// <summary>What <c>auto</c> writes out in one network, at some 40 bytes a term: the source stays small however many layers.</summary>
    public const int AutoBudget = 4000;

    private readonly Dictionary<Kernel, Strategy> _strategies = [];
    private readonly Unroll _unroll;

    public ChooseStrategy(Program program)
    {
        _unroll = program.Network.Unroll;
        (int limit, long budget) = _unroll switch
        {
            Unroll.Full => (FullLimit, long.MaxValue),
            Unroll.None => (0, 0),
            _ => (AutoLimit, AutoBudget),
        };
        // Inference first: it is what runs most.
        foreach (Kernel kernel in program.Inference.Concat(program.Training?.Kernels ?? []))
        {
            if (_strategies.ContainsKey(kernel))
                continue;
            bool isWrittenOut = kernel.Statements > 0 && kernel.Statements <= limit && kernel.Statements <= budget;
            _strategies[kernel] = isWrittenOut ? Strategy.StraightLine : Strategy.Loops;
            if (isWrittenOut)
                budget -= kernel.Statements;
        }
    }

    public Strategy Of(Kernel kernel) => _strategies[kernel];

    /// <summary>The same in words, for the layer table.</summary>
    public string Reason(Kernel kernel) => (Of(kernel), _unroll) switch
    {
        (Strategy.StraightLine, _) => "straight-line",
        _ when kernel.Statements == 0 => "loops",
        (_, Unroll.None) => "loops (unroll: none)",
        (_, Unroll.Full) => $"loops (over {FullLimit} terms)",
        _ when kernel.Statements > AutoLimit => $"loops (over {AutoLimit} terms)",
        _ => $"loops (over {AutoBudget} terms in all)",
    };
}
