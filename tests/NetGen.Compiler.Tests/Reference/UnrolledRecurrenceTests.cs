using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The rule of shared weights in time: the gradient of a weight is the sum of those that it would have if each step had its own.</summary>
public sealed class UnrolledRecurrenceTests
{
    public static TheoryData<string> Kinds => [.. UnrolledRecurrence.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_of_a_shared_weight_is_the_sum_over_the_steps(string kind)
    {
        const int Samples = 3;
        foreach ((int time, int features, int units) in ((int, int, int)[])[(1, 2, 3), (4, 3, 2), (6, 1, 5)])
        {
            ReferenceNetwork shared = ReferenceNetwork.Parse(UnrolledRecurrence.Shared(kind, time, features, units));
            shared.Fill(41);
            UnrolledRecurrence unrolled = UnrolledRecurrence.Of(kind, time, features, units, shared.Parameters);
            double[] inputs = shared.Inputs(42, Samples).ToDoubles();
            double[] targets = TestData.Uniform(43, Samples * shared.OutputSize).ToDoubles();

            IReadOnlyDictionary<string, double[]> gradients = shared.Backward(inputs, targets).Gradients;
            IReadOnlyDictionary<string, double[]> sums = unrolled.SumOverSteps(unrolled.Network.Backward(inputs, targets).Gradients);

            Assert.InRange(Difference.Relative(unrolled.Network.Forward(inputs), shared.Forward(inputs)), 0, 1e-14);
            Assert.Equal(shared.Parameters.Keys.Order(), sums.Keys.Order());
            foreach ((string name, double[] sum) in sums)
            {
                Assert.InRange(Difference.Relative(sum, gradients[name], 0.1), 0, 1e-14);
                // The first state is 0, so at the only step nothing passes through the weights of the state.
                Assert.Equal(time > 1 || name != "r.weight_hh_l0", sum.Any(static g => Math.Abs(g) > 1e-3));
            }
        }
    }
}
