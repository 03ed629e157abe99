using System;
using System.Reflection;

namespace NetGen.Testing.Generated;

/// <summary>An instance of a generated network: it owns its buffers.</summary>
internal sealed class GeneratedInstance
{
    private readonly SpanProperty _parameters;
    private readonly SpanProperty? _gradients;
    private readonly InstanceForwardMethod _forward;
    private readonly InstanceLossMethod<float>? _loss;
    private readonly InstanceLossMethod<int>? _lossOfLabels;
    private readonly InstanceLossMethod<float>? _backward;
    private readonly InstanceLossMethod<int>? _backwardOfLabels;
    private readonly Action<float>? _sgdStep;
    private readonly Action? _sgdStepOfSpec;
    private readonly TrainStepMethod<float>? _trainStep;
    private readonly TrainStepMethod<int>? _trainStepOfLabels;
    private readonly InstanceLossMethod<float>? _trainStepOfSpec;
    private readonly PropertyInfo? _steps;
    private readonly object _instance;

    public GeneratedInstance(object instance, bool hasSpan)
    {
        MemberBinder members = new(instance.GetType(), instance, hasSpan);
        _instance = instance;
        _parameters = MemberBinder.Require(members.Span("Parameters"), "Parameters");
        _gradients = members.Span("Gradients");
        _forward = MemberBinder.Require(
            members.Method<InstanceForwardMethod, InstanceForwardArrayMethod>("Forward", ArrayMethods.Wrap), "Forward");
        _loss = members.Method<InstanceLossMethod<float>, InstanceLossArrayMethod<float>>("Loss", ArrayMethods.Wrap);
        _lossOfLabels = members.Method<InstanceLossMethod<int>, InstanceLossArrayMethod<int>>("Loss", ArrayMethods.Wrap);
        _backward = members.Method<InstanceLossMethod<float>, InstanceLossArrayMethod<float>>("Backward", ArrayMethods.Wrap);
        _backwardOfLabels = members.Method<InstanceLossMethod<int>, InstanceLossArrayMethod<int>>("Backward", ArrayMethods.Wrap);
        _sgdStep = members.Method<Action<float>>("SgdStep") ?? members.Method<Action<float>>("OptimizerStep");
        _sgdStepOfSpec = members.Method<Action>("SgdStep") ?? members.Method<Action>("OptimizerStep");
        _trainStep = members.Method<TrainStepMethod<float>, TrainStepArrayMethod<float>>("TrainStep", ArrayMethods.Wrap);
        _trainStepOfLabels = members.Method<TrainStepMethod<int>, TrainStepArrayMethod<int>>("TrainStep", ArrayMethods.Wrap);
        _trainStepOfSpec = members.Method<InstanceLossMethod<float>, InstanceLossArrayMethod<float>>("TrainStep", ArrayMethods.Wrap);
        _steps = instance.GetType().GetProperty("Steps");
    }

    public Span<float> Parameters => _parameters();

    public Span<float> Gradients => MemberBinder.Require(_gradients, "Gradients")();

    public long Steps
    {
        get => (long)MemberBinder.Require(_steps, "Steps").GetValue(_instance)!;
        set => MemberBinder.Require(_steps, "Steps").SetValue(_instance, value);
    }

    public void Forward(ReadOnlySpan<float> inputs, Span<float> outputs) => _forward(inputs, outputs);

    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => MemberBinder.Require(_loss, "Loss")(inputs, targets);

    public float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) => MemberBinder.Require(_lossOfLabels, "Loss")(inputs, labels);

    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) =>
        MemberBinder.Require(_backward, "Backward")(inputs, targets);

    public float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) =>
        MemberBinder.Require(_backwardOfLabels, "Backward")(inputs, labels);

    /// <summary>SgdStep, which is called OptimizerStep for other optimizers.</summary>
    public void SgdStep(float learningRate) => MemberBinder.Require(_sgdStep, "SgdStep")(learningRate);

    /// <summary>A step at the spec's learning rate.</summary>
    public void SgdStep() => MemberBinder.Require(_sgdStepOfSpec, "SgdStep")();

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate) =>
        MemberBinder.Require(_trainStep, "TrainStep")(inputs, targets, learningRate);

    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate) =>
        MemberBinder.Require(_trainStepOfLabels, "TrainStep")(inputs, labels, learningRate);

    /// <summary>A step at the spec's learning rate.</summary>
    public float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) =>
        MemberBinder.Require(_trainStepOfSpec, "TrainStep")(inputs, targets);
}
