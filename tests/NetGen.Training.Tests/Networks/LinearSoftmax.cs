using System;
using System.Collections.Generic;

namespace NetGen.Training.Tests.Networks;

/// <summary>
/// What the generator would emit for <c>dense, softmax, cross_entropy, sgd with momentum</c>, written by hand. It
/// keeps its weights as [in, out] with one unused float behind each row, so that strides matter.
/// </summary>
internal sealed class LinearSoftmax<TSize> : IClassifierNetwork<LinearSoftmax<TSize>> where TSize : ISize
{
    private const float Momentum = 0.5f;

    private readonly float[] parameters = new float[ParameterBufferSize];
    private readonly float[] gradients = new float[ParameterBufferSize];
    private readonly float[] state = new float[OptimizerStateSize];
    private float[] scratch = [];

    private static int Row => TSize.Out + 1;

    public static int InputSize => TSize.In;

    public static int OutputSize => TSize.Out;

    public static int ParameterBufferSize => TSize.In * Row + TSize.Out;

    public static int ScratchSize => TSize.Out;

    public static int OptimizerStateSize => ParameterBufferSize;

    public static int TargetSize => TSize.Out;

    public static int LabelSize => 1;

    public static IReadOnlyList<NetworkParameter> ParameterTable { get; } =
    [
        new("dense_1.weight", [TSize.Out, TSize.In], 0, [1, TSize.Out + 1]),
        new("dense_1.bias", [TSize.Out], TSize.In * (TSize.Out + 1), [1]),
    ];

    public Span<float> Parameters => parameters;

    public Span<float> OptimizerState => state;

    public long Steps { get; set; }

    /// <summary>Bytes that this thread has allocated, at each training step.</summary>
    public List<long> Allocated { get; } = new(100_000);

    /// <summary>Learning rates, at each training step.</summary>
    public List<float> Rates { get; } = new(100_000);

    public static int TrainingScratchSize(int samples) => samples * TSize.Out;

    public static float LearningRate(long step) => 0.1f / (1 + step / 1000);

    public static void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch)
    {
        scratch[..ScratchSize].Clear(); // fails if the caller gives too little
        for (int n = 0; n < inputs.Length / TSize.In; n++)
            ForwardOne(parameters, inputs.Slice(n * TSize.In, TSize.In), outputs.Slice(n * TSize.Out, TSize.Out));
    }

    public static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> scratch)
    {
        float sum = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            ForwardOne(parameters, inputs.Slice(n * TSize.In, TSize.In), scratch[..TSize.Out]);
            sum -= MathF.Log(scratch[labels[n]]);
        }

        return sum / labels.Length;
    }

    public static float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> scratch) =>
        Loss(parameters, inputs, ToLabels(targets), scratch);

    public static float Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> gradients, Span<float> scratch, ulong seed)
    {
        gradients.Clear();
        float sum = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            ReadOnlySpan<float> x = inputs.Slice(n * TSize.In, TSize.In);
            Span<float> d = scratch.Slice(n * TSize.Out, TSize.Out);
            ForwardOne(parameters, x, d);
            sum -= MathF.Log(d[labels[n]]);
            d[labels[n]] -= 1;
            for (int o = 0; o < TSize.Out; o++)
            {
                float share = d[o] / labels.Length;
                for (int i = 0; i < TSize.In; i++)
                    gradients[i * Row + o] += share * x[i];
                gradients[TSize.In * Row + o] += share;
            }
        }

        return sum / labels.Length;
    }

    public static float Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> gradients, Span<float> scratch, ulong seed) =>
        Backward(parameters, inputs, ToLabels(targets), gradients, scratch, seed);

    public static void OptimizerStep(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> state, float learningRate)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            state[i] = Momentum * state[i] + gradients[i];
            parameters[i] -= learningRate * state[i];
        }
    }

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
    {
        Allocated.Add(GC.GetAllocatedBytesForCurrentThread());
        Rates.Add(learningRate);
        if (scratch.Length < TrainingScratchSize(labels.Length))
            scratch = new float[TrainingScratchSize(labels.Length)];
        float loss = Backward(parameters, inputs, labels, gradients, scratch, (ulong)Steps);
        OptimizerStep(parameters, gradients, state, learningRate);
        Steps++;
        return loss;
    }

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        TrainStep(inputs, ToLabels(targets), learningRate);

    private static void ForwardOne(ReadOnlySpan<float> parameters, ReadOnlySpan<float> x, Span<float> y)
    {
        float max = float.NegativeInfinity;
        for (int o = 0; o < TSize.Out; o++)
        {
            y[o] = parameters[TSize.In * Row + o];
            for (int i = 0; i < TSize.In; i++)
                y[o] += parameters[i * Row + o] * x[i];
            max = MathF.Max(max, y[o]);
        }

        float sum = 0;
        for (int o = 0; o < TSize.Out; o++)
            sum += y[o] = MathF.Exp(y[o] - max);
        for (int o = 0; o < TSize.Out; o++)
            y[o] /= sum;
    }

    private static int[] ToLabels(ReadOnlySpan<float> targets)
    {
        var labels = new int[targets.Length / TSize.Out];
        for (int n = 0; n < labels.Length; n++)
            labels[n] = targets.Slice(n * TSize.Out, TSize.Out).IndexOf(1f);
        return labels;
    }
}
