using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>The packages as a user gets them: restored, built with and run.</summary>
[Collection(PackageFeed.Name)]
public sealed class PackageTests(PackageFeed feed)
{
    private const string Iris = """
        input: 4
        layers:
          - dense: { units: 8, activation: relu, name: hidden }
          - dense: 3
          - softmax
        loss: cross_entropy
        optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
        """;

    [Fact]
    public void The_package_holds_the_attributes_the_analyzers_and_the_build_files()
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(feed.Packages, $"NetGen.{PackageFeed.Version}.nupkg"));

        string[] entries = [.. package.Entries.Select(e => e.FullName)];

        Assert.Equal(
            [
                "analyzers/dotnet/cs/NetGen.CodeFixes.dll",
                "analyzers/dotnet/cs/NetGen.Compiler.dll",
                "analyzers/dotnet/cs/NetGen.Generator.dll",
                "analyzers/dotnet/cs/YamlDotNet.dll",
                "buildTransitive/NetGen.props",
                "buildTransitive/NetGen.targets",
                "lib/netstandard2.0/_._",
                "ref/netstandard2.0/NetGen.dll",
                "ref/netstandard2.0/NetGen.xml",
                "schema/netgen.schema.json",
                "tasks/netstandard2.0/NetGen.Build.dll",
                "tasks/netstandard2.0/NetGen.Compiler.dll",
                "tasks/netstandard2.0/YamlDotNet.dll",
            ],
            entries.Where(e => e.Contains('/') && !e.StartsWith("_rels/") && !e.StartsWith("package/")).Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_tool_installs_and_checks()
    {
        string folder = feed.NewProject("Checked", "", ("right.yaml", Iris), ("wrong.yaml", Iris.Replace("dense: 3", "denze: 3"))), tool = await feed.Tool;
        Assert.Equal("", (await DotNet.Run(folder, tool, "check", "right.yaml")).Successful());
        DotNetResult wrong = await DotNet.Run(folder, tool, "check", "wrong.yaml");
        Assert.Equal(1, wrong.ExitCode);
        Assert.StartsWith("wrong.yaml(4,5): error NETGEN010: ", wrong.Output, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Networks_from_yaml_and_from_attributes_build_and_run_and_are_the_same()
    {
        string folder = feed.NewProject(
            "Fresh",
            "",
            ("Models/iris.yaml", Iris),
            ("Models/Iris.cs", """
                using NetGen;

                namespace Fresh.Models;

                [Network("iris.yaml")]
                public partial class Iris;
                """),
            ("Program.cs", """
                using System;
                using Fresh.Models;
                using NetGen;

                var one = new Iris(7);
                var other = new Flowers(7);
                float[] input = [5.1f, 3.5f, 1.4f, 0.2f], target = [1, 0, 0];
                for (int i = 0; i < 100; i++)
                {
                    one.TrainStep(input, target, 0.1f);
                    other.TrainStep(input, target, 0.1f);
                }

                float[] output = new float[Iris.OutputSize];
                one.Forward(input, output);
                Console.WriteLine(output[0] > 0.9f && output.Length == 3 ? "learned" : $"not learned: {output[0]}");
                Console.WriteLine(one.Parameters.SequenceEqual(other.Parameters) ? "the same" : "different");

                [Network]
                [Input(4)]
                [Dense(8, Activation = Activation.Relu, Name = "hidden")]
                [Dense(3), Softmax]
                [CrossEntropy]
                [Sgd(LearningRate = 0.1f, Momentum = 0.9f)]
                internal partial class Flowers;
                """));

        (await DotNet.Build(folder, "build")).Successful();
        string output = (await DotNet.Run(folder, "bin/Debug/net10.0/Fresh.dll")).Successful();

        Assert.Equal(["learned", "the same"], output.Split('\n', System.StringSplitOptions.TrimEntries | System.StringSplitOptions.RemoveEmptyEntries));
        // The attributes were for the compiler.
        Assert.Equal(["Fresh.dll"], Directory.GetFiles(Path.Combine(folder, "bin/Debug/net10.0"), "*.dll").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_mistake_in_a_spec_fails_the_build_where_it_stands()
    {
        string folder = feed.NewProject(
            "Broken",
            "<ItemGroup><AdditionalFiles Include=\"Specs/wrong.yaml\" /></ItemGroup>",
            ("Specs/wrong.yaml", "input: 4\nlayers:\n  - dense: 8\n  - dense: { units: 3, in: 9 }\n  - soft_max\n"),
            ("Specs/unused.yaml", "input: nonsense"),
            ("Wrong.cs", """
                using NetGen;
                System.Console.WriteLine(Wrong.InputSize + new Wrong().Parameters.Length);
                [Network("Specs/wrong.yaml")] internal partial class Wrong;
                """));

        DotNetResult build = await DotNet.Build(folder, "build");

        // The summary after it says everything once more.
        string log = build.Output.Split("Build FAILED")[0];
        Assert.Equal(1, build.ExitCode);
        Assert.Equal(
            ["Wrong.cs(3,10): error NETGEN050", "wrong.yaml(4,28): error NETGEN020", "wrong.yaml(5,5): error NETGEN010"],
            Regex.Matches(log, @"^.*?([^/\\\s]+\(\d+,\d+\): (error|warning) \w+)", RegexOptions.Multiline)
                .Select(m => m.Groups[1].Value).Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_projects_yaml_can_be_left_to_the_user_and_the_class_serves_the_training_library()
    {
        string folder = feed.NewProject(
            "Explicit",
            $"""
            <PropertyGroup><EnableDefaultNetworkSpecs>false</EnableDefaultNetworkSpecs></PropertyGroup>
            <ItemGroup><PackageReference Include="NetGen.Training" Version="{PackageFeed.Version}" /></ItemGroup>
            """,
            ("iris.yaml", Iris),
            ("Iris.cs", """
                System.Console.WriteLine(Iris.InputSize + (new Iris() is NetGen.Training.INetwork<Iris> ? 0 : 1));
                [NetGen.Network("iris.yaml")] internal partial class Iris;
                """));

        DotNetResult without = await DotNet.Build(folder, "build");
        DotNetResult with = await DotNet.Build(folder, "build", "--no-restore", "-p:EnableDefaultNetworkSpecs=true");

        Assert.Contains("error NETGEN051: the spec 'iris.yaml' was not found", without.Output);
        with.Successful();
    }
}
