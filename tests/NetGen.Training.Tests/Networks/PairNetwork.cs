using System;
using System.Collections.Generic;

namespace NetGen.Training.Tests.Networks;

/// <summary>A linear regression that trains on two samples and more, as a network with batch norm over features does.</summary>
internal sealed class PairNetwork : ITrainableNetwork<PairNetwork>
{
    private readonly LinearRegression<OneOutput> inner = new();

    public static int InputSize => 1;

    public static int OutputSize => 1;

    public static int ParameterBufferSize => LinearRegression<OneOutput>.ParameterBufferSize;

    public static int ScratchSize => 0;

    public static int OptimizerStateSize => 0;

    public static int TargetSize => 1;

    public static IReadOnlyList<NetworkParameter> ParameterTable => LinearRegression<OneOutput>.ParameterTable;

    public Span<float> Parameters => inner.Parameters;

    public Span<float> OptimizerState => [];

    public long Steps { get; set; }

    /// <summary>How many samples each step had.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>The inputs of all steps.</summary>
    public List<float> Seen { get; } = [];

    public static int TrainingScratchSize(int samples) => samples;

    public static float LearningRate(long step) => 0.01f;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        LinearRegression<OneOutput>.Forward(parameters, inputs, outputs, scratch);

    public static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> scratch) =>
        LinearRegression<OneOutput>.Loss(parameters, inputs, targets, scratch);

    public static float Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> gradients, Span<float> scratch, ulong seed)
    {
        if (inputs.Length < 2)
            throw new ArgumentException("inputs has 1 sample, but the batch norm 'norm' takes the variance over the batch: train on at least 2", nameof(inputs));

        return LinearRegression<OneOutput>.Backward(parameters, inputs, targets, gradients, scratch, seed);
    }

    public static void OptimizerStep(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> state, float learningRate) =>
        LinearRegression<OneOutput>.OptimizerStep(parameters, gradients, state, learningRate);

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate)
    {
        Batches.Add(inputs.Length);
        Seen.AddRange(inputs);
        float[] gradients = new float[ParameterBufferSize];
        float loss = Backward(Parameters, inputs, targets, gradients, new float[inputs.Length], (ulong)Steps++);
        OptimizerStep(Parameters, gradients, [], learningRate);
        return loss;
    }
}
