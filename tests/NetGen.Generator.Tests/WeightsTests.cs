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
    [InlineData("digits.safetensors", "the weight file 'digits.safetensors' was not found: looked for '/app/digits.safetensors'; did you mean 'digit.safetensors'?", "/app/digit.safetensors")]
    [InlineData("digits.safetensors", "the weight file 'digits.safetensors' was not found: looked for '/app/digits.safetensors'; did you mean 'models/digits.safetensors'?", "/app/models/digits.safetensors")]
    [InlineData("digits.safetensors", "the weight file 'digits.safetensors' was not found: looked for '/app/digits.safetensors'; did you mean '/app2/digits.safetensors'?", "/app/../app2/digits.safetensors")]
    [InlineData("../digits.safetensors", "the weight file '../digits.safetensors' was not found: looked for '/digits.safetensors'; the build's step reads the files that specs in YAML name", null)]
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
    public async Task One_spec_may_be_two_classes_with_weights_and_without()
    {
        TestProject project = TestProject.Of("""
            [Network("digits.yaml")] public partial class Retrained { }
            [Network("digits.yaml", Weights = "models/digits.safetensors")] public partial class Baked { }
            [Network("digits.yaml", Weights = Files.Best)] public partial class Best { }
            internal static class Files { public const string Best = "best.safetensors"; }
            """).WithSpec("digits.yaml", Spec.Replace("weights: digits.safetensors\n", ""));

        GeneratorRun run = await Expect.Success(With(project, Handed([s_weight, s_bias], "/app/models/digits.safetensors"), Handed([s_weight, s_bias], "/app/best.safetensors", first: 2)));

        string[] files = [.. run.Files.OrderBy(static f => f.Key).Select(static f => f.Value)];
        Assert.Contains("0.50000006f, 0.5f, 0.5f,", files[0]);
        Assert.Contains("0.5000001f, 0.5f, 0.5f,", files[1]);
        Assert.DoesNotContain("Predict(", files[2]);
    }

    [Theory]
    [InlineData("/app/Models/w.safetensors")]
    [InlineData("/app/Nets/w.safetensors")]
    [InlineData("/app/w.safetensors")]
    public async Task Weights_of_a_class_are_found_beside_it_from_the_project_and_beside_its_spec(string path)
    {
        TestProject project = new TestProject().WithSource("Nets/Digits.cs", """[Network("Models/digits.yaml", Weights = "w.safetensors")] public partial class Digits { }""")
            .WithSpec("Models/digits.yaml", "input: 2\nlayers: [ { dense: { units: 3, name: hidden } } ]\n");

        await Expect.Success(With(project, Handed([s_weight, s_bias], path)));
    }

    [Fact]
    public async Task Weights_of_a_class_stand_in_place_of_its_specs()
    {
        // The spec's own file is not there, and nobody misses it.
        TestProject project = TestProject.Of("""
            [Network("digits.yaml", Weights = "")] public partial class Bare { }
            [Network("digits.yaml", Weights = "other.safetensors")] public partial class Other { }
            """).WithSpec("digits.yaml", "input: 2\nlayers: [ { dense: { units: 3, name: hidden } } ]\nweights: { file: digits.safetensors, prefix: net., storage: bfloat16 }\n");

        GeneratorRun run = await Expect.Success(With(project, Handed([s_weight with { Name = "net.hidden.weight" }, s_bias with { Name = "net.hidden.bias" }], "/app/other.safetensors")));

        string[] files = [.. run.Files.OrderBy(static f => f.Key).Select(static f => f.Value)];
        Assert.DoesNotContain("Predict(", files[0]);
        Assert.Contains("//   Weights: other.safetensors, compiled in as bfloat16", files[1]);
    }

    [Theory]
    [InlineData("gone.safetensors", "NETGEN080", "the weight file 'gone.safetensors' was not found: looked for '/app/gone.safetensors'; the build's step reads")]
    [InlineData("digits.safetensors", "NETGEN081", "digits.safetensors: tensor 'hidden.bias', which the network has, is missing in the file")]
    [InlineData("model.pt", "NETGEN081", "model.pt: by its name, it is a PyTorch checkpoint, not a safetensors file; convert it: netgen weights model.pt --for SPEC")]
    [InlineData("models/late.safetensors", "NETGEN080", "the weight file 'models/late.safetensors' was not read: it is there, but its name stands as text in no constant of the project's C# files and at no 'Weights ='; add <NetworkWeights Include=\"models/late.safetensors\" /> to the project")]
    public async Task What_is_wrong_with_weights_of_a_class_is_said_in_the_class(string file, string rule, string message)
    {
        string source = $$"""[Network("digits.yaml", Weights = {|{{rule}}:"{{file}}"|})] public partial class Digits { }""";
        TestProject project = TestProject.Of(source).WithSpec("digits.yaml", Spec.Replace("weights: digits.safetensors\n", ""))
            .WithSpec("obj/unread" + Handover.Extension, UnreadWeights.Write(["/app/models/late.safetensors"]));

        Diagnostic found = Assert.Single(await Expect.MarkedDiagnostics(With(project, Handed([s_weight]))));

        Assert.StartsWith(message, found.GetMessage());
    }

    public static TheoryData<string, string, string> OtherNames => new()
    {
        { "module.hidden", "", "prefix: module." },
        { "0", "", "names: { hidden: \"0\" }" },
        { "model.net.0", "", "prefix: model.net., names: { hidden: \"0\" }" },
        { "module.hidden", "prefix: modul.", "prefix: module." },
    };

    [Theory]
    [MemberData(nameof(OtherNames))]
    public async Task Names_of_another_manner_bring_the_line_that_reads_them_and_it_does(string layer, string wrong, string right)
    {
        Handover file = Handed([s_weight with { Name = layer + ".weight" }, s_bias with { Name = layer + ".bias" }]);
        string Written(string options) => "input: 2\nlayers: [ { dense: { units: 3, name: hidden } } ]\nweights: { file: {|NETGEN081:digits.safetensors|}" + (options.Length == 0 ? "" : ", ") + options + " }\n";
        TestProject project = TestProject.Of("""[Network({|NETGEN050:"digits.yaml"|})] public partial class Digits { }""");

        string message = (await Expect.MarkedDiagnostics(With(project.WithSpec("digits.yaml", Written(wrong)), file))).Single(static d => d.Id == "NETGEN081").GetMessage();

        Assert.EndsWith($"in the spec, write weights: {{ file: digits.safetensors, {right} }}", message);
        string line = message[message.IndexOf("weights: {", System.StringComparison.Ordinal)..];
        await Expect.Success(With(TestProject.Of(Source).WithSpec("digits.yaml", "input: 2\nlayers: [ { dense: { units: 3, name: hidden } } ]\n" + line), file));
    }

    [Fact]
    public async Task In_attributes_names_of_another_manner_say_where_they_can_be_stated()
    {
        TestProject project = TestProject.Of("""
            [Network(Weights = {|NETGEN081:"digits.safetensors"|}), Input(2), Dense(3, Name = "hidden")]
            public partial class Digits { }
            """);

        Diagnostic found = Assert.Single(await Expect.MarkedDiagnostics(With(project, Handed([s_weight with { Name = "0.weight" }, s_bias with { Name = "0.bias" }]))));

        Assert.EndsWith("; rename the tensors, or write the network in a YAML file and there write weights: { file: digits.safetensors, names: { hidden: \"0\" } }", found.GetMessage());
    }

    [Theory]
    [InlineData("C#")]
    [InlineData("a;b|c")]
    public async Task The_projects_folder_may_have_letters_that_begin_a_comment(string folder)
    {
        TestProject project = new TestProject { ProjectFolder = null, EscapedProjectFolder = "/" + folder.Replace("|", "||").Replace("#", "|h").Replace(";", "|s") }.WithSource("Models/Iris.cs", """
            [Network(Weights = "iris.safetensors")]
            [Input(2)]
            [Dense(3, Name = "hidden")]
            public partial class Iris { }
            """);

        await Expect.Success(With(project, Handed([s_weight, s_bias], $"/{folder}/iris.safetensors")));
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
