using System;
using System.Collections.Generic;

namespace NetGen.Training.Tests.Networks;

/// <summary>What the generator would emit for <c>dense, mean_squared_error, sgd</c>, written by hand. It takes no labels.</summary>
internal sealed class LinearRegression<TSize> : ITrainableNetwork<LinearRegression<TSize>> where TSize : ISize
{
    private readonly float[] parameters = new float[ParameterBufferSize];
    private readonly float[] gradients = new float[ParameterBufferSize];

    public static int InputSize => TSize.In;

    public static int OutputSize => TSize.Out;

    public static int ParameterBufferSize => (TSize.In + 1) * TSize.Out;

    public static int ScratchSize => 0;

    public static int OptimizerStateSize => 0;

    public static int TargetSize => TSize.Out;

    public static IReadOnlyList<NetworkParameter> ParameterTable { get; } =
    [
        new("dense_1.weight", [TSize.Out, TSize.In], 0, [TSize.In, 1]),
        new("dense_1.bias", [TSize.Out], TSize.In * TSize.Out, [1]),
    ];

    public Span<float> Parameters => parameters;

    public Span<float> OptimizerState => [];

    public long Steps { get; set; }

    public static int TrainingScratchSize(int samples) => samples * TSize.Out;

    public static float LearningRate(long step) => 0.05f;

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch)
    {
        for (int n = 0; n < inputs.Length / TSize.In; n++)
            for (int o = 0; o < TSize.Out; o++)
            {
                float sum = parameters[TSize.In * TSize.Out + o];
                for (int i = 0; i < TSize.In; i++)
                    sum += parameters[o * TSize.In + i] * inputs[n * TSize.In + i];
                outputs[n * TSize.Out + o] = sum;
            }
    }

    public static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> scratch)
    {
        Forward(parameters, inputs, scratch, []);
        float sum = 0;
        for (int i = 0; i < targets.Length; i++)
            sum += (scratch[i] - targets[i]) * (scratch[i] - targets[i]);
        return sum / targets.Length;
    }

    public static float Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> gradients, Span<float> scratch, ulong seed)
    {
        float loss = Loss(parameters, inputs, targets, scratch);
        gradients.Clear();
        for (int k = 0; k < targets.Length; k++)
        {
            int n = k / TSize.Out, o = k % TSize.Out;
            float d = 2 * (scratch[k] - targets[k]) / targets.Length;
            for (int i = 0; i < TSize.In; i++)
                gradients[o * TSize.In + i] += d * inputs[n * TSize.In + i];
            gradients[TSize.In * TSize.Out + o] += d;
        }

        return loss;
    }

    public static void OptimizerStep(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> state, float learningRate)
    {
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] -= learningRate * gradients[i];
    }

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate)
    {
        float loss = Backward(parameters, inputs, targets, gradients, new float[targets.Length], (ulong)Steps);
        OptimizerStep(parameters, gradients, [], learningRate);
        Steps++;
        return loss;
    }
}
