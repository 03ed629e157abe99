using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using Xunit;

namespace NetGen.Compiler.Tests.Reference;

/// <summary>The reference against PyTorch: two independent readings of a spec that must agree.</summary>
public sealed class GoldenTests
{
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, double[]> s_dropsNothing = [];

    private static readonly Dictionary<string, Golden> s_goldens = new(
        Goldens.Dense.Concat(Goldens.Layers).Concat(Goldens.Recurrent).Concat(Goldens.Activations).Concat(Goldens.Losses).Concat(Goldens.Math)
            .Concat(Goldens.Parts));

    public static TheoryData<string> Cases => [.. s_goldens.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_loss_gradients_and_steps_are_PyTorchs(string name)
    {
        Golden golden = s_goldens[name];
        ReferenceNetwork network = ReferenceNetwork.Parse(golden.Spec);
        Assert.Equal(golden.Parameters.Keys, network.ParameterTable.Select(p => p.Name));
        foreach ((string parameter, float[] values) in golden.Parameters)
            values.ToDoubles().CopyTo(network.Parameters[parameter], 0);
        double[] inputs = golden.Inputs.ToDoubles();
        double Loss() => golden.Targets is null ? network.Loss(inputs, golden.Labels!) : network.Loss(inputs, golden.Targets.ToDoubles());
        (double Loss, IReadOnlyDictionary<string, double[]> Gradients) Backward() =>
            golden.Targets is null ? network.Backward(inputs, golden.Labels!) : network.Backward(inputs, golden.Targets.ToDoubles());

        AssertClose(golden.Outputs, network.Forward(inputs), "outputs");
        AssertClose([golden.Loss], [Loss()], "loss");
        AssertClose(golden.TrainingOutputs ?? golden.Outputs, network.Forward(inputs, s_dropsNothing), "outputs in training");
        (double loss, IReadOnlyDictionary<string, double[]> gradients) = Backward();
        AssertClose([golden.TrainingLoss ?? golden.Loss], [loss], "loss in training");
        foreach (string parameter in golden.Gradients.Keys)
            AssertClose(golden.Gradients[parameter], gradients[parameter], $"{parameter}, gradient", LargestOfLayer(golden.Gradients, parameter));
        Assert.Contains(golden.Gradients.Values, g => g.Any(v => v != 0));

        Dictionary<string, double[]> state = [];
        Step();
        AssertClose(golden.After1, network.Parameters, "after one step");
        Step();
        Step();
        AssertClose(golden.After3, network.Parameters, "after three steps");

        void Step() => network.SgdStep(Backward().Gradients, state);
    }

    private static void AssertClose(
        IReadOnlyDictionary<string, double[]> expected, IReadOnlyDictionary<string, double[]> actual, string what)
    {
        foreach (string parameter in expected.Keys)
            AssertClose(expected[parameter], actual[parameter], $"{parameter}, {what}");
    }

    /// <summary>A bias below a norm has a gradient of 0 but for rounding: that of its weight, if it has one of its own, says how much that may be.</summary>
    private static double LargestOfLayer(IReadOnlyDictionary<string, double[]> gradients, string parameter) =>
        parameter.EndsWith(".bias") && gradients.TryGetValue(parameter[..^".bias".Length] + ".weight", out double[]? weight) ? weight.Max(System.Math.Abs) : 0;

    private static void AssertClose(double[] expected, double[] actual, string what, double floor = 0)
    {
        double difference = Difference.Relative(expected, actual, floor);
        Assert.True(difference < Tolerance, $"{what}: differs by {difference:g3} of the largest");
    }
}
