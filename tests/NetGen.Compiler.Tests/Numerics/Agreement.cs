using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Testing;
using NetGen.Testing.Generated;
using NetGen.Testing.Reference;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>
/// What must agree between generated code, in float32, and the reference, in float64. Differences are relative to the
/// largest element of the array compared.
/// </summary>
internal static class Agreement
{
    /// <summary>Some 16 roundings of float32 (2^-24 each): sums of up to 33 terms, through three layers.</summary>
    public const double Tolerance = 2e-6;

    /// <summary>The step alone, given the gradients, is a few roundings of the parameter.</summary>
    public const double StepTolerance = 3e-7;

    /// <summary>Outputs, loss, gradients and three steps of the optimizer, all from the same floats.</summary>
    public static void Assert(GeneratedNetwork generated, NumericCase numbers, double tolerance = Tolerance)
    {
        ReferenceNetwork reference = numbers.Reference;
        AssertTable(generated, reference);
        float[] parameters = generated.Pack(reference.Parameters);

        AssertClose(numbers.Outputs, generated.Forward(parameters, numbers.Inputs), tolerance, "outputs");
        AssertClose([numbers.Loss], [generated.Loss(parameters, numbers.Inputs, numbers.Targets)], tolerance, "loss");

        (float loss, float[] gradients) = generated.Backward(parameters, numbers.Inputs, numbers.Targets);
        AssertClose([numbers.Loss], [loss], tolerance, "loss in training");
        AssertClose(numbers.Gradients, generated.Unpack(gradients), tolerance, "gradient");
        Xunit.Assert.All(generated.Padding(gradients), padding => Xunit.Assert.Equal(0, padding));
        foreach (string frozen in numbers.Gradients.Keys.Except(reference.Trained))
            Xunit.Assert.All(generated.Unpack(gradients)[frozen], g => Xunit.Assert.Equal(0, g));

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
            generated.SgdStep(parameters, gradients, state, rate);
            AssertClose(expected, generated.Unpack(parameters), StepTolerance * step, $"after step {step}");
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

    public static void AssertClose(
        IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> actual, double tolerance, string what)
    {
        foreach ((string name, double[] values) in expected)
            AssertClose(values, actual[name], tolerance, $"{name}, {what}");
    }

    public static void AssertClose(double[] expected, float[] actual, double tolerance, string what) =>
        AssertClose(expected, actual.ToDoubles(), tolerance, what);

    public static void AssertClose(double[] expected, double[] actual, double tolerance, string what)
    {
        double difference = Difference.Relative(expected, actual);
        if (difference <= tolerance)
            return;
        int worst = Enumerable.Range(0, expected.Length).MaxBy(i => double.IsNaN(actual[i]) ? double.MaxValue : Math.Abs(expected[i] - actual[i]));
        Xunit.Assert.Fail($"{what}: element {worst} of {expected.Length} is {actual[worst]:r} instead of {expected[worst]:r}, {difference:g3} of the largest");
    }
}
