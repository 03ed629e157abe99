using System.Threading.Tasks;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>A call of <c>Step</c> compiles where the network can work step after step; elsewhere the build says at the call why it cannot.</summary>
public sealed class StepTests
{
    private const string Call = """
        namespace App
        {
            [Network("filter.yaml")] public partial class Filter { }

            public static class Use
            {
                public static void Run(float[] parameters, float[] input, float[] state, float[] output) => {|NETGEN060:Filter.Step(parameters, input, state, output)|};
            }
        }
        """;

    private const string Spec = """
        input: { shape: [2, 100], layout: channels }
        layers:
          - conv1d: { filters: 4, kernel_size: 3, padding: same }
          - permute: [1, 0]
          - gru: 3
        """;

    [Fact]
    public async Task A_network_that_sees_later_steps_says_so_at_the_call()
    {
        string message = await Expect.Message(TestProject.Of(Call).WithSpec("filter.yaml", Spec));

        Assert.Contains("this network has no Step: layer 'conv1d_1' sees later steps; write padding: causal", message);
    }

    [Fact]
    public async Task Causal_it_can_be_called() =>
        await Expect.Success(TestProject.Of(Call.Replace("{|NETGEN060:", "").Replace("|}", "")).WithSpec("filter.yaml", Spec.Replace("same", "causal")));

    [Fact]
    public async Task A_network_without_a_call_is_not_told() =>
        await Expect.Success(TestProject.Of("""[Network("filter.yaml")] public partial class Filter;""").WithSpec("filter.yaml", Spec));
}
