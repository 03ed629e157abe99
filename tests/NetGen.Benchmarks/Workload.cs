using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;

namespace NetGen.Benchmarks;

/// <summary>The data of one network and task: the same for every peer, from a fixed seed.</summary>
/// <remarks>
/// Several sets of samples, taken in turn, so that nothing learns one input by heart; few enough to leave the caches to the
/// weights. Parameters are in the common order: for each layer its weight as [out, in] or
/// [out, in / groups, height, width], then its bias.
/// </remarks>
internal sealed class Workload
{
    /// <summary>The learning rate of a step where one error for each output is all.</summary>
    public const float BaseLearningRate = 0.01f;

    /// <summary>That of the step that is checked: large, so that rounding in the weight hides nothing of its change.</summary>
    public const float CheckedLearningRate = 0.5f;

    /// <summary>The most that outputs may be off, relative to the largest.</summary>
    public const double OutputTolerance = 1e-5;

    /// <summary>The most that a parameter's change by one step may be off, relative to the largest change of that weight or bias.</summary>
    public const double StepTolerance = 1e-4;

    /// <summary>Multiply-adds that the reference is asked for at most: it has to take seconds. Of more samples, some are checked.</summary>
    private const long CheckedMultiplyAdds = 1_000_000_000;

    private readonly int[] _sizes;

    /// <summary>Every so-many-th sample is checked. An odd number, so that all places within vectors and tiles have their turn.</summary>
    private readonly int _every = 1;

    private readonly double[] _expectedOutputs;
    private readonly double[][] _expectedChange = [];

    public Workload(BenchmarkNet net, BenchmarkTask task)
    {
        Net = net;
        Task = task;
        Sets = task.IsStream ? ((Recurrent)net.Layers[0]).Steps : net.InputSize * task.Samples > 4096 ? 2 : net.InputSize > 256 ? 4 : 16;
        Random random = new(1);
        int samples = Sets * task.Samples;
        Inputs = Draw(random, Sets * SetInputs, 1);
        Targets = new float[samples * net.OutputSize];
        for (int s = 0; s < samples; s++)
        {
            Span<float> target = Targets.AsSpan(s * net.OutputSize, net.OutputSize);
            if (net.IsClassifier)
                target[random.Next(net.OutputSize)] = 1;
            else
                Draw(random, net.OutputSize, 0.5f).Select(t => t + 0.5f).ToArray().CopyTo(target);
        }

        // Weights of half the variance that keeps relu's activations alike: outputs are neither all alike nor saturated.
        ReferenceNetwork reference = ReferenceNetwork.Parse(task.IsStream ? net.SpecOfEachStep() : net.Spec());
        _sizes = [.. reference.ParameterTable.Select(p => p.Length)];
        Parameters = [.. reference.ParameterTable.SelectMany(p =>
            Draw(random, p.Length, p.IsWeight ? (float)Math.Sqrt(3.0 * p.Shape[0] / p.Length) : 0.1f)
                .Select(value => p.IsStatistic ? 1 + value : value))];
        foreach ((ReferenceParameter p, float[] values) in reference.ParameterTable.Zip(Split(Parameters)))
            Array.ConvertAll(values, v => (double)v).CopyTo(reference.Parameters[p.Name], 0);
        if (task is { IsStep: false, IsStream: false })
            _every = (int)(Sets * task.MultiplyAdds(net) / CheckedMultiplyAdds) | 1;
        _expectedOutputs = reference.Forward(ToDouble(Checked(Inputs, net.InputSize)));
        if (!task.IsStep)
            return;
        IReadOnlyDictionary<string, double[]> gradients = reference.Backward(
            ToDouble(Inputs.AsSpan(0, task.Samples * net.InputSize)), ToDouble(Targets.AsSpan(0, task.Samples * net.OutputSize))).Gradients;
        double[][] before = [.. reference.ParameterTable.Select(p => (double[])reference.Parameters[p.Name].Clone())];
        reference.SgdStep(gradients, [], CheckedLearningRate);
        _expectedChange = [.. reference.ParameterTable.Zip(before, (p, old) => reference.Parameters[p.Name].Zip(old, (a, b) => a - b).ToArray())];
    }

    /// <summary>The learning rate of timed steps: less where an error is summed over many positions, so that weights stay finite.</summary>
    public float LearningRate => BaseLearningRate / (Net.Layers[^1].Output.Height * Net.Layers[^1].Output.Width);

    public BenchmarkNet Net { get; }

    public BenchmarkTask Task { get; }

    /// <summary>How many sets of <see cref="BenchmarkTask.Samples"/> samples there are; the steps of a stream are one sequence together.</summary>
    public int Sets { get; }

    public float[] Inputs { get; }

    public float[] Targets { get; }

    /// <summary>The initial parameters.</summary>
    public float[] Parameters { get; }

    public int SetInputs => Task.IsStream ? Net.Layers[0].Input.Channels : Task.Samples * Net.InputSize;

    public int SetTargets => Task.Samples * Net.OutputSize;

    /// <summary>How far what a contender computed is from the float64 reference, over its tolerance: at most 1 is right.</summary>
    public double Error(IContender contender)
    {
        if (!Task.IsStep)
            return Difference.Relative(_expectedOutputs, ToDouble(Checked(contender.Outputs(), Net.OutputSize))) / OutputTolerance;

        float[] after = contender.ParametersAfterStep(CheckedLearningRate);
        double worst = 0;
        foreach (((float[] Before, float[] After) p, double[] expected) in Split(Parameters).Zip(Split(after)).Zip(_expectedChange))
            worst = Math.Max(worst, Difference.Relative(expected, [.. p.After.Zip(p.Before, (a, b) => (double)a - b)]) / StepTolerance);
        return worst;
    }

    /// <summary>Parameters in the common order, cut into each layer's weight and bias.</summary>
    private IEnumerable<float[]> Split(float[] parameters)
    {
        int start = 0;
        foreach (int size in _sizes)
        {
            yield return parameters[start..(start + size)];
            start += size;
        }
    }

    /// <summary>What belongs to the samples that are checked.</summary>
    private float[] Checked(float[] values, int size) =>
        _every == 1 ? values : [.. values.Chunk(size).Where((_, sample) => sample % _every == 0).SelectMany(v => v)];

    private static float[] Draw(Random random, int count, float most) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle() - 1) * most)];

    private static double[] ToDouble(ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            result[i] = values[i];
        return result;
    }
}
