using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>A class of machine, and how long each sort of work takes there.</summary>
/// <param name="Name">What it is called, for people and programs.</param>
/// <param name="Lanes">Floats of its widest vectors.</param>
/// <param name="One">Nanoseconds of each <see cref="Work"/>, in their order, where one sample is inferred.</param>
/// <param name="Batch">The same for each sample of a batch.</param>
internal sealed record Machine(string Name, int Lanes, EquatableArray<double> One, EquatableArray<double> Batch)
{
    /// <summary>What all were fitted on.</summary>
    public const string Processor = "a Xeon of the Sapphire Rapids generation";

    /// <summary>
    /// Nanoseconds: with AVX2 of one sample and of a batch's, with AVX-512 of the same two. <c>fit-estimates</c> of the benchmarks prints them: costs, none
    /// below 0, that fit the medians of the benchmarks' 49 networks. Half of the estimates are within 7, 4, 8 and 6 % of those; where a network is left
    /// out of its fit, within 9, 5, 15 and 11 % (docs/estimates.md). What the rest explains as well is 0.
    /// </summary>
    private static readonly (Work Work, double[] Nanoseconds)[] s_costs =
    [
        (Work.Call, [0, 0, 4.83, 9.37]),
        (Work.Inline, [0.998, 0, 0.767, 0]),
        (Work.Product, [0.236, 0.233, 0.285, 0.253]),
        (Work.LaneSum, [0.651, 0.633, 0.721, 0.804]),
        (Work.Stream, [0.00339, 0, 0.00324, 0]),
        (Work.FarStream, [0.0306, 0.000367, 0.0342, 0.000458]),
        (Work.Convolution, [0.185, 0.184, 0.21, 0.202]),
        (Work.Depthwise, [0.175, 0.236, 0.0914, 0.0743]),
        (Work.Window, [0.577, 0.376, 0, 0]),
        (Work.Step, [22.7, 4.39, 26.3, 4.13]),
        (Work.StepProduct, [0.241, 0.226, 0.24, 0.277]),
        (Work.Elementwise, [0.367, 0.834, 0.664, 1.3]),
        (Work.Function, [3.8, 3.87, 4.77, 2.6]),
        (Work.StepFunction, [0, 1.55, 0, 0.83]),
        (Work.Pool, [0.342, 0.319, 0.554, 0.71]),
        (Work.Move, [0.132, 0.163, 0.181, 0.19]),
    ];

    public static readonly Machine Avx2 = new("x64 with AVX2", 8, Column(0), Column(1));

    public static readonly Machine Avx512 = new("x64 with AVX-512", 16, Column(2), Column(3));

    /// <summary>The commoner one first.</summary>
    public static IReadOnlyList<Machine> All { get; } = [Avx2, Avx512];

    private static EquatableArray<double> Column(int column) =>
        Enumerable.Range(0, KernelWork.Kinds).Select(kind => s_costs.Where(c => (int)c.Work == kind).Sum(c => c.Nanoseconds[column])).ToEquatable();
}
