using System.Threading.Tasks;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Whole generated files, to be reviewed as code is. They are few, and small enough to read.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public async Task A_small_network_that_is_evaluated()
    {
        Snapshot.Verify(await Expect.Success(TestProject.Of("""
            namespace Flowers;

            [Network("iris.yaml")]
            public partial class Iris;
            """).WithSpec("iris.yaml", """
            input: 4
            layers:
              - dense: { units: 3, activation: relu, name: hidden }
              - dense: 2
            """)));
    }

    [Fact]
    public async Task A_small_network_that_is_trained()
    {
        Snapshot.Verify(await Expect.Success(TestProject.Of("""
            namespace Flowers;

            [Network]
            [Input(4)]
            [Dense(16, Activation = Activation.Relu)]
            [Dense(3), Softmax]
            [CrossEntropy]
            [Sgd(LearningRate = 0.1f, Momentum = 0.9f)]
            public partial class Iris;
            """)));
    }

    [Fact]
    public async Task A_network_whose_spec_has_errors()
    {
        TestProject project = TestProject.Of("""
            public partial class Models { [Network({|NETGEN050:"iris.yaml"|})] public partial class Iris; }
            """).WithSpec("iris.yaml", "input: 4\nlayers: [{|NETGEN010:bad|}]\n");

        await Expect.MarkedDiagnostics(project);
        Snapshot.Verify(GeneratorRun.Of(project));
    }
}
