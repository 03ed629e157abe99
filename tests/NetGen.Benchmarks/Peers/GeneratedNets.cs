using System;
using System.Collections.Generic;
using NetGen.Training;

namespace NetGen.Benchmarks;

/// <summary>
/// An instance of a generated class, in a struct: a loop over a struct's members is compiled for it alone, so that a call costs
/// what it costs a user. Public, because BenchmarkDotNet derives from what has them as a type argument.
/// </summary>
public interface IGeneratedNet
{
    static abstract int ScratchSize { get; }

    static abstract IReadOnlyList<NetworkParameter> ParameterTable { get; }

    static abstract void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch);

    Span<float> Parameters { get; }

    void Forward(ReadOnlySpan<float> inputs, Span<float> outputs);

    float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate);
}

internal static class GeneratedNets
{
    /// <summary>A generated class's table as the training library sees it.</summary>
    public static IReadOnlyList<NetworkParameter> Table<TNetwork>() where TNetwork : class, INetwork<TNetwork> => TNetwork.ParameterTable;
}

public readonly struct GeneratedA() : IGeneratedNet
{
    private readonly NetA _net = new();

    public static int ScratchSize => NetA.ScratchSize;

    public static IReadOnlyList<NetworkParameter> ParameterTable => GeneratedNets.Table<NetA>();

    public Span<float> Parameters => _net.Parameters;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        NetA.Forward(parameters, inputs, outputs, scratch);

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => _net.Forward(inputs, outputs);

    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Loss(inputs, targets);

    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Backward(inputs, targets);

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        _net.TrainStep(inputs, targets, learningRate);
}

public readonly struct GeneratedB() : IGeneratedNet
{
    private readonly NetB _net = new();

    public static int ScratchSize => NetB.ScratchSize;

    public static IReadOnlyList<NetworkParameter> ParameterTable => GeneratedNets.Table<NetB>();

    public Span<float> Parameters => _net.Parameters;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        NetB.Forward(parameters, inputs, outputs, scratch);

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => _net.Forward(inputs, outputs);

    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Loss(inputs, targets);

    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Backward(inputs, targets);

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        _net.TrainStep(inputs, targets, learningRate);
}

public readonly struct GeneratedC() : IGeneratedNet
{
    private readonly NetC _net = new();

    public static int ScratchSize => NetC.ScratchSize;

    public static IReadOnlyList<NetworkParameter> ParameterTable => GeneratedNets.Table<NetC>();

    public Span<float> Parameters => _net.Parameters;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        NetC.Forward(parameters, inputs, outputs, scratch);

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => _net.Forward(inputs, outputs);

    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Loss(inputs, targets);

    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Backward(inputs, targets);

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        _net.TrainStep(inputs, targets, learningRate);
}

public readonly struct GeneratedD() : IGeneratedNet
{
    private readonly NetD _net = new();

    public static int ScratchSize => NetD.ScratchSize;

    public static IReadOnlyList<NetworkParameter> ParameterTable => GeneratedNets.Table<NetD>();

    public Span<float> Parameters => _net.Parameters;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        NetD.Forward(parameters, inputs, outputs, scratch);

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => _net.Forward(inputs, outputs);

    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Loss(inputs, targets);

    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Backward(inputs, targets);

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        _net.TrainStep(inputs, targets, learningRate);
}

public readonly struct GeneratedE() : IGeneratedNet
{
    private readonly NetE _net = new();

    public static int ScratchSize => NetE.ScratchSize;

    public static IReadOnlyList<NetworkParameter> ParameterTable => GeneratedNets.Table<NetE>();

    public Span<float> Parameters => _net.Parameters;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        NetE.Forward(parameters, inputs, outputs, scratch);

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => _net.Forward(inputs, outputs);

    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Loss(inputs, targets);

    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => _net.Backward(inputs, targets);

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        _net.TrainStep(inputs, targets, learningRate);
}
