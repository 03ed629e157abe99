using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using NetGen.Compiler.Targets;

namespace NetGen.Testing.Generated;

/// <summary>One row of the generated parameter table.</summary>
internal sealed record GeneratedParameter(string Name, int[] Shape, int Offset, int[] Strides)
{
    public int Length => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Where the elements lie in the buffer, in the row-major order of the presented shape.</summary>
    public IEnumerable<int> Places()
    {
        for (int i = 0; i < Length; i++)
        {
            int place = Offset, rest = i;
            for (int axis = Shape.Length - 1; axis >= 0; axis--)
            {
                place += rest % Shape[axis] * Strides[axis];
                rest /= Shape[axis];
            }

            yield return place;
        }
    }
}

/// <summary>
/// The static members of a generated network, for tests to call. Parameters and gradients are converted from and to
/// presented arrays by name, through the parameter table.
/// </summary>
internal sealed class GeneratedNetwork
{
    private readonly ForwardMethod _forward;
    private readonly StepMethod? _step;
    private readonly LossMethod<float>? _loss;
    private readonly LossMethod<int>? _lossOfLabels;
    private readonly BackwardMethod<float>? _backward;
    private readonly BackwardMethod<int>? _backwardOfLabels;
    private readonly SgdStepMethod? _sgdStep;
    private readonly Func<int, int>? _trainingScratchSize;
    private readonly int? _optimizerStateSize;
    private readonly bool _hasSpan;

    private GeneratedNetwork(Type type, bool hasSpan)
    {
        MemberBinder members = new(type, null, hasSpan);
        Type = type;
        _hasSpan = hasSpan;
        TargetSize = members.Constant("TargetSize") ?? MemberBinder.Require(members.Constant("OutputSize"), "OutputSize");
        InputSize = MemberBinder.Require(members.Constant("InputSize"), "InputSize");
        OutputSize = MemberBinder.Require(members.Constant("OutputSize"), "OutputSize");
        ParameterCount = MemberBinder.Require(members.Constant("ParameterCount"), "ParameterCount");
        ParameterBufferSize = MemberBinder.Require(members.Constant("ParameterBufferSize"), "ParameterBufferSize");
        ScratchSize = MemberBinder.Require(members.Constant("ScratchSize"), "ScratchSize");
        _optimizerStateSize = members.Constant("OptimizerStateSize");
        _forward = MemberBinder.Require(members.Method<ForwardMethod, ForwardArrayMethod>("Forward", ArrayMethods.Wrap), "Forward");
        StateSize = members.Constant("StateSize");
        StepInputSize = members.Constant("StepInputSize") ?? 0;
        StepOutputSize = members.Constant("StepOutputSize") ?? 0;
        _step = members.Method<StepMethod, StepArrayMethod>("Step", ArrayMethods.Wrap);
        _loss = members.Method<LossMethod<float>, LossArrayMethod<float>>("Loss", ArrayMethods.Wrap);
        _lossOfLabels = members.Method<LossMethod<int>, LossArrayMethod<int>>("Loss", ArrayMethods.Wrap);
        _backward = members.Method<BackwardMethod<float>, BackwardArrayMethod<float>>("Backward", ArrayMethods.Wrap);
        _backwardOfLabels = members.Method<BackwardMethod<int>, BackwardArrayMethod<int>>("Backward", ArrayMethods.Wrap);
        _sgdStep = members.Method<SgdStepMethod, SgdStepArrayMethod>("SgdStep", ArrayMethods.Wrap)
            ?? members.Method<SgdStepMethod, SgdStepArrayMethod>("OptimizerStep", ArrayMethods.Wrap);
        _trainingScratchSize = members.Method<Func<int, int>>("TrainingScratchSize");
        ParameterTable = ReadParameterTable(type);
    }

    public Type Type { get; }

    public int InputSize { get; }

    public int OutputSize { get; }

    public int TargetSize { get; }

    public int ParameterCount { get; }

    public int ParameterBufferSize { get; }

    public int ScratchSize { get; }

    public int OptimizerStateSize => MemberBinder.Require(_optimizerStateSize, "OptimizerStateSize");

    /// <summary>Floats that a stream keeps; null where there is no stream.</summary>
    public int? StateSize { get; }

    public int StepInputSize { get; }

    public int StepOutputSize { get; }

    public IReadOnlyList<GeneratedParameter> ParameterTable { get; }

    /// <summary>It has the overloads for class indices.</summary>
    public bool TakesLabels => _backwardOfLabels is not null;

    /// <summary>It has training members.</summary>
    public bool IsTrainable => _backward is not null;

    /// <summary>Binds the members of a generated class.</summary>
    public static GeneratedNetwork Bind(Type type, Target target) => new(type, target.HasSpan);

    public int TrainingScratchSize(int samples) => MemberBinder.Require(_trainingScratchSize, "TrainingScratchSize")(samples);

    public void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch) =>
        _forward(parameters, inputs, outputs, scratch);

    /// <summary>One time step of a stream.</summary>
    public void Step(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> state, Span<float> output, Span<float> scratch) =>
        MemberBinder.Require(_step, "Step")(parameters, input, state, output, scratch);

    public float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> scratch) =>
        MemberBinder.Require(_loss, "Loss")(parameters, inputs, targets, scratch);

    public float Loss(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> scratch) =>
        MemberBinder.Require(_lossOfLabels, "Loss")(parameters, inputs, labels, scratch);

    public float Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> gradients, Span<float> scratch, ulong seed = 0) =>
        MemberBinder.Require(_backward, "Backward")(parameters, inputs, targets, gradients, scratch, seed);

    public float Backward(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Span<float> gradients, Span<float> scratch, ulong seed = 0) =>
        MemberBinder.Require(_backwardOfLabels, "Backward")(parameters, inputs, labels, gradients, scratch, seed);

    /// <summary>SgdStep, which is called OptimizerStep for other optimizers.</summary>
    public void SgdStep(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> state, float learningRate) =>
        MemberBinder.Require(_sgdStep, "SgdStep")(parameters, gradients, state, learningRate);

    /// <summary>The outputs of any number of samples, with scratch full of NaN, which nobody may read before it is written.</summary>
    public float[] Forward(float[] parameters, float[] inputs)
    {
        float[] outputs = NaNs(inputs.Length / InputSize * OutputSize);
        _forward(parameters, inputs, outputs, NaNs(ScratchSize));
        return outputs;
    }

    /// <summary>The same by ForwardParts: each input and each output by itself.</summary>
    public float[][] ForwardParts(float[] parameters, float[][] inputs, int samples)
    {
        MethodInfo method = Type.GetMethods(BindingFlags.Public | BindingFlags.Static).Single(m => m.Name == "ForwardParts");
        int[] sizes = [.. Type.GetNestedType("Outputs")!.GetFields().Where(f => f.Name.EndsWith("Size")).Select(f => (int)f.GetRawConstantValue()!)];
        float[][] outputs = [.. sizes.Select(size => NaNs(samples * size))];
        ParameterExpression arrays = Expression.Parameter(typeof(float[][]));
        Expression[] arguments = [.. method.GetParameters().Select((p, k) => (Expression)Expression.ArrayIndex(arrays, Expression.Constant(k)) is var array && p.ParameterType == typeof(float[])
            ? array : Expression.Convert(Expression.ArrayIndex(arrays, Expression.Constant(k)), p.ParameterType))];
        Expression.Lambda<Action<float[][]>>(Expression.Call(method, arguments), arrays).Compile()([parameters, .. inputs, .. outputs, NaNs(ScratchSize)]);
        return outputs;
    }

    /// <summary>The loss in inference mode.</summary>
    public float Loss(float[] parameters, float[] inputs, float[] targets) => Loss(parameters, inputs, targets, NaNs(ScratchSize));

    /// <inheritdoc cref="Loss(float[], float[], float[])"/>
    public float Loss(float[] parameters, float[] inputs, int[] labels) => Loss(parameters, inputs, labels, NaNs(ScratchSize));

    /// <summary>The loss in training mode, and the gradient buffer, which was full of NaN, as the scratch was.</summary>
    public (float Loss, float[] Gradients) Backward(float[] parameters, float[] inputs, float[] targets, ulong seed = 0)
    {
        float[] gradients = NaNs(ParameterBufferSize);
        return (Backward(parameters, inputs, targets, gradients, NaNs(TrainingScratchSize(inputs.Length / InputSize)), seed), gradients);
    }

    /// <inheritdoc cref="Backward(float[], float[], float[], ulong)"/>
    public (float Loss, float[] Gradients) Backward(float[] parameters, float[] inputs, int[] labels, ulong seed = 0)
    {
        float[] gradients = NaNs(ParameterBufferSize);
        return (Backward(parameters, inputs, labels, gradients, NaNs(TrainingScratchSize(inputs.Length / InputSize)), seed), gradients);
    }

    /// <summary>
    /// A parameter buffer with the values of presented arrays. What belongs to no parameter is NaN, since the generated
    /// code must ignore it.
    /// </summary>
    public float[] Pack(IReadOnlyDictionary<string, double[]> values)
    {
        float[] buffer = NaNs(ParameterBufferSize);
        foreach (GeneratedParameter parameter in ParameterTable)
        {
            double[] elements = values[parameter.Name];
            if (elements.Length != parameter.Length)
                throw new ArgumentException($"{parameter.Name} takes {parameter.Length} values, not {elements.Length}", nameof(values));
            int i = 0;
            foreach (int place in parameter.Places())
                buffer[place] = (float)elements[i++];
        }

        return buffer;
    }

    /// <summary>The presented arrays that a parameter or gradient buffer holds.</summary>
    public IReadOnlyDictionary<string, double[]> Unpack(ReadOnlySpan<float> buffer)
    {
        Dictionary<string, double[]> values = [];
        foreach (GeneratedParameter parameter in ParameterTable)
        {
            double[] elements = values[parameter.Name] = new double[parameter.Length];
            int i = 0;
            foreach (int place in parameter.Places())
                elements[i++] = buffer[place];
        }

        return values;
    }

    /// <summary>What a buffer holds where no parameter lies.</summary>
    public float[] Padding(float[] buffer)
    {
        HashSet<int> places = [.. ParameterTable.SelectMany(parameter => parameter.Places())];
        return [.. buffer.Where((_, i) => !places.Contains(i))];
    }

    /// <summary>An instance with the spec's seed.</summary>
    public GeneratedInstance Create() => new(Activator.CreateInstance(Type)!, _hasSpan);

    /// <summary>An instance whose weights are drawn from a seed.</summary>
    public GeneratedInstance Create(int seed) => new(Activator.CreateInstance(Type, seed)!, _hasSpan);

    public static float[] NaNs(int count)
    {
        float[] values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static GeneratedParameter[] ReadParameterTable(Type type)
    {
        List<string> names = [];
        List<int[]> shapes = [], strides = [];
        List<int> offsets = [];
        type.Assembly.GetType(type.FullName + "ParameterTable", throwOnError: true)!
            .GetMethod("Copy", BindingFlags.Public | BindingFlags.Static)!
            .Invoke(null, [names, shapes, offsets, strides]);
        return [.. names.Select((name, i) => new GeneratedParameter(name, shapes[i], offsets[i], strides[i]))];
    }
}
