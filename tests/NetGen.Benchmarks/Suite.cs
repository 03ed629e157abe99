using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NetGen.Benchmarks;

/// <summary>Networks that are measured together, and at what.</summary>
/// <param name="Verb">What asks for it on the command line.</param>
/// <param name="Peers">Who runs unless others are asked for.</param>
/// <param name="Bound">The least nanoseconds of a call.</param>
internal sealed record Suite(
    string Verb, IReadOnlyList<BenchmarkNet> Nets, IReadOnlyList<BenchmarkTask> Tasks, IReadOnlyList<string> Peers, Func<Workload, CoreLimits, double> Bound)
{
    private static readonly int[] s_crossoverBatches = [4, 16, 64, 256, 1024];

    /// <summary>Whether a network is measured and forgotten before the next one is prepared: together they would need gigabytes.</summary>
    public bool IsOneByOne { get; private init; }

    /// <summary>The networks that goals are stated for.</summary>
    public static readonly Suite Networks = new(
        "peers",
        [
            Stack("A", [2, 3, 1], Activation.Sigmoid, Activation.Sigmoid),
            Stack("B", [4, 16, 3], Activation.Relu, Activation.Softmax),
            Stack("C", [64, 32, 10], Activation.Relu, Activation.Softmax),
            Stack("D", [784, 128, 10], Activation.Relu, Activation.Softmax),
            Stack("E", [8, 64, 64, 64, 4], Activation.Tanh, Activation.Linear),
            new NetBuilder(1, 28, 28).Image(8, 5).MaxPool(2).Image(16, 5).MaxPool(2).Dense(10, Activation.Softmax).Build("F"),
        ],
        [BenchmarkTask.Infer1, BenchmarkTask.Infer64, BenchmarkTask.Step1, BenchmarkTask.Step32],
        [.. PeerRegistry.All.Select(p => p.Name)],
        Benchmarks.Bound.Nanoseconds);

    /// <summary>Single convolutions of small audio and image networks.</summary>
    public static readonly Suite Shapes = new(
        "shapes",
        [
            new NetBuilder(1, 1, 256).Signal(8, 16, stride: 4).Build("S1"),
            new NetBuilder(8, 1, 128).Signal(16, 3, Padding.Same).Build("S2"),
            new NetBuilder(16, 1, 64).Signal(16, 3, Padding.Causal, dilation: 2).Build("S3"),
            new NetBuilder(32, 1, 32).Signal(32, 5).Build("S4"),
            new NetBuilder(1, 28, 28).Image(8, 5).Build("S5"),
            new NetBuilder(3, 32, 32).Image(16, 3, Padding.Same).Build("S6"),
            new NetBuilder(16, 16, 16).Image(32, 3, Padding.Same, stride: 2).Build("S7"),
            new NetBuilder(8, 12, 12).Image(16, 5).Build("S8"),
            new NetBuilder(16, 16, 16).Image(16, 3, Padding.Same, groups: 16).Build("S9"),
            new NetBuilder(32, 8, 8).Image(64, 1).Build("S10"),
        ],
        [BenchmarkTask.Infer1, BenchmarkTask.Step1, BenchmarkTask.Step32],
        [.. PeerRegistry.All.Select(p => p.Name)],
        Benchmarks.Bound.Nanoseconds);

    /// <summary>Layers that move memory more than they compute: small enough for what eight samples need to stay in the second level of cache.</summary>
    public static readonly Suite MemoryBound = new(
        "memory-bound",
        [
            new NetBuilder(16, 8, 8).BatchNorm().Build("M1"),
            new NetBuilder(256, 1, 1).BatchNorm().Build("M2"),
            new NetBuilder(16, 16, 16).MaxPool(2).Build("M3"),
            new NetBuilder(16, 16, 16).AveragePool(2).Build("M4"),
            new NetBuilder(16, 8, 8).AveragePool(8).Build("M5"),
            new NetBuilder(16, 8, 8).BatchNorm().MaxPool(2).Build("M6"),
            new NetBuilder(16, 8, 8).BatchNorm().AveragePool(2).Build("M7"),
            new NetBuilder(16, 8, 8).Image(16, 3, Padding.Same, groups: 16).Build("M8"),
            new NetBuilder(16, 16, 16).Move("slice", 16, 16, 14).Build("M9"),
            new NetBuilder(16, 16, 16).Move("reflect pad", 16, 18, 18).Build("M10"),
            new NetBuilder(16, 16, 16).Move("upsample", 16, 32, 32).Build("M11"),
            new NetBuilder(16, 16, 16).Move("bilinear upsample", 16, 32, 32).Build("M12"),
            new NetBuilder(16, 16, 16).Move("concat", 32, 16, 16).Build("M13"),
            new NetBuilder(16, 16, 16).Move("pixel shuffle", 4, 32, 32).Build("M14"),
            new NetBuilder(16, 8, 8).BatchNorm().Move("upsample", 16, 16, 16).Build("M15"),
        ],
        [BenchmarkTask.Infer1, BenchmarkTask.Infer8, BenchmarkTask.Step8],
        [OursPeer.PeerName],
        Traffic.Nanoseconds);

    /// <summary>Cells of small sensor and audio networks over a hundred steps, and one step of a stream.</summary>
    public static readonly Suite Sequences = new(
        "sequences",
        [
            .. from cell in (Cell[])[Cell.Lstm, Cell.Gru]
               from features in (int[])[1, 16]
               from units in (int[])[8, 16, 32, 64]
               select new NetBuilder(features, 1, 100).Recurrent(cell, units).Dense(1, Activation.Linear)
                   .Build(string.Create(CultureInfo.InvariantCulture, $"{cell.ToString()[0]}{units}x{features}")),
        ],
        [BenchmarkTask.Stream, BenchmarkTask.Infer1, BenchmarkTask.Step1, BenchmarkTask.Infer16, BenchmarkTask.Step16],
        [OursPeer.PeerName, "gcc", "clang", "gcc-blocked", "clang-blocked", "onnxruntime", "torchsharp", "pytorch"],
        Benchmarks.Bound.Nanoseconds);

    /// <summary>Dense networks of 10 to 10^7 multiply-adds, each about 5.6 times the one before, by 1 to 1,024 samples: who is ahead where.</summary>
    public static readonly Suite Crossover = new(
        "crossover",
        [
            .. new int[][]
            {
                [2, 3, 1], [4, 8, 3], [12, 16, 8], [16, 32, 32, 8], [32, 80, 80, 16], [64, 192, 192, 32], [128, 480, 480, 64], [256, 1152, 1152, 128], [512, 2816, 2816, 256],
            }.Select((sizes, k) => Stack(string.Create(CultureInfo.InvariantCulture, $"X{k + 1}"), sizes, Activation.Relu, Activation.Linear) with { Batches = s_crossoverBatches }),
        ],
        [BenchmarkTask.Infer1, .. s_crossoverBatches.Select(BenchmarkTask.Infer)],
        [OursPeer.PeerName, "gcc", "clang", "onnxruntime", "torchsharp", "pytorch"],
        Benchmarks.Bound.Nanoseconds) { IsOneByOne = true };

    private static BenchmarkNet Stack(string name, int[] sizes, Activation hidden, Activation last) =>
        sizes.Skip(1).Select((units, l) => (units, Activation: l == sizes.Length - 2 ? last : hidden))
            .Aggregate(new NetBuilder(sizes[0], 1, 1), (net, l) => net.Dense(l.units, l.Activation)).Build(name);
}
