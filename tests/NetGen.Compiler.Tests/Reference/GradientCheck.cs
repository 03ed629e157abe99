using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The reference's chain rule against central differences of its own loss in training mode.</summary>
internal static class GradientCheck
{
    private const double Tolerance = 1e-9;

    /// <summary>Of all parameters; each that is trained must have a gradient that is not 0, but those <paramref name="dead"/>.</summary>
    public static void Assert(string yaml, int samples = 3, params string[] dead)
    {
        ReferenceNetwork network = ReferenceNetwork.Parse(yaml);
        network.Fill(11);
        double[] inputs = network.Inputs(12, samples).ToDoubles();
        double[] targets = TestData.Uniform(13, samples * network.OutputSize, 0, 1).ToDoubles();
        IReadOnlyDictionary<string, double[]> masks = network.DropoutMasks(14, samples);

        (double loss, IReadOnlyDictionary<string, double[]> gradients) = network.Backward(inputs, targets, masks);
        IReadOnlyDictionary<string, double[]> numerical = network.NumericalGradient(inputs, targets, masks);

        Xunit.Assert.Equal(network.Loss(inputs, targets, masks), loss);
        foreach (string name in network.Trained)
        {
            if (Array.IndexOf(dead, name) >= 0)
            {
                Xunit.Assert.All(gradients[name].Concat(numerical[name]), g => Xunit.Assert.True(Math.Abs(g) < Tolerance));
                continue;
            }

            Xunit.Assert.Contains(gradients[name], g => Math.Abs(g) > 1e-6);
            double difference = Difference.Relative(numerical[name], gradients[name]);
            Xunit.Assert.True(difference < Tolerance, $"{name} differs by {difference:g3}");
        }
    }
}
