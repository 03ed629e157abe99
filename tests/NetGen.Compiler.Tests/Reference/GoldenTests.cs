using System.Collections.Generic;
using System.Linq;
using NetGen.Testing;
using NetGen.Testing.Reference;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The reference against PyTorch: two independent readings of a spec that must agree.</summary>
public sealed class GoldenTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Cases => [.. Goldens.Dense.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_loss_gradients_and_steps_are_PyTorchs(string name)
    {
        Golden golden = Goldens.Dense[name];
        ReferenceNetwork network = ReferenceNetwork.Parse(golden.Spec);
        Assert.Equal(golden.Parameters.Keys, network.ParameterTable.Select(p => p.Name));
        foreach ((string parameter, float[] values) in golden.Parameters)
            values.ToDoubles().CopyTo(network.Parameters[parameter], 0);
        double[] inputs = golden.Inputs.ToDoubles();
        double[] targets = golden.Targets?.ToDoubles() ?? network.OneHot(golden.Labels!);

        AssertClose(golden.Outputs, network.Forward(inputs), "outputs");
        AssertClose([golden.Loss], [network.Loss(inputs, targets)], "loss");
        AssertClose(golden.Gradients, network.Backward(inputs, targets).Gradients, "gradient");
        Assert.Contains(golden.Gradients.Values, g => g.Any(v => v != 0));

        Dictionary<string, double[]> state = [];
        Step();
        AssertClose(golden.After1, network.Parameters, "after one step");
        Step();
        Step();
        AssertClose(golden.After3, network.Parameters, "after three steps");

        void Step() => network.SgdStep(network.Backward(inputs, targets).Gradients, state);
    }

    private static void AssertClose(
        IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> actual, string what)
    {
        foreach (string parameter in expected.Keys)
            AssertClose(expected[parameter], actual[parameter], $"{parameter}, {what}");
    }

    private static void AssertClose(double[] expected, double[] actual, string what)
    {
        double difference = Difference.Relative(expected, actual);
        Assert.True(difference < Tolerance, $"{what}: differs by {difference:g3} of the largest");
    }
}
