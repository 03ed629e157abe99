using System;

namespace NetGen.Testing.Generated;

// The contract's members as delegate types. Where spans do not exist, the generated code takes float[] (int[]) in their
// place; the Array types bind to that and are wrapped, so that a test is written once, with spans.

internal delegate void ForwardMethod(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch);

internal delegate void StepMethod(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> state, Span<float> output, Span<float> scratch);

internal delegate float LossMethod<T>(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<T> targets, Span<float> scratch);

internal delegate float BackwardMethod<T>(
    ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<T> targets, Span<float> gradients, Span<float> scratch, ulong seed);

internal delegate void SgdStepMethod(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> state, float learningRate);

internal delegate Span<float> SpanProperty();

internal delegate void InstanceForwardMethod(ReadOnlySpan<float> inputs, Span<float> outputs);

internal delegate float InstanceLossMethod<T>(ReadOnlySpan<float> inputs, ReadOnlySpan<T> targets);

internal delegate float TrainStepMethod<T>(ReadOnlySpan<float> inputs, ReadOnlySpan<T> targets, float learningRate);

internal delegate void ForwardArrayMethod(float[] parameters, float[] inputs, float[] outputs, float[] scratch);

internal delegate void StepArrayMethod(float[] parameters, float[] input, float[] state, float[] output, float[] scratch);

internal delegate float LossArrayMethod<T>(float[] parameters, float[] inputs, T[] targets, float[] scratch);

internal delegate float BackwardArrayMethod<T>(float[] parameters, float[] inputs, T[] targets, float[] gradients, float[] scratch, ulong seed);

internal delegate void SgdStepArrayMethod(float[] parameters, float[] gradients, float[] state, float learningRate);

internal delegate float[] ArrayProperty();

internal delegate void InstanceForwardArrayMethod(float[] inputs, float[] outputs);

internal delegate float InstanceLossArrayMethod<T>(float[] inputs, T[] targets);

internal delegate float TrainStepArrayMethod<T>(float[] inputs, T[] targets, float learningRate);

/// <summary>Methods over arrays as methods over spans: copied in, and what they may write copied back.</summary>
internal static class ArrayMethods
{
    public static ForwardMethod Wrap(ForwardArrayMethod method) => (parameters, inputs, outputs, scratch) =>
    {
        float[] outputArray = outputs.ToArray(), scratchArray = scratch.ToArray();
        method(parameters.ToArray(), inputs.ToArray(), outputArray, scratchArray);
        outputArray.CopyTo(outputs);
        scratchArray.CopyTo(scratch);
    };

    public static StepMethod Wrap(StepArrayMethod method) => (parameters, input, state, output, scratch) =>
    {
        float[] stateArray = state.ToArray(), outputArray = output.ToArray();
        method(parameters.ToArray(), input.ToArray(), stateArray, outputArray, scratch.ToArray());
        stateArray.CopyTo(state);
        outputArray.CopyTo(output);
    };

    public static LossMethod<T> Wrap<T>(LossArrayMethod<T> method) => (parameters, inputs, targets, scratch) =>
    {
        float[] scratchArray = scratch.ToArray();
        float loss = method(parameters.ToArray(), inputs.ToArray(), targets.ToArray(), scratchArray);
        scratchArray.CopyTo(scratch);
        return loss;
    };

    public static BackwardMethod<T> Wrap<T>(BackwardArrayMethod<T> method) => (parameters, inputs, targets, gradients, scratch, seed) =>
    {
        float[] gradientArray = gradients.ToArray(), scratchArray = scratch.ToArray();
        float loss = method(parameters.ToArray(), inputs.ToArray(), targets.ToArray(), gradientArray, scratchArray, seed);
        gradientArray.CopyTo(gradients);
        scratchArray.CopyTo(scratch);
        return loss;
    };

    public static SgdStepMethod Wrap(SgdStepArrayMethod method) => (parameters, gradients, state, learningRate) =>
    {
        float[] parameterArray = parameters.ToArray(), stateArray = state.ToArray();
        method(parameterArray, gradients.ToArray(), stateArray, learningRate);
        parameterArray.CopyTo(parameters);
        stateArray.CopyTo(state);
    };

    public static SpanProperty Wrap(ArrayProperty property) => () => property();

    public static InstanceForwardMethod Wrap(InstanceForwardArrayMethod method) => (inputs, outputs) =>
    {
        float[] outputArray = outputs.ToArray();
        method(inputs.ToArray(), outputArray);
        outputArray.CopyTo(outputs);
    };

    public static InstanceLossMethod<T> Wrap<T>(InstanceLossArrayMethod<T> method) => (inputs, targets) =>
        method(inputs.ToArray(), targets.ToArray());

    public static TrainStepMethod<T> Wrap<T>(TrainStepArrayMethod<T> method) => (inputs, targets, learningRate) =>
        method(inputs.ToArray(), targets.ToArray(), learningRate);
}
