using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing;
using NetGen.Testing.Reference;

namespace NetGen.Benchmarks;

/// <summary>The data of one network and task: the same for every peer, from a fixed seed.</summary>
/// <remarks>
/// Several sets of samples, taken in turn, so that nothing learns one input by heart; few enough to leave the caches to the
/// weights. Parameters are in the common order: for each layer its weight as [out, in], then its bias.
/// </remarks>
internal sealed class Workload
{
    /// <summary>The learning rate of timed steps.</summary>
    public const float LearningRate = 0.01f;

    /// <summary>That of the step that is checked: large, so that rounding in the weight hides nothing of its change.</summary>
    public const float CheckedLearningRate = 0.5f;

    /// <summary>The most that outputs may be off, relative to the largest.</summary>
    public const double OutputTolerance = 1e-5;

    /// <summary>The most that a parameter's change by one step may be off, relative to the largest change of that weight or bias.</summary>
    public const double StepTolerance = 1e-4;

    private readonly double[] _expectedOutputs;
    private readonly double[][] _expectedChange;

    public Workload(BenchmarkNet net, BenchmarkTask task)
    {
        Net = net;
        Task = task;
        Sets = net.InputSize * task.Samples > 4096 ? 2 : net.InputSize > 256 ? 4 : 16;
        Random random = new(1);
        int samples = Sets * task.Samples;
        Inputs = Draw(random, samples * net.InputSize, 1);
        Targets = new float[samples * net.OutputSize];
        for (int s = 0; s < samples; s++)
        {
            Span<float> target = Targets.AsSpan(s * net.OutputSize, net.OutputSize);
            if (net.IsClassifier)
                target[random.Next(net.OutputSize)] = 1;
            else
                Draw(random, net.OutputSize, 0.5f).Select(t => t + 0.5f).ToArray().CopyTo(target);
        }

        // Half of what keeps the variance of relu's activations: outputs are neither all alike nor saturated.
        Parameters = [.. net.Layers.SelectMany(l =>
            Draw(random, l.Inputs * l.Outputs, (float)Math.Sqrt(3.0 / l.Inputs)).Concat(Draw(random, l.Outputs, 0.1f)))];

        ReferenceNetwork reference = ReferenceNetwork.Parse(net.Spec());
        foreach ((ReferenceParameter p, float[] values) in reference.ParameterTable.Zip(Split(Parameters)))
            Array.ConvertAll(values, v => (double)v).CopyTo(reference.Parameters[p.Name], 0);
        _expectedOutputs = reference.Forward(ToDouble(Inputs));
        IReadOnlyDictionary<string, double[]> gradients = reference.Backward(
            ToDouble(Inputs.AsSpan(0, task.Samples * net.InputSize)), ToDouble(Targets.AsSpan(0, task.Samples * net.OutputSize))).Gradients;
        _expectedChange = [.. reference.ParameterTable.Select(p => Array.ConvertAll(gradients[p.Name], g => -CheckedLearningRate * g))];
    }

    public BenchmarkNet Net { get; }

    public BenchmarkTask Task { get; }

    /// <summary>How many sets of <see cref="BenchmarkTask.Samples"/> samples there are.</summary>
    public int Sets { get; }

    public float[] Inputs { get; }

    public float[] Targets { get; }

    /// <summary>The initial parameters.</summary>
    public float[] Parameters { get; }

    public int SetInputs => Task.Samples * Net.InputSize;

    public int SetTargets => Task.Samples * Net.OutputSize;

    /// <summary>How far what a contender computed is from the float64 reference, over its tolerance: at most 1 is right.</summary>
    public double Error(IContender contender)
    {
        if (!Task.IsStep)
            return Difference.Relative(_expectedOutputs, ToDouble(contender.Outputs())) / OutputTolerance;

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
        foreach (DenseLayer layer in Net.Layers)
        {
            int weights = layer.Inputs * layer.Outputs;
            yield return parameters[start..(start + weights)];
            yield return parameters[(start + weights)..(start + weights + layer.Outputs)];
            start += weights + layer.Outputs;
        }
    }

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
