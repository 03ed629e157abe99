using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using NetGen.Training;

namespace NetGen.Cli.Verify;

/// <summary>The members of a compiled network that are compared with the reference. What they are to write is full of NaN before, so what is left out shows.</summary>
internal abstract class GeneratedCode
{
    /// <summary>An instance of a generated class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="seed">Of its initial weights; null for the spec's.</param>
    public static GeneratedCode Of(Type type, int? seed)
    {
        Type face = type.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITrainableNetwork<>)) ? typeof(TrainableCode<>)
            : typeof(GeneratedCode<>);
        object network = seed is { } stated ? Activator.CreateInstance(type, stated)! : Activator.CreateInstance(type)!;
        return (GeneratedCode)Activator.CreateInstance(face.MakeGenericType(type), network)!;
    }

    public abstract int InputSize { get; }

    public abstract int OutputSize { get; }

    public abstract IReadOnlyList<NetworkParameter> ParameterTable { get; }

    /// <summary>The instance's, as the generated code keeps them.</summary>
    public abstract Span<float> Parameters { get; }

    /// <summary>Loads a weight file, and gives what it says beside.</summary>
    public abstract WeightsInfo Load(string path, WeightNames? names);

    /// <summary>What <c>Forward</c> gives of samples that stand back to back.</summary>
    public abstract float[] Forward(ReadOnlySpan<float> inputs);

    /// <summary>What <c>ForwardParts</c> gives: each output by itself, of all samples.</summary>
    /// <param name="inputs">Each input by itself, of all samples.</param>
    /// <param name="sizes">Of each output, for all samples.</param>
    public abstract float[][] ForwardParts(float[][] inputs, IReadOnlyList<int> sizes);

    /// <summary>What <c>Step</c> gives, step after step from a state of zeros.</summary>
    /// <param name="inputs">Of each step.</param>
    public abstract float[][] Stream(IEnumerable<float[]> inputs);

    /// <summary>The gradients of the loss, as the buffer of parameters has them.</summary>
    public abstract float[] Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ulong seed);

    protected static float[] NaNs(int count)
    {
        float[] values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }
}

/// <inheritdoc/>
internal class GeneratedCode<TNetwork>(TNetwork network) : GeneratedCode where TNetwork : class, INetwork<TNetwork>
{
    private delegate void StepMember(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> state, Span<float> output, Span<float> scratch);

    public override int InputSize => TNetwork.InputSize;

    public override int OutputSize => TNetwork.OutputSize;

    public override IReadOnlyList<NetworkParameter> ParameterTable => TNetwork.ParameterTable;

    public override Span<float> Parameters => network.Parameters;

    public override WeightsInfo Load(string path, WeightNames? names) => network.LoadWeights(path, names);

    public override float[] Forward(ReadOnlySpan<float> inputs)
    {
        float[] outputs = NaNs(inputs.Length / InputSize * OutputSize);
        TNetwork.Forward(network.Parameters, inputs, outputs, NaNs(TNetwork.ScratchSize));
        return outputs;
    }

    // Its parameters are as many as the network has parts.
    public override float[][] ForwardParts(float[][] inputs, IReadOnlyList<int> sizes)
    {
        MethodInfo method = typeof(TNetwork).GetMethods(BindingFlags.Public | BindingFlags.Static).Single(static m => m.Name == "ForwardParts");
        float[][] outputs = [.. sizes.Select(NaNs)];
        ParameterExpression arrays = Expression.Parameter(typeof(float[][]));
        IEnumerable<Expression> arguments = method.GetParameters().Select((p, k) => Expression.Convert(Expression.ArrayIndex(arrays, Expression.Constant(k)), p.ParameterType));
        Expression.Lambda<Action<float[][]>>(Expression.Call(method, arguments), arrays)
            .Compile()([network.Parameters.ToArray(), .. inputs, .. outputs, NaNs(TNetwork.ScratchSize)]);
        return outputs;
    }

    public override float[][] Stream(IEnumerable<float[]> inputs)
    {
        StepMember step = typeof(TNetwork).GetMethod("Step", BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<StepMember>();
        float[] parameters = network.Parameters.ToArray(), state = new float[Constant("StateSize")], scratch = NaNs(TNetwork.ScratchSize);
        return [.. inputs.Select(input =>
        {
            float[] output = NaNs(Constant("StepOutputSize"));
            step(parameters, input, state, output, scratch);
            return output;
        })];
    }

    public override float[] Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ulong seed) =>
        throw new NotSupportedException($"{typeof(TNetwork).Name} has no loss.");

    private static int Constant(string name) => (int)typeof(TNetwork).GetField(name)!.GetRawConstantValue()!;
}

/// <inheritdoc/>
internal sealed class TrainableCode<TNetwork>(TNetwork network) : GeneratedCode<TNetwork>(network) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    public override float[] Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ulong seed)
    {
        float[] gradients = NaNs(TNetwork.ParameterBufferSize);
        TNetwork.Backward(Parameters, inputs, targets, gradients, NaNs(TNetwork.TrainingScratchSize(inputs.Length / InputSize)), seed);
        return gradients;
    }
}
