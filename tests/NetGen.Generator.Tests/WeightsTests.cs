using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using NetGen.Compiler.Baking;
using NetGen.Compiler.Weights;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Weights that are compiled in, from the texts that the build step hands over.</summary>
public sealed class WeightsTests
{
    private const string Spec = "input: 2\nlayers: [ { dense: { units: 3, name: hidden } } ]\nweights: digits.safetensors\n";

    private const string Source = """[Network("digits.yaml")] public partial class Digits { }""";

    private static readonly TensorEntry s_weight = new("hidden.weight", "F32", [3, 2], 0, 24), s_bias = new("hidden.bias", "F32", [3], 24, 36);

    private static TestProject Project => TestProject.Of(Source).WithSpec("digits.yaml", Spec);

    private static Handover Handed(IReadOnlyList<TensorEntry> tensors, string path = "/app/digits.safetensors", byte first = 1)
    {
        byte[] data = new byte[tensors.Count == 0 ? 0 : tensors[^1].End];
        for (int k = 3; k < data.Length; k += 4)
            data[k] = 63;
        if (data.Length > 0)
            data[0] = first;
        return new Handover(path, "0123" + first, null, null, tensors, data, []);
    }

    private static TestProject With(TestProject project, params Handover[] files)
    {
        for (int k = 0; k < files.Length; k++)
            project = project.WithSpec($"obj/netgen/{k}{Handover.Extension}", files[k].ToString());
        return project;
    }

    [Fact]
    public async Task They_are_in_the_class_of_a_spec_in_yaml()
    {
        string file = (await Expect.Success(With(Project, Handed([s_weight, s_bias])))).Files.Single().Value;

        Assert.Contains("public static void Predict(", file);
        Assert.Contains("0.50000006f, 0.5f, 0.5f,", file);
    }

    [Theory]
    [InlineData("/app/Models/iris.safetensors")]
    [InlineData("/app/iris.safetensors")]
    public async Task Of_a_spec_in_attributes_they_are_found_beside_the_file_and_from_the_project(string path)
    {
        TestProject project = new TestProject().WithSource("Models/Iris.cs", """
            [Network(Weights = "iris.safetensors")]
            [Input(2)]
            [Dense(3, Name = "hidden")]
            public partial class Iris { }
            """);

        await Expect.Success(With(project, Handed([s_weight, s_bias], path)));
    }

    [Theory]
    [InlineData("digits.safetensors", "the weight file 'digits.safetensors' was not found: looked for 'digits.safetensors'; did you mean 'digit.safetensors'?", "/app/digit.safetensors")]
    [InlineData("../digits.safetensors", "the weight file '../digits.safetensors' was not found: looked for '/digits.safetensors'; weights reach the compiler through the package's build step", null)]
    public async Task A_file_that_was_not_handed_over_is_an_error_where_it_is_named(string file, string message, string? other)
    {
        TestProject project = TestProject.Of("""[Network({|NETGEN050:"digits.yaml"|})] public partial class Digits { }""")
            .WithSpec("digits.yaml", Spec.Replace("digits.safetensors", $"{{|NETGEN080:{file}|}}"));

        IReadOnlyList<Diagnostic> found = await Expect.MarkedDiagnostics(other is null ? project : With(project, Handed([s_weight, s_bias], other)));

        Assert.StartsWith(message, found.Single(static d => d.Id == "NETGEN080").GetMessage());
    }

    public static TheoryData<string, string> Misfits => new()
    {
        { Handed([s_weight with { Shape = [2, 3] }, s_bias]).ToString(), "digits.safetensors: tensor 'hidden.weight' has the shape [2, 3], but the network's parameter has [3, 2]; transpose it before saving." },
        { Handed([s_weight]).ToString(), "digits.safetensors: tensor 'hidden.bias', which the network has, is missing in the file; save it too, or load weights of the same architecture." },
        { Handed([s_weight, s_bias with { Name = "hiden.bias" }]).ToString(), "digits.safetensors: the network has no parameter for tensor 'hiden.bias', and tensor 'hidden.bias', which it has, is missing in the file; did you mean to rename 'hiden.bias' to 'hidden.bias'?" },
        { Handed([s_weight, s_bias with { Dtype = "I32" }]).ToString(), "digits.safetensors: tensor 'hidden.bias' has the dtype I32, but weights are read from F32, F16, BF16 and F64; convert it before saving, in PyTorch by tensor.float()." },
        { Handover.Failed("/app/digits.safetensors", null, "digits.safetensors: the file is empty.").ToString(), "digits.safetensors: the file is empty." },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task A_file_that_cannot_be_used_is_an_error_where_it_is_named(string handover, string message)
    {
        TestProject project = TestProject.Of("""[Network({|NETGEN050:"digits.yaml"|})] public partial class Digits { public static void Use() => Predict(new float[2], new float[3]); }""")
            .WithSpec("digits.yaml", Spec.Replace("digits.safetensors", "{|NETGEN081:digits.safetensors|}"))
            .WithSpec("obj/x" + Handover.Extension, handover);

        IReadOnlyList<Diagnostic> found = await Expect.MarkedDiagnostics(project);

        Assert.Equal(message, found.Single(static d => d.Id == "NETGEN081").GetMessage());
    }

    [Fact]
    public async Task In_attributes_the_error_stands_at_the_argument()
    {
        TestProject project = TestProject.Of("""
            [Network(Weights = {|NETGEN080:"iris.safetensors"|})]
            [Input(2)]
            [Dense(3)]
            public partial class Iris { }
            """);

        await Expect.MarkedDiagnostics(project);
    }

    [Fact]
    public void Other_weights_regenerate_their_class_alone()
    {
        TestProject project = With(Project.WithSource("Other.cs", """[Network("other.yaml")] public partial class Other { }""").WithSpec("other.yaml", "input: 2\nlayers: [dense: 1]\n"), Handed([s_weight, s_bias]));

        GeneratorRun run = GeneratorRun.Of(project).Edit(p => With(p, Handed([s_weight, s_bias], first: 2)));

        Assert.Equal(1, run.Reasons(Steps.Sources).Count(static r => r is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New));
        Assert.All(run.Reasons(Steps.CheckedSpecs), static r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }
}
