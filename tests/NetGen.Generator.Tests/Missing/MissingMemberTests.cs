using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Missing;

/// <summary>A use of a member that the spec leaves out is one error that names the remedy; nothing else is generated for it, and nothing at all where nothing is missing.</summary>
public sealed class MissingMemberTests
{
    private const string Evaluated = "input: 4\nlayers: [ { dense: 3 }, softmax ]\n";
    private const string Sgd = "input: 4\nlayers: [ { dense: 3 }, softmax ]\nloss: cross_entropy\noptimizer: { sgd: 0.1 }\n";
    private const string Adam = "input: 4\nlayers: [ { dense: 3 } ]\nloss: mean_squared_error\noptimizer: { adam: 0.001 }\n";

    private static TestProject Project(string spec, string use, bool training = false) => TestProject.Of($$"""
        using System;
        {{(training ? "using NetGen.Training;" : "")}}
        using NetGen;
        namespace App
        {
            [Network("net.yaml")] public partial class Net { }

            public static class Use
            {
                public static object Run(Net net, float[] x, float[] y, int[] labels, float[] more) { {{use}}; return null!; }
                public static void Take(object o) { }
            }
        }
        """).WithSpec("net.yaml", spec) with { HasTraining = training };

    [Theory]
    [InlineData("{|NETGEN075:net.TrainStep(x, y, 0.1f)|}", "TrainStep")]
    [InlineData("{|NETGEN075:net.TrainStep(x, y)|}", "TrainStep")]
    [InlineData("{|NETGEN075:net.TrainStep(x, labels, 0.1f)|}", "TrainStep")]
    [InlineData("{|NETGEN075:net.Backward(x, y)|}", "Backward")]
    [InlineData("{|NETGEN075:Net.Backward(x, x, y, more, more)|}", "Backward")]
    [InlineData("{|NETGEN075:Net.Backward(x, x, labels, more, more, 7)|}", "Backward")]
    [InlineData("{|NETGEN075:net.Loss(x, y)|}", "Loss")]
    [InlineData("{|NETGEN075:Net.Loss(x, x, y)|}", "Loss")]
    [InlineData("{|NETGEN075:net.SgdStep()|}", "SgdStep")]
    [InlineData("{|NETGEN075:net.OptimizerStep(0.1f)|}", "OptimizerStep")]
    [InlineData("{|NETGEN075:Net.SgdStep(x, y, more, 0.1f)|}", "SgdStep")]
    [InlineData("{|NETGEN075:net.Gradients|}.Clear()", "Gradients")]
    [InlineData("Take({|NETGEN075:net.Steps|})", "Steps")]
    [InlineData("Take({|NETGEN075:Net.OptimizerStateSize|})", "OptimizerStateSize")]
    [InlineData("Take({|NETGEN075:Net.TrainingScratchSize(1)|})", "TrainingScratchSize")]
    [InlineData("{|NETGEN075:net.TrainStep(new float[1], new float[1], 0.1f)|}", "TrainStep")] // whatever the lengths
    [InlineData("App.Net other = new(); {|NETGEN075:other.TrainStep(x, y, 0.1f)|}", "TrainStep")]
    [InlineData("foreach (Net n in new[] { net }) {|NETGEN075:n.TrainStep(x, y, 0.1f)|}", "TrainStep")]
    public async Task Training_without_a_loss_is_one_error_that_names_a_loss(string use, string member)
    {
        string message = await Expect.Message(Project(Evaluated, use));

        Assert.EndsWith($"is obsolete: 'this network has no {member}: its spec has no loss; write loss: cross_entropy in it'", message);
    }

    [Theory]
    [InlineData("dense: 3", "write e.g. loss: mean_squared_error, or for classes loss: cross_entropy_with_logits, in it")]
    [InlineData("dense: { units: 1, activation: sigmoid }", "write loss: binary_cross_entropy in it")]
    [InlineData("log_softmax", "write loss: cross_entropy in it")]
    public async Task The_loss_goes_with_the_last_layer(string layer, string remedy) => Assert.Contains(
        remedy, await Expect.Message(Project($"input: 4\nlayers:\n  - {layer}\n", "{|NETGEN075:net.TrainStep(x, y, 0.1f)|}")));

    [Theory]
    [InlineData("{|NETGEN075:net.Fit(train)|}", "LabeledDataset", "Fit")]
    [InlineData("{|NETGEN075:net.Fit(train, train, new TrainingOptions(), null)|}", "LabeledDataset", "Fit")]
    [InlineData("{|NETGEN075:net.Fit(train)|}", "TargetDataset", "Fit")]
    [InlineData("{|NETGEN075:net.Evaluate(train)|}", "LabeledDataset", "Evaluate")]
    public async Task So_it_is_with_the_training_library(string use, string data, string member)
    {
        TestProject project = Project(Evaluated, $"{data} train = null!; {use}", training: true);

        Assert.Contains($"this network has no {member}: its spec has no loss", await Expect.Message(project));
    }

    [Theory]
    [InlineData("{|NETGEN076:Net.Predict(x, y)|}", false)]
    [InlineData("{|NETGEN076:Net.Predict(x, y)|}", true)]
    [InlineData("{|NETGEN076:net.Predict(x, y)|}", true)]
    public async Task Predict_without_weights_says_so(string use, bool training) => Assert.Contains(
        "this network has no static Predict: no weights are compiled in; write weights: FILE.safetensors in its spec, or call Forward", await Expect.Message(Project(Sgd, use, training)));

    [Theory]
    [InlineData(Sgd, "{|NETGEN077:net.OptimizerStep()|}", "its optimizer is sgd, whose step is called SgdStep; call that")]
    [InlineData(Adam, "{|NETGEN077:net.SgdStep(0.1f)|}", "its optimizer is adam, whose step is called OptimizerStep; call that")]
    [InlineData(Adam, "{|NETGEN077:Net.SgdStep(x, y, more, 0.1f)|}", "its optimizer is adam, whose step is called OptimizerStep; call that")]
    public async Task The_other_optimizers_step_names_this_ones(string spec, string use, string remedy) => Assert.Contains(remedy, await Expect.Message(Project(spec, use)));

    [Theory]
    [InlineData("{|NETGEN078:net.TrainStep(x, labels, 0.1f)|}", false)]
    [InlineData("{|NETGEN078:net.TrainStep(new float[4], new[] { 1 }, 0.1f)|}", false)]
    [InlineData("{|NETGEN078:net.Backward(x, labels)|}", false)]
    [InlineData("{|NETGEN078:Net.Loss(x, x, labels)|}", false)]
    [InlineData("LabeledDataset train = null!; {|NETGEN078:net.Fit(train)|}", true)]
    [InlineData("LabeledDataset train = null!; {|NETGEN078:net.Evaluate(train)|}", true)]
    public async Task Class_indices_for_a_loss_that_takes_none_are_one_error(string use, bool training) => Assert.Contains(
        "this network takes no class indices: its loss is mean_squared_error; pass targets of OutputSize floats", await Expect.Message(Project(Adam, use, training)));

    [Theory]
    [InlineData(Sgd, "net.TrainStep(x, labels, 0.1f); net.TrainStep(x, y); net.SgdStep(); net.Loss(x, y); net.Gradients.Clear(); net.Steps = 3", false)]
    [InlineData(Adam, "net.OptimizerStep(); net.TrainStep(x, y)", false)]
    [InlineData(Sgd, "LabeledDataset train = null!; TargetDataset other = null!; net.Fit(train); net.Fit(other); net.Evaluate(train); net.Predict(train)", true)]
    [InlineData(Adam, "TargetDataset train = null!; net.Fit(train); net.Evaluate(train); net.Predict(train)", true)]
    [InlineData("input: 4\nlayers: [ { dense: 1 } ]\nloss: binary_cross_entropy_with_logits\noptimizer: { sgd: { learning_rate: 0.1 } }\n", "LabeledDataset train = null!; net.Fit(train); net.Evaluate(train)", true)]
    [InlineData(Evaluated, "Dataset data = null!; net.Predict(data)", true)]
    [InlineData(Evaluated, "Use2.Loss(x); Use2.TrainStep(net); net.Mine(); Take(nameof(Use2.Loss))", false)]
    public async Task What_is_there_is_called_and_no_other_file_is_generated(string spec, string use, bool training)
    {
        TestProject project = Project(spec, use, training).WithSource("Use2.cs", """
            namespace App
            {
                public static class Use2 { public static void Loss(float[] x) { } public static void TrainStep(Net net) { } public static void Mine(this Net net) { } }
            }
            """);

        Assert.Equal(["App.Net.g.cs"], (await Expect.Success(project)).Files.Keys);
    }

    [Fact]
    public async Task A_member_of_the_users_own_is_left_alone()
    {
        TestProject project = Project(Evaluated, "net.TrainStep(3); net.Predict(x, y); net.Fit(1)").WithSource("Mine.cs", """
            namespace App
            {
                public partial class Net { public int TrainStep(int n) { return n; } }
                public static class More { public static void Predict(this Net net, float[] x, float[] y) { } public static void Fit(this Net net, int n) { } }
            }
            """);

        Assert.Equal(["App.Net.g.cs"], (await Expect.Success(project)).Files.Keys);
    }

    [Fact]
    public async Task In_the_class_itself_and_behind_a_question_mark_it_says_the_same()
    {
        TestProject project = TestProject.Of("""
            [Network("net.yaml")] public partial class Net
            {
                public static class Inner
                {
                    public static float Run(Net? net, float[] x) => {|NETGEN075:Loss(x, x, x)|} + (net{|NETGEN075:?.TrainStep(x, x)|} ?? 0);
                }
            }
            """).WithSpec("net.yaml", Evaluated);

        IReadOnlyList<Diagnostic> found = await Expect.DiagnosticsOf(GeneratorRun.Of(project));

        Assert.Equal(["NETGEN075", "NETGEN075"], found.Select(static d => d.Id));
    }

    [Fact]
    public async Task A_spec_with_errors_says_nothing_of_its_members()
    {
        IReadOnlyList<Diagnostic> found = await Expect.DiagnosticsOf(GeneratorRun.Of(Project("input: 4\nlayers: [ bad ]\n", "net.TrainStep(x, y); Net.Predict(x, y)")));

        Assert.Equal(["NETGEN010", "NETGEN050"], found.Select(static d => d.Id).Order());
    }

    [Fact]
    public async Task An_older_framework_names_the_remedy_under_the_compilers_own_id()
    {
        TestProject project = Project(Evaluated, "{|CS0619:net.TrainStep(x, y, 0.1f)|}") with { NetGenTarget = "netstandard2.0" };

        Assert.Contains("its spec has no loss; write loss: cross_entropy in it", await Expect.Message(project));
    }

    [Fact]
    public void Its_file_goes_with_the_last_use_and_nothing_else_is_generated_again()
    {
        GeneratorRun run = GeneratorRun.Of(Project(Evaluated, "net.TrainStep(x, y)"));
        Assert.Equal(["App.Net.g.cs", "App.Net.missing.g.cs"], run.Files.Keys.Order());

        GeneratorRun without = run.Edit(p => p.WithSource("Source.cs", p.Sources["/app/Source.cs"].Replace("net.TrainStep(x, y)", "net.Forward(x, y)")));

        Assert.Equal(["App.Net.g.cs"], without.Files.Keys);
        Assert.Equal(run.Files["App.Net.g.cs"], without.Files["App.Net.g.cs"]);
        Assert.All(without.Reasons(Steps.Sources), static r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }
}
