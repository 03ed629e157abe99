using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// What must agree between generated code, in float32, and the reference, in float64. Differences are relative to the
/// largest element of the array compared.
/// </summary>
internal static class Agreement
{
    /// <summary>Outputs and losses: some 16 roundings of float32 (2^-24 each), for sums of up to 33 terms through a few layers.</summary>
    public const double Tolerance = 1.5e-6;

    /// <summary>Gradients: twice as far, there and back.</summary>
    public const double GradientTolerance = 2e-6;

    /// <summary>Three steps, given the gradients: a rounding of the parameter each, and one of the step, which may be as large (2^-24 each).</summary>
    public const double StepTolerance = 3.6e-7;

    /// <summary>
    /// How many times as far convolutions, pools and norms may be, which is 1e-5 in gradients: their networks are deeper, and what
    /// a norm takes off and divides by multiplies the roundings below it.
    /// </summary>
    public const double LayerSlack = 5;

    /// <summary>
    /// Outputs and parameters are sums of terms near 1. Where all of an array lie below this they may have cancelled, and
    /// differences are relative to this instead.
    /// </summary>
    private const double Floor = 0.1;

    /// <summary>Outputs, loss, gradients and three steps of the optimizer, all from the same floats.</summary>
    public static void Assert(GeneratedNetwork generated, NumericCase numbers, double slack = 1)
    {
        ReferenceNetwork reference = numbers.Reference;
        AssertTable(generated, reference);
        float[] parameters = generated.Pack(reference.Parameters);

        AssertClose(numbers.Outputs, generated.Forward(parameters, numbers.Inputs), slack * Tolerance, "outputs", Floor);
        AssertClose([numbers.Loss], [generated.Loss(parameters, numbers.Inputs, numbers.Targets)], slack * Tolerance, "loss");

        (float loss, float[] gradients) = generated.Backward(parameters, numbers.Inputs, numbers.Targets);
        AssertClose([numbers.TrainingLoss], [loss], slack * Tolerance, "loss in training");
        AssertGradients(numbers.Gradients, generated.Unpack(gradients), slack);
        Xunit.Assert.All(generated.Padding(gradients), padding => Xunit.Assert.Equal(0, padding));
        foreach (ReferenceParameter frozen in reference.ParameterTable.Where(p => !p.IsTrained && p.Momentum is null))
            Xunit.Assert.All(generated.Unpack(gradients)[frozen.Name], g => Xunit.Assert.Equal(0, g));

        AssertSteps(generated, numbers, parameters);
    }

    /// <summary>Three steps, each from the generated gradients, so that what is compared is the step alone.</summary>
    private static void AssertSteps(GeneratedNetwork generated, NumericCase numbers, float[] parameters)
    {
        ReferenceNetwork reference = numbers.Reference;
        Dictionary<string, double[]> expected = reference.Parameters.ToDictionary(p => p.Key, p => p.Value.ToArray());
        Dictionary<string, double[]> referenceState = [];
        float[] state = new float[generated.OptimizerStateSize];
        float rate = (float)reference.Optimizer.LearningRate;
        for (int step = 1; step <= 3; step++)
        {
            (_, float[] gradients) = generated.Backward(parameters, numbers.Inputs, numbers.Targets);
            reference.Optimizer.Step(expected, generated.Unpack(gradients), reference.Trained, referenceState, rate);
            reference.Blend(expected, generated.Unpack(gradients));
            generated.SgdStep(parameters, gradients, state, rate);
            AssertClose(expected, generated.Unpack(parameters), StepTolerance, $"after step {step}", Floor);
        }
    }

    public static void AssertTable(GeneratedNetwork generated, ReferenceNetwork reference)
    {
        Xunit.Assert.Equal(reference.InputSize, generated.InputSize);
        Xunit.Assert.Equal(reference.OutputSize, generated.OutputSize);
        Xunit.Assert.Equal(reference.ParameterTable.Select(p => p.Name), generated.ParameterTable.Select(p => p.Name));
        Xunit.Assert.Equal(reference.ParameterTable.Select(p => p.Shape), generated.ParameterTable.Select(p => p.Shape));
        Xunit.Assert.Equal(reference.ParameterTable.Sum(p => p.Length), generated.ParameterCount);
        int[] places = [.. generated.ParameterTable.SelectMany(p => p.Places())];
        Xunit.Assert.Equal(places.Length, places.Distinct().Count());
        Xunit.Assert.All(places, place => Xunit.Assert.InRange(place, 0, generated.ParameterBufferSize - 1));
    }

    /// <summary>
    /// Gradients, relative to the largest of their layer: a bias is the weight of an input of 1, but its gradient alone
    /// may be a sum that cancels. A batch's mean and variance, which stand among them, are no gradients, and compared alone.
    /// </summary>
    public static void AssertGradients(
        IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> actual, double slack = 1)
    {
        foreach (string statistic in expected.Keys.Where(IsStatistic))
            AssertClose(expected[statistic], actual[statistic], slack * Tolerance, $"{statistic} of the batch", Floor);
        // A bias that a norm behind it cancels has no gradient but roundings.
        double floor = slack == 1 ? 0 : 0.01 * expected.Where(e => !IsStatistic(e.Key)).SelectMany(e => e.Value).Select(Math.Abs).DefaultIfEmpty().Max();
        foreach (IGrouping<string, string> layer in expected.Keys.Where(name => !IsStatistic(name)).GroupBy(name => name[..name.LastIndexOf('.')]))
        {
            AssertClose(
                [.. layer.SelectMany(name => expected[name])],
                [.. layer.SelectMany(name => actual[name])],
                slack * GradientTolerance,
                $"gradient of {string.Join(" and ", layer)}",
                floor);
        }

        static bool IsStatistic(string name) => name.EndsWith(".running_mean") || name.EndsWith(".running_var");
    }

    public static void AssertClose(
        IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> actual, double tolerance, string what, double floor = 0)
    {
        foreach ((string name, double[] values) in expected)
            AssertClose(values, actual[name], tolerance, $"{name}, {what}", floor);
    }

    public static void AssertClose(double[] expected, float[] actual, double tolerance, string what, double floor = 0) =>
        AssertClose(expected, actual.ToDoubles(), tolerance, what, floor);

    public static void AssertClose(double[] expected, double[] actual, double tolerance, string what, double floor = 0)
    {
        double difference = Difference.Relative(expected, actual, floor);
        if (difference <= tolerance)
            return;
        int worst = Enumerable.Range(0, expected.Length).MaxBy(i => double.IsNaN(actual[i]) ? double.MaxValue : Math.Abs(expected[i] - actual[i]));
        Xunit.Assert.Fail($"{what}: element {worst} of {expected.Length} is {actual[worst]:r} instead of {expected[worst]:r}, {difference:g3} of the largest");
    }
}
