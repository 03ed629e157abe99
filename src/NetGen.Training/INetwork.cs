using System;
using System.Collections.Generic;

namespace NetGen.Training;

/// <summary>One parameter of a network and where it lies in the parameter buffer.</summary>
/// <param name="Name">The layer's name, a dot and the parameter's: <c>hidden.weight</c>.</param>
/// <param name="Shape">The shape as presented: <c>[out, in]</c> for a dense layer's weight, as in PyTorch.</param>
/// <param name="Offset">Where element [0, 0, …] lies.</param>
/// <param name="Strides">How far apart neighbours along each axis lie, in floats.</param>
public sealed record NetworkParameter(string Name, IReadOnlyList<int> Shape, int Offset, IReadOnlyList<int> Strides);

/// <summary>
/// A <c>normalization</c> layer that reads the network's input, or only reshaped and rescaled: what <see cref="Normalizing.Adapt"/>
/// needs to learn its statistics from data. Element i of the input belongs to feature <c>(i / Stride) % Features</c>, and the layer is given
/// <c>Scale x + Offset</c>.
/// </summary>
/// <param name="Mean">The name of the parameter that holds the means: <c>normalization_1.mean</c>.</param>
/// <param name="Variance">The name of the parameter that holds the variances.</param>
/// <param name="Features">How many means there are.</param>
/// <param name="Stride">How many neighbours of a sample belong to the same feature: 1, or the pixels of a channel.</param>
/// <param name="Scale">What a <c>rescaling</c> before it multiplies by; 1 without.</param>
/// <param name="Offset">What a <c>rescaling</c> before it adds; 0 without.</param>
/// <param name="First">Of a network with several inputs, where in a sample the input begins that it reads.</param>
/// <param name="Count">The floats of that input; 0 where it is all of the sample.</param>
public sealed record InputNormalization(string Mean, string Variance, int Features, int Stride, float Scale = 1, float Offset = 0, int First = 0, int Count = 0);

/// <summary>
/// A generated network, seen from this library. The generated class implements it wherever this library is
/// referenced; its static members are pure functions over the caller's memory.
/// </summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
public interface INetwork<TSelf> where TSelf : class, INetwork<TSelf>
{
    /// <summary>Floats of one sample's input.</summary>
    static abstract int InputSize { get; }

    /// <summary>Floats of one sample's output.</summary>
    static abstract int OutputSize { get; }

    /// <summary>Length of <see cref="Parameters"/>.</summary>
    static abstract int ParameterBufferSize { get; }

    /// <summary>Floats of scratch that <see cref="Forward"/>, and a loss in inference mode, needs; 0 where they use the stack.</summary>
    static abstract int ScratchSize { get; }

    /// <summary>Every parameter, in the order of the layers.</summary>
    static abstract IReadOnlyList<NetworkParameter> ParameterTable { get; }

    /// <summary>The <c>normalization</c> layers that can learn from data, in the order of the layers.</summary>
    static virtual IReadOnlyList<InputNormalization> Normalizations => [];

    /// <summary>The outputs of n samples that stand back to back.</summary>
    static abstract void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch);

    /// <summary>The instance's parameters, as the generated code keeps them.</summary>
    Span<float> Parameters { get; }
}

/// <summary>A generated network with a loss: it can be trained.</summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
public interface ITrainableNetwork<TSelf> : INetwork<TSelf> where TSelf : class, ITrainableNetwork<TSelf>
{
    /// <summary>Floats of scratch that <see cref="Backward"/> needs for so many samples.</summary>
    static abstract int TrainingScratchSize(int samples);

    /// <summary>Floats of the optimizer's state; 0 for plain SGD.</summary>
    static abstract int OptimizerStateSize { get; }

    /// <summary>Floats of one sample's target.</summary>
    static abstract int TargetSize { get; }

    /// <summary>
    /// Where in a sample's output the outputs stand that have a loss, in the order of their targets; empty where that is all of it. Metrics are of these.
    /// </summary>
    static virtual IReadOnlyList<NetworkOutput> TrainedOutputs => [];

    /// <summary>A batch's loss is the sum over its samples (<c>reduction: sum</c>), not their mean.</summary>
    static virtual bool SumsLoss => false;

    /// <summary>The loss holds a penalty for the weights (<c>l2</c>), which is no mean over samples.</summary>
    static virtual bool HasPenalty => false;

    /// <summary>The loss is a cross-entropy that takes logits, so that the outputs are no probabilities.</summary>
    static virtual bool GivesLogits => false;

    /// <summary>The learning rate that the spec gives for a step, counted from 0.</summary>
    static abstract float LearningRate(long step);

    /// <summary>The mean loss of n samples, in inference mode, with the l2 penalty.</summary>
    static abstract float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> scratch);

    /// <summary>Overwrites <paramref name="gradients"/> with the gradient of the loss of n samples, and returns the loss.</summary>
    static abstract float Backward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> gradients, Span<float> scratch, ulong seed);

    /// <summary>One step of the optimizer.</summary>
    static abstract void OptimizerStep(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> state, float learningRate);

    /// <summary>The optimizer's state of this instance.</summary>
    Span<float> OptimizerState { get; }

    /// <summary>Steps taken.</summary>
    long Steps { get; set; }

    /// <summary>One step on a mini-batch of n samples, which <see cref="Steps"/> counts; returns the loss before it.</summary>
    float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate);
}

/// <summary>
/// A generated network that classifies. Its loss takes class indices, or is a binary cross-entropy, whose labels are 0 and 1.
/// </summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
public interface IClassifierNetwork<TSelf> : ITrainableNetwork<TSelf> where TSelf : class, IClassifierNetwork<TSelf>
{
    /// <summary>Labels of one sample: 1, or one for each step of a sequence, or of a binary network, one for each output.</summary>
    static abstract int LabelSize { get; }

    /// <summary>
    /// The loss is a binary cross-entropy: every output is by itself the probability, or the logit, that a label is 1. Labels are then given as
    /// targets, and the members that take labels throw.
    /// </summary>
    static virtual bool IsBinary => false;

    /// <summary>Of a sample with several labels, the outputs are [classes, labels], as of channels first; otherwise [labels, classes].</summary>
    static virtual bool HasClassesFirst => false;

    /// <summary>The label that does not count (<c>ignore_label</c>); null where every label does.</summary>
    static virtual int? IgnoredLabel => null;

    /// <inheritdoc cref="ITrainableNetwork{TSelf}.Loss"/>
    /// <exception cref="NotSupportedException">The network is binary.</exception>
    static virtual float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> scratch) => throw LabelsAreTargets();

    /// <inheritdoc cref="ITrainableNetwork{TSelf}.Backward"/>
    /// <exception cref="NotSupportedException">The network is binary.</exception>
    static virtual float Backward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> gradients, Span<float> scratch, ulong seed) =>
        throw LabelsAreTargets();

    /// <inheritdoc cref="ITrainableNetwork{TSelf}.TrainStep"/>
    /// <exception cref="NotSupportedException">The network is binary.</exception>
    float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate) => throw LabelsAreTargets();

    private static NotSupportedException LabelsAreTargets() => new($"{typeof(TSelf).Name} has a binary loss, which takes labels as targets of 0 and 1.");
}
