using System;
using System.Collections.Generic;
using System.Diagnostics;
using NetGen.Training;

namespace NetGen.Benchmarks;

/// <summary>
/// An instance of a generated class, in a struct: a loop over a struct's members is compiled for it alone, so that a call costs
/// what it costs a user. Public, because BenchmarkDotNet derives from what has them as a type argument.
/// </summary>
/// <remarks>The build writes one for every spec under Nets, and the class that it holds, after GeneratedNet.template.</remarks>
public interface IGeneratedNet
{
    static abstract int ScratchSize { get; }

    static abstract IReadOnlyList<NetworkParameter> ParameterTable { get; }

    /// <summary>A new instance of the class alone.</summary>
    static abstract object New();

    static abstract void Forward(ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, Span<float> outputs, Span<float> scratch);

    Span<float> Parameters { get; }

    void Forward(ReadOnlySpan<float> inputs, Span<float> outputs);

    float Loss(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    float Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    float TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, float learningRate);
}

/// <summary>A generated class that takes a stream one time step further.</summary>
/// <remarks>The build writes it for every spec under Nets/Sequences, after GeneratedStream.template.</remarks>
public interface IGeneratedStream : IGeneratedNet
{
    static abstract int StateSize { get; }

    static abstract void Step(ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> state, Span<float> output, Span<float> scratch);
}

/// <summary>The generated classes by the names of their networks.</summary>
internal static class GeneratedNets
{
    public static GeneratedNet Find(string name) =>
        typeof(GeneratedNets).Assembly.GetType($"{typeof(GeneratedNets).Namespace}.Generated{name.ToUpperInvariant()}") is Type type
            ? (GeneratedNet)Activator.CreateInstance(
                (type.IsAssignableTo(typeof(IGeneratedStream)) ? typeof(GeneratedSequence<>) : typeof(GeneratedNet<>)).MakeGenericType(type))!
            : throw new ArgumentException($"{name}: there is no spec of that name under Nets", nameof(name));

    /// <summary>A generated class's table as the training library sees it.</summary>
    public static IReadOnlyList<NetworkParameter> Table<TNetwork>() where TNetwork : class, INetwork<TNetwork> => TNetwork.ParameterTable;
}

/// <summary>What is done with a generated class, whichever it is.</summary>
internal abstract class GeneratedNet
{
    /// <summary>Its members that do the task.</summary>
    public abstract IReadOnlyList<IContender> Contenders(Workload workload);

    /// <summary>A new instance of the class.</summary>
    public abstract object New();

    /// <summary>When a first instance has given its first outputs, and when it has taken its first step.</summary>
    public abstract (long Forward, long Step) FirstCalls(int inputs, int outputs);
}

/// <inheritdoc/>
internal class GeneratedNet<TNet> : GeneratedNet where TNet : struct, IGeneratedNet
{
    public override IReadOnlyList<IContender> Contenders(Workload workload) => workload.Task.IsStep
        ? [new OursContender<TNet>(new TNet(), workload, OursMember.TrainStep)]
        : [
            new OursContender<TNet>(new TNet(), workload, OursMember.StaticForward),
            new OursContender<TNet>(new TNet(), workload, OursMember.InstanceForward),
        ];

    public override object New() => TNet.New();

    public override (long Forward, long Step) FirstCalls(int inputs, int outputs)
    {
        float[] x = new float[inputs], y = new float[outputs], target = new float[outputs];
        target[0] = 1;
        TNet net = new();
        net.Forward(x, y);
        long forward = Stopwatch.GetTimestamp();
        net.TrainStep(x, target, Workload.BaseLearningRate);
        return (forward, Stopwatch.GetTimestamp());
    }
}

/// <inheritdoc/>
internal sealed class GeneratedSequence<TNet> : GeneratedNet<TNet> where TNet : struct, IGeneratedStream
{
    public override IReadOnlyList<IContender> Contenders(Workload workload) =>
        workload.Task.IsStream ? [new OursStreamContender<TNet>(workload)] : base.Contenders(workload);
}
