using System;
using System.Linq;
using BenchmarkDotNet.Attributes;

namespace NetGen.Benchmarks;

/// <summary>The members of a generated class.</summary>
[GenericTypeArguments(typeof(GeneratedA))]
[GenericTypeArguments(typeof(GeneratedB))]
[GenericTypeArguments(typeof(GeneratedC))]
[GenericTypeArguments(typeof(GeneratedD))]
[GenericTypeArguments(typeof(GeneratedE))]
[GenericTypeArguments(typeof(GeneratedF))]
[MemoryDiagnoser]
public class NetBenchmarks<TNet> where TNet : struct, IGeneratedNet
{
    private readonly TNet _net = new();
    private float[] _inputs = [], _targets = [], _outputs = [];
    private int _inputSize, _outputSize;

    [GlobalSetup]
    public void Setup()
    {
        BenchmarkNet net = Suite.Networks.Nets.Single(n => typeof(TNet).Name.EndsWith(n.Name, StringComparison.Ordinal));
        Workload workload = new(net, BenchmarkTask.Infer64);
        (_inputs, _targets, _outputs) = (workload.Inputs, workload.Targets, new float[workload.SetTargets]);
        (_inputSize, _outputSize) = (net.InputSize, net.OutputSize);
    }

    [Benchmark]
    public void Forward1() => _net.Forward(_inputs.AsSpan(0, _inputSize), _outputs.AsSpan(0, _outputSize));

    [Benchmark]
    public void Forward64() => _net.Forward(_inputs.AsSpan(0, 64 * _inputSize), _outputs.AsSpan(0, 64 * _outputSize));

    [Benchmark]
    public float Loss1() => _net.Loss(_inputs.AsSpan(0, _inputSize), _targets.AsSpan(0, _outputSize));

    [Benchmark]
    public float Backward1() => _net.Backward(_inputs.AsSpan(0, _inputSize), _targets.AsSpan(0, _outputSize));

    [Benchmark]
    public float TrainStep1() => _net.TrainStep(_inputs.AsSpan(0, _inputSize), _targets.AsSpan(0, _outputSize), Workload.BaseLearningRate);

    [Benchmark]
    public float TrainStep32() =>
        _net.TrainStep(_inputs.AsSpan(0, 32 * _inputSize), _targets.AsSpan(0, 32 * _outputSize), Workload.BaseLearningRate);
}
