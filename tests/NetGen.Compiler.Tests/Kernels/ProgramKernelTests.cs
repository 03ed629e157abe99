using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Tests.Numerics;
using NetGen.Compiler.Tests.Targets;
using Xunit;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>
/// The kernels of whole networks, as the passes make them of specs, beside their definitions: what is drawn by itself may miss what is really asked of a
/// kernel.
/// </summary>
public sealed class ProgramKernelTests
{
    /// <summary>Specs that are drawn by a seed: 40, or 120 where <c>NETGEN_THOROUGH_TESTS</c> is 1.</summary>
    private static readonly int s_draws = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1" ? 120 : 40;

    /// <summary>With kernels that none of the others has.</summary>
    private static readonly string[] s_more =
    [
        "{ input: [3, 9, 11], layers: [conv2d: { filters: 3, kernel_size: 3, groups: 3 }, flatten, dense: 2] }",
        """
        input: [2, 15, 15]
        layers: [conv2d: { filters: 4, kernel_size: 2, activation: relu }, max_pool2d: 2, conv2d: { filters: 5, kernel_size: 2 }, max_pool2d: 2, flatten, dense: 2]
        loss: half_squared_error
        """,
        "{ input: { shape: [3, 20], layout: channels }, layers: [conv1d: { filters: 4, kernel_size: 3, padding: causal }, conv1d: { filters: 2, kernel_size: 1 }] }",
        "{ input: 6, layers: [dense: 21], loss: { cross_entropy_with_logits: { label_smoothing: 0.1, weight: 2 } } }",
        "{ input: 6, layers: [dense: 5], loss: { cross_entropy_with_logits: { label_smoothing: 0.1 } } }",
        "{ input: [6], layers: [embedding: { input_dim: 7, output_dim: 5 }, flatten, dense: 2], loss: half_squared_error }",
        "{ input: [3, 8, 12], layers: [prelu, max_pool2d: 2, average_pool2d: [1, 2], flatten, dense: 4, log_softmax], loss: half_squared_error }",
    ];

    private static readonly Lazy<IReadOnlyList<Kernel>> s_kernels = new(static () =>
    [
        .. TargetSpecs.All.Concat(s_more).Concat(Enumerable.Range(0, s_draws).Select(static seed => RandomLayerSpec.Draw(seed, AvailableLayers.Has)))
            .SelectMany(KernelsOf).Where(static k => k is not Scan).Distinct(),
    ]);

    /// <summary>What is handed to a processor in other ways, and compiled to be tested: micro-kernels that are written by hand, and scalar loops.</summary>
    private static readonly string[] s_withoutCode =
    [
        nameof(Correlate), nameof(CorrelateTransposed), nameof(CorrelateWeightGradient), nameof(DelayLine), nameof(Penalty), nameof(SoftmaxGradient),
    ];

    [Fact]
    public void Each_computes_what_it_is_defined_as()
    {
        var random = new System.Random(1);
        var runs = new KernelRuns(random);
        foreach (Kernel kernel in s_kernels.Value.Where(static k => !k.IsOverBatch && !IsScalar(k)))
            Assert.True(runs.Assert(kernel), KernelRuns.Describe(kernel));
        foreach (Kernel kernel in s_kernels.Value.Where(static k => k.IsOverBatch))
            runs.AssertOverBatch(kernel, samples: 3);
    }

    [Fact]
    public void All_kinds_of_kernels_are_among_them()
    {
        IEnumerable<string> kinds = typeof(Kernel).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Kernel)) && !t.IsAbstract).Select(static t =>
            t.Name);

        Assert.Equal(nameof(Scan), string.Join(" ", kinds.Except(s_kernels.Value.Select(static k => k.GetType().Name)).Order()));
    }

    /// <summary>It has no vector code, or not of these sizes.</summary>
    private static bool IsScalar(Kernel kernel) => s_withoutCode.Contains(kernel.GetType().Name) || kernel switch
    {
        // Random numbers are a hash of whole numbers.
        Map k => k.Scalars.Any(),
        MapGradient k => k.Scalars.Any(),
        // Logarithms ask for doubles.
        ElementwiseLoss k => k.Terms.Parts().Concat(k.Derivative.Parts()).Any(static p => p is Call { Function: not Function.Abs }),
        Softmax k => k.Axis.Stride > 1,
        LogSoftmax k => k.Axis.Stride > 1,
        LogSoftmaxGradient k => k.Axis.Stride > 1,
        SoftmaxCrossEntropy k => k.Axis.Stride > 1,
        // The sum of several rows is a helper's.
        AffineBiasGradient k => k.Rows > 1,
        _ => false,
    };

    private static IEnumerable<Kernel> KernelsOf(string spec)
    {
        Program program = FuseCells.Run(Program.Of(NetworkCompiler.Check(spec).Network ?? throw new InvalidOperationException(spec)));
        return program.Inference.Concat(program.Training?.Kernels ?? []).Concat(program.Step?.Kernels ?? []).SelectMany(static k => k.WithParts);
    }
}
