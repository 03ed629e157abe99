using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Targets;
using NetGen.Generator.Tests.Harness;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>How a class finds its spec, and how both are told of what is wrong with it.</summary>
public sealed class SpecFileTests
{
    private const string Small = "input: 4\nlayers: [dense: 3]\n";

    private const string Source = """[Network("digits.yaml")] public partial class Digits { }""";

    private static async Task<string> File(TestProject project) => Assert.Single((await Expect.Success(project)).Files).Value;

    [Theory]
    [InlineData("digits.yaml", "Models/Digits.cs", "Models/digits.yaml")]
    [InlineData("digits.yaml", "Models/Digits.cs", "digits.yaml")]
    [InlineData("Specs/digits.yml", "Models/Digits.cs", "Models/Specs/digits.yml")]
    [InlineData("Specs/digits.yml", "Models/Digits.cs", "Specs/digits.yml")]
    [InlineData(@"Specs\\digits.yaml", "Digits.cs", "Specs/digits.yaml")]
    [InlineData("../Specs/./digits.yaml", "Models/Digits.cs", "Specs/digits.yaml")]
    [InlineData("/app/Specs/digits.yaml", "Digits.cs", "Specs/digits.yaml")]
    public async Task It_is_found_beside_the_file_and_from_the_project(string written, string source, string spec)
    {
        TestProject project = new TestProject()
            .WithSource(source, $$"""[Network("{{written}}")] public partial class Digits { }""")
            .WithSpec(spec, Small);

        await File(project);
    }

    [Theory]
    [InlineData("digits.yaml", "../Shared/digits.yaml")]
    [InlineData("Shared/digits.yaml", "../Shared/digits.yaml")]
    public async Task One_that_is_linked_from_elsewhere_is_found_by_its_name(string written, string spec) =>
        await File(new TestProject().WithSource("Digits.cs", $$"""[Network("{{written}}")] public partial class Digits { }""").WithSpec(spec, Small).WithSpec("Other/digits.yaml", "input: 5\nlayers: [dense: 3]\n"));

    [Fact]
    public async Task Beside_the_file_comes_before_the_project()
    {
        TestProject project = new TestProject()
            .WithSource("Models/Digits.cs", Source)
            .WithSpec("Models/digits.yaml", Small)
            .WithSpec("digits.yaml", "input: 5\nlayers: [dense: 3]\n");

        string found = await File(project);

        Assert.Equal(await File(TestProject.Of(Source).WithSpec("digits.yaml", Small)), found);
    }

    [Fact]
    public async Task Two_folders_may_have_specs_of_one_name_and_two_classes_one_spec()
    {
        TestProject project = new TestProject()
            .WithSource("A/Net.cs", """namespace A; [Network("net.yaml")] public partial class Net { }""")
            .WithSource("A/Copy.cs", """namespace A; [Network("net.yaml")] public partial class Copy { }""")
            .WithSource("B/Net.cs", """namespace B; [Network("net.yaml")] public partial class Net { }""")
            .WithSpec("A/net.yaml", Small)
            .WithSpec("B/net.yaml", "input: 2\nlayers: [dense: 7]\n");

        GeneratorRun run = await Expect.Success(project);

        Assert.Equal(["A.Copy.g.cs", "A.Net.g.cs", "B.Net.g.cs"], run.Files.Keys.Order());
    }

    [Fact]
    public async Task Without_the_projects_folder_the_end_of_the_path_is_enough_if_only_one_file_has_it()
    {
        TestProject project = new TestProject { ProjectFolder = null }
            .WithSource("Models/Digits.cs", """[Network({|NETGEN052:"Specs/digits.yaml"|})] public partial class Digits { }""")
            .WithSpec("Data/Specs/digits.yaml", Small)
            .WithSpec("Specs/digits.yaml", Small);

        string message = await Expect.Message(project);

        Assert.Equal("'Specs/digits.yaml' may be '/app/Data/Specs/digits.yaml' and '/app/Specs/digits.yaml'; write as much of the path as tells them apart", message);
        await File(new TestProject { ProjectFolder = null }
            .WithSource("Models/Digits.cs", """[Network("Specs/digits.yaml")] public partial class Digits { }""")
            .WithSpec("Specs/digits.yaml", Small)
            .WithSpec("MySpecs/digits.yaml", Small));
    }

    [Theory]
    [InlineData("mlp", "Assets/Specs/mlp.NetGen.additionalfile")]
    [InlineData("mlp", "Assets/Specs/mlp.NetGen.Generator.additionalfile")]
    [InlineData("mlp.yaml", "Assets/Specs/mlp.NetGen.Generator.additionalfile")]
    [InlineData("mlp.NetGen.additionalfile", "Assets/Specs/mlp.NetGen.additionalfile")]
    [InlineData("Specs/mlp", "Assets/Specs/mlp.NetGen.additionalfile")]
    public async Task In_unity_it_is_an_additional_file_wherever_it_lies(string written, string spec)
    {
        TestProject project = new TestProject { ProjectFolder = null, Language = LanguageVersion.CSharp9, Framework = [.. TargetReferences.Of(Target.Unity)] }
            .WithSource("Assets/Scripts/Mlp.cs", $$"""[Network("{{written}}")] public partial class Mlp { }""")
            .WithSpec("Assets/Other/other.NetGen.additionalfile", Small)
            .WithSpec("Assets/Other/mlp.Another.additionalfile", Small)
            .WithSpec(spec, Small);

        Assert.Contains("public static void Forward(global::System.ReadOnlySpan<float> parameters", await File(project));
    }

    [Fact]
    public async Task Yaml_comes_before_what_unity_is_handed()
    {
        TestProject project = TestProject.Of("""[Network("mlp.yaml")] public partial class Mlp { }""").WithSpec("mlp.yaml", Small);

        Assert.Equal(await File(project), await File(project.WithSpec("mlp.NetGen.additionalfile", "input: 2\nlayers: [dense: 7]\n")));
    }

    [Fact]
    public async Task What_is_wrong_in_it_is_reported_in_it()
    {
        TestProject project = new TestProject { ProjectFolder = null }
            .WithSource("Assets/Mlp.cs", """[Network({|NETGEN050:"mlp"|})] public partial class Mlp { }""")
            .WithSpec("Assets/mlp.NetGen.additionalfile", "input: 4\nlayers: [{|NETGEN010:fc|}: 3]\n");

        Assert.Equal(2, (await Expect.MarkedDiagnostics(project)).Count);
    }

    [Fact]
    public async Task One_that_unity_did_not_hand_over_is_an_error_that_says_how_it_is_named()
    {
        TestProject project = new TestProject { ProjectFolder = null }.WithSource("Assets/Mlp.cs", """[Network({|NETGEN051:"mlp"|})] public partial class Mlp { }""");

        Assert.EndsWith("; Unity hands over files that are named NAME.NetGen.Generator.additionalfile", await Expect.Message(project));
    }

    [Fact]
    public async Task One_that_is_missing_is_an_error_that_says_where_it_was_sought()
    {
        TestProject project = new TestProject()
            .WithSource("Models/Digits.cs", """[Network({|NETGEN051:"digit.yaml"|})] public partial class Digits { }""")
            .WithSpec("Models/digits.yaml", Small)
            .WithSpec("iris.yaml", Small);

        Assert.Equal(
            "the spec 'digit.yaml' was not found: looked for 'Models/digit.yaml' and 'digit.yaml' in the project; did you mean 'digits.yaml'?; " +
            "specs reach the compiler as AdditionalFiles, and the package adds the project's *.yaml and *.yml unless EnableDefaultNetworkSpecs is false",
            await Expect.Message(project));
    }

    [Fact]
    public async Task One_whose_case_differs_is_missing_where_the_file_system_tells_cases_apart()
    {
        if (System.IO.Path.DirectorySeparatorChar == '\\')
            return;

        string message = await Expect.Message(TestProject.Of("""[Network({|NETGEN051:"Digits.yaml"|})] public partial class Digits { }""")
            .WithSpec("Specs/digits.yaml", Small));

        Assert.Contains("looked for 'Digits.yaml' in the project; did you mean 'Specs/digits.yaml'?", message);
    }

    [Fact]
    public async Task A_missing_one_leaves_the_members_to_bind_to()
    {
        TestProject project = TestProject.Of("""
            [Network({|NETGEN051:"digits.yaml"|})] public partial class Digits { }
            public static class Use { public static int Size => Digits.InputSize; }
            """);

        await Expect.MarkedDiagnostics(project);
    }

    [Fact]
    public async Task An_error_in_it_is_reported_in_the_file_and_once_at_each_class()
    {
        TestProject project = TestProject
            .Of("""
            [Network({|NETGEN050:"Specs/digits.yaml"|})] public partial class Digits { }
            [Network({|NETGEN050:"Specs/digits.yaml"|})] public partial class Again { }
            public static class Use { public static int Size => Digits.InputSize; }
            """)
            .WithSpec("Specs/digits.yaml", """
            input: 4
            layers:
              - dense: 3
              - {|NETGEN010:bad|}
            """);

        string message = (await Expect.MarkedDiagnostics(project)).First(d => d.Id == "NETGEN050").GetMessage(null);

        Assert.Equal("the spec 'Specs/digits.yaml' has an error, NETGEN010 at Specs/digits.yaml(4,5): Unknown layer", message);
    }

    [Fact]
    public async Task Further_errors_are_counted()
    {
        TestProject project = TestProject
            .Of("""[Network({|NETGEN050:"digits.yaml"|})] public partial class Digits { }""")
            .WithSpec("digits.yaml", """
            input: 4
            layers: [{|NETGEN010:bad|}, {|NETGEN010:worse|}, dense: 3, {|NETGEN010:worst|}]
            """);

        Assert.Equal(
            "the spec 'digits.yaml' has 3 errors, the first of them NETGEN010 at digits.yaml(2,10): Unknown layer",
            (await Expect.MarkedDiagnostics(project)).First(d => d.Id == "NETGEN050").GetMessage(null));
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\r\n", "\uFEFF# Größe: 𝔸\n")]
    public async Task Places_are_right_whatever_the_ends_of_lines_and_the_letters(string newLine, string start)
    {
        TestProject project = TestProject.Of("""[Network({|NETGEN050:"digits.yaml"|})] public partial class Digits { }""")
            .WithSpec("digits.yaml", start + "input: 4 # é\nlayers:\n  - dense: { units: 3, name: a } # 𝔸\n  - {|NETGEN010:bad|}\n".ReplaceLineEndings(newLine));

        await Expect.MarkedDiagnostics(project);
    }

    [Fact]
    public async Task Files_that_no_class_names_are_not_read()
    {
        TestProject project = TestProject.Of(Source)
            .WithSpec("digits.yaml", Small)
            .WithSpec("deploy.yml", "services: [bad");

        GeneratorRun run = await Expect.Success(project);

        Assert.Single(run.Reasons(Steps.SpecTexts));
    }

    [Fact]
    public async Task A_class_in_error_still_has_its_spec_checked()
    {
        await Expect.MarkedDiagnostics(TestProject
            .Of("""[Network({|NETGEN050:"digits.yaml"|})] public class {|NETGEN053:Digits|} { }""")
            .WithSpec("digits.yaml", "input: 4\nlayers: [{|NETGEN010:bad|}]\n"));
    }
}
