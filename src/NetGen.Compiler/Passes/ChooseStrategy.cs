using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Targets;

namespace NetGen.Compiler.Passes;

/// <summary>The one place that decides how each kernel of a program is printed.</summary>
internal sealed class ChooseStrategy
{
    private readonly Dictionary<Kernel, Strategy> _strategies = [];
    private readonly Unroll _unroll;
    private readonly int _limit;
    private readonly long _budget;
    private readonly bool _loopsOverVectors;

    /// <summary>Code is written over the vectors of the processor.</summary>
    public bool HasVectors { get; }

    public ChooseStrategy(Program program, bool hasVectors)
    {
        _unroll = program.Network.Unroll;
        HasVectors = hasVectors;
        _loopsOverVectors = hasVectors && !WritesVectorsOut;
        (int limit, long budget) = _unroll switch
        {
            Unroll.Full => (Tuning.Source.FullLimit, long.MaxValue),
            Unroll.None => (0, 0L),
            _ => (hasVectors ? Tuning.Source.VectorLimit : Tuning.Source.AutoLimit, hasVectors ? Tuning.Source.VectorBudget : Tuning.Source.AutoBudget),
        };
        _limit = limit;
        _budget = budget;
        Network network = program.Network;
        IsTiny = hasVectors && _unroll == Unroll.Auto && network.ParameterCount <= Tuning.Source.InlineLimit && network.Input.Size + network.Output.Size <= Tuning.Source.InlineLimit;
        UsesBlocksOnly = hasVectors && _unroll != Unroll.Full && !network.HasParts
            && program.Inference.OfType<Affine>().Select(static a => (a.Rows, a.Inputs, a.Outputs)).Distinct().Count() > Tuning.Source.MaxSizes;
        // What a step of time calls and is done with as soon as a call would be.
        HashSet<Kernel> steps = [.. program.Inference.Concat(program.Training?.Forward ?? []).SelectMany(static k => k.WithParts).OfType<Scan>().SelectMany(static s => s.Body).Concat(program.Step?.Kernels ?? [])
            .SelectMany(Called).Where(static k => k is Affine { MultiplyAdds: <= Tuning.Source.InlineProducts } or GatedProduct { MultiplyAdds: <= Tuning.Source.InlineProducts })];
        // Inference first: it is what runs most.
        foreach (Kernel kernel in program.Inference.Concat(program.Step?.Kernels ?? []).Concat(program.Training?.Kernels ?? []).SelectMany(static k => k.WithParts).SelectMany(Called))
        {
            if (_strategies.ContainsKey(kernel))
                continue;
            if (hasVectors && _unroll == Unroll.Auto && steps.Contains(kernel))
            {
                _strategies[kernel] = Strategy.Inline;
                continue;
            }

            bool isWrittenOut = kernel.Statements > 0 && kernel.Statements <= limit && kernel.Statements <= budget;
            _strategies[kernel] = isWrittenOut ? (IsTiny || (hasVectors && kernel.MultiplyAdds <= Tuning.Source.InlineElements && kernel is not Affine) ? Strategy.Inline : Strategy.StraightLine) : Strategy.Loops;
            if (isWrittenOut)
                budget -= kernel.Statements;
        }
    }

    /// <summary>Those whose methods are called for a kernel: where vectors are not the widest, those of its parts.</summary>
    private static IEnumerable<Kernel> Called(Kernel kernel) => kernel is GatedProduct { IsWide: true } gated ? [gated, .. gated.Apart] : [kernel];

    /// <summary>
    /// The layers have so many sizes that a method for each would make the source long: one sample is a block of one, whose
    /// matrix products take their sizes as arguments. (One whose inputs and outputs have names always has a method for one sample: it takes each by itself.)
    /// </summary>
    public bool UsesBlocksOnly { get; }

    /// <summary>
    /// Vectors are written out as well. Loops over them whose counts are constants are as fast on one sample of every network measured (0.82 to 1.06 times),
    /// and a third of the text.
    /// </summary>
    public bool WritesVectorsOut => _unroll == Unroll.Full;

    /// <summary>All of the network is so small that calls would show: one sample is one method, and of many each is a lane.</summary>
    public bool IsTiny { get; }

    /// <summary>
    /// The widest vectors for one sample. A tiny network waits for one result after another, and the processor keeps an execution port for its vectors of 256
    /// bits and less closed as long as one of 512 is at work (4-16-3: a step 80 ns, by 512 bits 100).
    /// </summary>
    public Lanes Widest => IsTiny ? Lanes.Eight : Lanes.Sixteen;

    public Strategy Of(Kernel kernel) => _strategies.TryGetValue(kernel, out Strategy strategy) ? strategy : Strategy.Loops;

    /// <summary>The same in words, for the layer table.</summary>
    public string Reason(Kernel kernel) => (Of(kernel), _unroll) switch
    {
        _ when UsesBlocksOnly && kernel is Affine => $"products of any size (over {Tuning.Source.MaxSizes} sizes)",
        (Strategy.Inline, _) => "inline",
        (_, Unroll.Auto) when _loopsOverVectors => "loops",
        (Strategy.StraightLine, _) => "straight-line",
        _ when kernel.Statements == 0 => "loops",
        (_, Unroll.None) => "loops (unroll: none)",
        (_, Unroll.Full) => $"loops (over {Tuning.Source.FullLimit} terms)",
        _ when kernel.Statements > _limit => $"loops (over {_limit} terms)",
        _ => $"loops (over {_budget} terms in all)",
    };
}
